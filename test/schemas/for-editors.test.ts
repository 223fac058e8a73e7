import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { parseAllDocuments } from 'yaml';
import { editorSchema } from '../../server/src/schemas/index.ts';

const ROOT = new URL('../../examples/', import.meta.url);

test('the schemas that are handed to others are schemas, and refuse nothing that people write', () => {
  const ajv = new Ajv({ strict: false });
  const objects = ajv.compile(JSON.parse(editorSchema('objects', 'en')));
  const topology = ajv.compile(JSON.parse(editorSchema('topology', 'en')));
  let seen = 0;
  for (const path of readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((one) => /\.ya?ml$/.test(one))) {
    const accepts = path.endsWith('.clab.yml') ? topology : objects;
    for (const document of parseAllDocuments(readFileSync(new URL(path, ROOT), 'utf8'), { logLevel: 'silent' })) {
      assert.ok(accepts(document.toJS()), `${path} ${ajv.errorsText(accepts.errors)}`);
      seen++;
    }
  }
  assert.ok(seen > 20);
  assert.ok(objects({ apiVersion: 'projectcalico.org/v3', kind: 'IPPool', spec: { cidr: 7, wrong: [] } }));
});

test('they tell the fields of each kind, in the language that is asked for, and nothing of other kinds', () => {
  const of = (language: 'en' | 'zh-cn') =>
    JSON.parse(editorSchema('objects', language)) as {
      readonly allOf: readonly { readonly if: unknown; readonly then: { readonly $ref: string } }[];
      readonly definitions: Readonly<
        Record<string, { properties: Record<string, { properties: Record<string, { description: string }> }> }>
      >;
    };
  const cidr = (language: 'en' | 'zh-cn') =>
    of(language).definitions['calico/IPPool']?.properties.spec?.properties.cidr;
  assert.match(cidr('en')?.description ?? '', /[a-z]/);
  assert.match(cidr('zh-cn')?.description ?? '', /[\u4e00-\u9fff]/);
  for (const { then } of of('en').allOf) {
    const name = then.$ref.slice('#/definitions/'.length).replaceAll('~1', '/');
    assert.ok(of('en').definitions[name] !== undefined, name);
  }
});
