import { comparePositions } from '../../engine/diagnostic.ts';
import type { Diagnostic, Engine, Range } from '../../engine.ts';
import type { Language } from '../../text.ts';
import type { Severity } from '../../workspace/settings.ts';
import type { Reading, Skipped } from '../read.ts';
import { inScope, shownPath } from '../scope.ts';
import { subjectOf } from './identity.ts';

/** A finding in one language, with its path as the user knows it. */
export interface ReportedFinding {
  readonly file: string;
  readonly uri: string;
  readonly range: Range;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly site: string;
  readonly related: readonly {
    readonly file: string;
    readonly uri: string;
    readonly range: Range;
    readonly message: string;
  }[];
  readonly fixes: readonly { readonly title: string; readonly kind: 'safe' | 'pick' }[];
  /** What the finding is about, stable across edits around it. */
  readonly subject: string;
}

export interface Summary {
  readonly files: number;
  readonly documents: number;
  readonly resources: number;
  readonly errors: number;
  readonly warnings: number;
  readonly information: number;
  readonly hints: number;
}

/** All that a reporter shows. */
export interface Report {
  readonly findings: readonly ReportedFinding[];
  readonly summary: Summary;
  readonly skipped: readonly (Skipped & { readonly file: string })[];
  /** Paths of every file that was checked, with findings or without. */
  readonly checked: readonly string[];
  readonly textOf: (uri: string) => string;
  readonly rules: Engine['rules'];
  readonly language: Language;
  readonly cwd: string;
  readonly threshold: Severity;
}

export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

export function atLeast(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

/** The findings that the user asked for. */
export function diagnosticsOf(reading: Reading, wanted: (diagnostic: Diagnostic) => boolean): readonly Diagnostic[] {
  return reading.engine.diagnoseAll().filter((one) => inScope(reading.scope, one.file) && wanted(one));
}

export function reported(
  engine: Engine,
  diagnostics: readonly Diagnostic[],
  language: Language,
  cwd: string,
): readonly ReportedFinding[] {
  const findings = diagnostics.map(
    (one): ReportedFinding => ({
      file: shownPath(one.file, cwd),
      uri: one.file,
      range: one.range,
      severity: one.severity,
      code: one.code,
      message: one.message[language],
      site: one.site,
      related: one.related.map(({ file, range, message }) => ({
        file: shownPath(file, cwd),
        uri: file,
        range,
        message: message[language],
      })),
      fixes: one.fixes.map(({ title, kind }) => ({ title: title[language], kind })),
      subject: subjectOf(engine, one, cwd),
    }),
  );
  return findings.sort(
    (one, other) =>
      compareTexts(one.file, other.file) ||
      comparePositions(one.range.start, other.range.start) ||
      compareTexts(one.code, other.code) ||
      comparePositions(one.range.end, other.range.end) ||
      compareTexts(one.message, other.message),
  );
}

/** By code unit: the order must not depend on the machine's locale. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

export function summaryOf(reading: Reading, findings: readonly ReportedFinding[]): Summary {
  const files = [...reading.engine.workspace.files].filter(
    (file) => file.skipped === undefined && inScope(reading.scope, file.uri),
  );
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  return {
    files: files.length,
    documents: files.reduce((sum, file) => sum + file.all.length, 0),
    resources: files.reduce((sum, file) => sum + file.all.reduce((all, state) => all + state.resources.length, 0), 0),
    errors: count('error'),
    warnings: count('warning'),
    information: count('information'),
    hints: count('hint'),
  };
}
