import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const FOLDER = fileURLToPath(new URL('scenarios', import.meta.url));

/**
 * A workspace whose BGP is known from real daemons. Its folder holds `scenario.yaml`, `measured.json` and the files of the
 * network; with `extends`, only what differs from another scenario's: whole files, or `changes` of them.
 */
export interface Scenario {
  /** `family/name`, the folder below `scenarios`. */
  readonly name: string;
  readonly folder: string;
  /** One sentence: what is special about it. */
  readonly shows: string;
  /** One of the few that `npm test` runs; `npm run lab` runs all. */
  readonly core: boolean;
  /** Measured once on daemons that Debian no longer has, and not run by `npm run lab`. */
  readonly recordedOnly: boolean;
}

interface Description {
  readonly shows: string;
  readonly extends?: string;
  readonly without?: readonly string[];
  /** By file: texts that are replaced wherever they stand, one after the other; each must be there. */
  readonly changes?: Readonly<Record<string, readonly { readonly from: string; readonly to: string }[]>>;
  readonly core?: true;
  readonly recordedOnly?: true;
}

const OWN = new Set(['scenario.yaml', 'measured.json']);

export function scenarios(): readonly Scenario[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('scenario.yaml'))
    .sort()
    .map((path) => {
      const folder = dirname(join(FOLDER, path));
      const { shows, core, recordedOnly } = describe(folder);
      return {
        name: relative(FOLDER, folder),
        folder,
        shows,
        core: core === true,
        recordedOnly: recordedOnly === true,
      };
    });
}

/** Lays the scenario's files out in a folder of their own, as if FRR of this version ran in its containers. */
export function layOut(
  scenario: Scenario,
  frrVersion: string,
): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'selvage-scenario-'));
  lay(scenario.folder, folder);
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/(\.clab\.yml|frr\.conf)$/.test(path)) continue;
    const text = readFileSync(join(folder, path), 'utf8')
      .replace(/^(\s*image: \S*frr\S*:)\S+$/gm, `$1${frrVersion}`)
      .replace(/^frr version .*$/m, `frr version ${frrVersion}`);
    writeFileSync(join(folder, path), text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function recordingFile({ folder }: Scenario): string {
  return join(folder, 'measured.json');
}

function lay(from: string, to: string): void {
  const description = describe(from);
  if (description.extends !== undefined) lay(join(FOLDER, description.extends), to);
  for (const path of description.without ?? []) rmSync(join(to, path), { recursive: true });
  for (const [path, changes] of Object.entries(description.changes ?? {})) {
    let text = readFileSync(join(to, path), 'utf8');
    for (const change of changes) {
      if (!text.includes(change.from)) throw new Error(`${relative(FOLDER, from)}: ${path} has no “${change.from}”.`);
      text = text.replaceAll(change.from, change.to);
    }
    writeFileSync(join(to, path), text);
  }
  cpSync(from, to, { recursive: true, filter: (path) => !OWN.has(relative(from, path)) });
}

function describe(folder: string): Description {
  const file = join(folder, 'scenario.yaml');
  if (!existsSync(file)) throw new Error(`There is no scenario ${relative(FOLDER, folder)}.`);
  return parse(readFileSync(file, 'utf8')) as Description;
}
