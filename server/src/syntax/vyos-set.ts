import type { Span } from './span.ts';
import type { VyosTree } from './vyos.ts';
import type { VyosToken } from './vyos-lexer.ts';
import { vyosTokens } from './vyos-lexer.ts';

type WordToken = Extract<VyosToken, { kind: 'word' }>;

interface Draft {
  name: string;
  nameSpan: Span;
  value?: string;
  valueSpan?: Span;
  span: Span;
  indent: string;
  children: Draft[];
}

/** Nodes that are named by a value (`neighbor 10.0.0.1 …`); the command form does not tell them from plain nodes. */
const TAGS = new Set(
  (
    'ethernet loopback dummy bonding bridge vif vif-s vif-c tunnel wireguard vxlan vti pppoe macsec ' +
    'geneve l2tpv3 openvpn pseudo-ethernet sstpc virtual-ethernet wireless wwan input ' +
    'neighbor peer-group network aggregate-address range rule name route route6 next-hop next-hop-interface table ' +
    'prefix-list prefix-list6 as-path-list community-list large-community-list extcommunity-list user modules'
  ).split(' '),
);

/** The words below these are values or flags of the last node, never a longer path. */
const NODES = new Set(
  (
    'interfaces protocols system policy nat source destination translation address-family ipv4-unicast ipv6-unicast ' +
    'l2vpn-evpn parameters bestpath as-path confederation listen redistribute connected static kernel ospf ospfv3 rip ripng ' +
    'isis match set ip ipv6 address nexthop-self soft-reconfiguration interface v6only allowas-in as-override ' +
    'default-originate capability timers maximum-paths send-community attribute-unchanged remove-private-as default ' +
    'conditionally-advertise disable-send-community graceful-restart distance community as-path-prepend ' +
    'distribute-list filter-list'
  ).split(' '),
);

/** Reads `set …` commands into the tree that their `config.boot` would have. Other lines (`delete`, `commit`) are left alone. */
export function parseVyosCommands(text: string): VyosTree {
  const root: Draft = { name: '', nameSpan: [0, 0], span: [0, 0], indent: '', children: [] };
  const comments: Span[] = [];
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end);
    if (/^[ \t]*#/.test(line)) comments.push([start, start + line.trimEnd().length]);
    else if (/^[ \t]*set[ \t]/.test(line)) {
      const words = vyosTokens(line).filter((token) => token.kind === 'word');
      add(
        root,
        words.slice(1).map((word) => shifted(word, start)),
      );
    }
    start = end + 1;
  }
  return { text, problems: [], nodes: root.children, comments, commands: true };
}

function shifted(word: WordToken, by: number): WordToken {
  return { ...word, span: [word.span[0] + by, word.span[1] + by] };
}

function add(root: Draft, words: readonly WordToken[]): void {
  let parent = root;
  for (let i = 0; i < words.length; ) {
    const name = words[i]!;
    const next = words[i + 1];
    const rest = words.length - i;
    const tagged = next !== undefined && takesValue(parent, name.text, next.text, rest);
    parent = enter(parent, name, tagged ? next : undefined);
    i += tagged ? 2 : 1;
  }
}

/** Whether the word behind a name is its value. `rest` counts the name and all words behind it. */
function takesValue(parent: Draft, name: string, next: string, rest: number): boolean {
  if (name === 'bgp') return /^\d+$/.test(next);
  if (name === 'route-map')
    return parent.name === 'policy' || (rest === 2 && parent.name !== 'ipv4-unicast' && parent.name !== 'ipv6-unicast');
  if (name === 'prefix-list' || name === 'prefix-list6')
    return parent.name === 'policy' || (rest === 2 && !/-unicast$/.test(parent.name));
  if (name === 'network' || name === 'range') return true;
  if (name === 'interface' && rest === 2) return next !== 'v6only';
  if (name === 'address' && rest === 2) return true;
  if (TAGS.has(name)) return true;
  return rest === 2 && !NODES.has(name);
}

/** The child of this name and value, made where there is none. */
function enter(parent: Draft, name: WordToken, value: WordToken | undefined): Draft {
  const known = parent.children.find((child) => child.name === name.text && child.value === value?.text);
  if (known) return known;
  const node: Draft = {
    name: name.text,
    nameSpan: name.span,
    ...(value && { value: value.text, valueSpan: value.span }),
    span: [name.span[0], (value ?? name).span[1]],
    indent: '',
    children: [],
  };
  parent.children.push(node);
  return node;
}
