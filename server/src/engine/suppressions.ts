import { once } from '../network/once.ts';
import type { Span } from '../syntax/span.ts';
import { matchesRule } from './catalogue.ts';
import type { Diagnostic } from './diagnostic.ts';

/** `# selvage-ignore <id>…` on a line, above it, or `selvage-ignore-file` for the whole file. */
export interface Suppression {
  readonly line: number;
  readonly wholeFile: boolean;
  /** The comment stands alone on its line, so it speaks of the next one. */
  readonly alone: boolean;
  readonly ids: readonly SuppressedId[];
  /** The comment in the file's text. */
  readonly span: Span;
}

export interface SuppressedId {
  /** A rule, a family (`bgp/*`) or `*`. */
  readonly id: string;
  readonly span: Span;
}

const MARK = 'selvage-ignore';
const COMMENT = /^(.*?)(?:#|!|\/\/|\/\*)\s*selvage-ignore(-file)?[:\s]+([a-z0-9*/, \t-]+)/;

/** Suppression comments of a file in any format (`#`, `!`, `//`, `/*`). */
export function suppressionsIn(text: string): readonly Suppression[] {
  if (!text.includes(MARK)) return [];
  let next = 0;
  return text.split('\n').flatMap((source, line) => {
    const start = next;
    next += source.length + 1;
    const match = source.includes(MARK) ? COMMENT.exec(source) : null;
    if (match === null) return [];
    const listed = start + match[0].length - match[3]!.length;
    const ids = [...match[3]!.matchAll(/[^\s,]+/g)].flatMap(({ 0: id, index }): readonly SuppressedId[] =>
      // What ends a comment of C's kind is no id.
      (id.includes('/') && !id.startsWith('*/')) || id === '*'
        ? [{ id, span: [listed + index, listed + index + id.length] }]
        : [],
    );
    const block = source.indexOf('*/', match[1]!.length);
    const end = block === -1 ? source.replace(/\r$/, '').length : block + 2;
    const span = [start + match[1]!.length, start + end] as const;
    return [{ line, wholeFile: match[2] !== undefined, alone: match[1]!.trim() === '', ids, span }];
  });
}

/** The same for a file that was read, once. */
export const suppressionsOf = once(({ text }: { readonly text: string }) => suppressionsIn(text));

/** Findings that no comment silences, and the ids in comments that silence none. */
export function suppress(
  diagnostics: readonly Diagnostic[],
  suppressions: readonly Suppression[],
): { readonly kept: readonly Diagnostic[]; readonly unused: readonly UnusedId[] } {
  const used = new Set<SuppressedId>();
  const kept = diagnostics.filter((diagnostic) => {
    const by = suppressions
      .filter((suppression) => speaksOf(suppression, diagnostic.range.start.line, suppressions))
      .flatMap(({ ids }) => ids.filter(({ id }) => matchesRule(id, diagnostic.code)));
    for (const id of by) used.add(id);
    return by.length === 0;
  });
  const unused = suppressions.flatMap((suppression) =>
    suppression.ids.filter((id) => !used.has(id)).map((id) => ({ ...id, suppression })),
  );
  return { kept, unused };
}

export interface UnusedId extends SuppressedId {
  readonly suppression: Suppression;
}

function speaksOf(suppression: Suppression, line: number, all: readonly Suppression[]): boolean {
  if (suppression.wholeFile || suppression.line === line) return true;
  return suppression.alone && nextLine(all, suppression.line) === line;
}

/** Comments stacked above a line all speak of it. */
function nextLine(suppressions: readonly Suppression[], line: number): number {
  let next = line + 1;
  while (suppressions.some((other) => other.alone && !other.wholeFile && other.line === next)) next++;
  return next;
}
