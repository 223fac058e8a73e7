import { compareDiagnostics, type Diagnostic, type RelatedLocation } from './engine/diagnostic.ts';
import { type FileEdit, overlaps, toFileEdits } from './engine/file-edits.ts';
import { DocumentFindings, type Finding, findingsIn, SiteFindings } from './engine/findings.ts';
import { linesOf, rangeAt } from './engine/lines.ts';
import { SpeakingFiles } from './engine/speaking-files.ts';
import { type Suppression, suppress, suppressionsOf, type UnusedId } from './engine/suppressions.ts';
import { UNKNOWN_RULE } from './engine/unknown-rule.ts';
import { unusedFindings } from './engine/unused-suppression.ts';
import { unyielding } from './engine/yielding.ts';
import { RULES } from './rules/registry.ts';
import type { Fix, Rule } from './rules/rule.ts';
import type { Place } from './syntax/document.ts';
import { fileSpan } from './syntax/place.ts';
import type { FileState } from './workspace/file-state.ts';
import type { TrackedSite } from './workspace/site.ts';
import type { Workspace } from './workspace/workspace.ts';

export type { Diagnostic, Position, Range } from './engine/diagnostic.ts';
export type { FileEdit } from './engine/file-edits.ts';

/** The one public face of Selvage's reasoning: a workspace in; findings, fixes and counts out. */
export class Engine {
  readonly workspace: Workspace;
  readonly rules: readonly Rule[];
  readonly #documents: DocumentFindings;
  readonly #sites: SiteFindings;
  readonly #speaking: SpeakingFiles;

  constructor(workspace: Workspace, rules: readonly Rule[] = RULES) {
    this.workspace = workspace;
    this.rules = rules;
    this.#documents = new DocumentFindings([...rules, UNKNOWN_RULE]);
    this.#sites = new SiteFindings(rules);
    // A file speaks by findings of its own, or by comments that may be findings.
    this.#speaking = new SpeakingFiles(
      workspace,
      (file, settings) => this.#documents.inFile(file, settings).length > 0 || suppressionsOf(file).length > 0,
    );
  }

  /** Findings of one file, in order of position. Cheap after an edit: only what the edit touched runs again. */
  diagnose(uri: string, isCancelled?: () => boolean): readonly Diagnostic[] {
    const file = this.workspace.file(uri);
    if (file === undefined) return [];
    const sites = this.workspace.sitesOf(uri);
    return this.#diagnoseIn(
      file,
      sites.map((site) => ({ site, across: this.#sites.of(site, isCancelled) })),
    );
  }

  /** Findings of every file, in order of file, position and code. */
  diagnoseAll(isCancelled?: () => boolean): readonly Diagnostic[] {
    const perFile = new Map<FileState, SiteResult[]>();
    for (const site of this.workspace.sites()) {
      const result = { site, across: this.#sites.of(site, isCancelled) };
      const files = this.workspace.filesOf(site);
      const found = result.across.flatMap((byFile) => [...byFile.keys()]).filter((uri) => files.has(uri));
      for (const uri of new Set([...this.#speaking.of(site, isCancelled), ...found])) {
        const file = this.workspace.file(uri);
        if (file === undefined) continue;
        const list = perFile.get(file);
        if (list === undefined) perFile.set(file, [result]);
        else list.push(result);
      }
    }
    const all: Diagnostic[] = [];
    for (const [file, results] of perFile) {
      if (isCancelled?.()) break;
      for (const diagnostic of this.#diagnoseIn(file, results)) all.push(diagnostic);
    }
    return all.sort(compareDiagnostics);
  }

  #diagnoseIn(file: FileState, results: readonly SiteResult[]): readonly Diagnostic[] {
    // Nobody mends a cluster in the file that tells what it held.
    if (file.isInventory) return [];
    const diagnostics: Diagnostic[] = [];
    const said = new Set<string>();
    for (const { site, across } of results) {
      for (const finding of unyielding(findingsIn(file, site.settings, this.#documents, across))) {
        const diagnostic = this.#locate(finding, site);
        const key = `${diagnostic.code} ${finding.place.doc.base} ${JSON.stringify(diagnostic.range)} ${diagnostic.message.en}`;
        if (said.has(key)) continue;
        said.add(key);
        diagnostics.push(diagnostic);
      }
    }
    const suppressions = suppressionsOf(file);
    if (suppressions.length === 0) return diagnostics.sort(compareDiagnostics);
    const { kept, unused } = suppress(diagnostics, suppressions);
    return [...kept, ...this.#unused(file, unused, suppressions, results)].sort(compareDiagnostics);
  }

  /** What is to be said of the comments themselves; a comment can silence that, too. */
  #unused(
    file: FileState,
    unused: readonly UnusedId[],
    suppressions: readonly Suppression[],
    results: readonly SiteResult[],
  ): readonly Diagnostic[] {
    const [result] = results;
    if (unused.length === 0 || result === undefined) return [];
    const runs = (id: string): boolean => this.rules.some((rule) => rule.id === id);
    const findings = unusedFindings(file, unused, result.site.settings, runs);
    return suppress(
      findings.map((finding) => this.#locate(finding, result.site)),
      suppressions,
    ).kept;
  }

  #locate(finding: Finding, site: TrackedSite): Diagnostic {
    return {
      ...this.locate(finding.place),
      severity: finding.severity,
      code: finding.rule.id,
      message: finding.message,
      site: site.name,
      related: finding.related.map(
        (related): RelatedLocation => ({ ...this.locate(related.place), message: related.message }),
      ),
      fixes: finding.fixes.map(({ title, kind }) => ({ title, kind })),
      finding,
    };
  }

  /** The file and range of a place. */
  locate(place: Place): Pick<Diagnostic, 'file' | 'range'> {
    const uri = place.doc.file;
    const text = this.workspace.file(uri)?.text ?? '';
    const [start, end] = fileSpan(place);
    const clamp = (offset: number): number => Math.max(0, Math.min(offset, text.length));
    return { file: uri, range: rangeAt(linesOf(uri, text), [clamp(start), clamp(Math.max(start, end))]) };
  }

  /** The edits of a fix as changes of files. */
  editsOf(fix: Fix): readonly FileEdit[] {
    return toFileEdits(fix.edits(), (file) => this.workspace.file(file)?.text);
  }

  /** The edits of every `safe` fix among these diagnostics that can be made at once; what overlaps waits for the next round. */
  safeEdits(diagnostics: readonly Diagnostic[]): readonly FileEdit[] {
    const chosen: FileEdit[] = [];
    for (const { finding } of diagnostics) {
      const fix = finding.fixes.find(({ kind }) => kind === 'safe');
      if (fix === undefined) continue;
      const edits = this.editsOf(fix);
      if (edits.length > 0 && !overlaps(edits, chosen)) chosen.push(...edits);
    }
    return chosen;
  }
}

interface SiteResult {
  readonly site: TrackedSite;
  readonly across: ReturnType<SiteFindings['of']>;
}
