import type { Doc, Field } from '../../syntax/document.ts';
import type { VyosNode } from '../../syntax/vyos.ts';
import type { Token } from './fields.ts';
import { asnField, flagField, numberField, textField } from './fields.ts';
import type { Insertion } from './router.ts';

/** A VyOS configuration's text and the document it stands in. */
export interface VyosText {
  readonly doc: Doc;
  readonly text: string;
}

/** Nodes of one name below a node or among others. */
export function named(nodes: readonly VyosNode[] | undefined, name: string): readonly VyosNode[] {
  return nodes?.filter((node) => node.name === name) ?? [];
}

/** The nodes at a path of names, through every node that carries them. */
export function nodesAt(nodes: readonly VyosNode[], ...path: readonly string[]): readonly VyosNode[] {
  let found: readonly VyosNode[] = nodes;
  path.forEach((name, depth) => {
    found = named(depth === 0 ? found : found.flatMap((node) => node.children), name);
  });
  return found;
}

export function nodeAt(node: VyosNode | undefined, ...path: readonly string[]): VyosNode | undefined {
  return node && nodesAt(node.children, ...path).at(-1);
}

/** A node's value as a word; the span is without quotes. */
export function valueToken(source: VyosText, node: VyosNode | undefined): Token | undefined {
  if (node?.value === undefined || !node.valueSpan) return undefined;
  const [start, end] = node.valueSpan;
  const quote = source.text[start];
  if ((quote !== '"' && quote !== "'") || end - start < 2) return { text: node.value, span: node.valueSpan };
  return { text: node.value, span: [start + 1, source.text[end - 1] === quote ? end - 1 : end] };
}

/** Readers of a leaf below a node; undefined where the leaf is absent. */
export interface LeafReader {
  text(...path: readonly string[]): Field<string> | undefined;
  number(...path: readonly string[]): Field<number> | undefined;
  asn(...path: readonly string[]): Field<number> | undefined;
  /** A valueless node that is there means yes. */
  flag(...path: readonly string[]): Field<boolean> | undefined;
}

export function leavesOf(source: VyosText, node: VyosNode | undefined): LeafReader {
  const read = <T>(path: readonly string[], field: (doc: Doc, token: Token) => Field<T>): Field<T> | undefined => {
    const token = valueToken(source, nodeAt(node, ...path));
    return token && field(source.doc, token);
  };
  return {
    text: (...path) => read(path, textField),
    number: (...path) => read(path, numberField),
    asn: (...path) => read(path, asnField),
    flag: (...path) => {
      const found = nodeAt(node, ...path);
      return found && flagField(source.doc, { text: found.name, span: found.nameSpan }, true);
    },
  };
}

/** First inside a node's braces; undefined for a node without braces. */
export function insideNode(source: VyosText, node: VyosNode): Insertion | undefined {
  if (!node.body) return undefined;
  const { text } = source;
  const [start, end] = node.body;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  // A body on the line of its braces: what follows the new lines has to begin a line of its own.
  const isOneLine = !text.slice(start, end).includes('\n');
  return {
    place: { doc: source.doc, span: [start, start] },
    indent: `${node.indent}    `,
    newline,
    after: isOneLine ? `${newline}${node.indent}` : '',
  };
}
