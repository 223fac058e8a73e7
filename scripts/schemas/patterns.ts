/** Go's regular expressions (RE2) as JavaScript ones. */

/** Equivalents of upstream patterns that would backtrack without end in JavaScript; RE2 matches them in linear time. */
const LINEAR: Record<string, string> = {
  '^(([0-9]*(\\.[0-9]*)?(ms|s|h|m|us)+)+|Auto)$': '^((?:[0-9]*(?:\\.[0-9]*)?(?:us|[smh]))+|Auto)$',
};

export interface Translation {
  readonly pattern: string;
  /** The values of a pattern that only lists alternatives, so that messages and completion can name them. */
  readonly values?: readonly string[];
}

/** Translates one pattern, or says that it matches everything (`undefined`). Refuses a flag it does not know. */
export function translated(pattern: string): Translation | undefined {
  if (pattern === '^.*') return undefined;
  const known = LINEAR[pattern];
  if (known !== undefined) return { pattern: known };
  const [, body] = /^\^\(\?i\)(.*)$/s.exec(pattern) ?? [];
  if (body === undefined) {
    if (/\(\?[a-zA-Z]/.test(pattern)) throw new Error(`cannot translate the flags of ${pattern}`);
    return { pattern };
  }
  if (/[[\\]/.test(body)) throw new Error(`cannot ignore case inside the classes of ${pattern}`);
  const folded = body.replace(/[a-zA-Z]/g, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);
  const [, list] = /^\(([A-Za-z|]+)\)\??\$$/.exec(body) ?? [];
  return list === undefined ? { pattern: `^${folded}` } : { pattern: `^${folded}`, values: list.split('|') };
}
