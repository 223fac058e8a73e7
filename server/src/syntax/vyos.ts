import type { Text } from '../text.ts';
import type { Problem, Span } from './span.ts';
import type { VyosToken } from './vyos-lexer.ts';
import { vyosTokens } from './vyos-lexer.ts';
import { parseVyosCommands } from './vyos-set.ts';

/** A node of a VyOS configuration: `name {…}`, `name value {…}`, `name value` or `name` alone. */
export interface VyosNode {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value?: string;
  /** With its quotes. */
  readonly valueSpan?: Span;
  /** The whole node, with its braces. */
  readonly span: Span;
  /** What stands between the braces; absent where there are none (a leaf, or a configuration of `set` commands). */
  readonly body?: Span;
  /** The white space before the node when it begins its line. */
  readonly indent: string;
  readonly children: readonly VyosNode[];
}

export interface VyosTree {
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly nodes: readonly VyosNode[];
  readonly comments: readonly Span[];
  /** The release that wrote the file, from its footer, e.g. `1.4.0`. */
  readonly version?: string;
  /** The versions of the configuration's parts in the footer, e.g. `bgp` → 4; absent without a footer. */
  readonly components?: ReadonlyMap<string, number>;
  /** True for a configuration written as `set …` commands. */
  readonly commands: boolean;
}

const MESSAGES = {
  unclosedBrace: {
    en: 'This `{` is never closed. VyOS refuses the whole file and boots without it.',
    'zh-cn': '这个 `{` 没有对应的 `}`。VyOS 会拒绝整个文件，启动时不会加载任何配置。',
  },
  strayBrace: {
    en: 'This `}` closes nothing.',
    'zh-cn': '这个 `}` 没有对应的 `{`。',
  },
  strayOpen: {
    en: 'A `{` must stand on the line of the node that it opens.',
    'zh-cn': '`{` 必须与它所打开的节点写在同一行。',
  },
  unclosedString: {
    en: 'This string is never closed.',
    'zh-cn': '这个字符串没有结束引号。',
  },
  extraWord: {
    en: 'A node has a name and one value; a value with spaces needs quotes.',
    'zh-cn': '一个节点只能有一个名称和一个值；含空格的值需要加引号。',
  },
  stringAsName: {
    en: 'A node begins with a name, not with a quoted string.',
    'zh-cn': '节点必须以名称开头，不能以带引号的字符串开头。',
  },
} as const satisfies Record<string, Text>;

/** Reads a VyOS `config.boot`, or the same as `set` commands. Missing and extra braces are reported, and read around. */
export function parseVyos(text: string): VyosTree {
  if (looksLikeSetCommands(text)) return parseVyosCommands(text);
  const tokens = vyosTokens(text);
  const strict = readNodes(text, tokens, 'braces');
  const { nodes, problems: found } =
    strict.unclosed && isIndented(text) ? readNodes(text, tokens, 'indentation') : strict;
  // Braces of a template are none of VyOS'.
  const problems = /\{\{|\{%/.test(text) ? [] : found;
  const version = releaseOf(text);
  const comments = tokens.filter((token) => token.kind === 'comment').map((token) => token.span);
  const components = componentsOf(text);
  return {
    text,
    problems,
    nodes,
    comments,
    commands: false,
    ...(version !== undefined && { version }),
    ...(components && { components }),
  };
}

/** Whether a text is likely a VyOS configuration: its footer, or the first lines of its usual sections. */
export function looksLikeVyos(text: string): boolean {
  if (/vyos-config-version:|vyatta-config-version:/.test(text)) return true;
  if (looksLikeSetCommands(text)) return true;
  // Junos has the same blocks, and a semicolon after every leaf.
  if (/^[ \t]+[^\n#]*;[ \t]*(##[^\n]*)?\r?$/m.test(text)) return false;
  return /^(?:interfaces|protocols|system|nat|policy|vrf|firewall|service)[ \t]*\{[ \t]*\r?\n[ \t]+[\w-]+(?:[ \t]+[^\s{}:]+)?[ \t]*\{/m.test(
    text,
  );
}

function looksLikeSetCommands(text: string): boolean {
  return (
    /^[ \t]*set (?:interfaces|protocols|system|policy|nat|vrf) [a-z]/m.test(text) &&
    !/^[ \t]*[\w-]+[^{}\n#]*\{[ \t]*$/m.test(text)
  );
}

function isIndented(text: string): boolean {
  return /\{[ \t]*\r?\n[ \t]+[\w-]/.test(text);
}

function releaseOf(text: string): string | undefined {
  return /Release version: *([^\s*"]+)/.exec(text)?.[1];
}

function componentsOf(text: string): ReadonlyMap<string, number> | undefined {
  const list = /(?:vyos|vyatta)-config-version: *"([^"\n]*)"/.exec(text)?.[1];
  if (list === undefined) return undefined;
  return new Map([...list.matchAll(/([\w-]+)@(\d+)/g)].map(([, name = '', version]) => [name, Number(version)]));
}

interface OpenNode {
  name: string;
  nameSpan: Span;
  value?: string;
  valueSpan?: Span;
  span: Span;
  body?: Span;
  indent: string;
  children: OpenNode[];
}

interface Opened {
  readonly node: OpenNode;
  readonly brace: Span;
}

interface Reading {
  readonly nodes: readonly VyosNode[];
  readonly problems: readonly Problem[];
  readonly unclosed: boolean;
}

/** Nodes in more nodes than this are read past: VyOS has a tenth of that, and whoever walks the tree goes down as deep. */
const DEEPEST = 200;

/** `trust` says what decides where a node ends when braces are missing: only braces, or also a line that is not deeper. */
function readNodes(text: string, tokens: readonly VyosToken[], trust: 'braces' | 'indentation'): Reading {
  const problems: Problem[] = [];
  const top: OpenNode[] = [];
  const open: Opened[] = [];
  let leaf: OpenNode | undefined;
  /** The leaf of the line before, for a `{` on a line of its own. */
  let previous: OpenNode | undefined;
  let unclosed = false;

  const report = (span: Span, what: keyof typeof MESSAGES): void => {
    problems.push({ span, code: 'vyos/syntax', message: MESSAGES[what] });
  };
  const close = (end: number, braceStart: number): void => {
    const { node, brace } = open.pop()!;
    node.span = [node.span[0], end];
    node.body = [brace[1], braceStart];
  };
  const closeUnclosed = (end: number): void => {
    report(open.at(-1)!.brace, 'unclosedBrace');
    unclosed = true;
    close(end, end);
  };

  let lastEnd = 0;
  for (const token of tokens) {
    switch (token.kind) {
      case 'newline':
        previous = leaf ?? previous;
        leaf = undefined;
        continue;
      case 'comment':
        continue;
      case 'open': {
        const target = leaf ?? previous;
        if (!leaf) report(token.span, 'strayOpen');
        if (target && target.body === undefined) {
          target.span = [target.span[0], token.span[1]];
          target.body = [token.span[1], token.span[1]];
          open.push({ node: target, brace: token.span });
        }
        leaf = undefined;
        previous = undefined;
        break;
      }
      case 'close':
        leaf = undefined;
        previous = undefined;
        if (open.length === 0) report(token.span, 'strayBrace');
        else close(token.span[1], token.span[0]);
        break;
      case 'word': {
        if (!token.closed) report(token.span, 'unclosedString');
        if (leaf && leaf.value === undefined) {
          leaf.value = token.text;
          leaf.valueSpan = token.span;
          leaf.span = [leaf.span[0], token.span[1]];
          break;
        }
        if (leaf) {
          report(token.span, 'extraWord');
          leaf.span = [leaf.span[0], token.span[1]];
          break;
        }
        if (token.quoted && token.closed) report(token.span, 'stringAsName');
        const indent = indentBefore(text, token.span[0]);
        if (trust === 'indentation' && indent !== undefined)
          while (open.length > 0 && indent.length <= open.at(-1)!.node.indent.length) closeUnclosed(lastEnd);
        leaf = { name: token.text, nameSpan: token.span, span: token.span, indent: indent ?? '', children: [] };
        previous = undefined;
        if (open.length < DEEPEST) (open.at(-1)?.node.children ?? top).push(leaf);
        break;
      }
    }
    lastEnd = token.span[1];
  }
  while (open.length > 0) closeUnclosed(lastEnd);
  return { nodes: top, problems, unclosed };
}

/** The white space before an offset when nothing else stands before it on its line. */
function indentBefore(text: string, offset: number): string | undefined {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*$/.test(line) ? line : undefined;
}
