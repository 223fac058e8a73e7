import { DiagnosticSeverity, DiagnosticTag, type Diagnostic as ProtocolDiagnostic } from 'vscode-languageserver';
import type { Diagnostic } from '../engine.ts';
import type { Language } from '../text.ts';
import { rulePage } from './documentation.ts';

export interface Context {
  readonly language: Language;
  readonly rulePage?: string;
  /** A URI as the editor writes it. */
  shown(uri: string): string;
  /** The syntax of this YAML document is somebody else's to report. */
  readonly leavesSyntax: boolean;
}

/** What code actions find a diagnostic again by. */
export interface DiagnosticData {
  readonly rule: string;
  readonly fixes: number;
}

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

const TAGS = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

/** Rules that every YAML extension has too. */
const SYNTAX_RULES: ReadonlySet<string> = new Set(['yaml/syntax', 'yaml/duplicate-key']);

/** The engine's diagnostics in the words of the protocol. */
export function toProtocol(diagnostics: readonly Diagnostic[], context: Context): readonly ProtocolDiagnostic[] {
  return diagnostics
    .filter((one) => !(context.leavesSyntax && SYNTAX_RULES.has(one.code)))
    .map((one) => protocolDiagnostic(one, context));
}

export function protocolDiagnostic(one: Diagnostic, context: Context): ProtocolDiagnostic {
  const data: DiagnosticData = { rule: one.code, fixes: one.fixes.length };
  const page = rulePage(one.code, context.rulePage);
  const tags = one.finding.rule.tags?.map((tag) => TAGS[tag]);
  return {
    range: one.range,
    severity: SEVERITIES[one.severity],
    code: one.code,
    ...(page !== undefined && { codeDescription: { href: page } }),
    source: 'selvage',
    message: one.message[context.language],
    ...(tags !== undefined && { tags }),
    ...(one.related.length > 0 && {
      relatedInformation: one.related.map(({ file, range, message }) => ({
        location: { uri: context.shown(file), range },
        message: message[context.language],
      })),
    }),
    data,
  };
}
