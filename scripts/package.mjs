// Makes selvage-<version>.vsix; vsce builds first through `vscode:prepublish`. `--out FILE` writes it elsewhere.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { at, run } from './run.mjs';

const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
const given = process.argv.indexOf('--out');
const out = given < 0 ? at(`selvage-${version}.vsix`) : process.argv[given + 1];

// A package that was not made must not be mistaken for the one that was made before.
rmSync(out, { force: true });
mkdirSync(dirname(out), { recursive: true });
const vsce = [at('node_modules', '@vscode', 'vsce', 'vsce'), 'package', '--no-dependencies', '--out', out];
process.exitCode = await run(process.execPath, [...vsce, '--allow-missing-repository', '--no-rewrite-relative-links']);
