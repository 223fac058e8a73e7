import type { Segment } from './embedding.ts';
import type { Scalar, ScalarValue } from './tree.ts';

const BOOLEANS = new Map<string, boolean>();
for (const word of ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']) BOOLEANS.set(word, true);
for (const word of ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'])
  BOOLEANS.set(word, false);
const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);
const LONGEST_WORD = 'false'.length;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[0-9]+)$/;
const INFINITY = /^([-+]?)\.(inf|Inf|INF)$/;

/**
 * What a plain scalar means to Kubernetes and containerlab: YAML 1.1 as go-yaml v2 resolves it (resolve.go): `yes` and
 * `on` are booleans, `0123` is octal, `1_000` a number; `1:20` and time stamps stay strings.
 */
export function resolvePlain(text: string): ScalarValue {
  if (text.length <= LONGEST_WORD) {
    if (NULLS.has(text)) return null;
    const boolean = BOOLEANS.get(text);
    if (boolean !== undefined) return boolean;
  }
  const first = text.charCodeAt(0);
  const numeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (!numeric) return text;
  const plain = text.replaceAll('_', '');
  const integer = INTEGER.exec(plain);
  if (integer) return parseInteger(integer[1]!, integer[2]!);
  // go-yaml strips `_` except after a leading dot.
  const float = first === 46 ? text : plain;
  if (FLOAT.test(float)) return Number(float);
  const infinity = INFINITY.exec(text);
  if (infinity) return infinity[1] === '-' ? -Infinity : Infinity;
  return /^\.(nan|NaN|NAN)$/.test(text) ? Number.NaN : text;
}

function parseInteger(sign: string, digits: string): number {
  const octal = /^0[oO]?([0-7]+)$/.exec(digits);
  const value = octal ? Number.parseInt(octal[1]!, 8) : Number(digits);
  return sign === '-' ? -value : value;
}

const TEMPLATE = /\{\{|\$\{|\$\(|\$[A-Za-z_]|<%|<<[\w.-]+>>|^__[A-Za-z]/;

/** Whether a text holds a placeholder of Go templates, Helm, a shell or envsubst, so that its real value is unknown here. */
export function isTemplated(text: string): boolean {
  return TEMPLATE.test(text);
}

/** Whether any scalar of a document may be templated: asked once, so that nearly all documents need not ask of each. */
export function mayHoldTemplates(text: string): boolean {
  return /\$|\{\{|<[%<]|__/.test(text);
}

/**
 * Runs of equal characters between a scalar's decoded text and its document: what turns an offset inside a selector, a
 * JSON string or a nested block into an offset of the file.
 */
export function scalarSegments(text: string, scalar: Scalar): readonly Segment[] {
  const source = text.slice(scalar.span[0], scalar.span[1]);
  const from = scalar.span[0];
  switch (scalar.style) {
    case 'literal':
    case 'folded':
      return blockSegments(source, from, scalar.text);
    case 'single':
    case 'double':
      return flowSegments(source, from, 1, scalar);
    default:
      return flowSegments(source, from, 0, scalar);
  }
}

/** Plain and quoted scalars: escapes shrink, and a line break with the white space around it folds into one character. */
function flowSegments(source: string, from: number, quote: number, scalar: Scalar): readonly Segment[] {
  const segments: Segment[] = [];
  let inner = 0;
  let at = quote;
  const end = source.length - quote;
  let run = at;
  const flush = (): void => {
    if (at > run) segments.push({ inner: inner - (at - run), outer: from + run, length: at - run });
  };
  while (at < end) {
    const char = source[at]!;
    if (char === '\n' || ((char === ' ' || char === '\t' || char === '\r') && foldsAt(source, at))) {
      flush();
      const stop = skipBlank(source, at, end);
      const breaks = source.slice(at, stop).split('\n').length - 1;
      const width = breaks > 1 ? breaks - 1 : 1;
      segments.push({ inner, outer: from + at, length: 1 });
      inner += width;
      at = stop;
      run = at;
    } else if (scalar.style === 'single' && char === "'" && source[at + 1] === "'") {
      flush();
      segments.push({ inner, outer: from + at, length: 1, width: 2 });
      inner += 1;
      at += 2;
      run = at;
    } else if (scalar.style === 'double' && char === '\\') {
      flush();
      const [length, width] = escapeAt(source, at);
      if (width > 0) segments.push({ inner, outer: from + at, length: 1, width: length });
      inner += width;
      at += length;
      run = at;
    } else {
      inner += 1;
      at += 1;
    }
  }
  flush();
  segments.push({ inner, outer: from + end, length: 0 });
  return segments;
}

function foldsAt(source: string, at: number): boolean {
  let i = at;
  while (source[i] === ' ' || source[i] === '\t' || source[i] === '\r') i++;
  return source[i] === '\n';
}

function skipBlank(source: string, at: number, end: number): number {
  let i = at;
  while (i < end && /[ \t\r\n]/.test(source[i]!)) i++;
  return i;
}

/** Length in the source, and in UTF-16 units of the decoded text, of the escape sequence at `at`. */
function escapeAt(source: string, at: number): readonly [length: number, width: number] {
  const next = source[at + 1];
  if (next === 'x') return [4, 1];
  if (next === 'u') return [6, 1];
  if (next === 'U') return [10, Number.parseInt(source.slice(at + 2, at + 10), 16) > 0xffff ? 2 : 1];
  if (next === '\r' || next === '\n') {
    // The next line loses its indentation; an empty line after it folds as any other.
    let i = source[at + 1] === '\r' && source[at + 2] === '\n' ? at + 3 : at + 2;
    while (source[i] === ' ' || source[i] === '\t') i++;
    return [i - at, 0];
  }
  return [2, 1];
}

/** Block scalars: each line loses its indentation; a folded line break is matched against the decoded text. */
function blockSegments(source: string, from: number, decoded: string): readonly Segment[] {
  const segments: Segment[] = [];
  const headerEnd = source.indexOf('\n');
  if (headerEnd === -1) return [{ inner: 0, outer: from + source.length, length: 0 }];
  const lines = source.slice(headerEnd + 1).split('\n');
  const indent = blockIndent(lines, decoded);
  let outer = headerEnd + 1;
  let inner = 0;
  for (const [index, raw] of lines.entries()) {
    const content = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const skipped = Math.min(indent, content.length);
    const length = Math.max(0, content.length - skipped);
    if (length > 0) {
      // A folded break may have vanished or become several: find where this line's text really begins.
      const line = content.slice(skipped);
      if (!decoded.startsWith(line, inner)) {
        const found = decoded.indexOf(line, inner);
        if (found !== -1) inner = found;
      }
      segments.push({ inner, outer: from + outer + skipped, length });
      inner += length;
    }
    if (index < lines.length - 1 && inner < decoded.length && (decoded[inner] === '\n' || decoded[inner] === ' ')) {
      segments.push({ inner, outer: from + outer + content.length, length: 1 });
      inner += 1;
    }
    outer += raw.length + 1;
  }
  segments.push({ inner: decoded.length, outer: from + Math.min(outer - 1, source.length), length: 0 });
  return segments;
}

/** Columns that a block scalar's lines lose, found by holding the first written line against the decoded text. */
function blockIndent(lines: readonly string[], decoded: string): number {
  const first = lines.find((line) => line.trim() !== '');
  const read = decoded.split('\n').find((line) => line.trim() !== '');
  if (first === undefined || read === undefined) return 0;
  return Math.max(0, leadingBlanks(first) - leadingBlanks(read));
}

function leadingBlanks(line: string): number {
  return line.length - line.trimStart().length;
}
