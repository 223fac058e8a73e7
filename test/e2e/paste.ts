import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** An editor that was set up with what docs/editors.md tells to paste, on a copy of an example, with `selvage` in its PATH. */
export interface Trial {
  /** Writes a file beside the example and returns its path. */
  file(name: string, text: string): string;
  run(program: string, args: readonly string[]): SpawnSyncReturns<string>;
  end(): void;
}

export function tryOut(example: string): Trial {
  const trial = mkdtempSync(join(tmpdir(), 'selvage-editor-'));
  const folder = join(trial, example);
  cpSync(join(root, 'examples', example), folder, { recursive: true });
  mkdirSync(join(trial, 'bin'));
  const command = join(trial, 'bin', 'selvage');
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'dist', 'cli.js')}' "$@"\n`);
  chmodSync(command, 0o755);
  const PATH = `${join(trial, 'bin')}${delimiter}${process.env.PATH ?? ''}`;
  const env = { ...process.env, HOME: trial, PATH, LC_ALL: 'C.UTF-8' };
  return {
    file(name, text) {
      writeFileSync(join(trial, name), text);
      return join(trial, name);
    },
    run: (program, args) => spawnSync(program, args, { cwd: folder, encoding: 'utf8', timeout: 180_000, env }),
    end: () => rmSync(trial, { recursive: true, force: true }),
  };
}

/** The block of docs/editors.md in this language that holds this text. */
export function pasted(language: string, holding: string): string {
  const page = readFileSync(join(root, 'docs', 'editors.md'), 'utf8');
  const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  const found = blocks.find(([, of, text]) => of === language && text?.includes(holding))?.[2];
  assert.ok(found !== undefined, `docs/editors.md has no ${language} block with ${holding}`);
  return found;
}
