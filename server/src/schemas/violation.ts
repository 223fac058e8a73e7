/** What a generated validator calls; see scripts/schemas/validators.ts. */

export interface Violation {
  /** JSON pointer of the value that breaks the rule; of the mapping where a field is missing. */
  readonly pointer: string;
  /** The JSON Schema keyword that it breaks. */
  readonly keyword: string;
  /** With `required`: the field that is not there. */
  readonly missing?: string;
}

export function violation(list: Violation[] | null, pointer: string, keyword: string, missing?: string): Violation[] {
  const found: Violation = missing === undefined ? { pointer, keyword } : { pointer, keyword, missing };
  if (list === null) return [found];
  list.push(found);
  return list;
}

/** Length in characters, as JSON Schema and Go count them; a surrogate pair is one. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
