import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report, ReportedFinding } from '../check/report.ts';
import { isWithin, slashed } from '../scope.ts';
import type { Terminal } from '../terminal.ts';

const LEVELS = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' } as const;

/** GitHub's workflow commands, which show as annotations of a pull request. Paths count from the checkout, where it is known. */
export function github({ findings }: Report, { env }: Terminal): string {
  return findings.map((finding) => `${annotation(finding, env.GITHUB_WORKSPACE)}\n`).join('');
}

function annotation(finding: ReportedFinding, checkout: string | undefined): string {
  const { severity, range, code, message } = finding;
  const { start, end } = range;
  const properties = {
    file: fileOf(finding, checkout),
    line: start.line + 1,
    endLine: end.line + 1,
    // GitHub takes columns only where both stand on one line.
    ...(start.line === end.line && {
      col: start.character + 1,
      endColumn: Math.max(end.character, start.character + 1),
    }),
    title: code,
  };
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${LEVELS[severity]} ${written.join(',')}::${escapeMessage(message)}`;
}

function fileOf({ file, uri }: ReportedFinding, checkout: string | undefined): string {
  if (checkout === undefined || checkout === '') return file;
  const path = fileURLToPath(uri);
  return isWithin(checkout, path) ? slashed(relative(checkout, path)) : file;
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
