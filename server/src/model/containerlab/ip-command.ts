import type { Field } from '../../syntax/document.ts';

/** What an `ip` command (iproute2) says about the addresses, routes and links of the host that runs it. */
export type IpCommand = IpAddressCommand | IpRouteCommand | IpLinkCommand;

export interface IpAddressCommand {
  readonly object: 'address';
  readonly action: 'add' | 'delete';
  /** Address with its prefix length; bare when none is written, which the kernel takes as /32 or /128. */
  readonly address: Field<string>;
  readonly device?: Field<string>;
}

export interface IpRouteCommand {
  readonly object: 'route';
  readonly action: 'add' | 'delete';
  /** A prefix, a bare address, or `default`. */
  readonly destination: Field<string>;
  /** `blackhole`, `unreachable` and the like; absent for an ordinary route. */
  readonly type?: Field<string>;
  /** Each next hop; several with `nexthop via … nexthop via …`. */
  readonly via: readonly Field<string>[];
  readonly device?: Field<string>;
  readonly source?: Field<string>;
  /** Set when the route is not in the main table. */
  readonly table?: Field<string>;
  /** The `onlink` flag: the next hop need not be in a connected subnet. */
  readonly onlink: boolean;
}

export interface IpLinkCommand {
  readonly object: 'link';
  readonly device: Field<string>;
  readonly mtu?: Field<number>;
  /** The bridge or bond that the device is put into: its addresses then belong there. */
  readonly master?: Field<string>;
  /** The type of a device that is created. */
  readonly type?: Field<string>;
}

/** Reads one command by its words; undefined for anything but `ip address|route|link` in the host's own name space. */
export function ipCommand(words: readonly Field<string>[]): IpCommand | undefined {
  let at = words[0]?.value === 'sudo' ? 1 : 0;
  if (!/(^|\/)ip$/.test(words[at]?.value ?? '')) return undefined;
  at += 1;
  for (; words[at]?.value?.startsWith('-'); at++) {
    // Another name space or a batch file is another host's business; `-f inet6` has a value of its own.
    if (/^-(n|ne|net|netn|netns|b|batch)$/.test(words[at]!.value!)) return undefined;
    if (/^-(f|family)$/.test(words[at]!.value!)) at += 1;
  }
  const object = words[at]?.value;
  const verb = words[at + 1]?.value;
  if (object === undefined || verb === undefined) return undefined;
  const rest = words.slice(at + 2);
  if (abbreviates(object, 'address')) return addressCommand(verb, rest);
  if (abbreviates(object, 'route')) return routeCommand(verb, rest);
  if (abbreviates(object, 'link')) return linkCommand(verb, rest);
  return undefined;
}

/** iproute2 takes any leading part of a word: `ip a a` is `ip address add`. */
function abbreviates(word: string, full: string): boolean {
  return word !== '' && (full.startsWith(word) || (full === 'address' && word === 'addr'));
}

function actionOf(verb: string): 'add' | 'delete' | undefined {
  if (['add', 'replace', 'change', 'append', 'prepend'].some((full) => abbreviates(verb, full)) || verb === 'chg')
    return 'add';
  return abbreviates(verb, 'delete') ? 'delete' : undefined;
}

function addressCommand(verb: string, words: readonly Field<string>[]): IpAddressCommand | undefined {
  const action = actionOf(verb);
  const { first, options } = readOptions(words, ADDRESS_OPTIONS, ADDRESS_FLAGS);
  const address = options.get('local')?.[0] ?? first[0];
  if (action === undefined || address === undefined) return undefined;
  const device = options.get('dev')?.[0];
  return { object: 'address', action, address, ...(device && { device }) };
}

const ADDRESS_OPTIONS = new Set(
  'dev local peer broadcast brd anycast label scope metric valid_lft preferred_lft proto'.split(' '),
);
const ADDRESS_FLAGS = new Set('nodad noprefixroute home mngtmpaddr optimistic autojoin'.split(' '));

const ROUTE_TYPES = new Set(
  'unicast local broadcast multicast throw unreachable prohibit blackhole nat anycast'.split(' '),
);
const ROUTE_OPTIONS = new Set(
  'dev via src metric table tos dsfield scope mtu advmss protocol proto vrf weight realms initcwnd initrwnd pref encap nhid expires'.split(
    ' ',
  ),
);

function routeCommand(verb: string, words: readonly Field<string>[]): IpRouteCommand | undefined {
  const action = actionOf(verb);
  if (action === undefined) return undefined;
  const { first, options, flags } = readOptions(words, ROUTE_OPTIONS, ROUTE_FLAGS);
  const type = ROUTE_TYPES.has(first[0]?.value ?? '') ? first[0] : undefined;
  const destination = first[type === undefined ? 0 : 1] ?? options.get('to')?.[0];
  // `-net 10.0.0.0/8` is the grammar of the other `route` command; what it means here nobody knows.
  if (destination === undefined || destination.value?.startsWith('-')) return undefined;
  const device = options.get('dev')?.[0];
  const source = options.get('src')?.[0];
  const table = options.get('table')?.[0] ?? options.get('vrf')?.[0];
  return {
    object: 'route',
    action,
    destination,
    ...(type && { type }),
    via: options.get('via') ?? [],
    ...(device && { device }),
    ...(source && { source }),
    ...(table && table.value !== 'main' && { table }),
    onlink: flags.has('onlink'),
  };
}

const ROUTE_FLAGS = new Set(['onlink', 'nexthop', 'pervasive']);

function linkCommand(verb: string, words: readonly Field<string>[]): IpLinkCommand | undefined {
  if (!abbreviates(verb, 'set') && !abbreviates(verb, 'add')) return undefined;
  const { first, options } = readOptions(words, LINK_OPTIONS, LINK_FLAGS);
  const device = options.get('dev')?.[0] ?? options.get('name')?.[0] ?? first[0];
  if (device === undefined) return undefined;
  const mtu = options.get('mtu')?.[0];
  const master = options.get('master')?.[0];
  const type = options.get('type')?.[0];
  return {
    object: 'link',
    device,
    ...(mtu && { mtu: { value: /^\d+$/.test(mtu.value ?? '') ? Number(mtu.value) : undefined, place: mtu.place } }),
    ...(master && { master }),
    ...(type && { type }),
  };
}

const LINK_OPTIONS = new Set('dev name mtu master type address txqueuelen netns alias link vrf id peer'.split(' '));
const LINK_FLAGS = new Set('up down nomaster'.split(' '));

interface Options {
  /** Words that are neither an option nor its value. */
  readonly first: readonly Field<string>[];
  readonly options: ReadonlyMap<string, readonly Field<string>[]>;
  readonly flags: ReadonlySet<string>;
}

function readOptions(
  words: readonly Field<string>[],
  known: ReadonlySet<string>,
  flagNames: ReadonlySet<string>,
): Options {
  const first: Field<string>[] = [];
  const options = new Map<string, Field<string>[]>();
  const flags = new Set<string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word.value !== undefined && flagNames.has(word.value)) flags.add(word.value);
    else if (word.value !== undefined && known.has(word.value)) {
      // `via inet6 fe80::1` names the family before the address.
      if (word.value === 'via' && /^inet6?$/.test(words[at + 1]?.value ?? '')) at += 1;
      const value = words[at + 1];
      if (value !== undefined) options.set(word.value, [...(options.get(word.value) ?? []), value]);
      at += 1;
    } else first.push(word);
  }
  return { first, options, flags };
}
