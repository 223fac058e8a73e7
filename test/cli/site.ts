import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run } from '../../server/src/cli/run.ts';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

export interface Setting {
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly input?: string | Uint8Array;
}

/** Runs the program in a folder as a shell would, without a terminal unless `columns` says how wide one is. */
export async function selvage(cwd: string, args: readonly string[], setting: Setting = {}): Promise<Outcome> {
  let out = '';
  let error = '';
  const code = await run(args, {
    cwd,
    env: setting.env ?? {},
    columns: setting.columns,
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
    },
    input: async () => Buffer.from(setting.input ?? ''),
  });
  return { code, out, error };
}

/** A folder of its own with these files, which is a repository and goes away after the tests. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'selvage-cli-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, '.git'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** A copy of the fixture of this room. */
export function fixture(): string {
  const folder = folderWith({});
  cpSync(fileURLToPath(new URL('fixture', import.meta.url)), folder, { recursive: true });
  return folder;
}

/** Rules whose findings the fixture tells, so that a new rule changes no expected report. */
export const RULES = ['bgp/peer-without-target', 'ipam/encapsulation', 'yaml/ambiguous-scalar'];
