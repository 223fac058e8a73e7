import type { Doc } from '../../syntax/document.ts';
import type { FrrLine, FrrTree } from '../../syntax/frr.ts';
import type { Draft, Token } from './fields.ts';
import { actionField, flagField, numberField, placeOf, textField } from './fields.ts';
import { frrBgpInstances } from './frr-bgp.ts';
import type {
  Clause,
  Family,
  ListEntry,
  PrefixListEntry,
  RouteMapEntry,
  RouterConfig,
  RouterInterface,
  StaticRoute,
} from './router.ts';

/** The model of an FRR configuration: `frr.conf` or commands typed at vtysh. */
export function frrRouter(doc: Doc, tree: FrrTree): RouterConfig {
  const top = (...path: string[]): readonly FrrLine[] =>
    tree.lines.filter((line) => !line.negated && path.every((word, i) => line.words[i]?.text === word));
  const last = (...path: string[]): Token | undefined => top(...path).at(-1)?.words[path.length];
  const field = (name: 'hostname' | 'frrVersion' | 'frrDefaults', word: Token | undefined) =>
    word && { [name]: textField(doc, word) };
  const lists = (lines: readonly FrrLine[], skip: number): readonly ListEntry[] =>
    lines.flatMap((line) => listEntry(doc, line, skip));
  return {
    kind: 'router/Config',
    path: [],
    software: 'frr',
    doc,
    partial: tree.typed,
    ...field('hostname', last('hostname')),
    ...field('frrVersion', last('frr', 'version')),
    ...field('frrDefaults', last('frr', 'defaults')),
    interfaces: interfacesOf(doc, tree),
    bgp: frrBgpInstances({ doc, text: tree.text, lines: tree.lines, typed: tree.typed }),
    prefixLists: [
      ...top('ip', 'prefix-list').flatMap((line) => prefixListEntry(doc, line, 'ipv4')),
      ...top('ipv6', 'prefix-list').flatMap((line) => prefixListEntry(doc, line, 'ipv6')),
    ],
    routeMaps: tree.lines.filter((line) => line.block === 'route-map').map((line) => routeMapEntry(doc, line)),
    asPathLists: lists(top('bgp', 'as-path', 'access-list'), 3),
    communityLists: lists([...top('bgp', 'community-list'), ...top('bgp', 'large-community-list')], 2),
    accessLists: [
      ...lists(top('access-list'), 1),
      ...lists(top('ip', 'access-list'), 2),
      ...lists(top('ipv6', 'access-list'), 2),
    ],
    staticRoutes: [
      ...[...top('ip', 'route'), ...top('ipv6', 'route')].flatMap((line) => staticRoute(doc, line, undefined)),
      ...tree.lines
        .filter((line) => line.block === 'vrf' && !line.negated)
        .flatMap((vrf) =>
          vrf.children
            .filter((line) => !line.negated && isStaticRoute(line))
            .flatMap((line) => staticRoute(doc, line, vrf.words[1])),
        ),
    ],
    otherProtocols: top('router').flatMap((line) => {
      const protocol = line.words[1]?.text;
      return protocol === undefined || protocol === 'bgp' ? [] : [protocol];
    }),
    natSource: [],
  };
}

function isStaticRoute(line: FrrLine): boolean {
  return /^(?:ip|ipv6)$/.test(line.words[0]?.text ?? '') && line.words[1]?.text === 'route';
}

/** Interfaces in order; blocks for one interface and VRF are merged. */
function interfacesOf(doc: Doc, tree: FrrTree): readonly RouterInterface[] {
  const found = new Map<string, Draft<RouterInterface> & { addresses: RouterInterface['addresses'][number][] }>();
  for (const block of tree.lines) {
    const name = block.words[1];
    if (block.block !== 'interface' || !name) continue;
    const vrf = block.words[2]?.text === 'vrf' ? block.words[3] : undefined;
    const key = `${vrf?.text ?? ''} ${name.text}`;
    const entry = found.get(key) ?? {
      name: textField(doc, name),
      addresses: [],
      ...(vrf && { vrf: textField(doc, vrf) }),
      place: placeOf(doc, block.span),
    };
    found.set(key, entry);
    for (const line of block.children) {
      const [first, second, third] = line.words;
      if (first?.text === 'shutdown') entry.shutdown = flagField(doc, first, !line.negated);
      else if (line.negated || !first || !second) continue;
      else if (/^(?:ip|ipv6)$/.test(first.text) && second.text === 'address' && third)
        entry.addresses.push(textField(doc, third));
      else if (first.text === 'mtu') entry.mtu = numberField(doc, second);
      else if (first.text === 'description') {
        const words = line.words.slice(1);
        const text = words.map((word) => word.text).join(' ');
        entry.description = textField(doc, { text, span: [second.span[0], words.at(-1)!.span[1]] });
      }
    }
  }
  return [...found.values()];
}

function prefixListEntry(doc: Doc, line: FrrLine, family: Family): PrefixListEntry[] {
  const [, , name, ...rest] = line.words;
  if (!name || rest[0]?.text === 'description') return [];
  const seq = rest[0]?.text === 'seq' ? rest[1] : undefined;
  const [action, prefix, ...limits] = seq ? rest.slice(2) : rest;
  const limit = (word: 'ge' | 'le') => {
    const at = limits.findIndex(({ text }) => text === word);
    const value = at < 0 ? undefined : limits[at + 1];
    return value && { [word]: numberField(doc, value) };
  };
  return [
    {
      name: textField(doc, name),
      family,
      ...(seq && { seq: numberField(doc, seq) }),
      ...(action && { action: actionField(doc, action) }),
      ...(prefix && { prefix: textField(doc, prefix) }),
      ...limit('ge'),
      ...limit('le'),
      place: placeOf(doc, line.span),
    },
  ];
}

function routeMapEntry(doc: Doc, line: FrrLine): RouteMapEntry {
  const [, name, action, seq] = line.words;
  const clauses = (keyword: string): readonly Clause[] =>
    line.children
      .filter((child) => !child.negated && child.words[0]?.text === keyword && child.words.length > 1)
      .map((child) => ({
        words: child.words.slice(1).map((word) => word.text),
        value: textField(doc, child.words.at(-1)!),
        place: placeOf(doc, child.span),
      }));
  const call = clauses('call')[0];
  const onMatch = onMatchOf(doc, line);
  return {
    name: textField(doc, name!),
    ...(action && { action: actionField(doc, action) }),
    ...(seq && { seq: numberField(doc, seq) }),
    match: clauses('match'),
    set: clauses('set'),
    ...(call && { call: call.value }),
    ...(onMatch && { onMatch }),
    place: placeOf(doc, line.span),
  };
}

/** `on-match next`, `on-match goto 30`, and their other names `continue` and `continue 30`. */
function onMatchOf(doc: Doc, line: FrrLine): RouteMapEntry['onMatch'] {
  const found = line.children.findLast(
    ({ words, negated }) => !negated && (words[0]?.text === 'on-match' || words[0]?.text === 'continue'),
  );
  const last = found?.words.at(-1);
  if (last === undefined) return undefined;
  const isNext = last.text === 'next' || last.text === 'continue';
  return {
    value: isNext ? 'next' : /^\d+$/.test(last.text) ? Number(last.text) : undefined,
    place: placeOf(doc, last.span),
  };
}

/** `NAME [seq N] permit|deny PATTERN…`; community lists may write `standard` or `expanded` before the name. */
function listEntry(doc: Doc, line: FrrLine, skip: number): ListEntry[] {
  const words = line.words.slice(skip);
  if (words[0]?.text === 'standard' || words[0]?.text === 'expanded') words.shift();
  const name = words.shift();
  if (!name) return [];
  if (words[0]?.text === 'seq') words.splice(0, 2);
  const action = words.shift();
  const last = words.at(-1);
  const pattern = words[0] &&
    last && { text: words.map((word) => word.text).join(' '), span: [words[0].span[0], last.span[1]] as const };
  return [
    {
      name: textField(doc, name),
      ...(action && { action: actionField(doc, action) }),
      ...(pattern && { pattern: textField(doc, pattern) }),
      place: placeOf(doc, line.span),
    },
  ];
}

const BLACKHOLE = /^(?:blackhole|reject|null0)$/i;

/** `ip route P NH [IF]`, `ip route P IF`, `ip route P blackhole`; the netmask form `ip route A M NH` becomes CIDR. */
function staticRoute(doc: Doc, line: FrrLine, block: Token | undefined): StaticRoute[] {
  const [, , prefix, ...rest] = line.words;
  if (!prefix) return [];
  const mask = prefix.text.includes('/') ? undefined : maskLength(rest[0]?.text);
  const network =
    mask === undefined ? prefix : { text: `${prefix.text}/${mask}`, span: [prefix.span[0], rest[0]!.span[1]] as const };
  const targets = mask === undefined ? rest : rest.slice(1);
  const vrfAt = targets.findIndex((word) => word.text === 'vrf');
  const vrf = (vrfAt < 0 ? undefined : targets[vrfAt + 1]) ?? block;
  const [first, second] = targets;
  const isAddress = first !== undefined && /^(?:\d+\.[\d.]+|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)$|[{$]/.test(first.text);
  const blackhole = first && BLACKHOLE.test(first.text) ? first : undefined;
  const device = isAddress ? second : first;
  const isDevice =
    device !== undefined &&
    !blackhole &&
    !/^(?:\d+|vrf|tag|nexthop-vrf|label|table|onlink|bfd|track|color)$/.test(device.text);
  return [
    {
      prefix: textField(doc, network),
      ...(isAddress && { nextHop: textField(doc, first) }),
      ...(isDevice && { interface: textField(doc, device) }),
      ...(blackhole && { blackhole: flagField(doc, blackhole, true) }),
      ...(vrf && { vrf: textField(doc, vrf) }),
      place: placeOf(doc, line.span),
    },
  ];
}

/** The prefix length of a dotted netmask. */
function maskLength(text: string | undefined): number | undefined {
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/
    .exec(text ?? '')
    ?.slice(1)
    .map(Number);
  if (!octets || octets.some((octet) => octet > 255)) return undefined;
  const bits = octets.map((octet) => octet.toString(2).padStart(8, '0')).join('');
  return /^1*0*$/.test(bits) ? bits.replace(/0+$/, '').length : undefined;
}
