// `npm run bench`: Selvage and yaml-language-server side by side, on the same files and edits. Prints a Markdown table.
// `-- --quick` measures less often, `-- --json FILE` writes the figures, `-- --only NAME` runs one server.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { fileOf, siteOf } from '../test/bench/manifests.ts';
import { type Effort, measureFile, measureStart } from '../test/bench/measure.ts';
import { peerSchema } from '../test/bench/peer-schema.ts';
import type { Contestant } from '../test/bench/server.ts';
import { type Result, tableOf } from '../test/bench/table.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, json: { type: 'string' }, only: { type: 'string' } },
});
const effort: Effort = values.quick
  ? { starts: 3, edits: 5, requests: 2, keys: 10 }
  : { starts: 7, edits: 15, requests: 15, keys: 20 };

const root = fileURLToPath(new URL('..', import.meta.url));
const server = join(root, 'dist', 'server.js');
if (!existsSync(server)) {
  console.error('dist/server.js does not exist: run `npm run build` first.');
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), 'selvage-schema-'));
writeFileSync(join(scratch, 'calico.json'), peerSchema());
const peer = join(root, 'node_modules', 'yaml-language-server');
const { version } = JSON.parse(readFileSync(join(peer, 'package.json'), 'utf8')) as { version: string };

const contestants: readonly Contestant[] = [
  { name: 'Selvage', args: [server, '--stdio'], settings: {}, announces: true },
  {
    name: `yaml-language-server ${version}`,
    args: [join(peer, 'bin', 'yaml-language-server'), '--stdio'],
    settings: {
      yaml: {
        validate: true,
        hover: true,
        completion: true,
        schemaStore: { enable: false },
        kubernetesCRDStore: { enable: false },
        schemas: { [pathToFileURL(join(scratch, 'calico.json')).href]: '*.yaml' },
      },
      http: {},
      '[yaml]': {},
    },
  },
];

const site = siteOf(5000);
const files = [
  ...[100, 1000, 10_000].map((lines) => {
    const edited = fileOf(lines);
    return {
      name: `${lines.toLocaleString('en')} lines`,
      files: new Map([['f.yaml', edited.text]]),
      path: 'f.yaml',
      edited,
    };
  }),
  { name: '5,000 manifests', files: site.files, path: site.edited.path, edited: site.edited },
];

const results: Result[] = [];
for (const contestant of contestants) {
  if (values.only !== undefined && !contestant.name.toLowerCase().startsWith(values.only.toLowerCase())) continue;
  const start = await measureStart(contestant, effort);
  const measured: { name: string; measured: Result['files'][number]['measured'] }[] = [];
  for (const { name, files: texts, path, edited } of files) {
    process.stderr.write(`${contestant.name}: ${name}\n`);
    const result = await measureFile(contestant, texts, path, edited, effort).catch((error: Error) => error.message);
    measured.push({ name, measured: result });
  }
  results.push({ server: contestant.name, start, files: measured });
}
rmSync(scratch, { recursive: true, force: true });
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);

console.log(tableOf(results));
console.log(
  `\nMedians on ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}. In the site of 5,000 manifests the edit breaks a schema and a rule across files; yaml-language-server reads the open file only.`,
);
