import type { Diagnostic } from './diagnostic.ts';

/** `# selvage-ignore <id>…` on a line, above it, or `selvage-ignore-file` for the whole file. */
export interface Suppression {
  readonly line: number;
  readonly wholeFile: boolean;
  /** The comment stands alone on its line, so it speaks of the next one. */
  readonly alone: boolean;
  readonly ids: readonly string[];
}

const MARK = 'selvage-ignore';
const COMMENT = /^(.*?)(?:#|!|\/\/|\/\*)\s*selvage-ignore(-file)?[:\s]+([a-z0-9*/, \t-]+)/;

/** Suppression comments of a file in any format (`#`, `!`, `//`, `/*`). */
export function suppressionsIn(text: string): readonly Suppression[] {
  if (!text.includes(MARK)) return [];
  return text.split('\n').flatMap((source, line) => {
    const match = source.includes(MARK) ? COMMENT.exec(source) : null;
    if (match === null) return [];
    const ids = match[3]!.split(/[\s,]+/).filter((id) => id.includes('/') || id === '*');
    return [{ line, wholeFile: match[2] !== undefined, alone: match[1]!.trim() === '', ids }];
  });
}

export function isSuppressed(diagnostic: Diagnostic, suppressions: readonly Suppression[]): boolean {
  const { line } = diagnostic.range.start;
  return suppressions.some(
    (suppression) =>
      (suppression.wholeFile ||
        suppression.line === line ||
        (suppression.alone && nextLine(suppressions, suppression.line) === line)) &&
      suppression.ids.some((id) => matches(id, diagnostic.code)),
  );
}

/** Comments stacked above a line all speak of it. */
function nextLine(suppressions: readonly Suppression[], line: number): number {
  let next = line + 1;
  while (suppressions.some((other) => other.alone && !other.wholeFile && other.line === next)) next++;
  return next;
}

function matches(pattern: string, code: string): boolean {
  return pattern === code || pattern === '*' || (pattern.endsWith('/*') && code.startsWith(pattern.slice(0, -1)));
}
