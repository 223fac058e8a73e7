import { type Doc, type Place, yamlOf } from './document.ts';
import { nodeOf, spanOfPlace } from './place.ts';
import { resolvePlain } from './scalar.ts';
import type { Span } from './span.ts';
import {
  type Mapping,
  type Node,
  nodeAt,
  type Path,
  resolved,
  type Scalar,
  type ScalarValue,
  type Sequence,
} from './tree.ts';

/** Replaces a span of a document. The text is the document's own; what it is embedded in adds indentation and escapes. */
export interface DocEdit {
  readonly doc: Doc;
  readonly span: Span;
  readonly text: string;
}

/** Appends a YAML document to a file. */
export interface AppendEdit {
  readonly file: string;
  readonly append: string;
}

/** Creates a file that does not exist. */
export interface CreateEdit {
  readonly file: string;
  readonly create: string;
}

export type Edit = DocEdit | AppendEdit | CreateEdit;

/** Plain data to write as YAML. */
export type Value = ScalarValue | readonly Value[] | { readonly [key: string]: Value };

/** Replaces what stands at a place by this text, as it is. */
export function replaceText(place: Place, text: string): readonly Edit[] {
  return [{ doc: place.doc, span: spanOfPlace(place), text }];
}

/** Replaces a scalar by another value and keeps its quotes; a place with a span replaces that part of a string only. */
export function replaceScalar(place: Place, value: ScalarValue): readonly Edit[] {
  if (place.path === undefined) return replaceText(place, String(value));
  if (place.span !== undefined) return replaceText(place, String(value));
  const node = nodeOf(place);
  if (node?.kind !== 'scalar') return [];
  return [{ doc: place.doc, span: node.span, text: scalarText(value, node, writing(place.doc)) }];
}

/** Puts double quotes around a plain scalar, so that YAML reads it as the text it looks like. */
export function quoteScalar(place: Place): readonly Edit[] {
  const node = nodeOf(place);
  if (node?.kind !== 'scalar' || node.style !== 'plain') return [];
  return [{ doc: place.doc, span: node.span, text: JSON.stringify(node.text) }];
}

/** Takes the quotes off a scalar. */
export function unquoteScalar(place: Place): readonly Edit[] {
  const node = nodeOf(place);
  if (node?.kind !== 'scalar' || (node.style !== 'single' && node.style !== 'double')) return [];
  // JSON knows fewer words for yes and no than YAML.
  const text = writing(place.doc) === 'json' ? String(resolvePlain(node.text)) : node.text;
  return [{ doc: place.doc, span: node.span, text }];
}

export function renameKey(doc: Doc, path: Path, key: string): readonly Edit[] {
  return [{ doc, span: spanOfPlace({ doc, path, part: 'key' }), text: keyText(key, writing(doc)) }];
}

/** Sets the field at a path, creating the mappings that lead to it. A scalar that is there is replaced; a mapping or list is left alone. */
export function setField(doc: Doc, path: Path, value: Value): readonly Edit[] {
  const present = nodeAt(yamlOf(doc)?.root, path);
  if (present !== undefined && present.kind === 'scalar' && isScalarValue(value)) {
    if (present.span[1] > present.span[0])
      return [{ doc, span: present.span, text: scalarText(value, present, writing(doc)) }];
  }
  for (let length = path.length - 1; length >= 0; length--) {
    const node = nodeAt(yamlOf(doc)?.root, path.slice(0, length));
    const parent = resolved(node);
    if (parent === undefined) continue;
    const key = path[length];
    if (typeof key !== 'string') return [];
    const nested = path
      .slice(length + 1)
      .reduceRight<Value>((inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), value);
    if (parent.kind === 'mapping') return insertPair(doc, path.slice(0, length), parent, key, nested);
    if (parent.kind === 'scalar' && parent.value === null)
      return fillEmpty(doc, path.slice(0, length), parent, { [key]: nested });
    return [];
  }
  return [];
}

/** Adds an item to the end of the list at a path, creating the list when the field is absent. */
export function appendItem(doc: Doc, path: Path, value: Value): readonly Edit[] {
  const list = resolved(nodeAt(yamlOf(doc)?.root, path));
  if (list?.kind !== 'sequence') return setField(doc, path, [value]);
  const last = list.items.at(-1);
  if (list.flow || last === undefined) {
    const at = last === undefined ? list.span[1] - 1 : last.span[1];
    return [{ doc, span: [at, at], text: `${last === undefined ? '' : ', '}${flowText(value, writing(doc))}` }];
  }
  const dash = columnOf(doc.text, list.span[0]);
  const end = endOfBlock(doc.text, last);
  return [{ doc, span: [end, end], text: lineBreak(doc) + blockLines([value], dash).join(lineBreak(doc)) }];
}

/** Removes a pair of a mapping with its whole lines, or its part of a flow mapping. */
export function removeField(doc: Doc, path: Path): readonly Edit[] {
  const parent = resolved(nodeAt(yamlOf(doc)?.root, path.slice(0, -1)));
  const step = path.at(-1);
  if (parent?.kind === 'sequence' && typeof step === 'number')
    return parent.flow
      ? removeFromFlow(
          doc,
          parent.items.map((item) => item.span),
          step,
        )
      : removeFromBlock(doc, itemSpans(doc, parent), step);
  if (parent?.kind !== 'mapping') return [];
  const own = parent.pairs.filter((pair) => !pair.merged);
  const index = own.findIndex((pair) => pair.key.text === step);
  const starts = own.map((pair): Span => [pair.key.span[0], Math.max(pair.key.span[1], pair.value.span[1])]);
  if (parent.flow) return removeFromFlow(doc, starts, index);
  return removeFromBlock(
    doc,
    own.map(
      ({ key, value }): Span => [key.span[0], Math.max(lineEnd(doc.text, key.span[1]), endOfBlock(doc.text, value))],
    ),
    index,
  );
}

/** Writes a line after the line that holds the end of a span, with that line's indentation and `extra` more. */
export function insertLineAfter(doc: Doc, span: Span, line: string, extra = ''): readonly Edit[] {
  const end = lineEnd(doc.text, span[1]);
  const start = lineStart(doc.text, span[0]);
  const indent = /^[ \t]*/.exec(doc.text.slice(start))?.[0] ?? '';
  return [
    {
      doc,
      span: [end, end],
      text: `${lineBreak(doc)}${indent}${extra}${line.replaceAll('\n', lineBreak(doc) + indent + extra)}`,
    },
  ];
}

/** Removes the whole lines that a span touches. */
export function removeLines(doc: Doc, span: Span): readonly Edit[] {
  const start = lineStart(doc.text, span[0]);
  const end = doc.text.indexOf('\n', Math.max(span[0], span[1] - 1));
  return [{ doc, span: [start, end === -1 ? doc.text.length : end + 1], text: '' }];
}

function isScalarValue(value: Value): value is ScalarValue {
  return value === null || typeof value !== 'object';
}

/** A value as the token that replaces `before`: in its quotes when it had some. */
function scalarText(value: ScalarValue, before: Scalar, as: Writing): string {
  if (typeof value !== 'string') return String(value);
  if (as === 'json') return JSON.stringify(value);
  if (before.style === 'single') return `'${value.replaceAll("'", "''")}'`;
  return before.style === 'double' ? JSON.stringify(value) : plainText(value);
}

/** A text as a plain scalar where YAML reads that back as the same text, else in double quotes. */
export function plainText(value: string): string {
  const plain =
    /^[A-Za-z0-9_./][A-Za-z0-9_./@%+: -]*$/.test(value) && !/:( |$)| $/.test(value) && resolvePlain(value) === value;
  return plain ? value : JSON.stringify(value);
}

function keyText(key: string, as: Writing): string {
  return as === 'json' ? JSON.stringify(key) : plainText(key);
}

/** A text that is JSON stays JSON, although YAML would want fewer quotes. */
type Writing = 'json' | 'yaml';

function writing(doc: Doc): Writing {
  return /^\s*[[{]\s*["[{\]}]/.test(doc.text) ? 'json' : 'yaml';
}

function flowText(value: Value, as: Writing): string {
  if (as === 'json') return JSON.stringify(value);
  if (typeof value === 'string') return plainText(value);
  if (isScalarValue(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map((item: Value) => flowText(item, as)).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => pairText(key, item, as))
    .join(', ')}}`;
}

function pairText(key: string, value: Value, as: Writing): string {
  return `${keyText(key, as)}: ${flowText(value, as)}`;
}

/** A value as lines of block YAML, each indented by `column`. */
export function blockLines(value: Value, column: number): readonly string[] {
  const indent = ' '.repeat(column);
  if (Array.isArray(value)) {
    return value.flatMap((item: Value) => {
      if (isScalarValue(item) || isEmpty(item)) return [`${indent}- ${flowText(item, 'yaml')}`];
      const lines = blockLines(item, column + 2);
      return [`${indent}- ${lines[0]!.trimStart()}`, ...lines.slice(1)];
    });
  }
  if (isScalarValue(value)) return [indent + flowText(value, 'yaml')];
  return Object.entries(value as Record<string, Value>).flatMap(([key, item]) => {
    if (isScalarValue(item) || isEmpty(item)) return [indent + pairText(key, item, 'yaml')];
    return [`${indent}${keyText(key, 'yaml')}:`, ...blockLines(item, column + 2)];
  });
}

function isEmpty(value: Value): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function insertPair(doc: Doc, path: Path, mapping: Mapping, key: string, value: Value): readonly Edit[] {
  const own = mapping.pairs.filter((pair) => !pair.merged);
  const existing = own.find((pair) => pair.key.text === key);
  if (existing !== undefined) return fillEmpty(doc, [...path, key], existing.value, value);
  const last = own.at(-1);
  if (mapping.flow || last === undefined) {
    const at = last === undefined ? mapping.span[1] - 1 : Math.max(last.key.span[1], last.value.span[1]);
    return [{ doc, span: [at, at], text: `${last === undefined ? '' : ', '}${pairText(key, value, writing(doc))}` }];
  }
  const column = columnOf(doc.text, own[0]!.key.span[0]);
  const end = Math.max(endOfBlock(doc.text, last.value), lineEnd(doc.text, last.key.span[1]));
  return [{ doc, span: [end, end], text: lineBreak(doc) + blockLines({ [key]: value }, column).join(lineBreak(doc)) }];
}

/** Gives a value to a key that has none, or another one to a key that has a scalar. */
function fillEmpty(doc: Doc, path: Path, empty: Node, value: Value): readonly Edit[] {
  if (empty.kind !== 'scalar') return [];
  const keySpan = spanOfPlace({ doc, path, part: 'key' });
  const parent = resolved(nodeAt(yamlOf(doc)?.root, path.slice(0, -1)));
  const flow = parent?.kind === 'mapping' && parent.flow;
  const colon = /^[ \t]*:/.exec(doc.text.slice(keySpan[1]));
  const after = keySpan[1] + (colon?.[0].length ?? 0);
  const old: Span = [after, empty.span[1] > empty.span[0] ? Math.max(after, empty.span[1]) : after];
  if (flow || isScalarValue(value) || isEmpty(value))
    return [{ doc, span: old, text: `${colon === null ? ':' : ''} ${flowText(value, writing(doc))}` }];
  const column = columnOf(doc.text, keySpan[0]) + 2;
  const end = lineEnd(doc.text, old[1]);
  const block: Edit = {
    doc,
    span: [end, end],
    text: lineBreak(doc) + blockLines(value, column).join(lineBreak(doc)),
  };
  return old[1] > old[0] ? [{ doc, span: old, text: '' }, block] : [block];
}

/** Where each item of a block sequence begins (its dash) and ends. */
function itemSpans(doc: Doc, list: Sequence): readonly Span[] {
  const column = columnOf(doc.text, list.span[0]);
  const dash = new RegExp(`\\n {${column}}-`, 'g');
  let from = list.span[0];
  return list.items.map((item, index): Span => {
    dash.lastIndex = from - 1;
    const start = index === 0 ? list.span[0] : (dash.exec(doc.text)?.index ?? item.span[0]) + 1 + column;
    from = Math.max(start + 1, trimmedEnd(doc.text, deepEnd(item)));
    return [start, Math.max(start + 1, endOfBlock(doc.text, item))];
  });
}

/** Takes one of several out of a block with its whole lines; the only one stays, for nothing would be left. */
function removeFromBlock(doc: Doc, spans: readonly Span[], index: number): readonly Edit[] {
  const span = spans[index];
  if (span === undefined || spans.length === 1) return [];
  const indent = doc.text.slice(lineStart(doc.text, span[0]), span[0]);
  const next = spans[index + 1];
  // The first one may stand behind the dash of the list that it is in: the next one takes its place.
  if (indent.trim() !== '' && next !== undefined) return [{ doc, span: [span[0], next[0]], text: '' }];
  return removeLines(doc, [span[0], span[1] + 1]);
}

function removeFromFlow(doc: Doc, spans: readonly Span[], index: number): readonly Edit[] {
  const span = spans[index];
  if (span === undefined) return [];
  const previous = spans[index - 1];
  const next = spans[index + 1];
  if (next !== undefined) return [{ doc, span: [span[0], next[0]], text: '' }];
  return [{ doc, span: [previous?.[1] ?? span[0], span[1]], text: '' }];
}

function trimmedEnd(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1]!)) at--;
  return at;
}

/** Where the last line of a block node ends, before its line break. */
function endOfBlock(text: string, node: Node): number {
  const last = deepLast(node);
  const end = trimmedEnd(text, deepEnd(node));
  const keeps = last.kind === 'scalar' && (last.style === 'literal' || last.style === 'folded');
  if (!keeps || !/^[|>]\d?\+/.test(text.slice(last.span[0]))) return lineEnd(text, end);
  // The empty lines after `|+` belong to its text.
  const blank = /^(?:[ \t]*\r?\n)*/.exec(text.slice(end))?.[0] ?? '';
  const lines = end + blank.replace(/\r?\n$/, '').length;
  return blank === '' ? lineEnd(text, end) : lines;
}

function deepLast(node: Node): Node {
  if (node.kind === 'mapping' && !node.flow) {
    const last = node.pairs.filter((pair) => !pair.merged).at(-1);
    return last === undefined ? node : deepLast(last.value);
  }
  if (node.kind === 'sequence' && !node.flow) {
    const last = node.items.at(-1);
    return last === undefined ? node : deepLast(last);
  }
  return node;
}

function deepEnd(node: Node): number {
  if (node.kind === 'mapping' && !node.flow) {
    const last = node.pairs.filter((pair) => !pair.merged).at(-1);
    return last === undefined ? node.span[1] : Math.max(last.key.span[1] + 1, deepEnd(last.value));
  }
  if (node.kind === 'sequence' && !node.flow) {
    const last = node.items.at(-1);
    return last === undefined ? node.span[1] : deepEnd(last);
  }
  return node.span[1];
}

function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline === -1) return text.length;
  return text[newline - 1] === '\r' && newline > offset ? newline - 1 : newline;
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

function lineBreak(doc: Doc): string {
  return doc.text.includes('\r\n') ? '\r\n' : '\n';
}
