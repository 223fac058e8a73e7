#!/usr/bin/env node
// The hook that pre-commit runs out of its own checkout of this repository. The first time it builds the command; that takes
// Node 20 or later and npm, and half a minute. What a build prints goes to stderr: stdout is the report's.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { at, root, stop } from './run.mjs';

function must(program, args) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) stop(`Selvage could not be built: ${error?.message ?? `${program} ${args.join(' ')} failed`}.`);
}

const cli = at('dist', 'cli.js');
if (!existsSync(cli)) {
  // Nothing of a package has to run for this: esbuild's program comes in a package of its own.
  must('npm', ['ci', '--ignore-scripts']);
  must(process.execPath, [at('scripts', 'build.mjs')]);
}
const { status, error } = spawnSync(process.execPath, [cli, 'check', ...process.argv.slice(2)], { stdio: 'inherit' });
if (error !== undefined) stop(`Selvage cannot be started: ${error.message}.`);
process.exitCode = status ?? 2;
