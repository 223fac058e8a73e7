import { asnOf, type Cluster, type FilterRule, isV6, type Neighbour, type Node } from './calico-peerings.ts';

const FAMILIES = ['4', '6'] as const;
type Version = (typeof FAMILIES)[number];

/**
 * The configuration of one node's BIRD 2, with the statements that Calico's templates give its own fork of BIRD 1.6, and
 * short timers. Calico runs one daemon a family; here one does both, each session carrying the family of its address.
 */
export function birdText(node: Node, neighbours: readonly Neighbour[], cluster: Cluster): string {
  const routerId = node.addresses.find((address) => !isV6(address)) ?? '10.255.255.254';
  return [
    `router id ${routerId};`,
    'protocol device { scan time 2; }',
    ...FAMILIES.flatMap((version) => [
      `protocol kernel kernel${version} { learn; persist; scan time 2; merge paths on; ipv${version} { import all; export all; }; }`,
      ...blackholes(node, version),
      ...exportFunction(node, cluster, version),
      ...filterFunctions(cluster, version),
    ]),
    'protocol direct { ipv4; ipv6; interface -"cali*", -"lo", "*"; }',
    ...neighbours.flatMap((neighbour, number) => session(node, neighbour, number, cluster)),
    '',
  ].join('\n');
}

const ofVersion = (text: string, version: Version): boolean => isV6(text) === (version === '6');

function blackholes({ blocks }: Node, version: Version): string[] {
  const own = blocks.filter((block) => ofVersion(block, version));
  if (own.length === 0) return [];
  return [
    `protocol static static${version} { ipv${version};`,
    ...own.map((block) => ` route ${block} blackhole;`),
    '}',
  ];
}

/** Pools without export are out, own blocks go and nothing longer inside them does, then whatever lies in a pool. */
function exportFunction({ blocks }: Node, { pools }: Cluster, version: Version): string[] {
  const lines = [`function export_to_peers${version}() {`];
  for (const { cidr } of pools.filter((pool) => !pool.exported && ofVersion(pool.cidr, version)))
    lines.push(` if ( net ~ ${cidr} ) then { reject; }`);
  for (const block of blocks.filter((one) => ofVersion(one, version)))
    lines.push(` if ( net = ${block} ) then { accept; }`, ` if ( net ~ ${block} ) then { reject; }`);
  for (const { cidr } of pools.filter((pool) => pool.exported && ofVersion(pool.cidr, version)))
    lines.push(` if ( net ~ ${cidr} ) then { accept; }`);
  return [...lines, ' return false;', '}'];
}

/** One function a BGPFilter, direction and kind of peer; the first rule that matches decides. */
function filterFunctions({ filters }: Cluster, version: Version): string[] {
  return [...filters].flatMap(([name, spec]) =>
    (['import', 'export'] as const).flatMap((direction) =>
      (['eBGP', 'iBGP'] as const).flatMap((peerType) => [
        `function ${functionName(name, direction, peerType, version)}() {`,
        ...(spec[`${direction}V${version}`] ?? [])
          .filter((rule) => rule.peerType === undefined || rule.peerType === peerType)
          .map((rule) => ` if ( ${conditions(rule)} ) then { ${rule.action.toLowerCase()}; }`),
        ' return false;',
        '}',
      ]),
    ),
  );
}

function functionName(filter: string, direction: string, peerType: string, version: Version): string {
  return `filter_${filter.replace(/\W/g, '_')}_${direction}_${peerType}_${version}`;
}

function conditions({ cidr, matchOperator = 'In', prefixLength, source, interface: port }: FilterRule): string {
  const all: string[] = [];
  if (cidr !== undefined) {
    const operator = { Equal: '=', NotEqual: '!=', In: '~', NotIn: '!~' }[matchOperator];
    const { min, max } = prefixLength ?? {};
    const length = Number(cidr.split('/')[1]);
    const range = `[ ${cidr}{${min ?? length},${max ?? (isV6(cidr) ? 128 : 32)}} ]`;
    all.push(`(net ${operator} ${prefixLength === undefined ? cidr : range})`);
  }
  if (source === 'RemotePeers') all.push('(source ~ [ RTS_BGP ])');
  if (port !== undefined) all.push(`(defined(ifname) && ifname ~ "${port}")`);
  return all.length === 0 ? 'true' : all.join(' && ');
}

function session(node: Node, { address, asn, passive, peer, clusterId }: Neighbour, number: number, cluster: Cluster) {
  const version: Version = isV6(address) ? '6' : '4';
  const own = peer.localASNumber ?? asnOf(node, cluster);
  const isInternal = asn === own;
  const isClient = isInternal && node.clusterId !== undefined && clusterId !== node.clusterId;
  const peerType = isInternal ? 'iBGP' : 'eBGP';
  const calls = (direction: 'import' | 'export'): string =>
    (peer.filters ?? [])
      .map((name) => `if ( ${functionName(name, direction, peerType, version)}() ) then { accept; } `)
      .join('');
  const keeps =
    peer.nextHopMode === 'Keep' || (peer.nextHopMode === undefined && peer.keepOriginalNextHop && !isInternal);
  const source = node.addresses.find((one) => isV6(one) === isV6(address))!;
  return [
    `protocol bgp session${number} {`,
    ` local as ${own};`,
    ` neighbor ${address} as ${asn};`,
    ' multihop;',
    ...(peer.sourceAddress === 'None' ? [] : [` source address ${source};`]),
    ...(passive ? [' passive on;'] : []),
    ' graceful restart; connect delay time 1; connect retry time 2; error wait time 1,2;',
    ' hold time 9; keepalive time 3;',
    ...(isClient ? [' rr client;', ` rr cluster id ${node.clusterId};`] : []),
    ...(peer.numAllowedLocalASNumbers ? [` allow local as ${peer.numAllowedLocalASNumbers};`] : []),
    ` ipv${version} {`,
    `  import filter { ${calls('import')}accept; };`,
    `  export filter { ${calls('export')}export_to_peers${version}(); reject; };`,
    '  add paths on; gateway recursive;',
    ...(peer.nextHopMode === 'Self' ? ['  next hop self;'] : keeps ? ['  next hop keep;'] : []),
    ' };',
    '}',
  ];
}
