import { TIER, tierByName } from '../../network/graph/names.ts';
import type { Fact, NodeRole } from '../../network/graph/types.ts';
import type { Site } from '../../workspace/site.ts';
import { BGP } from '../bgp.ts';
import type { Host } from '../hosts.ts';
import { INTERFACES } from '../interfaces.ts';
import { fact, factIf } from './facts.ts';
import { documentOrigin, type GraphOrigin, resourceOrigin } from './origin.ts';

/** The same in every view, so that a selection stays when the view changes. */
export function hostId(host: Host): string {
  return `host/${host.name}`;
}

export function roleOf(site: Site, host: Host): NodeRole {
  const router = site.derive(BGP).routerOf(host);
  const reflects = router?.neighbours.some((one) =>
    Object.values(one.families).some((family) => family?.reflectorClient),
  );
  if (isClusterNode(host)) return reflects ? 'reflector' : 'node';
  if (reflects) return 'reflector';
  const isRouter = host.routerConfigs.length > 0 || typeof router?.asn === 'number';
  return isRouter ? 'router' : 'machine';
}

export function isClusterNode(host: Host): boolean {
  return host.kindNodes.length + host.calicoNodes.length + host.kubernetesNodes.length > 0;
}

/** Cluster nodes and machines that do not route are at the bottom; names tell of the rest. */
export function tierOf(site: Site, host: Host): number | undefined {
  if (isClusterNode(host)) return TIER.end;
  const level = host.labNodes.map(({ settings }) => settings.labels.get('graph-level')?.value).find(Boolean);
  if (level !== undefined && /^\d+$/.test(level)) return Math.max(0, Number(level) - 1);
  const byName = tierByName(host.name);
  if (byName !== undefined) return byName;
  const byGroup = host.labNodes
    .map(({ settings }) => tierByName(settings.group?.value ?? ''))
    .find((tier) => tier !== undefined);
  if (byGroup !== undefined) return byGroup;
  const forwards = site.derive(BGP).routerOf(host);
  return host.routerConfigs.length === 0 && typeof forwards?.asn !== 'number' ? TIER.end : undefined;
}

/** Every statement that makes the host what it is; the one that a person would look for comes first. */
export function originsOf(host: Host): readonly GraphOrigin[] {
  return [
    ...host.labNodes.map((node): GraphOrigin => {
      const { name, place } = node.settings;
      return { place: name.place, scope: [place] };
    }),
    ...host.calicoNodes.map(resourceOrigin),
    ...host.kubernetesNodes.map(resourceOrigin),
    ...host.kindNodes.flatMap(({ node }): GraphOrigin[] => (node === undefined ? [] : [{ place: node.place }])),
    ...host.routerConfigs.map((config) => documentOrigin(config.doc, config.hostname?.place)),
  ];
}

export function factsOf(site: Site, host: Host): readonly Fact[] {
  const router = site.derive(BGP).routerOf(host);
  const names = host.labNodes.map(({ name }) => name).filter((name) => name !== host.name);
  const [first] = host.labNodes;
  const ports = site.derive(INTERFACES).of(host);
  const assumed = (router?.interfaces ?? []).filter(({ name }) => !ports.some((port) => port.name === name));
  return [
    ...factIf('labNode', names.join(', ')),
    ...factIf('kind', first?.settings.kind?.value),
    ...factIf('image', first?.settings.image?.value),
    ...factIf('asn', router?.asn === 'unknown' ? '?' : router?.asn),
    ...factIf('routerId', router?.routerId),
    ...factIf('clusterId', router?.clusterId ?? host.calicoNodes[0]?.routeReflectorClusterID?.value),
    ...ports.map(({ name, addresses, mtu }) =>
      fact(
        'interface',
        [
          name,
          ...addresses.map(({ text }) => text.value ?? ''),
          ...(mtu === undefined ? [] : [`MTU ${mtu.value}`]),
        ].join(' '),
      ),
    ),
    ...assumed
      .filter(({ addresses }) => addresses.length > 0)
      .map(({ addresses }) => fact('addresses', addresses.join(' '))),
  ];
}
