import type { Resource } from '../model/resource.ts';
import type { Details, Fix, Related, Report, Rule } from '../rules/rule.ts';
import type { Doc, Place, Tree } from '../syntax/document.ts';
import type { Text } from '../text.ts';
import type { DocumentState } from '../workspace/documents.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { RuleLevel, Severity, SiteSettings } from '../workspace/settings.ts';
import type { TrackedSite } from '../workspace/site.ts';
import { CERTAIN_IN_PROSE, isInProse } from './prose.ts';

/** What a rule reported, before it is turned into positions. */
export interface Finding {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly place: Place;
  readonly message: Text;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}

/** The level that a site's settings give a rule: its own, its family's (`clab/*`), or none. */
export function levelOf(rule: Rule, settings: SiteSettings): RuleLevel | undefined {
  const family = rule.id.slice(0, rule.id.indexOf('/'));
  return settings.rules[rule.id] ?? settings.rules[`${family}/*`];
}

function collector(rule: Rule, level: RuleLevel | undefined, into: Finding[]): Report {
  return (place: Place, message: Text, details: Details = {}) => {
    const severity = level === undefined || level === 'off' ? (details.severity ?? rule.severity) : level;
    into.push({ rule, severity, place, message, related: details.related ?? [], fixes: details.fixes ?? [] });
  };
}

interface Checked {
  readonly tree: Tree;
  readonly settings: SiteSettings;
  readonly findings: readonly Finding[];
}

/** A rule that looks at single documents, with the level that settings give it. */
interface Active {
  readonly rule: Rule;
  readonly level: RuleLevel | undefined;
}

type Each = Record<string, ((resource: Resource, context: unknown) => void) | undefined>;

/** What rules say of single documents and resources, remembered per document until its text or the settings change. */
export class DocumentFindings {
  readonly #rules: readonly Rule[];
  readonly #known = new WeakMap<Doc, Checked>();
  readonly #files = new WeakMap<
    FileState,
    { readonly settings: SiteSettings; readonly findings: readonly Finding[] }
  >();
  readonly #active = new WeakMap<SiteSettings, readonly Active[]>();

  constructor(rules: readonly Rule[]) {
    this.#rules = rules.filter((rule) => rule.document !== undefined || rule.each !== undefined);
  }

  #activeUnder(settings: SiteSettings): readonly Active[] {
    let active = this.#active.get(settings);
    if (active === undefined) {
      active = this.#rules
        .map((rule) => ({ rule, level: levelOf(rule, settings) }))
        .filter(({ level }) => level !== 'off');
      this.#active.set(settings, active);
    }
    return active;
  }

  /** Findings of all documents of a file; a file that is read anew is another object. */
  inFile(file: FileState, settings: SiteSettings): readonly Finding[] {
    const known = this.#files.get(file);
    if (known?.settings === settings) return known.findings;
    const findings: Finding[] = [];
    for (const state of file.all) for (const finding of this.#of(state, settings)) findings.push(finding);
    this.#files.set(file, { settings, findings });
    return findings;
  }

  #of(state: DocumentState, settings: SiteSettings): readonly Finding[] {
    const known = this.#known.get(state.doc);
    if (known !== undefined && known.tree === state.doc.tree && known.settings === settings) return known.findings;
    const findings: Finding[] = [];
    const inProse = isInProse(state.doc);
    for (const { rule, level } of this.#activeUnder(settings)) {
      const each = rule.each as Each | undefined;
      const concerned = each === undefined ? [] : state.resources.filter(({ kind }) => each[kind] !== undefined);
      if ((rule.document === undefined && concerned.length === 0) || (inProse && !CERTAIN_IN_PROSE.has(rule.id)))
        continue;
      const context = { report: collector(rule, level, findings), settings, resources: state.resources };
      rule.document?.(state.doc, context);
      for (const resource of concerned) each?.[resource.kind]?.(resource, context);
    }
    this.#known.set(state.doc, { tree: state.doc.tree, settings, findings });
    return findings;
  }
}

/** What rules say across the files of a site, by file. */
export class SiteFindings {
  readonly #rules: readonly Rule[];

  constructor(rules: readonly Rule[]) {
    this.#rules = rules.filter((rule) => rule.check !== undefined);
  }

  /** Findings of every rule, each remembered until something it looked at changes; `isCancelled` is asked between rules. */
  of(site: TrackedSite, isCancelled?: () => boolean): readonly ReadonlyMap<string, readonly Finding[]>[] {
    const results: ReadonlyMap<string, readonly Finding[]>[] = [];
    for (const rule of this.#rules) {
      if (isCancelled?.()) break;
      const found = site.remember(rule, (tracked) => runRule(rule, tracked));
      if (found.size > 0) results.push(found);
    }
    return results;
  }
}

function runRule(
  rule: Rule,
  site: Parameters<NonNullable<Rule['check']>>[0]['site'],
): ReadonlyMap<string, readonly Finding[]> {
  const level = levelOf(rule, site.settings);
  const findings: Finding[] = [];
  if (level !== 'off') rule.check?.({ site, report: collector(rule, level, findings) });
  const byFile = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = byFile.get(finding.place.doc.file);
    if (list === undefined) byFile.set(finding.place.doc.file, [finding]);
    else list.push(finding);
  }
  return byFile;
}

/** A file's findings from one site: its documents' own, and those across files that stand in it. */
export function findingsIn(
  file: FileState,
  settings: SiteSettings,
  documents: DocumentFindings,
  across: readonly ReadonlyMap<string, readonly Finding[]>[],
): readonly Finding[] {
  const own = documents.inFile(file, settings);
  const here = across.flatMap((byFile) => byFile.get(file.uri) ?? []);
  return here.length === 0 ? own : [...own, ...here];
}
