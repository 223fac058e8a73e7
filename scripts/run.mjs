// How the scripts start programs. Plain Node 20, nothing but the standard library: these run before anything is installed.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
export const at = (...steps) => join(root, ...steps);

/** Programs of this package come first in PATH, so that `node` is the pinned one. */
export const env = { ...process.env, PATH: `${at('node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}` };

/** Runs a program by argument vector and passes its output through; resolves to its exit code (127 when it cannot start). */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.on('error', (error) => {
      console.error(`${program} cannot be started: ${error.message}`);
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Runs a program and resolves to what it printed on stdout, or undefined when it is missing or fails. */
export function ask(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'ignore'], ...options });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', () => resolve(undefined));
    child.on('close', (code) => resolve(code === 0 ? text.trim() : undefined));
  });
}

/** Ends the script with a sentence instead of a stack trace. */
export function stop(message) {
  console.error(message);
  process.exit(1);
}

/** npm is a script for cmd.exe on Windows; there Node's own copy is started instead. */
export function npm(args, options) {
  const inside = process.env.npm_execpath;
  return inside?.endsWith('.js') ? run(process.execPath, [inside, ...args], options) : run('npm', args, options);
}
