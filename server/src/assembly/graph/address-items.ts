import type { NodeRole } from '../../network/graph/types.ts';
import { parsePrefix } from '../../network/prefix.ts';
import { compareRanges, formatRange, type Range, rangeOf, rangeSize } from '../../network/range.ts';
import type { Text } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import { ADDRESS_PLAN, type PlannedRange, type RangeUse } from '../address-plan.ts';
import { HOSTS } from '../hosts.ts';
import { INTERFACES } from '../interfaces.ts';
import { nameOf, SPIDER_POOLS, SPIDER_SUBNETS, type SpiderPlan } from '../spiderpool.ts';
import { type GraphOrigin, plain, resourceOrigin } from './origin.ts';

/** One range of the address plan, as it is drawn. */
export interface AddressItem {
  readonly id: string;
  readonly role: NodeRole;
  readonly use: RangeUse;
  readonly range: Range;
  readonly label: string;
  readonly owner: Text;
  readonly origins: readonly GraphOrigin[];
  /** What may lie in what: a block in a pool, a pool in the cluster's range. Of equal ranges the lower rank holds the other. */
  readonly rank: number;
  /** Addresses given to something, where they are written one by one. */
  readonly given?: readonly { readonly text: string; readonly owner: string }[];
  /** How many addresses it has for its purpose, where that is not the whole range. */
  readonly capacity?: bigint;
  readonly disabled?: boolean;
}

const ROLES: Readonly<Record<RangeUse, NodeRole>> = {
  pods: 'pool',
  services: 'services',
  nodes: 'subnet',
  management: 'management',
  docker: 'docker',
  named: 'named',
};

/** Everything of the site that has a range, in order of address; of equal ranges the wider notion first. */
export function addressItems(site: Site): readonly AddressItem[] {
  const items = [
    ...site.derive(ADDRESS_PLAN).map((planned) => plannedItem(site, planned)),
    ...blocks(site),
    ...site.derive(SPIDER_SUBNETS).flatMap((plan) => spiderItem(plan, 'SpiderSubnet', 3)),
    ...site.derive(SPIDER_POOLS).flatMap((plan) => spiderItem(plan, 'SpiderIPPool', 4)),
  ];
  const taken = new Map<string, number>();
  return items
    .sort((a, b) => compareRanges(a.range, b.range) || a.rank - b.rank || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .map((item) => {
      const count = (taken.get(item.id) ?? 0) + 1;
      taken.set(item.id, count);
      return count === 1 ? item : { ...item, id: `${item.id}~${count}` };
    });
}

const RANKS: Readonly<Record<RangeUse, number>> = {
  named: 0,
  pods: 1,
  services: 1,
  management: 1,
  docker: 1,
  nodes: 2,
};

function plannedItem(site: Site, planned: PlannedRange): AddressItem {
  const { use, range, owner, field, disabled } = planned;
  const pool =
    use === 'pods' && field !== undefined ? site.all('calico/IPPool').find(({ cidr }) => cidr === field) : undefined;
  const given = use === 'nodes' ? addressesIn(site, range) : undefined;
  return {
    id: `range/${use}/${pool?.name?.value ?? ''}/${networkText(range)}`,
    role: ROLES[use],
    use,
    range,
    label: networkText(range),
    // The interface that happens to be read first does not own the subnet.
    owner: use === 'nodes' ? NODES : owner,
    origins: [
      ...(field === undefined
        ? []
        : [{ place: field.place, ...(pool !== undefined && { scope: [{ doc: pool.doc, path: pool.path }] }) }]),
      ...(given ?? []).map(({ origin }) => origin),
    ],
    rank: pool === undefined ? RANKS[use] : 2,
    ...(given !== undefined && { given }),
    ...(disabled !== undefined && { disabled }),
  };
}

const NODES: Text = { en: 'nodes and links', 'zh-cn': '节点与链路' };

function addressesIn(site: Site, range: Range): readonly { text: string; owner: string; origin: GraphOrigin }[] {
  const interfaces = site.derive(INTERFACES);
  const found = new Map<string, { text: string; owner: string; origin: GraphOrigin }>();
  const add = (text: string | undefined, owner: string, origin: GraphOrigin): void => {
    const prefix = text === undefined ? undefined : parsePrefix(text);
    if (prefix === undefined || prefix.family !== range.family) return;
    if (rangeOf(prefix).first !== range.first || rangeOf(prefix).last !== range.last) return;
    const key = `${text!} ${owner}`;
    if (!found.has(key)) found.set(key, { text: text!.split('/')[0]!, owner, origin });
  };
  for (const host of site.derive(HOSTS).all) {
    for (const port of interfaces.of(host))
      for (const { text } of port.addresses) add(text.value, host.name, { place: text.place });
    for (const { ipv4Address, ipv6Address } of host.calicoNodes)
      for (const field of [ipv4Address, ipv6Address])
        if (field !== undefined) add(field.value, host.name, { place: field.place });
  }
  return [...found.values()];
}

/** Blocks of an inventory, and those that an annotation gives a node. */
function blocks(site: Site): readonly AddressItem[] {
  return site.all('calico/IPAMBlock').flatMap((block) => {
    const prefix = block.cidr?.value === undefined ? undefined : parsePrefix(block.cidr.value);
    if (prefix === undefined || block.deleted?.value === true) return [];
    const range = rangeOf(prefix);
    return [
      {
        id: `block/${networkText(range)}`,
        role: 'block' as const,
        use: 'pods' as const,
        range,
        label: networkText(range),
        owner: plain(block.node?.value ?? '–'),
        origins: [{ place: block.cidr!.place, scope: [{ doc: block.doc, path: block.path }] }],
        rank: 5,
      },
    ];
  });
}

function spiderItem(plan: SpiderPlan, kind: string, rank: number): readonly AddressItem[] {
  const { resource, network, total } = plan;
  const whole = network === undefined ? undefined : rangeOf(network);
  // A pool is drawn as the addresses that it has; a subnet as the network that pools are cut from.
  const [first] = total ?? [];
  const last = total?.at(-1);
  const own =
    rank === 4 && first !== undefined && last !== undefined && first.family === last.family
      ? { family: first.family, first: first.first, last: last.last }
      : whole;
  if (own === undefined) return [];
  const name = nameOf(resource);
  return [
    {
      id: `spiderpool/${kind}/${name}`,
      role: 'pool',
      use: 'pods',
      range: own,
      label: networkText(own),
      owner: plain(`${kind} ${name}`),
      origins: [{ ...resourceOrigin(resource) }],
      rank,
      ...(total !== undefined && { capacity: total.reduce((sum, range) => sum + rangeSize(range), 0n) }),
    },
  ];
}

/** A prefix where the range is one, else `first-last`. */
export function networkText(range: Range): string {
  const size = rangeSize(range);
  const bits = range.family === 4 ? 32 : 128;
  const power = size.toString(2).length - 1;
  if (size === 1n << BigInt(power) && range.first % size === 0n) {
    const first = formatRange({ ...range, last: range.first });
    return `${first}/${bits - power}`;
  }
  return formatRange(range);
}
