/** Our own descriptions: `words/*.yaml` map a kind or definition, then a path in it, to "English | 中文". */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Schema } from './schema.ts';

export interface Words {
  take(family: string, owner: string, path: string): { en: string; zh: string } | undefined;
  unused(): string[];
}

/** Reads every file; the file's name up to the first dot or dash is the family (`calico-felix.yaml` → calico). */
export function readWords(folder: string): Words {
  const all = new Map<string, { en: string; zh: string; used: boolean }>();
  for (const file of readdirSync(folder).sort()) {
    const family = file.replace(/[-.].*$/, '');
    const owners = parse(readFileSync(join(folder, file), 'utf8')) as Record<string, Record<string, string>>;
    for (const [owner, paths] of Object.entries(owners)) {
      for (const [path, text] of Object.entries(paths)) {
        const [en, zh, more] = text.split(' | ');
        if (zh === undefined || more !== undefined || en === '')
          throw new Error(`${file} ${owner} ${path}: write "English | 中文"`);
        all.set(`${family} ${owner} ${path}`, { en: en!, zh, used: false });
      }
    }
  }
  return {
    take(family, owner, path) {
      const found = all.get(`${family} ${owner} ${path}`);
      if (found !== undefined) found.used = true;
      return found;
    },
    unused: () => [...all].filter(([, words]) => !words.used).map(([key]) => key),
  };
}

/** Puts the words into a family's schemas. Returns the fields that have none. */
export function describeFamily(
  family: string,
  kinds: Record<string, Schema>,
  definitions: Record<string, Schema>,
  words: Words,
): string[] {
  const missing: string[] = [];
  for (const [owner, schema] of Object.entries({ ...kinds, ...definitions })) describe(schema, owner, '');
  return missing;

  function describe(schema: Schema, owner: string, path: string): void {
    const found = lookUp(owner, path === '' ? '.' : path) ?? common(path, owner);
    if (found !== undefined) Object.assign(schema, { description: found.en, 'x-description-zh-cn': found.zh });
    // List items and map values speak through the field that holds them; a reference speaks through its definition.
    else if (!/(\[\]|\{\})$/.test(path) && schema.$ref === undefined)
      missing.push(`${family} ${owner} ${path === '' ? '.' : path}`);
    for (const [name, child] of Object.entries(schema.properties ?? {}))
      describe(child, owner, path === '' ? name : `${path}.${name}`);
    if (schema.items !== undefined) describe(schema.items, owner, `${path}[]`);
    if (typeof schema.additionalProperties === 'object') describe(schema.additionalProperties, owner, `${path}{}`);
  }

  function lookUp(owner: string, path: string): { en: string; zh: string } | undefined {
    const own = words.take(family, owner, path) ?? words.take('kubernetes', owner, path);
    if (own !== undefined || path === '.') return own;
    return ALIKE[owner] === undefined ? undefined : lookUp(ALIKE[owner], path);
  }

  function common(path: string, owner: string): { en: string; zh: string } | undefined {
    return kinds[owner] === undefined ? undefined : COMMON[path];
  }
}

/** Kinds whose fields mean the same: what the first does not describe for itself, the second does. */
const ALIKE: Record<string, string> = {
  BGPFilterRuleV6: 'BGPFilterRuleV4',
  GlobalNetworkPolicy: 'NetworkPolicy',
  GlobalNetworkSet: 'NetworkSet',
  SpiderSubnet: 'SpiderIPPool',
  StagedGlobalNetworkPolicy: 'GlobalNetworkPolicy',
  StagedNetworkPolicy: 'NetworkPolicy',
};

const COMMON: Record<string, { en: string; zh: string }> = {
  apiVersion: { en: 'API group and version of this object.', zh: '此对象的 API 组与版本。' },
  kind: { en: 'What this object is.', zh: '此对象的类型。' },
  spec: { en: 'What you want.', zh: '期望的配置。' },
  status: {
    en: 'What the system observed. Written by controllers; leave it out of your files.',
    zh: '系统观测到的状态，由控制器写入；不要写进清单文件。',
  },
};
