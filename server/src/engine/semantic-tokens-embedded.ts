import { parsePrefixOrAddress } from '../network/prefix.ts';
import type { BirdStatement } from '../syntax/bird.ts';
import type { FrrLine, FrrTree } from '../syntax/frr.ts';
import type { Node, Scalar } from '../syntax/tree.ts';
import type { VyosNode, VyosTree } from '../syntax/vyos.ts';
import type { DocumentState } from '../workspace/documents.ts';
import type { DocToken, TokenType } from './semantic-tokens.ts';

/**
 * What stands inside another text — a heredoc, JSON in an annotation, YAML in a block scalar — and is one long string to
 * the grammar of the outer one. The fences of Markdown are coloured by editors themselves.
 */
export function embeddedTokens({ doc }: DocumentState): readonly DocToken[] {
  const { parent, tree } = doc;
  if (parent === undefined || parent.format === 'markdown') return [];
  if (tree.format === 'yaml') return tree.yaml.root === undefined ? [] : [...yamlTokens(tree.yaml.root)];
  if (tree.format === 'frr') return frrTokens(tree.frr);
  if (tree.format === 'bird') return tree.bird.statements.flatMap(birdTokens);
  return tree.format === 'vyos' ? vyosTokens(tree.vyos) : [];
}

function* yamlTokens(node: Node): Generator<DocToken> {
  if (node.kind === 'sequence') for (const item of node.items) yield* yamlTokens(item);
  else if (node.kind === 'scalar') yield* scalarTokens(node);
  else if (node.kind === 'mapping')
    for (const { key, value, merged } of node.pairs) {
      if (merged) continue;
      yield { span: key.span, type: 'property' };
      yield* yamlTokens(value);
    }
}

function* scalarTokens({ span, value }: Scalar): Generator<DocToken> {
  if (span[1] === span[0]) return;
  const type: TokenType = typeof value === 'number' ? 'number' : typeof value === 'string' ? 'string' : 'keyword';
  yield { span, type };
}

function frrTokens({ lines, comments }: FrrTree): readonly DocToken[] {
  return [...comments.map((span): DocToken => ({ span, type: 'comment' })), ...lines.flatMap(lineTokens)];
}

/** The command, what are numbers and addresses in it, and the names that its parts go by. */
function lineTokens({ words, span, negated, block, close, children }: FrrLine): readonly DocToken[] {
  const tokens: DocToken[] = negated ? [{ span: [span[0], span[0] + 2], type: 'operator' }] : [];
  for (const [index, { text, span: at }] of words.entries()) {
    if (index === 0) tokens.push({ span: at, type: block === undefined ? 'property' : 'keyword' });
    else if (isNumeric(text)) tokens.push({ span: at, type: 'number' });
    else if (NAMED_BY.has(words[index - 1]!.text)) tokens.push({ span: at, type: 'type' });
  }
  if (close !== undefined) tokens.push({ span: close, type: 'keyword' });
  return [...tokens, ...children.flatMap(lineTokens)];
}

const NAMED_BY = new Set(['route-map', 'prefix-list', 'peer-group', 'interface', 'vrf', 'neighbor', 'access-list']);

/** The first word of a statement, its strings and numbers. */
function birdTokens({ words, body = [] }: BirdStatement): readonly DocToken[] {
  const own = words.flatMap(({ kind, text, span }, index): DocToken[] => {
    if (kind === 'string') return [{ span, type: 'string' }];
    if (index === 0 && kind === 'word') return [{ span, type: 'keyword' }];
    return kind === 'word' && isNumeric(text) ? [{ span, type: 'number' }] : [];
  });
  return [...own, ...body.flatMap(birdTokens)];
}

function vyosTokens({ nodes, comments }: VyosTree): readonly DocToken[] {
  return [...comments.map((span): DocToken => ({ span, type: 'comment' })), ...unique(nodes.flatMap(nodeTokens))];
}

function nodeTokens({ nameSpan, value, valueSpan, children }: VyosNode): readonly DocToken[] {
  const tokens: DocToken[] = [{ span: nameSpan, type: 'property' }];
  if (valueSpan !== undefined) tokens.push({ span: valueSpan, type: isNumeric(value ?? '') ? 'number' : 'string' });
  return [...tokens, ...children.flatMap(nodeTokens)];
}

/** `set` commands name the same node again and again; the tree knows where it stood first. */
function unique(tokens: readonly DocToken[]): readonly DocToken[] {
  const seen = new Set<string>();
  return tokens.filter(({ span }) => {
    const key = `${span}`;
    return !seen.has(key) && seen.add(key);
  });
}

function isNumeric(text: string): boolean {
  return /^\d+(:\d+)*$/.test(text) || parsePrefixOrAddress(text) !== undefined;
}
