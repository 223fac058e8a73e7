import type { Doc, Field, Place } from '../../syntax/document.ts';
import type { Span } from '../../syntax/span.ts';
import type { RemoteAs } from './router.ts';

/** A word of a router configuration with its place in the text. */
export interface Token {
  readonly text: string;
  readonly span: Span;
}

/** What is under construction of a read-only type. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

export function placeOf(doc: Doc, span: Span): Place {
  return { doc, span };
}

/** Whether a word holds a template or a shell variable, so that its value is not known here. */
export function isTemplated(text: string): boolean {
  return /\{\{|\}\}|\{%|\$\{|\$[A-Za-z_(]|<%|`/.test(text);
}

export function textField(doc: Doc, token: Token): Field<string> {
  return { value: isTemplated(token.text) ? undefined : token.text, place: placeOf(doc, token.span) };
}

export function flagField(doc: Doc, token: Token, value: boolean): Field<boolean> {
  return { value, place: placeOf(doc, token.span) };
}

/** A whole number; anything else is a value that cannot be known. */
export function numberField(doc: Doc, token: Token): Field<number> {
  return { value: /^\d{1,10}$/.test(token.text) ? Number(token.text) : undefined, place: placeOf(doc, token.span) };
}

/** An AS number in plain or dotted form (`1.10` is 65546). */
export function asnField(doc: Doc, token: Token): Field<number> {
  return { value: asnOf(token.text), place: placeOf(doc, token.span) };
}

export function remoteAsField(doc: Doc, token: Token): Field<RemoteAs> {
  const keyword = /^(?:internal|external|auto)$/.exec(token.text)?.[0] as RemoteAs | undefined;
  return { value: keyword ?? asnOf(token.text), place: placeOf(doc, token.span) };
}

export function actionField(doc: Doc, token: Token): Field<'permit' | 'deny'> {
  const { text } = token;
  return { value: text === 'permit' || text === 'deny' ? text : undefined, place: placeOf(doc, token.span) };
}

function asnOf(text: string): number | undefined {
  const dotted = /^(\d{1,5})\.(\d{1,5})$/.exec(text);
  const asn = dotted ? Number(dotted[1]) * 65536 + Number(dotted[2]) : /^\d{1,10}$/.test(text) ? Number(text) : 0;
  const fits = dotted ? Number(dotted[1]) < 65536 && Number(dotted[2]) < 65536 : true;
  return fits && asn >= 1 && asn <= 4294967295 ? asn : undefined;
}
