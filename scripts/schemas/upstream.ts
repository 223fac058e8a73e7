/**
 * Takes over the structure of upstream's CRDs (no wording) into `structure.json`, and its digest for the parity test into
 * `test/schemas/digest.json`.
 * Usage: node scripts/schemas/upstream.ts <folder with calico-head-crds, spiderpool-crds and containerlab>
 */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOf, propertyNames, readCrds, readJson } from './digest.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: upstream.ts <folder of upstream schemas>');
const here = dirname(fileURLToPath(import.meta.url));

const crds = readCrds(folder);
const structure = Object.fromEntries(crds.map((crd) => [crd.key, { scope: crd.scope, schema: crd.schema }]));
write(join(here, 'structure.json'), structure);
write(join(here, '../../test/schemas/digest.json'), {
  fields: Object.fromEntries(crds.map((crd) => [crd.key, digestOf(crd.schema)])),
  rules: Object.fromEntries(crds.flatMap((crd) => crd.rules.map((rule) => [rule.hash, rule.at] as const))),
  containerlab: propertyNames(readJson(join(folder, 'containerlab/clab.schema.json'))),
});

function write(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`);
}
