// Opens the examples in code-server with the extension packed from this checkout, until Ctrl+C.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../tools/code-server/serve.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = join(root, '.cache', 'start');
const vsix = join(home, 'selvage.vsix');
const examples = join(home, 'examples');

const packed = spawnSync(process.execPath, ['scripts/package.mjs', '--out', vsix], { cwd: root, stdio: 'inherit' });
if (packed.status !== 0) process.exit(1);
// A copy, so that trying the fixes does not change the checkout.
if (!existsSync(examples)) cpSync(join(root, 'examples'), examples, { recursive: true });

const server = await serve({ home, vsix });
console.log(`\nVS Code is ready: ${server.folder(examples)}`);
console.log('It works on a copy of the examples in .cache/start/examples. Ctrl+C ends it.');
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void server.stop());
await server.ended;
