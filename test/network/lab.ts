import {
  type CalicoCluster,
  type CalicoNode,
  type CalicoPeer,
  expandCalico,
} from '../../server/src/network/bgp/calico.ts';
import { type Prediction, predict } from '../../server/src/network/bgp/predict.ts';
import type { Fabric, Interface, Neighbour, NeighbourFamily, Router } from '../../server/src/network/bgp/types.ts';
import type { SelectorNode } from '../../server/src/network/selector.ts';

/** `{ eth1: '10.1.5.1/24@rack0' }`: addresses and the link each interface is plugged into. */
export function interfaces(wiring: Readonly<Record<string, string>>): Interface[] {
  return Object.entries(wiring).map(([name, text]) => {
    const [addresses, segment] = text.split('@');
    return { name, addresses: addresses!.split(',').filter(Boolean), segment: segment ?? null };
  });
}

export function neighbour(
  address: string,
  remoteAs: Neighbour['remoteAs'],
  family: NeighbourFamily = {},
  rest: Partial<Neighbour> = {},
): Neighbour {
  return { address, remoteAs: remoteAs!, families: { ipv4: family }, ...rest };
}

export function frr(
  name: string,
  asn: number,
  wiring: Readonly<Record<string, string>>,
  neighbours: readonly Neighbour[],
  rest: Partial<Router> & { readonly networks?: readonly string[] } = {},
): Router {
  const { networks = [], ...more } = rest;
  return {
    name,
    kind: 'frr',
    asn,
    version: [8, 4],
    interfaces: interfaces(wiring),
    interfacesComplete: true,
    routes: [],
    neighbours,
    announcements: networks.map((prefix) => ({ prefix, kind: 'network' })),
    requiresPolicy: false,
    importCheck: false,
    ...more,
  };
}

/** Something that forwards packets and speaks no BGP. */
export function device(name: string, wiring: Readonly<Record<string, string>>): Router {
  const { asn: _, ...rest } = frr(name, 0, wiring, []);
  return rest;
}

export function node(
  name: string,
  address: string,
  block: string | undefined,
  rest: Partial<CalicoNode> & { readonly on?: string; readonly gateway?: string; readonly real?: string } = {},
): CalicoNode {
  const { on = 'lan', gateway, real, ...more } = rest;
  return {
    name,
    addresses: { ipv4: address },
    labels: new Map(),
    announcements: block === undefined ? [] : [{ prefix: block, kind: 'block' }],
    machine: {
      interfaces: interfaces({ eth1: `${real ?? address}@${on}` }),
      complete: true,
      routes: gateway === undefined ? [] : [{ prefix: '0.0.0.0/0', via: gateway }],
    },
    ...more,
  };
}

export const has = (label: string): SelectorNode => ({ op: 'has', label });
export const lacks = (label: string): SelectorNode => ({ op: 'not', operand: has(label) });
export const is = (label: string, value: string): SelectorNode => ({ op: 'equals', label, value });

export function peer(name: string, rest: Partial<CalicoPeer>): CalicoPeer {
  return { name, filters: [], origin: name, ...rest };
}

export function fabric(
  cluster: Partial<CalicoCluster>,
  routers: readonly Router[],
  rest: Partial<Fabric> = {},
): Fabric {
  const calico = expandCalico({
    nodes: [],
    peers: [],
    pools: [{ cidr: '10.244.0.0/16', disableBGPExport: false }],
    mesh: false,
    ...cluster,
  });
  return { routers: [...calico.routers, ...routers], mesh: calico.mesh, complete: true, ...rest };
}

export function lab(cluster: Partial<CalicoCluster>, routers: readonly Router[], rest: Partial<Fabric> = {}): Lab {
  return new Lab(predict(fabric(cluster, routers, rest)));
}

/** Questions to a prediction by name. */
export class Lab {
  readonly prediction: Prediction;
  constructor(prediction: Prediction) {
    this.prediction = prediction;
  }

  router(name: string): Router {
    const found = this.prediction.fabric.routers.find((router) => router.name === name);
    if (found === undefined) throw new Error(`no router ${name}`);
    return found;
  }

  session(router: string, address: string) {
    const found = this.prediction.sessionsOf(this.router(router)).find((session) => session.peerAddress === address);
    if (found === undefined) throw new Error(`${router} has no neighbour ${address}`);
    return found;
  }

  /** `router address reason`, with `!` at the end that has to change. */
  down(): string[] {
    return this.prediction.sessions
      .filter((session) => session.state !== 'established')
      .map((session) => `${session.router.name} ${session.peerAddress} ${session.reason}${session.blamed ? '!' : ''}`);
  }

  /** Usable learned paths as `prefix via next hop [path]`, with `*` when best and `=` when one of several. */
  learned(router: string): string[] {
    const lines = this.prediction
      .routesAt(this.router(router))
      .filter((route) => route.from !== null && route.usable)
      .map((route) => {
        const mark = { yes: ' *', no: '', tied: ' =' }[route.best];
        return `${route.prefix} via ${route.nextHop} [${route.asPath.join(' ')}]${mark}`;
      });
    return [...new Set(lines)];
  }

  /** Prefixes for which a router has a usable path or announces itself. */
  prefixes(router: string): string[] {
    const usable = this.prediction.routesAt(this.router(router)).filter((route) => route.usable);
    return [...new Set(usable.map((route) => route.prefix))];
  }
}
