import { plainText } from '../../syntax/edit.ts';
import type { Span } from '../../syntax/span.ts';
import type { YamlCursor } from '../../syntax/yaml-cursor.ts';
import type { Proposal, Stop } from './proposal.ts';
import type { Spot } from './spot.ts';

/** The steps by which people indent YAML. */
const STEP = 2;

export function spaces(count: number): string {
  return ' '.repeat(count);
}

/** Whether a text is JSON, where every key and text wants double quotes. */
export function isJson({ doc }: Spot): boolean {
  return /^\s*[[{]/.test(doc.text);
}

/** A scalar as it is written at a cursor: in the quotes that are there, else with those that it needs. */
export function scalarAt(spot: Spot, value: string, sort: 'text' | 'literal'): string {
  const quote = spot.yaml?.quote ?? '';
  if (quote === '"') return JSON.stringify(value).slice(1, -1);
  if (quote === "'") return value.replaceAll("'", "''");
  if (sort === 'literal') return value;
  return isJson(spot) ? JSON.stringify(value) : spot.yaml?.flow === true ? flowText(value) : plainText(value);
}

function flowText(value: string): string {
  const plain = plainText(value);
  return /[,[\]{}]/.test(plain) && !plain.startsWith('"') ? JSON.stringify(value) : plain;
}

/** What is replaced and written so that a key gets into the mapping at the cursor. */
export interface KeyPlace {
  readonly replace: Span;
  /** Stands before the key: a line of its own, a dash, or indentation. */
  readonly before: string;
  /** Column of the key in block style. */
  readonly column: number;
}

/** Where a key goes that is typed, or that begins a mapping behind `key:` or as an item of a list. `inList` makes it an item. */
export function keyPlace(cursor: YamlCursor, text: string, inList: 'item' | 'mapping'): KeyPlace {
  const { token, column, behindKey, flow } = cursor;
  if (flow) return { replace: token, before: '', column };
  const dash = inList === 'item' ? '- ' : '';
  if (behindKey) {
    const inner = column + STEP;
    return {
      replace: [spaceBefore(text, token[0]), token[1]],
      before: `\n${spaces(inner)}${dash}`,
      column: inner + dash.length,
    };
  }
  // White space that is replaced is indentation that does not fit its neighbours'.
  const isIndent = token[1] > token[0] && text.slice(...token).trim() === '';
  return { replace: token, before: (isIndent ? spaces(column) : '') + dash, column: column + dash.length };
}

function spaceBefore(text: string, offset: number): number {
  let at = offset;
  while (text[at - 1] === ' ') at--;
  return at;
}

/** `name: ` with what the field takes behind it. */
export function keyInsert(
  spot: Spot,
  place: KeyPlace,
  name: string,
  value: 'scalar' | 'mapping' | 'list',
  required: readonly string[],
): Pick<Proposal, 'insert' | 'again'> {
  const cursor = spot.yaml!;
  if (cursor.hasColon) return { insert: place.before + name };
  const key = cursor.quote !== '' ? `${name}${cursor.quote}` : isJson(spot) ? JSON.stringify(name) : plainText(name);
  const head = `${place.before}${key}:`;
  if (value === 'scalar') return { insert: `${head} `, again: true };
  if (cursor.flow)
    return {
      insert: value === 'list' ? [`${head} [`, { stop: 0 }, ']'] : [`${head} {`, { stop: 0 }, '}'],
      again: true,
    };
  const inner = `\n${spaces(place.column + STEP)}`;
  if (value === 'list') return { insert: `${head}${inner}- `, again: true };
  if (required.length === 0) return { insert: `${head}${inner}`, again: true };
  const fields = required.flatMap((field, index): (string | Stop)[] => [`${inner}${field}: `, { stop: index + 1 }]);
  return { insert: [head, ...fields], again: true };
}
