import * as YAML from 'yaml';
import type { Text } from '../text.ts';
import { isTemplated, resolvePlain } from './scalar.ts';
import type { Problem, Span } from './span.ts';
import type { Alias, Mapping, Node, Pair, Scalar, ScalarStyle, Sequence, YamlTree } from './tree.ts';
import { duplicateKey } from './yaml-duplicate.ts';
import { joinedAt, MOST_REPAIRS, withAliasKeys } from './yaml-lenient.ts';

/** Deeper nesting than any real file has; a text beyond it is reported and not read. */
export const DEEPEST = 400;

/** What the `yaml` library makes of one document: of every text, also one that is not YAML. */
export function parseWithLibrary(text: string): YamlTree {
  try {
    return compose(text);
  } catch (error) {
    // The library recurses; a text nested thousands of levels deep overflows its stack.
    if (!(error instanceof RangeError) && !(error instanceof Error)) throw error;
    return { text, problems: [{ span: [0, Math.min(text.length, 1)], code: 'yaml/syntax', message: TOO_DEEP }] };
  }
}

const TOO_DEEP: Text = {
  en: 'This document is nested too deeply to be read.',
  'zh-cn': '此文档嵌套过深，无法读取。',
};

function compose(text: string): YamlTree {
  const problems: Problem[] = [];
  const { document: first, source } = leniently(text);
  if (first === undefined) return { text, problems };
  // The library goes on after an error; what follows is mostly its echo, so only the first one is told.
  const error = first.errors[0];
  if (error !== undefined) problems.push(syntaxProblem(text, error));
  const builder: Builder = { text, anchors: new Map(), problems, isJoined: source !== text };
  const root = first.contents === null ? undefined : build(builder, first.contents, 0);
  return root === undefined || isAbsent(root) ? { text, problems } : { text, root, problems };
}

/** The document as libyaml reads it: complaints about indentation that it does not have are overcome one by one. */
function leniently(text: string): { readonly document: YAML.Document.Parsed | undefined; readonly source: string } {
  let source = text;
  let document = firstDocument(source);
  const keyed = document?.errors[0] === undefined ? undefined : withAliasKeys(source);
  const again = keyed === undefined ? undefined : firstDocument(keyed);
  if (keyed !== undefined && again?.errors[0] === undefined) return { document: again, source: keyed };
  for (let round = 0; round < MOST_REPAIRS && document !== undefined; round++) {
    const error = document.errors[0];
    const next = error === undefined ? undefined : joinedAt(source, error);
    if (next === undefined) return { document, source };
    source = next;
    document = firstDocument(source);
  }
  // So much of it that nobody waits for the end: what the library would still complain of is not known.
  const error = document?.errors[0];
  const isUnknown = error !== undefined && joinedAt(source, error) !== undefined;
  return { document: isUnknown ? undefined : document, source };
}

function firstDocument(text: string): YAML.Document.Parsed | undefined {
  const composer = new YAML.Composer({
    schema: 'failsafe',
    version: '1.1',
    uniqueKeys: false,
    strict: false,
    logLevel: 'silent',
    merge: false,
  });
  let first: YAML.Document.Parsed | undefined;
  for (const document of composer.compose(new YAML.Parser().parse(text), true, text.length)) first ??= document;
  return first;
}

function isAbsent(node: Node): boolean {
  return node.kind === 'scalar' && node.text === '' && node.span[0] === node.span[1] && node.tag === undefined;
}

interface Builder {
  readonly text: string;
  readonly anchors: Map<string, Exclude<Node, Alias>>;
  readonly problems: Problem[];
  /** Some line breaks were taken for spaces, so folded texts have to be read once more. */
  readonly isJoined: boolean;
}

type Parsed = YAML.ParsedNode;

function build(builder: Builder, node: Parsed, depth: number): Node {
  if (depth > DEEPEST) throw new RangeError('nested too deeply');
  if (YAML.isAlias(node)) return buildAlias(builder, node);
  const built = YAML.isMap(node)
    ? buildMapping(builder, node as YAML.YAMLMap.Parsed, depth)
    : YAML.isSeq(node)
      ? buildSequence(builder, node as YAML.YAMLSeq.Parsed, depth)
      : buildScalar(builder, node as YAML.Scalar.Parsed);
  if (node.anchor !== undefined) builder.anchors.set(node.anchor, built);
  return built;
}

function buildAlias(builder: Builder, node: YAML.Alias.Parsed): Alias {
  const written = /^\*([\w-]+):/.exec(builder.text.slice(node.range[0], node.range[1] + 2))?.[1];
  const name = written ?? node.source;
  const target = builder.anchors.get(name);
  const span: Span = [node.range[0], node.range[0] + name.length + 1];
  if (target !== undefined) return { kind: 'alias', span, name, target };
  builder.problems.push({ span, code: 'yaml/syntax', message: EXPLANATIONS.BAD_ALIAS! });
  return { kind: 'alias', span, name };
}

function spanOf(range: YAML.Range): Span {
  return [range[0], range[1]];
}

function tagOf(node: { tag?: string | undefined }): { tag: string } | undefined {
  return node.tag === undefined || node.tag.startsWith('tag:yaml.org,2002:') ? undefined : { tag: node.tag };
}

function buildSequence(builder: Builder, node: YAML.YAMLSeq.Parsed, depth: number): Sequence {
  const items = node.items.map((item) =>
    item === null ? emptyAt(node.range[1]) : build(builder, item as Parsed, depth + 1),
  );
  return { kind: 'sequence', span: spanOf(node.range), flow: node.flow === true, items, ...tagOf(node) };
}

/** A value that is not written. */
export function emptyAt(offset: number): Scalar {
  return { kind: 'scalar', span: [offset, offset], style: 'plain', text: '', value: null, templated: false };
}

const STYLES: Readonly<Record<string, ScalarStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

function buildScalar(builder: Builder, node: YAML.Scalar.Parsed): Scalar {
  const text = textOf(builder, node);
  const style = STYLES[node.type ?? 'PLAIN'] ?? 'plain';
  const templated = isTemplated(text);
  const span = scalarSpan(builder.text, spanOf(node.range), style);
  const value = style === 'plain' && !(node.tag === 'tag:yaml.org,2002:str') ? resolvePlain(text) : text;
  return { kind: 'scalar', span, style, text, value, templated, ...tagOf(node) };
}

function textOf(builder: Builder, node: YAML.Scalar.Parsed): string {
  const text = typeof node.value === 'string' ? node.value : String(node.value ?? '');
  if (!builder.isJoined || !node.type?.startsWith('QUOTE_')) return text;
  const written = builder.text.slice(node.range[0], node.range[1]);
  if (!written.includes('\n')) return text;
  const folded = YAML.parseDocument(written.replace(/\n[ \t]*(?=\S)/g, '\n '), {
    schema: 'failsafe',
    logLevel: 'silent',
  });
  return YAML.isScalar(folded.contents) && typeof folded.contents.value === 'string' ? folded.contents.value : text;
}

/** A block scalar's token ends before the line break that precedes the next key. */
function scalarSpan(text: string, span: Span, style: ScalarStyle): Span {
  if (style !== 'literal' && style !== 'folded') return span;
  let end = span[1];
  while (end > span[0] && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return [span[0], end];
}

function buildMapping(builder: Builder, node: YAML.YAMLMap.Parsed, depth: number): Mapping | Scalar {
  const span = spanOf(node.range);
  if (node.flow === true && builder.text.startsWith('{{', span[0])) return templateAt(builder.text, span);
  const pairs: Pair[] = [];
  const merges: Node[] = [];
  const seen = new Map<string, Scalar>();
  for (const item of node.items) {
    const key = keyOf(builder, item.key as Parsed | null, span, depth);
    const value = item.value === null ? emptyAt(key.span[1]) : build(builder, item.value as Parsed, depth + 1);
    if (key.text === '<<' && key.style === 'plain') {
      merges.push(value);
      continue;
    }
    const earlier = seen.get(key.text);
    if (earlier !== undefined && !key.templated) builder.problems.push(duplicateKey(key));
    seen.set(key.text, key);
    pairs.push({ key, value, merged: false });
  }
  for (const pair of mergedPairs(merges, seen)) pairs.push(pair);
  return { kind: 'mapping', span, flow: node.flow === true, pairs, ...tagOf(node) };
}

/** `{{ .Values.x }}` unquoted is a flow mapping to YAML; to its author it is a value that a template fills in. */
function templateAt(text: string, span: Span): Scalar {
  const source = text.slice(span[0], span[1]);
  return { kind: 'scalar', span, style: 'plain', text: source, value: source, templated: true };
}

function keyOf(builder: Builder, key: Parsed | null, parent: Span, depth: number): Scalar {
  if (key === null) return emptyAt(parent[0]);
  const node = build(builder, key, depth + 1);
  if (node.kind === 'scalar') return node;
  const text = builder.text.slice(node.span[0], node.span[1]);
  return { kind: 'scalar', span: node.span, style: 'plain', text, value: text, templated: true };
}

/** Pairs that `<<` brings in: keys that the mapping writes itself win, then the earlier merge. */
function mergedPairs(merges: readonly Node[], own: ReadonlyMap<string, Scalar>): readonly Pair[] {
  const pairs: Pair[] = [];
  const taken = new Set(own.keys());
  for (const merge of merges.flatMap(mergeSources)) {
    for (const pair of merge.pairs) {
      if (taken.has(pair.key.text)) continue;
      taken.add(pair.key.text);
      pairs.push({ ...pair, merged: true });
    }
  }
  return pairs;
}

function mergeSources(node: Node): readonly Mapping[] {
  const target = node.kind === 'alias' ? node.target : node;
  if (target?.kind === 'mapping') return [target];
  return target?.kind === 'sequence'
    ? target.items.flatMap((item) => (item.kind === 'sequence' ? [] : mergeSources(item)))
    : [];
}

function syntaxProblem(text: string, error: YAML.YAMLParseError | YAML.YAMLWarning): Problem {
  const start = Math.min(error.pos[0], text.length);
  const end = Math.min(Math.max(error.pos[1], start), text.length);
  return {
    span: tokenAt(text, error.code === 'MISSING_CHAR' ? end : skipBlank(text, start), end),
    code: 'yaml/syntax',
    message: explain(error.code, text, start),
  };
}

/** An indentation error is told at the line break before; people look at the token after it. */
function skipBlank(text: string, start: number): number {
  const token = text.slice(start).search(/\S/);
  return token === -1 ? start : start + token;
}

/** The offending token on one line: never a whole document, and never empty where there is a character to show. */
function tokenAt(text: string, start: number, end: number): Span {
  const lineEnd = text.indexOf('\n', start);
  const stop = Math.min(end, lineEnd === -1 ? text.length : lineEnd);
  if (stop > start + 1 && text.slice(start, stop).trim() !== '') return [start, stop];
  const word = /^\S+/.exec(text.slice(start, start + 80));
  if (word !== null) return [start, start + word[0].length];
  const before = text.slice(0, start).trimEnd().length;
  return before === 0 ? [start, start] : [before - 1, before];
}

const EXPLANATIONS: Readonly<Record<string, Text>> = {
  BAD_INDENT: {
    en: 'The indentation does not fit the lines above. Align this line with its siblings.',
    'zh-cn': '缩进与上文不一致。请将此行与同级行对齐。',
  },
  TAB_AS_INDENT: {
    en: 'A tab stands where YAML wants spaces. Indent with spaces.',
    'zh-cn': '此处使用了制表符，而 YAML 只允许空格缩进。请改用空格。',
  },
  MISSING_CHAR: {
    en: 'Something is missing here: a closing quote, bracket or colon.',
    'zh-cn': '此处缺少字符：右引号、右括号或冒号。',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    en: 'A nested mapping cannot stand on one line with its key. Put the value on the next line, or quote a text that holds `: `.',
    'zh-cn': '嵌套映射不能与其键写在同一行。请将值另起一行，或给包含 `: ` 的文本加引号。',
  },
  MULTILINE_IMPLICIT_KEY: {
    en: 'A line without a colon follows: a key must end in `:` on its own line.',
    'zh-cn': '此行缺少冒号：键必须在本行以 `:` 结尾。',
  },
  BAD_ALIAS: {
    en: 'This alias names an anchor that does not exist in this document.',
    'zh-cn': '此别名引用的锚点在本文档中不存在。',
  },
  DUPLICATE_KEY: { en: 'This key stands twice.', 'zh-cn': '此键重复出现。' },
};

function explain(code: string, text: string, at: number): Text {
  if (/^(<{7} |={7}$|>{7} )/m.test(text.slice(text.lastIndexOf('\n', at - 1) + 1).slice(0, 200)))
    return {
      en: 'A merge conflict marker was left in this file. Resolve the conflict.',
      'zh-cn': '文件中残留了合并冲突标记。请先解决冲突。',
    };
  return (
    EXPLANATIONS[code] ?? {
      en: 'This is not YAML: the parser cannot go on here. Check quotes, brackets and indentation around it.',
      'zh-cn': '此处不是合法的 YAML，解析无法继续。请检查附近的引号、括号与缩进。',
    }
  );
}
