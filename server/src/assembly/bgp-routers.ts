import { checksImport, familyActive, requiresPolicy } from '../model/router/defaults.ts';
import { effectiveNeighbor, groupOf } from '../model/router/effective.ts';
import type { BgpInstance, BgpNeighbor, Family, RouterConfig } from '../model/router/router.ts';
import type { Announcement, Neighbour, NeighbourFamily, Redistribution, Router } from '../network/bgp/types.ts';
import type { Machine } from './bgp-machines.ts';
import type { NeighbourOrigin } from './bgp-origins.ts';
import { type Policies, policiesOf } from './bgp-policies.ts';
import { type Host, labsOf } from './hosts.ts';
import { platformOfHost } from './platform.ts';

const FAMILIES = ['ipv4', 'ipv6'] as const;

/** The router that an FRR, VyOS or BIRD configuration makes of a host; undefined when none of its files speaks BGP. */
export function routerOf(host: Host, machine: Machine): Router | undefined {
  const found = host.routerConfigs.flatMap((config) =>
    config.bgp.filter((bgp) => bgp.vrf === undefined).map((bgp) => ({ config, bgp })),
  );
  const main = found.find(({ bgp }) => bgp.asn !== undefined) ?? found[0];
  if (main === undefined) return undefined;
  const { config, bgp } = main;
  const platform = platformOfHost(host);
  const policies = policiesOf(host.routerConfigs);
  const version = versionOf(host, config);
  const asn = bgp.confederationId === undefined ? bgp.asn?.value : undefined;
  const paths = (type: 'ebgp' | 'ibgp'): number =>
    bgp.maximumPaths.find((entry) => entry.type === type && entry.family === 'ipv4')?.paths.value ?? 64;
  return {
    name: host.name,
    kind: config.software,
    asn: asn ?? 'unknown',
    ...(bgp.routerId === undefined ? {} : { routerId: bgp.routerId.value ?? `unknown ${host.name}` }),
    ...(bgp.clusterId?.value === undefined ? {} : { clusterId: bgp.clusterId.value }),
    ...(version === undefined ? {} : { version }),
    labs: labsOf(host),
    interfaces: machine.interfaces,
    interfacesComplete: machine.complete,
    routes: machine.routes,
    ...(host.routerConfigs.some(({ otherProtocols }) => otherProtocols.length > 0) ? { learnsRoutes: true } : {}),
    ...(host.routerConfigs.some(hidesNeighbours) ? { hasVrfs: true } : {}),
    neighbours: found.flatMap((one) => neighboursOf(one.config, one.bgp, policies)),
    announcements: found.flatMap((one) => [...announcementsOf(one.bgp, policies), ...birdStatics(one.config)]),
    redistribute: found.flatMap((one) => redistributionsOf(one.bgp, policies)),
    // Where nothing tells FRR's version it is a current one, which requires a policy.
    requiresPolicy: requiresPolicy(config, bgp, platform) !== 'no',
    importCheck: checksImport(config, bgp, platform) === 'yes',
    multipathRelax: bgp.multipathRelax?.value === true,
    compareRouterId: bgp.compareRouterId?.value === true,
    maximumPaths: { ebgp: paths('ebgp'), ibgp: paths('ibgp') },
    origin: host,
  };
}

/** Whether a session of the router may be missing here: in a VRF, or in a file that BIRD includes. */
function hidesNeighbours({ software, partial, bgp }: RouterConfig): boolean {
  return (software === 'bird' && partial) || bgp.some(({ vrf }) => vrf !== undefined);
}

/** BIRD announces the routes of `protocol static` without being told to. */
function birdStatics({ software, staticRoutes }: RouterConfig): Announcement[] {
  if (software !== 'bird') return [];
  return staticRoutes.flatMap(({ prefix, nextHop }): Announcement[] =>
    prefix.value === undefined
      ? []
      : [
          {
            prefix: prefix.value,
            kind: 'network',
            ...(nextHop?.value === undefined ? {} : { via: nextHop.value }),
            origin: prefix,
          },
        ],
  );
}

/** The FRR that runs: by the image, else as the file says; VyOS 1.4 and older carry one before 10. */
function versionOf(host: Host, config: RouterConfig): readonly [number, number] | undefined {
  if (config.software === 'vyos') {
    const release = /^(\d+)\.(\d+)/.exec(config.vyosVersion ?? '');
    return release === null ? undefined : Number(release[1]) === 1 && Number(release[2]) <= 4 ? [8, 4] : [10, 0];
  }
  if (config.software === 'bird') return undefined;
  const text = platformOfHost(host).imageVersion ?? config.frrVersion?.value;
  const numbers = /^v?(\d+)\.(\d+)/.exec(text ?? '');
  return numbers === null ? undefined : [Number(numbers[1]), Number(numbers[2])];
}

function neighboursOf(config: RouterConfig, bgp: BgpInstance, policies: Policies): Neighbour[] {
  const peers = bgp.neighbors.flatMap((neighbor): Neighbour[] => {
    const peer = neighbor.peer.value;
    if (peer === undefined) return [];
    const origin: NeighbourOrigin = { kind: 'router', config, bgp, neighbor };
    const end = neighbor.sort === 'interface' ? { interface: peer } : { address: peer };
    return [{ ...end, ...settingsOf(config, bgp, neighbor, policies), origin }];
  });
  const ranges = bgp.listenRanges.flatMap((range): Neighbour[] => {
    const group = bgp.peerGroups.find((entry) => entry.peer.value === range.peerGroup?.value);
    if (range.prefix.value === undefined || group === undefined) return [];
    const origin: NeighbourOrigin = { kind: 'router', config, bgp, neighbor: group, range };
    return [{ range: range.prefix.value, ...settingsOf(config, bgp, group, policies), origin }];
  });
  return [...peers, ...ranges];
}

function settingsOf(
  config: RouterConfig,
  bgp: BgpInstance,
  written: BgpNeighbor,
  policies: Policies,
): Omit<Neighbour, 'address' | 'interface' | 'range' | 'origin'> {
  const neighbor = effectiveNeighbor(bgp, written);
  const families: Partial<Record<Family, NeighbourFamily>> = {};
  for (const family of FAMILIES) {
    const active = familyActive(config, bgp, written, family);
    const isActive = active === 'yes' || (active === 'unknown' && family === 'ipv4');
    if (isActive) families[family] = familyOf(neighbor, family, policies);
  }
  const elsewhere = config.partial || (written.peerGroup !== undefined && groupOf(bgp, written) === undefined);
  const remoteAs =
    neighbor.remoteAs === undefined ? (elsewhere ? 'unknown' : undefined) : (neighbor.remoteAs.value ?? 'unknown');
  const multihop = neighbor.ebgpMultihop === undefined ? undefined : (neighbor.ebgpMultihop.value ?? 255);
  const group = written.peerGroup?.value;
  return {
    ...(remoteAs === undefined ? {} : { remoteAs }),
    families,
    ...(neighbor.localAs?.value === undefined ? {} : { localAs: neighbor.localAs.value }),
    ...(neighbor.localAsDual?.value ? { dualAs: true } : {}),
    ...(neighbor.localAsNoPrepend?.value ? { localAsNoPrepend: true } : {}),
    ...(neighbor.localAsReplaceAs?.value ? { localAsReplaces: true } : {}),
    ...(neighbor.updateSource?.value === undefined ? {} : { source: neighbor.updateSource.value }),
    ...(multihop === undefined ? {} : { multihop }),
    ...(neighbor.ttlSecurity?.value === undefined ? {} : { ttlSecurity: neighbor.ttlSecurity.value }),
    ...(neighbor.disableConnectedCheck?.value ? { noConnectedCheck: true } : {}),
    ...(neighbor.passive?.value ? { passive: true } : {}),
    ...(neighbor.shutdown?.value ? { shutdown: true } : {}),
    ...(neighbor.password === undefined ? {} : { password: neighbor.password.value ?? 'unknown' }),
    ...(neighbor.port?.value === undefined ? {} : { port: neighbor.port.value }),
    ...(neighbor.clusterId?.value === undefined ? {} : { reflectorClusterId: neighbor.clusterId.value }),
    ...(group === undefined ? {} : { group }),
  };
}

function familyOf(neighbor: BgpNeighbor, family: Family, policies: Policies): NeighbourFamily {
  const settings = neighbor.families[family];
  if (settings === undefined) return {};
  const incoming = [
    ...policies.distributeList(settings.distributeListIn, family),
    ...policies.prefixList(settings.prefixListIn, family),
    ...policies.filterList(settings.filterListIn, family),
    ...policies.routeMap(settings.routeMapIn, family),
  ];
  const outgoing = [
    ...policies.distributeList(settings.distributeListOut, family),
    ...policies.prefixList(settings.prefixListOut, family),
    ...policies.filterList(settings.filterListOut, family),
    ...policies.routeMap(settings.routeMapOut, family),
  ];
  const self = settings.nextHopSelf?.value;
  return {
    ...(settings.routeReflectorClient?.value ? { reflectorClient: true } : {}),
    ...(self === 'self' || self === 'force' ? { nextHop: self } : {}),
    ...(self === 'keep' ? { nextHop: 'unchanged' } : {}),
    ...(settings.allowasIn === undefined ? {} : { allowOwnAs: settings.allowasIn.value ?? 3 }),
    ...(settings.asOverride?.value ? { asOverride: true } : {}),
    ...(settings.removePrivateAs?.value ? { removePrivateAs: true } : {}),
    ...(settings.defaultOriginate?.value ? { defaultOriginate: true } : {}),
    ...(settings.maximumPrefix?.value === undefined || settings.maximumPrefixWarns?.value
      ? {}
      : { maximumPrefix: settings.maximumPrefix.value }),
    ...(incoming.length === 0 ? {} : { import: incoming }),
    ...(outgoing.length === 0 ? {} : { export: outgoing }),
  };
}

function announcementsOf(bgp: BgpInstance, policies: Policies): Announcement[] {
  const networks = bgp.networks.flatMap(({ prefix, family, routeMap }): Announcement[] => {
    const [policy] = policies.routeMap(routeMap, family);
    if (prefix.value === undefined) return [];
    return [{ prefix: prefix.value, kind: 'network', ...(policy === undefined ? {} : { policy }), origin: prefix }];
  });
  const aggregates = bgp.aggregates.flatMap(({ prefix, summaryOnly, asSet }): Announcement[] => {
    if (prefix.value === undefined) return [];
    const flags = { ...(summaryOnly?.value ? { summaryOnly: true } : {}), ...(asSet?.value ? { asSet: true } : {}) };
    return [{ prefix: prefix.value, kind: 'aggregate', ...flags, origin: prefix }];
  });
  return [...networks, ...aggregates];
}

function redistributionsOf(bgp: BgpInstance, policies: Policies): Redistribution[] {
  return bgp.redistribute.flatMap(({ family, protocol, routeMap, interfaces }): Redistribution[] => {
    const [policy] = policies.routeMap(routeMap, family);
    if (protocol.value === undefined) return [];
    return [
      {
        family,
        protocol: protocol.value,
        ...(interfaces === undefined ? {} : { interfaces }),
        ...(policy === undefined ? {} : { policy }),
        origin: protocol,
      },
    ];
  });
}
