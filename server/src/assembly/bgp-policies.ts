import type { Clause, Family, ListEntry, RouteMapEntry, RouterConfig } from '../model/router/config.ts';
import { parseAddress } from '../network/address.ts';
import type { Change, Match, Policy, PolicyStep, PrefixRule } from '../network/bgp/types.ts';
import type { Field } from '../syntax/document.ts';

type Lookup = (name: Field<string> | undefined, family: Family) => readonly Policy[];

/** The routing policies of one router by name, as steps; what is not modelled lets routes through. */
export interface Policies {
  readonly routeMap: Lookup;
  readonly prefixList: Lookup;
  readonly distributeList: Lookup;
  readonly filterList: Lookup;
}

export function policiesOf(configs: readonly RouterConfig[]): Policies {
  const partial = configs.some((config) => config.partial);
  const all = <T>(of: (config: RouterConfig) => readonly T[]): readonly T[] => configs.flatMap(of);
  const routeMaps = byName(all((config) => config.routeMaps));
  const prefixLists = byName(all((config) => config.prefixLists));
  const asPathLists = byName(all((config) => config.asPathLists));
  const accessLists = byName(all((config) => config.accessLists));
  const communityLists = byName(all((config) => config.communityLists));
  const known = new Map<string, Policy>();
  const lookup =
    <T>(
      sort: string,
      lists: ReadonlyMap<string, readonly T[]>,
      read: (list: readonly T[], family: Family) => PolicyStep[],
    ): Lookup =>
    (name, family) => {
      if (name === undefined) return [];
      if (name.value === undefined) return [open('')];
      const key = `${sort} ${family} ${name.value}`;
      const before = known.get(key);
      if (before !== undefined) return [before];
      const list = lists.get(name.value);
      const policy: Policy =
        list !== undefined
          ? { name: name.value, steps: read(list, family), origin: name }
          : partial
            ? open(name.value)
            : { name: name.value, steps: [], isUndefined: true, origin: name };
      known.set(key, policy);
      return [policy];
    };
  const prefixRules = (name: string | undefined): readonly PrefixRule[] | 'undefined' | 'unknown' => {
    const list = name === undefined ? undefined : prefixLists.get(name);
    if (list === undefined) return partial || name === undefined ? 'unknown' : 'undefined';
    const rules = list.map(prefixRule);
    return rules.every((rule) => rule !== undefined) ? rules : 'unknown';
  };
  const steps = (entries: readonly RouteMapEntry[], family: Family): PolicyStep[] => {
    const ordered = inOrder(entries);
    return ordered.map((entry, index): PolicyStep => {
      const goesOnAt = goesOn(ordered, index);
      return {
        permit: entry.action?.value !== 'deny',
        matches: entry.match.map((clause) => matchOf(clause, prefixRules, asPathLists, communityLists)),
        changes: entry.set.flatMap(changeOf),
        ...(entry.call === undefined ? {} : { call: called(entry.call, family) }),
        ...(goesOnAt === undefined ? {} : { goesOnAt }),
        origin: entry,
      };
    });
  };
  // The steps of the called one are read when a route gets there: route-maps may call each other in a circle.
  const called = (name: Field<string>, family: Family): Policy => {
    const policy = () => routeMap(name, family)[0] ?? open('');
    return {
      name: name.value ?? '',
      get steps() {
        const { isUndefined, steps } = policy();
        // FRR passes over a call of nothing.
        return isUndefined ? [ANYTHING] : steps;
      },
    };
  };
  const routeMap = lookup('route-map', routeMaps, steps);
  return {
    routeMap,
    prefixList: lookup('prefix-list', prefixLists, (list) => {
      const rules = list.map(prefixRule);
      const complete = rules.every((rule) => rule !== undefined);
      return [{ permit: true, matches: [complete ? { kind: 'prefix', rules } : { kind: 'unknown' }], changes: [] }];
    }),
    distributeList: lookup('access-list', accessLists, () => [ANYTHING]),
    filterList: lookup('as-path', asPathLists, (list) => [{ permit: true, matches: [asPathMatch(list)], changes: [] }]),
  };
}

const ANYTHING: PolicyStep = { permit: true, matches: [], changes: [] };

function open(name: string): Policy {
  return { name, steps: [ANYTHING] };
}

function byName<T extends { readonly name: Field<string> }>(entries: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const map = new Map<string, T[]>();
  for (const entry of entries) {
    const name = entry.name.value;
    if (name === undefined) continue;
    const list = map.get(name);
    if (list === undefined) map.set(name, [entry]);
    else list.push(entry);
  }
  return map;
}

/** By sequence number; what has none stays where it is written. */
function inOrder<T extends { readonly seq?: Field<number> }>(entries: readonly T[]): readonly T[] {
  if (entries.some((entry) => entry.seq?.value === undefined)) return entries;
  return entries.toSorted((a, b) => a.seq!.value! - b.seq!.value!);
}

/** The place of the entry at which a route goes on that this one takes; undefined when it ends here. */
function goesOn(entries: readonly RouteMapEntry[], index: number): number | undefined {
  const { onMatch } = entries[index]!;
  if (onMatch === undefined) return undefined;
  const { value } = onMatch;
  if (typeof value !== 'number') return index + 1;
  const at = entries.findIndex(({ seq }) => (seq?.value ?? 0) >= value);
  return at < 0 ? entries.length : at;
}

function prefixRule(entry: RouterConfig['prefixLists'][number]): PrefixRule | undefined {
  const text = entry.prefix?.value;
  const action = entry.action?.value;
  if (text === undefined || action === undefined) return undefined;
  if ([entry.ge, entry.le].some((field) => field !== undefined && field.value === undefined)) return undefined;
  const permit = action === 'permit';
  if (text === 'any') return { permit, prefix: entry.family === 'ipv6' ? '::/0' : '0.0.0.0/0', ge: 0 };
  return {
    permit,
    prefix: text,
    ...(entry.ge?.value === undefined ? {} : { ge: entry.ge.value }),
    ...(entry.le?.value === undefined ? {} : { le: entry.le.value }),
  };
}

function asPathMatch(list: readonly ListEntry[]): Match {
  const rules = list.flatMap(({ action, pattern }) =>
    action?.value === undefined || pattern?.value === undefined
      ? []
      : [{ permit: action.value === 'permit', pattern: pattern.value }],
  );
  return rules.length === list.length ? { kind: 'asPath', rules } : { kind: 'unknown' };
}

/** `match ip address prefix-list P`, `match as-path L`, `match community C`; VyOS spells the same with `nexthop`. */
function matchOf(
  { words }: Clause,
  prefixRules: (name: string | undefined) => readonly PrefixRule[] | 'undefined' | 'unknown',
  asPathLists: ReadonlyMap<string, readonly ListEntry[]>,
  communityLists: ReadonlyMap<string, readonly ListEntry[]>,
): Match {
  const [first, second, third, fourth] = words;
  if ((first === 'ip' || first === 'ipv6') && third === 'prefix-list') {
    const rules = prefixRules(fourth);
    if (rules === 'undefined') return { kind: 'undefined' };
    if (rules === 'unknown') return { kind: 'unknown' };
    if (second === 'address') return { kind: 'prefix', rules };
    if (second === 'next-hop' || second === 'nexthop') return { kind: 'nextHop', rules };
  }
  if (first === 'as-path') {
    const list = asPathLists.get(second ?? '');
    return list === undefined ? { kind: 'undefined' } : asPathMatch(list);
  }
  if (first === 'community') {
    const [only, ...others] = communityLists.get(words.at(-1) === 'exact-match' ? '' : (words.at(-1) ?? '')) ?? [];
    const communities = only?.pattern?.value?.split(/\s+/) ?? [];
    const plain = communities.length > 0 && communities.every((community) => /^\d+:\d+$/.test(community));
    if (plain && others.length === 0 && only?.action?.value === 'permit') return { kind: 'community', communities };
  }
  return { kind: 'unknown' };
}

function changeOf({ words }: Clause): Change[] {
  const [first, second, ...rest] = words;
  const number = Number(second);
  switch (first) {
    case 'ip':
    case 'ipv6': {
      const target = rest.at(-1);
      return second === 'next-hop' && target !== undefined ? nextHop(target) : [];
    }
    case 'ip-next-hop':
      return second === undefined ? [] : nextHop(second);
    case 'local-preference':
      return Number.isInteger(number) ? [{ kind: 'localPreference', value: number }] : [];
    case 'metric':
    case 'weight':
      return Number.isInteger(number) ? [{ kind: first, value: number }] : [];
    case 'as-path': {
      const asns = rest.flatMap((word) => word.split(/\s+/)).map(Number);
      const usable = second === 'prepend' && asns.length > 0 && asns.every(Number.isInteger);
      return usable ? [{ kind: 'prepend', asns }] : [];
    }
    case 'community': {
      const communities = [second, ...rest].filter((word) => word !== undefined && /^\d+:\d+$/.test(word)) as string[];
      return communities.length === 0 ? [] : [{ kind: 'community', communities, additive: words.includes('additive') }];
    }
    default:
      return [];
  }
}

function nextHop(target: string): Change[] {
  if (target === 'unchanged') return [{ kind: 'nextHop', address: 'unchanged' }];
  if (target === 'self') return [{ kind: 'nextHop', address: 'self' }];
  return parseAddress(target) === undefined ? [] : [{ kind: 'nextHop', address: target }];
}
