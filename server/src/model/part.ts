import type { Field, Place } from '../syntax/document.ts';
import { isTemplated } from '../syntax/scalar.ts';
import type { Span } from '../syntax/span.ts';
import type { Reader } from './reader.ts';

/** A scalar's decoded text as it is written, also when it is templated; undefined for what is no scalar or is absent. */
export function rawText(reader: Reader): string | undefined {
  if (reader.node?.kind !== 'scalar') return undefined;
  return reader.node.value === null && reader.node.style === 'plain' ? undefined : reader.node.text;
}

/** A part of a scalar as a field of its own: only this part's being templated makes it unknown. */
export function partOf(reader: Reader, span: Span): Field<string> {
  const text = (rawText(reader) ?? '').slice(span[0], span[1]);
  return { value: isTemplated(text) ? undefined : text, place: { ...reader.place, span } };
}

/** Splits a scalar at a separator, but not inside `${…}`, `$(…)` or `{{…}}`; at most `limit` parts. */
export function partsOf(reader: Reader, separator: string, limit = Number.POSITIVE_INFINITY): readonly Field<string>[] {
  const text = rawText(reader);
  return text === undefined ? [] : splitSpans(text, separator, limit).map((span) => partOf(reader, span));
}

/** Like `partsOf` for lists such as `a=b, c=d`: white space around a part belongs to no part, and empty parts are left out. */
export function listedParts(reader: Reader, separator: string): readonly Field<string>[] {
  const text = rawText(reader);
  if (text === undefined) return [];
  return splitSpans(text, separator, Number.POSITIVE_INFINITY).flatMap((span) => {
    const inner = trimmed(text, span);
    return inner[1] > inner[0] ? [partOf(reader, inner)] : [];
  });
}

export function splitSpans(text: string, separator: string, limit: number): readonly Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (let at = 0; at < text.length && spans.length < limit - 1; ) {
    const end = placeholderEnd(text, at);
    if (end > at) at = end;
    else if (text.startsWith(separator, at)) {
      spans.push([start, at]);
      at += separator.length;
      start = at;
    } else at += 1;
  }
  spans.push([start, text.length]);
  return spans;
}

const PLACEHOLDERS = [
  ['{{', '}}'],
  ['${', '}'],
  ['$(', ')'],
] as const;

function placeholderEnd(text: string, at: number): number {
  for (const [open, close] of PLACEHOLDERS) {
    if (!text.startsWith(open, at)) continue;
    const end = text.indexOf(close, at + open.length);
    return end === -1 ? text.length : end + close.length;
  }
  return at;
}

export function trimmed(text: string, [start, end]: Span): Span {
  const part = text.slice(start, end);
  const leading = part.length - part.trimStart().length;
  return [start + leading, Math.max(start + leading, start + part.trimEnd().length)];
}

/** The place of a mapping entry's key, from the place of its value. */
export function keyPlace(place: Place): Place {
  return { doc: place.doc, ...(place.path && { path: place.path }), part: 'key' };
}
