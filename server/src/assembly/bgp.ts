import type { CalicoCluster, CalicoExpansion } from '../network/bgp/calico.ts';
import { expandCalico } from '../network/bgp/calico.ts';
import { type Prediction, predict } from '../network/bgp/predict.ts';
import type { Router } from '../network/bgp/types.ts';
import type { Text } from '../text.ts';
import { defineDerivation, type Site } from '../workspace/site.ts';
import { clusterOf } from './bgp-calico.ts';
import { MACHINES, type Machine } from './bgp-machines.ts';
import { routerOf } from './bgp-routers.ts';
import { HOSTS, type Host, labsOf } from './hosts.ts';
import { SEGMENTS } from './links.ts';
import { mayRoute } from './readable.ts';

/** What the BGP of a site will do, and what about it is not known. */
export interface SiteBgp {
  readonly cluster: CalicoCluster | undefined;
  readonly prediction: Prediction;
  readonly expansion: CalicoExpansion | undefined;
  /** Why some of it could not be predicted. */
  readonly unknown: readonly Text[];
  readonly routerOf: (host: Host) => Router | undefined;
}

/** What an edit cannot have changed is taken over from the last prediction. */
export const BGP = defineDerivation('bgp', (site, before: SiteBgp | undefined): SiteBgp => {
  const hosts = site.derive(HOSTS).all;
  const machines = site.derive(MACHINES);
  const cluster = clusterOf(site, before?.cluster);
  const expansion = cluster === undefined ? undefined : expandCalico(cluster, before?.expansion);
  const nodes = new Set(expansion?.routers.map((router) => router.origin));
  const others = hosts.filter((host) => !nodes.has(host)).map((host) => deviceOf(host, machines.of(host)));
  const routers = [...(expansion?.routers ?? []), ...others].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
  );
  const complete = isComplete(site, hosts, routers) && hosts.every((host) => machines.of(host).complete);
  const prediction = predict({ routers, complete, ...(expansion && { mesh: expansion.mesh }) }, before?.prediction);
  const byHost = new Map(routers.map((router) => [router.origin as Host, router]));
  return {
    cluster,
    prediction,
    expansion,
    get unknown() {
      return doubts(prediction, expansion);
    },
    routerOf: (host) => byHost.get(host),
  };
});

const devices = new WeakMap<Machine, Router>();

/** A machine is of one host, and told by it. */
function deviceOf(host: Host, machine: Machine): Router {
  let device = devices.get(machine);
  if (device === undefined) {
    device = routerOf(host, machine) ?? silentDevice(host, machine);
    devices.set(machine, device);
  }
  return device;
}

/** A host without BGP in its main table; one whose software Selvage cannot read, or with VRFs, may well speak it. */
function silentDevice(host: Host, machine: Machine): Router {
  return {
    name: host.name,
    kind: 'frr',
    ...(mayRoute(host) || host.routerConfigs.some(({ bgp }) => bgp.length > 0) ? { asn: 'unknown' as const } : {}),
    labs: labsOf(host),
    interfaces: machine.interfaces,
    interfacesComplete: machine.complete,
    routes: machine.routes,
    neighbours: [],
    announcements: [],
    origin: host,
  };
}

/** Whether nobody can be a peer whom the site does not show: everything is in labs whose links can all be read. */
function isComplete(site: Site, hosts: readonly Host[], routers: readonly Router[]): boolean {
  const { all } = site.derive(SEGMENTS);
  if (all.length === 0 || !all.every((segment) => segment.closed)) return false;
  if (routers.some((router) => router.asn === 'unknown')) return false;
  return hosts.every(
    (host) => host.labNodes.length > 0 || (host.routerConfigs.length === 0 && host.calicoNodes.length === 0),
  );
}

function doubts({ sessions, unstable }: Prediction, expansion: CalicoExpansion | undefined): Text[] {
  const unread = new Set(sessions.filter(({ reason }) => reason === 'not-readable').map(({ router }) => router.name));
  const strangers = new Set(
    sessions
      .filter(({ state, reason }) => state === 'unknown' && reason === 'unknown-peer')
      .map((one) => one.peerAddress),
  );
  return [
    ...[...strangers].map((address) => ({
      en: `No file says who has the address ${address}.`,
      'zh-cn': `没有文件说明地址 ${address} 属于谁。`,
    })),
    ...[...unread].map((name) => ({
      en: `A session of ${name} depends on a value that is not known here.`,
      'zh-cn': `${name} 的某个会话依赖于此处无法得知的值。`,
    })),
    ...(expansion?.undecided ?? []).map(({ name }) => ({
      en: `The selectors of BGPPeer ${name} cannot be decided for every node.`,
      'zh-cn': `BGPPeer ${name} 的选择器无法对所有节点作出判断。`,
    })),
    ...unstable.map((prefix) => ({
      en: `The routes to ${prefix} never come to rest.`,
      'zh-cn': `到 ${prefix} 的路由始终无法稳定。`,
    })),
  ];
}
