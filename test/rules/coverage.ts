import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Engine } from '../../server/src/engine.ts';
import { RULES } from '../../server/src/rules/registry.ts';
import type { Rule } from '../../server/src/rules/rule.ts';
import type { Severity } from '../../server/src/workspace/settings.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import catalogue from './catalogue.json' with { type: 'json' };
import { parseFixture } from './fixture.ts';

/** One row of the catalogue: what users are promised of a rule. */
export interface Promised {
  readonly id: string;
  readonly severity: Severity;
  /** Severities besides its own that the rule grades to. */
  readonly graded?: readonly Severity[];
  readonly fix: 'safe' | 'pick' | 'none';
  /** The checks and misconfigurations that the rule answers: `S1`–`S87` and `M1`–`M69`, and facts by their own numbers. */
  readonly sources: readonly string[];
}

export const PROMISED = catalogue.rules as readonly Promised[];
/** Why a promised rule does not exist yet. */
export const ABSENT: Readonly<Record<string, string>> = catalogue.absent;
/** Why a rule that is promised with a fix offers none. */
export const WITHOUT_FIX: Readonly<Record<string, string>> = catalogue.withoutFix;
/** Why no rule answers an item. */
export const UNANSWERED: Readonly<Record<string, string>> = catalogue.unanswered;

/** What there is of a rule. */
export interface Covered {
  readonly promised: Promised;
  readonly rule: Rule | undefined;
  readonly bad: number;
  readonly good: number;
  readonly fixed: number;
  /** The kinds of fixes that it offers on its bad fixtures. */
  readonly fixes: ReadonlySet<'safe' | 'pick'>;
}

export function coverage(): readonly Covered[] {
  const rules = new Map<string, Rule>(RULES.map((rule) => [rule.id, rule]));
  return PROMISED.map((promised) => ({ promised, rule: rules.get(promised.id), ...fixturesOf(promised.id) }));
}

function fixturesOf(id: string): Pick<Covered, 'bad' | 'good' | 'fixed' | 'fixes'> {
  const folder = join(import.meta.dirname, id);
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const bad = names.filter((name) => name.startsWith('bad'));
  const fixes = new Set<'safe' | 'pick'>();
  let fixed = 0;
  for (const name of names) {
    const fixture = parseFixture(readFileSync(join(folder, name), 'utf8'));
    fixed += fixture.fixed.length;
    if (!name.startsWith('bad')) continue;
    for (const diagnostic of open(fixture.files).diagnoseAll())
      if (diagnostic.code === id) for (const fix of diagnostic.fixes) fixes.add(fix.kind);
  }
  return { bad: bad.length, good: names.filter((name) => name.startsWith('good')).length, fixed, fixes };
}

function open(files: ReadonlyMap<string, string>): Engine {
  const present = [...files.keys()].map((file) => `file:///fixture/${file}`);
  const workspace = new Workspace({
    list: async () => [],
    read: async () => ({ unreadable: { en: '', 'zh-cn': '' } }),
    exists: (path) => present.some((file) => file === path || file.startsWith(`${path}/`)),
  });
  workspace.setFolders([{ uri: 'file:///fixture' }]);
  for (const [file, text] of files) workspace.setFile(`file:///fixture/${file}`, text);
  return new Engine(workspace);
}

/** Which rule gives way to which, as pairs of ids. */
export function silences(): readonly (readonly [silent: string, because: string])[] {
  return RULES.flatMap((rule) => (rule.yieldsTo ?? []).map((other) => [rule.id, other] as const));
}

/** `S1` to `S87` and `M1` to `M69`. */
export function items(): readonly string[] {
  const numbered = (letter: string, last: number): readonly string[] =>
    Array.from({ length: last }, (_, index) => `${letter}${index + 1}`);
  return [...numbered('S', 87), ...numbered('M', 69)];
}
