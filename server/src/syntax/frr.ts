import type { FrrBlock } from './frr-blocks.ts';
import { belongsTo, blockOpenedBy } from './frr-blocks.ts';
import type { Problem, Span } from './span.ts';

export type { FrrBlock } from './frr-blocks.ts';

export interface Word {
  readonly text: string;
  readonly span: Span;
}

/** One command of an FRR configuration with the commands inside its block. */
export interface FrrLine {
  /** The words without a leading `no`. */
  readonly words: readonly Word[];
  /** Begins with `no`. */
  readonly negated: boolean;
  /** From the first word (or `no`) to the last one. */
  readonly span: Span;
  /** The white space before the command on its line. */
  readonly indent: string;
  readonly children: readonly FrrLine[];
  /** Present when the command opens a block. */
  readonly block?: FrrBlock;
  /** The `exit`, `exit-address-family`, `end` … that closes the block; absent when another command or the end of the text does. */
  readonly close?: Span;
}

export interface FrrTree {
  readonly text: string;
  /** Always empty: a line that is not known is left alone. */
  readonly problems: readonly Problem[];
  readonly lines: readonly FrrLine[];
  readonly comments: readonly Span[];
  /** True for commands typed at a prompt: they are part of a configuration, and nothing can be inserted between them. */
  readonly typed: boolean;
}

/** A command that was split into words, ready to be put into blocks. */
export interface FrrCommand {
  readonly words: readonly Word[];
  readonly indent: string;
}

/** Reads `frr.conf`: commands in their blocks, which close by `exit`, `exit-…`, `end` or by a command that does not belong to them. */
export function parseFrr(text: string): FrrTree {
  const comments: Span[] = [];
  const commands: FrrCommand[] = [];
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const words = splitWords(text, [start, end], comments);
    const first = words[0];
    if (first) commands.push({ words, indent: text.slice(start, first.span[0]) });
    start = end + 1;
  }
  return { text, problems: [], lines: frrLines(commands), comments, typed: false };
}

/**
 * The words of a stretch of text, white space between them. `!` or `#` at the beginning of a word starts a comment, which
 * is appended to `comments` (lib/command.c; `password zebra!x` is one word).
 */
export function splitWords(text: string, within: Span, comments: Span[] = []): readonly Word[] {
  const words: Word[] = [];
  const pattern = /[^ \t\r\n\f\v]+/g;
  pattern.lastIndex = within[0];
  for (let match = pattern.exec(text); match !== null && match.index < within[1]; match = pattern.exec(text)) {
    const word = text.slice(match.index, Math.min(pattern.lastIndex, within[1]));
    if (word.startsWith('!') || word.startsWith('#')) {
      const rest = text.slice(match.index, within[1]).trimEnd();
      comments.push([match.index, match.index + rest.length]);
      break;
    }
    words.push({ text: word, span: [match.index, match.index + word.length] });
  }
  return words;
}

interface OpenLine {
  words: readonly Word[];
  negated: boolean;
  span: Span;
  indent: string;
  children: OpenLine[];
  block?: FrrBlock;
  close?: Span;
}

/** Puts commands into their blocks. */
export function frrLines(commands: readonly FrrCommand[]): readonly FrrLine[] {
  const top: OpenLine[] = [];
  const open: OpenLine[] = [];
  for (const { words: all, indent } of commands) {
    const negated = all[0]!.text === 'no';
    const words = negated ? all.slice(1) : all;
    const span: Span = [all[0]!.span[0], all.at(-1)!.span[1]];
    const texts = words.map((word) => word.text);
    if (!negated && closesBlock(texts, open, span)) continue;
    while (open.length > 0 && !belongsTo(open.at(-1)!.block!, texts)) open.pop();
    const block = negated ? undefined : blockOpenedBy(texts, open.at(-1)?.block);
    const line: OpenLine = { words, negated, span, indent, children: [], ...(block && { block }) };
    (open.at(-1)?.children ?? top).push(line);
    if (block) open.push(line);
  }
  return top;
}

/** Handles `exit`, `quit`, `end` and `exit-…`; `closed` is where the word stands. */
function closesBlock(texts: readonly string[], open: OpenLine[], closed: Span): boolean {
  const word = texts.length === 1 ? texts[0]! : '';
  if (word === 'end') {
    for (const line of open) line.close = closed;
    open.length = 0;
    return true;
  }
  if (word !== 'exit' && word !== 'quit' && !word.startsWith('exit-')) return false;
  const wanted = word === 'exit-address-family' ? 'address-family' : word === 'exit-vrf' ? 'vrf' : undefined;
  // An `exit-…` for a block that is not open says nothing about the one that is.
  if (wanted !== undefined && !open.some((line) => line.block === wanted)) return true;
  while (open.length > 0) {
    const line = open.pop()!;
    line.close = closed;
    if (wanted === undefined || line.block === wanted) break;
  }
  return true;
}

/** Whether a text is likely an FRR configuration: it says so itself, or has a `router bgp` block with neighbors. */
export function looksLikeFrr(text: string): boolean {
  if (/^frr (?:version|defaults) \S/m.test(text)) return true;
  return (
    /^[ \t]*router bgp(?: \S+){0,3}[ \t]*\r?$/m.test(text) &&
    /^[ \t]+(?:no )?(?:neighbor|bgp|network|address-family) \S/m.test(text) &&
    !isOtherVendors(text)
  );
}

/**
 * Lines of EOS, IOS, IOS XR and NX-OS that FRR has no command for. Their `router bgp` blocks look like FRR's and mean
 * something else: other defaults, `neighbor … peer group`, masks instead of prefix lengths.
 */
const OTHER_VENDORS: readonly RegExp[] = [
  /^!+ ?(?:Command: show|device: |Last configuration change|Current configuration)/m,
  /^[ \t]*(?:no )?switchport\b/m,
  /^[ \t]*ip address \d+\.\d+\.\d+\.\d+[ \t]+\d+\.\d+\.\d+\.\d+/m,
  /^[ \t]*ipv4 address \d+\.\d+\./m,
  /^[ \t]*network \d+\.\d+\.\d+\.\d+ mask \d/m,
  /^[ \t]*neighbor \S+ peer group\b/m,
  /^[ \t]*(?:neighbor-group|session-group|af-group|route-policy|prefix-set|extcommunity-set|end-policy|end-set)\b/m,
  /^(?:no )?(?:ip routing|ip cef|ip multicast-routing|ip domain[- ]lookup|ipv6 unicast-routing|spanning-tree|transceiver|feature|aaa|line con|boot-|crypto|snmp-server|username|management|platform|redundancy|hardware|queue-monitor)\b/m,
  /^(?:no )?service (?:routing protocols|timestamps|password-encryption|unsupported-transceiver)\b/m,
  /^(?:vlan \d|vrf (?:instance|definition|context) \S|version \d+\.\d+[ \t]*\r?$)/m,
  /^interface (?:GigabitEthernet|FastEthernet|TenGigE|TenGigabitEthernet|HundredGigE|Port-Channel|Vxlan|Management|nve|mgmt)\d/m,
];

/** Whether a text is the configuration of a router that is not FRR, though its BGP block is much alike. */
export function isOtherVendors(text: string): boolean {
  return OTHER_VENDORS.some((line) => line.test(text));
}
