import { type Doc, type Place, yamlOf } from './document.ts';
import { nodeOf, spanOfPlace } from './place.ts';
import { resolvePlain } from './scalar.ts';
import type { Span } from './span.ts';
import { type Mapping, type Node, nodeAt, type Path, resolved, type Scalar, type ScalarValue } from './tree.ts';

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
  return [{ doc: place.doc, span: node.span, text: scalarText(value, node) }];
}

/** Puts double quotes around a plain scalar, so that YAML reads it as the text it looks like. */
export function quoteScalar(place: Place): readonly Edit[] {
  const node = nodeOf(place);
  if (node?.kind !== 'scalar' || node.style !== 'plain') return [];
  return [{ doc: place.doc, span: node.span, text: JSON.stringify(place.doc.text.slice(node.span[0], node.span[1])) }];
}

/** Takes the quotes off a scalar. */
export function unquoteScalar(place: Place): readonly Edit[] {
  const node = nodeOf(place);
  if (node?.kind !== 'scalar' || (node.style !== 'single' && node.style !== 'double')) return [];
  return [{ doc: place.doc, span: node.span, text: node.text }];
}

export function renameKey(doc: Doc, path: Path, key: string): readonly Edit[] {
  return [{ doc, span: spanOfPlace({ doc, path, part: 'key' }), text: keyText(key) }];
}

/** Sets the field at a path, creating the mappings that lead to it; a field that is there is replaced. */
export function setField(doc: Doc, path: Path, value: Value): readonly Edit[] {
  const present = nodeAt(yamlOf(doc)?.root, path);
  if (present !== undefined && present.kind === 'scalar' && isScalarValue(value)) {
    if (present.span[1] > present.span[0]) return [{ doc, span: present.span, text: scalarText(value, present) }];
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
    const at = list.span[1] - 1;
    return [{ doc, span: [at, at], text: `${list.items.length === 0 ? '' : ', '}${flowText(value)}` }];
  }
  const dash = dashColumn(doc.text, list.span[0]);
  const end = endOfBlock(doc.text, last);
  return [{ doc, span: [end, end], text: lineBreak(doc) + blockLines([value], dash).join(lineBreak(doc)) }];
}

/** Removes a pair of a mapping with its whole lines, or its part of a flow mapping. */
export function removeField(doc: Doc, path: Path): readonly Edit[] {
  const parent = resolved(nodeAt(yamlOf(doc)?.root, path.slice(0, -1)));
  const step = path.at(-1);
  if (parent?.kind === 'sequence' && typeof step === 'number')
    return removeAt(
      doc,
      parent.items.map((item) => item.span),
      step,
      parent.flow,
    );
  if (parent?.kind !== 'mapping') return [];
  const index = parent.pairs.findIndex((pair) => pair.key.text === step && !pair.merged);
  if (index === -1) return [];
  const spans = parent.pairs.map((pair): Span => [pair.key.span[0], Math.max(pair.key.span[1], pair.value.span[1])]);
  return removeAt(doc, spans, index, parent.flow);
}

/** Writes a line after the line that holds the end of a span, with that line's indentation and `extra` more. */
export function insertLineAfter(doc: Doc, span: Span, line: string, extra = ''): readonly Edit[] {
  const end = lineEnd(doc.text, span[1]);
  const start = doc.text.lastIndexOf('\n', span[0] - 1) + 1;
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
  const start = doc.text.lastIndexOf('\n', span[0] - 1) + 1;
  const end = doc.text.indexOf('\n', Math.max(span[0], span[1] - 1));
  return [{ doc, span: [start, end === -1 ? doc.text.length : end + 1], text: '' }];
}

function isScalarValue(value: Value): value is ScalarValue {
  return value === null || typeof value !== 'object';
}

/** A value as the token that replaces `before`: in its quotes when it had some. */
function scalarText(value: ScalarValue, before: Scalar): string {
  if (typeof value !== 'string') return String(value);
  if (before.style === 'single') return `'${value.replaceAll("'", "''")}'`;
  return before.style === 'double' ? JSON.stringify(value) : plainText(value);
}

/** A text as a plain scalar where YAML reads that back as the same text, else in double quotes. */
export function plainText(value: string): string {
  const plain =
    /^[A-Za-z0-9_./][A-Za-z0-9_./@%+: -]*$/.test(value) && !/:( |$)| $/.test(value) && resolvePlain(value) === value;
  return plain ? value : JSON.stringify(value);
}

function keyText(key: string): string {
  return plainText(key);
}

function flowText(value: Value): string {
  if (typeof value === 'string') return plainText(value);
  if (isScalarValue(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${keyText(key)}: ${flowText(item)}`)
    .join(', ')}}`;
}

/** A value as lines of block YAML, each indented by `column`. */
export function blockLines(value: Value, column: number): readonly string[] {
  const indent = ' '.repeat(column);
  if (Array.isArray(value)) {
    return value.flatMap((item: Value) => {
      if (isScalarValue(item) || isEmpty(item)) return [`${indent}- ${flowText(item)}`];
      const lines = blockLines(item, column + 2);
      return [`${indent}- ${lines[0]!.trimStart()}`, ...lines.slice(1)];
    });
  }
  if (isScalarValue(value)) return [indent + flowText(value)];
  return Object.entries(value as Record<string, Value>).flatMap(([key, item]) => {
    if (isScalarValue(item) || isEmpty(item)) return [`${indent}${keyText(key)}: ${flowText(item)}`];
    return [`${indent}${keyText(key)}:`, ...blockLines(item, column + 2)];
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
    const at = mapping.flow ? mapping.span[1] - 1 : mapping.span[1];
    const before = own.length === 0 ? '' : doc.text.slice(0, at).endsWith(' ') ? ', ' : ', ';
    return [{ doc, span: [at, at], text: `${before}${keyText(key)}: ${flowText(value)}` }];
  }
  const column = columnOf(doc.text, own[0]!.key.span[0]);
  const end = Math.max(endOfBlock(doc.text, last.value), lineEnd(doc.text, last.key.span[1]));
  return [{ doc, span: [end, end], text: lineBreak(doc) + blockLines({ [key]: value }, column).join(lineBreak(doc)) }];
}

/** Gives a value to a key that has none. */
function fillEmpty(doc: Doc, path: Path, empty: Node, value: Value): readonly Edit[] {
  const keySpan = spanOfPlace({ doc, path, part: 'key' });
  if (empty.kind !== 'scalar') return [];
  if (isScalarValue(value)) {
    if (empty.span[1] > empty.span[0]) return [{ doc, span: empty.span, text: flowText(value) }];
    const colon = doc.text.indexOf(':', keySpan[1]) + 1;
    return [{ doc, span: [colon, colon], text: ` ${flowText(value)}` }];
  }
  const column = columnOf(doc.text, keySpan[0]) + 2;
  const end = lineEnd(doc.text, Math.max(keySpan[1], empty.span[1]));
  const edits: Edit[] = [
    { doc, span: [end, end], text: lineBreak(doc) + blockLines(value, column).join(lineBreak(doc)) },
  ];
  if (empty.span[1] > empty.span[0]) edits.unshift({ doc, span: empty.span, text: '' });
  return edits;
}

function removeAt(doc: Doc, spans: readonly Span[], index: number, flow: boolean): readonly Edit[] {
  const span = spans[index];
  if (span === undefined) return [];
  if (!flow)
    return spans.length === 1 ? [] : removeLines(doc, [span[0], Math.max(span[0] + 1, trimmedEnd(doc.text, span[1]))]);
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
  return lineEnd(text, trimmedEnd(text, deepEnd(node)));
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
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function dashColumn(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const dash = text.slice(start).search(/-/);
  return Math.min(Math.max(dash, 0), Math.max(columnOf(text, offset), 0));
}

function lineBreak(doc: Doc): string {
  return doc.text.includes('\r\n') ? '\r\n' : '\n';
}
