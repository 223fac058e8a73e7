import { Reader } from '../model/reader.ts';
import type { Doc } from '../syntax/document.ts';
import { parseYaml } from '../syntax/yaml.ts';
import type { RuleLevel, SiteSettings } from './settings.ts';

/** A `sites:` entry of `selvage.yaml`. Patterns are globs relative to the folder of the file. */
export interface SiteEntry {
  readonly name: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly settings: Partial<SiteSettings>;
}

/** What a `selvage.yaml` says. Mistakes in it are the schema's to report; here they are simply not there. */
export interface Configuration {
  readonly settings: Partial<SiteSettings>;
  readonly sites: readonly SiteEntry[];
}

export const CONFIGURATION_NAMES: ReadonlySet<string> = new Set(['selvage.yaml', 'selvage.yml']);

const LEVELS: ReadonlySet<string> = new Set(['off', 'hint', 'information', 'warning', 'error']);

export function readConfiguration(file: string, text: string): Configuration {
  const yaml = parseYaml(text);
  const doc: Doc = { file, format: 'yaml', text, base: 0, tree: { format: 'yaml', yaml } };
  const root = new Reader(doc, [], yaml.root);
  return {
    settings: settingsOf(root),
    sites: root.items('sites').map((entry, index) => ({
      name: entry.string('name')?.value ?? `site ${index + 1}`,
      include: textsOf(entry, 'include'),
      exclude: textsOf(entry, 'exclude'),
      settings: settingsOf(entry),
    })),
  };
}

function textsOf(reader: Reader, key: string): readonly string[] {
  const one = reader.string(key);
  if (one?.value !== undefined) return [one.value];
  return reader.strings(key).flatMap((field) => field.value ?? []);
}

function settingsOf(reader: Reader): Partial<SiteSettings> {
  const calicoVersion = reader.string('calicoVersion')?.value;
  const spiderpoolVersion = reader.string('spiderpoolVersion')?.value;
  const rules: Record<string, RuleLevel> = {};
  for (const [id, level] of reader.texts('rules')) {
    // `off` unquoted is a boolean to YAML 1.1, and still what the user means.
    if (level.value !== undefined && LEVELS.has(level.value)) rules[id] = level.value as RuleLevel;
  }
  const networks = new Map(
    reader
      .entries('networks')
      .map(
        ({ key, value }) =>
          [
            key.value ?? '',
            value.node?.kind === 'sequence'
              ? value.strings().flatMap((f) => f.value ?? [])
              : [value.string()?.value ?? ''],
          ] as const,
      ),
  );
  const asns = new Map(
    reader
      .entries('asns')
      .flatMap(({ key, value }) =>
        value.number()?.value === undefined ? [] : [[key.value ?? '', value.number()!.value!] as const],
      ),
  );
  return {
    ...(calicoVersion !== undefined && { calicoVersion }),
    ...(spiderpoolVersion !== undefined && { spiderpoolVersion }),
    ...(reader.at('rules').exists && { rules }),
    ...(reader.at('networks').exists && { networks }),
    ...(reader.at('asns').exists && { asns }),
    ...(reader.at('connectedTo').exists && { connectedTo: textsOf(reader, 'connectedTo') }),
  };
}
