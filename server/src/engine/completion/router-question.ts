import type { BirdTree } from '../../syntax/bird.ts';
import { type BirdPosition, birdPositionAt } from '../../syntax/bird-position.ts';
import type { FrrBlock, FrrLine } from '../../syntax/frr.ts';
import { splitWords } from '../../syntax/frr.ts';
import type { Span } from '../../syntax/span.ts';
import { lineStart } from '../../syntax/yaml-line.ts';
import type { Spot } from './spot.ts';

/** What is asked for in a router's configuration: the word that comes behind others. */
export interface RouterQuestion {
  /**
   * The words before it. FRR: those of the line, behind its block: `router-bgp: neighbor 10.0.0.1 remote-as`. VyOS: the whole
   * path: `protocols bgp neighbor 10.0.0.1 remote-as`. BIRD: those of the statement, behind what it stands in: `channel: import
   * filter`.
   */
  readonly words: string;
  /** The word that is typed, to its end. */
  readonly token: Span;
}

/** The question at the cursor of a router's configuration; undefined in comments and other formats. */
export function routerQuestion({ doc, offset }: Spot): RouterQuestion | undefined {
  if (doc.tree.format === 'bird') return birdQuestion(doc.tree.bird, offset);
  const start = lineStart(doc.text, offset);
  const line = doc.text.slice(start, offset);
  if (/^\s*[!#]|\/\*/.test(line)) return undefined;
  const words = splitWords(line.replace(/["']/g, ' '), [0, line.length]).map(({ text }) => text);
  const typed = /[^\s"'{]*$/.exec(line)![0];
  const before = typed === '' ? words : words.slice(0, -1);
  const rest = /^[^\s"'{}]*/.exec(doc.text.slice(offset, offset + 200))![0];
  const token: Span = [offset - typed.length, offset + rest.length];
  if (doc.tree.format === 'frr') {
    const prompt = before.findIndex((word) => /[#>]$/.test(word));
    const own = before.slice(prompt + 1).filter((word, index) => index > 0 || word !== 'no');
    return { words: `${blockAt(doc.tree.frr.lines, start) ?? 'top'}: ${own.join(' ')}`, token };
  }
  if (doc.tree.format !== 'vyos') return undefined;
  const path =
    before[0] === 'set' || before[0] === 'delete' ? before.slice(1) : [...nodesAbove(doc.text, start), ...before];
  return { words: path.filter((word) => word !== '{').join(' '), token };
}

function birdQuestion(tree: BirdTree, offset: number): RouterQuestion | undefined {
  const position = birdPositionAt(tree, offset);
  if (position === undefined) return undefined;
  const { blocks, words, token } = position;
  return { words: `${birdBlock(blocks)}: ${words.map((word) => word.text).join(' ')}`, token };
}

/** What a statement of BIRD stands in: the kind of its protocol, a channel of one, or code. */
function birdBlock(blocks: BirdPosition['blocks']): string {
  const [outer, inner] = blocks.map((words) => words.map(({ text }) => text));
  if (outer === undefined) return 'top';
  const isCode = (words: readonly string[] | undefined): boolean =>
    /^(filter|function|if|else|case|import|export)$/.test(words?.[0] ?? '');
  if (isCode(outer) || isCode(inner) || blocks.length > 2) return 'filter';
  if (inner === undefined) return /^(protocol|template)$/.test(outer[0] ?? '') ? (outer[1] ?? '') : 'other';
  return /^(ipv[46]|vpn[46])$/.test(inner[0] ?? '') ? 'channel' : 'other';
}

/** The innermost block that is open at an offset. A half-typed line closes none. */
function blockAt(lines: readonly FrrLine[], offset: number): FrrBlock | undefined {
  const last = lines.findLast(({ span, block }) => block !== undefined && span[1] <= offset);
  if (last === undefined || (last.close !== undefined && last.close[0] < offset)) return undefined;
  return blockAt(last.children, offset) ?? last.block;
}

/** The headers of the braces that are open at a line of a config.boot, outermost first. */
function nodesAbove(text: string, start: number): readonly string[] {
  const headers: string[] = [];
  let depth = 0;
  for (let at = start; at > 0; ) {
    const from = lineStart(text, at - 1);
    const line = text.slice(from, at).trim();
    at = from;
    if (line.endsWith('}')) depth++;
    else if (line.endsWith('{')) {
      if (depth === 0) headers.unshift(...line.slice(0, -1).replace(/["']/g, '').trim().split(/\s+/));
      else depth--;
    }
  }
  return headers;
}
