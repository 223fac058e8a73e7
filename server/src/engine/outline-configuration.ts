import type { Doc } from '../syntax/document.ts';
import type { FrrLine } from '../syntax/frr.ts';
import type { VyosNode } from '../syntax/vyos.ts';
import type { DocumentState } from '../workspace/documents.ts';
import type { OutlineSpot, ToRoot } from './outline.ts';
import { birdOutline } from './outline-bird.ts';

const DEEPEST_NODE = 4;

/** Blocks of a router configuration, switches of a daemons file, here-documents of a script with what `inner` finds in them. */
export function configurationOutline(
  state: DocumentState,
  inner: (state: DocumentState, script: Doc) => readonly OutlineSpot[],
  toRoot: ToRoot = (span) => span,
): readonly OutlineSpot[] {
  const { doc } = state;
  switch (doc.tree.format) {
    case 'frr':
      return doc.tree.frr.lines.flatMap((line) => (line.block === undefined ? [] : [blockSpot(toRoot, line)]));
    case 'vyos':
      return doc.tree.vyos.nodes.flatMap((node) => nodeSpot(toRoot, node, 1));
    case 'bird':
      return birdOutline(doc.tree.bird, toRoot);
    case 'daemons':
      return doc.tree.daemons.switches
        .filter(({ on }) => on)
        .map(({ name, nameSpan, span }) => ({
          name,
          kind: 'field',
          span: toRoot([nameSpan[0], span[1]]),
          selection: toRoot(nameSpan),
          children: [],
        }));
    case 'shell':
      return doc.tree.shell.heredocs.map((heredoc, index) => ({
        name: heredoc.target?.text ?? heredoc.tool?.join(' ') ?? heredoc.delimiter,
        kind: 'text',
        span: toRoot([heredoc.operator[0], Math.max(heredoc.operator[1], heredoc.body[1])]),
        selection: toRoot(heredoc.operator),
        children: state.children
          .filter(({ doc: { hostPath } }) => hostPath?.[0] === 'heredocs' && hostPath[1] === index)
          .flatMap((child) => inner(child, doc)),
      }));
    default:
      return [];
  }
}

function blockSpot(toRoot: ToRoot, line: FrrLine): OutlineSpot {
  return {
    name: wordsOf(line),
    kind: 'block',
    span: toRoot([line.span[0], frrEnd(line)]),
    selection: toRoot(line.span),
    children: [
      ...neighborsOf(toRoot, line.children),
      ...line.children.filter(({ block }) => block !== undefined).map((child) => blockSpot(toRoot, child)),
    ],
  };
}

/** One entry a neighbor, however many lines speak of it. */
function neighborsOf(toRoot: ToRoot, lines: readonly FrrLine[]): readonly OutlineSpot[] {
  const known = new Map<string, FrrLine[]>();
  for (const line of lines) {
    const [command, who] = line.words;
    if (command?.text !== 'neighbor' || who === undefined || line.negated) continue;
    const list = known.get(who.text);
    if (list === undefined) known.set(who.text, [line]);
    else list.push(line);
  }
  return [...known].map(([who, said]) => {
    const remote = said.find(({ words }) => words[2]?.text === 'remote-as')?.words[3]?.text;
    return {
      name: `neighbor ${who}`,
      ...(remote !== undefined && { detail: `AS ${remote}` }),
      kind: 'item',
      span: toRoot([said[0]!.span[0], said.at(-1)!.span[1]]),
      selection: toRoot(said[0]!.words[1]!.span),
      children: [],
    };
  });
}

/** Where a block ends: behind the word that closes it, or its last command. */
export function frrEnd(line: FrrLine): number {
  if (line.close !== undefined) return line.close[1];
  const last = line.children.at(-1);
  return last === undefined ? line.span[1] : frrEnd(last);
}

function nodeSpot(toRoot: ToRoot, node: VyosNode, depth: number): readonly OutlineSpot[] {
  if (node.children.length === 0 || depth > DEEPEST_NODE) return [];
  return [
    {
      name: node.value === undefined ? node.name : `${node.name} ${node.value}`,
      kind: 'block',
      span: toRoot(node.span),
      selection: toRoot([node.nameSpan[0], (node.valueSpan ?? node.nameSpan)[1]]),
      children: node.children.flatMap((child) => nodeSpot(toRoot, child, depth + 1)),
    },
  ];
}

function wordsOf(line: FrrLine): string {
  return line.words.map(({ text }) => text).join(' ');
}
