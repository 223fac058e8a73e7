import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { birdText } from './calico-bird.ts';
import { type Cluster, neighboursOf, type Peer } from './calico-peerings.ts';
import type { BirdConfiguration } from './plan.ts';

/** A resource as it is written; the scenarios' are known to be well formed. */
// biome-ignore lint/suspicious/noExplicitAny: read from YAML
type Written = any;

/** The BIRD that each node of a folder of Calico resources would run. */
export function birdsOf(folder: string): ReadonlyMap<string, BirdConfiguration> {
  const cluster = readCluster(folder);
  return new Map(
    cluster.nodes.map((node) => {
      const neighbours = neighboursOf(node, cluster);
      const addresses = neighbours.map(({ address }) => address);
      return [node.name, { kind: 'bird', text: birdText(node, neighbours, cluster), neighbours: addresses }];
    }),
  );
}

function readCluster(folder: string): Cluster {
  const documents = existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .flatMap((name) => parseAllDocuments(readFileSync(join(folder, name), 'utf8')))
        .map((document) => document.toJS() as Written)
        .filter((one) => one?.kind !== undefined && !/^metallb/.test(one.apiVersion))
    : [];
  const of = (kind: string): Written[] => documents.filter((one) => one.kind === kind);
  const general = of('BGPConfiguration').find((one) => one.metadata.name === 'default')?.spec ?? {};
  return {
    asn: Number(general.asNumber ?? 64512),
    mesh: general.nodeToNodeMeshEnabled ?? true,
    pools: of('IPPool').map(({ spec }) => ({ cidr: spec.cidr, exported: spec.disableBGPExport !== true })),
    filters: new Map(of('BGPFilter').map(({ metadata, spec }) => [metadata.name, spec])),
    nodes: of('Node').map(({ metadata, spec }) => ({
      name: metadata.name,
      labels: metadata.labels ?? {},
      asn: spec.bgp.asNumber === undefined ? undefined : Number(spec.bgp.asNumber),
      addresses: [spec.bgp.ipv4Address, spec.bgp.ipv6Address].filter(Boolean).map((text) => text.split('/')[0]),
      clusterId: spec.bgp.routeReflectorClusterID || undefined,
      blocks: (metadata.annotations?.['selvage.dev/blocks'] ?? '')
        .split(',')
        .map((text: string) => text.trim())
        .filter(Boolean),
    })),
    peers: of('BGPPeer').map(
      ({ spec }): Peer => ({ ...spec, ...(spec.asNumber && { asNumber: Number(spec.asNumber) }) }),
    ),
  };
}
