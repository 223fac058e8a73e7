import { Engine } from '../server/src/engine.ts';
import { nodeFiles, uriOfPath } from '../server/src/host/node-files.ts';
import { scanFolder } from '../server/src/workspace/scan.ts';
import { Workspace } from '../server/src/workspace/workspace.ts';

const folder = uriOfPath(process.argv[2] ?? '.');
const workspace = new Workspace(nodeFiles);
workspace.setFolders([{ uri: folder }]);
const start = performance.now();
await scanFolder(workspace, nodeFiles, folder);
const engine = new Engine(workspace);
for (const one of engine.diagnoseAll())
  console.log(
    `${one.file.slice(folder.length + 1)}:${one.range.start.line + 1}:${one.range.start.character + 1}-${one.range.end.character + 1} ${one.severity} ${one.code} [${one.site}] ${one.message.en}${one.fixes.map((fix) => ` {${fix.kind}: ${fix.title.en}}`).join('')}`,
  );
console.log(
  engine.workspace.counts,
  `${Math.round(performance.now() - start)} ms`,
  engine.workspace.sites().map((site) => site.name),
);
