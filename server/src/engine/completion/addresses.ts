import { ADDRESS_PLAN, type PlannedRange } from '../../assembly/address-plan.ts';
import { BGP_SPEAKERS } from '../../assembly/bgp-speakers.ts';
import { HOSTS } from '../../assembly/hosts.ts';
import { INTERFACES } from '../../assembly/interfaces.ts';
import { POD_SUBNETS } from '../../assembly/pools-cluster.ts';
import { SPIDER_POOLS, SPIDER_SUBNETS } from '../../assembly/spiderpool.ts';
import { type Address, BITS, formatAddress } from '../../network/address.ts';
import { containsAddress, formatPrefix, networkOf, type Prefix, parsePrefix } from '../../network/prefix.ts';
import { nextFree } from '../../network/prefix-space.ts';
import {
  formatRange,
  freeRanges,
  nextFreePrefix,
  type Range,
  rangeOf,
  rangeSize,
  rangesOverlap,
} from '../../network/range.ts';
import { type Text, verbatim } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import type { Asked, NetworkValue, ValueTopic } from './network-values.ts';

/** Fields that take a range or an address which nobody has yet, or one that the network has. */
export const ADDRESS_VALUES: readonly ValueTopic[] = [
  { at: /^calico\/IPPool spec\.cidr$/, values: poolCidrs },
  { at: /^kind\/Cluster networking\.podSubnet$/, values: (site, asked) => freeCidrs(site, asked, '10.244.0.0/16') },
  { at: /^kind\/Cluster networking\.serviceSubnet$/, values: (site, asked) => freeCidrs(site, asked, '10.96.0.0/16') },
  {
    at: /^containerlab\/Topology mgmt\.ipv4-subnet$/,
    values: (site, asked) => freeCidrs(site, asked, '172.20.20.0/24'),
  },
  { at: /^spiderpool\/Spider(IPPool|Subnet) spec\.subnet$/, values: spiderSubnets },
  { at: /^spiderpool\/Spider(IPPool|Subnet) spec\.ips\.\[\]$/, values: freeSpiderRanges },
  { at: /^spiderpool\/Spider(IPPool|Subnet) spec\.gateway$/, values: gateways },
  { at: /^calico\/Node spec\.bgp\.ipv[46]Address$/, values: freeNodeAddresses },
  {
    at: /^calico\/BGPConfiguration spec\.serviceClusterIPs\.\[\]\.cidr$/,
    values: (site) => plannedCidrs(site, 'services'),
  },
  {
    at: /^calico\/BGPFilter spec\.(ex|im)portV4\.\[\]\.cidr$/,
    values: (site) => plannedCidrs(site, 'pods', 'services'),
  },
  {
    at: /^calico\/(GlobalNetworkSet|NetworkSet) spec\.nets\.\[\]$/,
    values: (site) => plannedCidrs(site, 'nodes', 'named'),
  },
  {
    at: /^calico\/\w*Policy spec\..*\.(notNets|nets)\.\[\]$/,
    values: (site) => plannedCidrs(site, 'nodes', 'services', 'named'),
  },
];

type At = Pick<Asked, 'spot'>;

/** Ranges that others have; the one under the cursor is nobody's while it is typed. */
function takenRanges(site: Site, { spot }: At, except?: (planned: PlannedRange) => boolean): readonly Range[] {
  return site
    .derive(ADDRESS_PLAN)
    .filter((planned) => !isUnderCursor(planned, spot) && except?.(planned) !== true)
    .map(({ range }) => range);
}

function isUnderCursor({ field }: PlannedRange, { doc, yaml }: Asked['spot']): boolean {
  const place = field?.place;
  return place?.doc === doc && JSON.stringify(place.path) === JSON.stringify(yaml?.path);
}

/**
 * Ranges for a new pool, as large as the pools that there are. Where the files tell the cluster's Pod range: that itself, or what
 * is free in it; a pool outside would not be routed.
 */
export function poolCidrs(site: Site, asked: At): readonly NetworkValue[] {
  const isPod = ({ use, isPool }: PlannedRange): boolean => use === 'pods' && isPool !== true;
  const pools = takenRanges(site, asked, isPod);
  const sizes = poolSizes(site);
  const inside = (site.derive(POD_SUBNETS) ?? []).flatMap(({ network }): NetworkValue[] => {
    if (!pools.some((range) => rangesOverlap(range, rangeOf(network))))
      return [{ value: formatPrefix(network), kind: 'address', detail: POD_SUBNET }];
    return sizes.flatMap(({ family, length }): NetworkValue[] => {
      const found = family === network.family ? nextFreePrefix(network, pools, length) : undefined;
      return found === undefined ? [] : [{ value: formatPrefix(found), kind: 'address', detail: IN_POD_SUBNET }];
    });
  });
  if (inside.length > 0) return inside;
  const taken = takenRanges(site, asked);
  return sizes.flatMap((size) => freeLike(size, taken));
}

/** Family and length of each sort of pool that there is; a /16 where there is none of IPv4. */
function poolSizes(site: Site): readonly Prefix[] {
  const sizes = new Map<string, Prefix>();
  for (const { cidr } of site.all('calico/IPPool')) {
    const network = cidr?.value === undefined ? undefined : parsePrefix(cidr.value);
    if (network !== undefined) sizes.set(`${network.family}/${network.length}`, network);
  }
  const known = [...sizes.values()];
  return known.some(({ family }) => family === 4) ? known : [...known, { family: 4, address: 0n, length: 16 }];
}

const POD_SUBNET: Text = { en: 'the cluster’s Pod range', 'zh-cn': '集群的 Pod 网段' };
const IN_POD_SUBNET: Text = { en: 'free in the cluster’s Pod range', 'zh-cn': '集群 Pod 网段内空闲' };
const FREE: Text = { en: 'free', 'zh-cn': '空闲' };

function freeCidrs(site: Site, asked: Asked, usual: string): readonly NetworkValue[] {
  const prefix = parsePrefix(usual)!;
  const taken = takenRanges(site, asked);
  const own = taken.some((range) => rangesOverlap(range, rangeOf(prefix))) ? [] : [free(usual)];
  return [...own, ...freeLike(prefix, taken)];
}

function freeLike(like: Prefix, taken: readonly Range[]): readonly NetworkValue[] {
  const found = nextFree(like, taken);
  return found === undefined ? [] : [free(formatPrefix(found))];
}

function free(value: string): NetworkValue {
  return { value, kind: 'address', detail: FREE };
}

/** SpiderSubnets first, then the networks that nodes and routers stand in: Underlay Pods share those. */
function spiderSubnets(site: Site): readonly NetworkValue[] {
  const subnets = site.derive(SPIDER_SUBNETS).flatMap(({ network, resource }): NetworkValue[] =>
    network === undefined
      ? []
      : [
          {
            value: formatPrefix(network),
            kind: 'address',
            detail: verbatim(`SpiderSubnet ${resource.name?.value ?? ''}`),
          },
        ],
  );
  return [...subnets, ...plannedCidrs(site, 'nodes').map((value) => ({ ...value, rank: 10 }))];
}

/** The first stretch of the subnet that no pool and no known machine has. */
function freeSpiderRanges(site: Site, { beside }: Asked): readonly NetworkValue[] {
  const network = parsePrefix(beside('subnet') ?? '');
  if (network === undefined || network.length >= BITS[network.family] - 1) return [];
  const whole = rangeOf(networkOf(network));
  const usable: Range = network.family === 4 ? { ...whole, first: whole.first + 1n, last: whole.last - 1n } : whole;
  const pools = [...site.derive(SPIDER_POOLS)].flatMap(({ total }) => total ?? []);
  const single = ({ family, value }: Address): Range => ({ family, first: value, last: value });
  const taken = [...pools, ...machineAddresses(site).map(single), { ...usable, last: usable.first }];
  const largest = freeRanges(usable, taken).reduce<Range | undefined>(
    (best, range) => (best === undefined || rangeSize(range) > rangeSize(best) ? range : best),
    undefined,
  );
  if (largest === undefined) return [];
  const few = { ...largest, last: largest.first + 99n < largest.last ? largest.first + 99n : largest.last };
  return [few, ...(few.last === largest.last ? [] : [largest])].map((range, rank) => ({
    value: formatRange(range),
    kind: 'address',
    rank,
    detail: {
      en: `${rangeSize(range)} addresses that nobody is known to have`,
      'zh-cn': `${rangeSize(range)} 个未见使用的地址`,
    },
  }));
}

function machineAddresses(site: Site): readonly Address[] {
  const interfaces = site.derive(INTERFACES);
  return [
    ...site
      .derive(HOSTS)
      .all.flatMap((host) => interfaces.of(host).flatMap(({ addresses }) => addresses.map(({ prefix }) => prefix))),
    ...site.derive(BGP_SPEAKERS).flatMap(({ addresses }) => addresses.map(({ prefix }) => prefix)),
  ].map(({ family, address }) => ({ family, value: address }));
}

/** Addresses of routers in the subnet, else its first address. */
function gateways(site: Site, { beside }: Asked): readonly NetworkValue[] {
  const subnet = parsePrefix(beside('subnet') ?? '');
  if (subnet === undefined) return [];
  const network = networkOf(subnet);
  const routers = site
    .derive(BGP_SPEAKERS)
    .filter(({ isNode }) => !isNode)
    .flatMap(({ name, addresses }) =>
      addresses
        .map(({ prefix }) => ({ family: prefix.family, value: prefix.address }))
        .filter((address) => containsAddress(network, address))
        .map((address): NetworkValue => ({ value: formatAddress(address), kind: 'address', detail: verbatim(name) })),
    );
  const first = { family: network.family, value: rangeOf(network).first + 1n };
  return routers.length > 0 ? routers : [{ value: formatAddress(first), kind: 'address' }];
}

/** The next address of each network that nodes stand in. */
function freeNodeAddresses(site: Site, { path }: Asked): readonly NetworkValue[] {
  const family = path.at(-1) === 'ipv6Address' ? 6 : 4;
  const machines = machineAddresses(site);
  const networks = new Map<string, Prefix>();
  for (const { isNode, addresses } of site.derive(BGP_SPEAKERS))
    for (const { prefix } of isNode ? addresses : [])
      if (prefix.family === family && prefix.length < BITS[family])
        networks.set(formatPrefix(networkOf(prefix)), prefix);
  return [...networks.values()].flatMap((prefix): NetworkValue[] => {
    const range = rangeOf(networkOf(prefix));
    const own = machines.filter((address) => containsAddress(networkOf(prefix), address)).map(({ value }) => value);
    const highest = own.reduce((most, value) => (value > most ? value : most), range.first);
    if (highest + 1n >= range.last) return [];
    return [free(`${formatAddress({ family, value: highest + 1n })}/${prefix.length}`)];
  });
}

/** Ranges that the files give to something, each once, outer ones first as they are written. */
function plannedCidrs(site: Site, ...uses: readonly PlannedRange['use'][]): readonly NetworkValue[] {
  const found = new Map<string, NetworkValue>();
  for (const { use, text, owner, range } of site.derive(ADDRESS_PLAN)) {
    const prefix = parsePrefix(text);
    if (!uses.includes(use) || prefix === undefined || range.first === range.last) continue;
    const value = formatPrefix(networkOf(prefix));
    if (!found.has(value))
      found.set(value, { value, kind: 'address', detail: unmarked(owner), rank: uses.indexOf(use) });
  }
  return [...found.values()];
}

/** Without backticks, which a list shows as they are. */
function unmarked(text: Text): Text {
  return { en: text.en.replaceAll('`', ''), 'zh-cn': text['zh-cn'].replaceAll('`', '') };
}
