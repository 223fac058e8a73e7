import { type Address, canonicalAddress, isLinkLocal, parseAddress } from '../address.ts';
import { once } from '../once.ts';
import { containsAddress, formatPrefix, networkOf, type Prefix, parsePrefix } from '../prefix.ts';
import { PrefixTable } from '../table.ts';
import { mayMeet } from './identity.ts';
import { MeshIndex } from './mesh.ts';
import type { Fabric, Interface, Neighbour, Router, StaticRoute } from './types.ts';

/** One address of one interface. */
export interface Attachment {
  readonly router: Router;
  readonly interface: Interface;
  /** Canonical. */
  readonly address: string;
  readonly subnet: Prefix;
}

/** The way to a destination out of one router. */
export type Hop =
  | { readonly kind: 'own' }
  | { readonly kind: 'connected'; readonly attachment: Attachment }
  | { readonly kind: 'routed'; readonly gateway: string | undefined; readonly isDefault: boolean }
  | { readonly kind: 'blackhole' }
  | { readonly kind: 'none' };

interface Device {
  readonly attachments: readonly Attachment[];
  readonly own: ReadonlySet<string>;
  readonly routes: PrefixTable<StaticRoute>;
  readonly byPeer: ReadonlyMap<string, readonly Neighbour[]>;
}

/** A routing table learned by BGP, asked when nothing static is more specific. */
export type LearnedRoutes = (
  router: Router,
  destination: Address,
) => { readonly length: number; readonly nextHop: string } | undefined;

/** Where packets to an address end up. */
export interface Reach {
  readonly verdict: boolean | 'unknown';
  readonly hops: number;
  /** The sender's address on the first link. */
  readonly source?: string;
  /** The addresses whose owners were looked up on the way. */
  readonly asked: readonly string[];
}

const NOBODY: readonly Attachment[] = [];

/** Who owns which address, what shares a link with what, and where packets go. */
export class Topology {
  readonly fabric: Fabric;
  readonly #mesh: MeshIndex;
  readonly #owners = new Map<string, Attachment[]>();
  readonly #claims = new Map<string, Router[]>();

  constructor(fabric: Fabric) {
    this.fabric = fabric;
    this.#mesh = new MeshIndex(fabric.mesh);
    for (const router of fabric.routers) {
      for (const attachment of deviceOf(router).attachments) {
        const list = this.#owners.get(attachment.address);
        if (list === undefined) this.#owners.set(attachment.address, [attachment]);
        else list.push(attachment);
      }
      for (const address of Object.values(router.nodeAddress ?? {})) {
        const list = this.#claims.get(address);
        if (list === undefined) this.#claims.set(address, [router]);
        else list.push(router);
      }
    }
  }

  /** The first node that believes to have this address (canonical), whatever its interfaces say, and whom `by` may meet. */
  claimantOf(address: string, by: Router): Router | undefined {
    return this.#claims.get(address)?.find((router) => mayMeet(by, router));
  }

  /** Every interface address that equals this one (canonical), of routers that `by` may meet. */
  ownersOf(address: string, by: Router): readonly Attachment[] {
    const owners = this.#owners.get(address);
    if (owners === undefined) return NOBODY;
    return owners.every(({ router }) => mayMeet(by, router))
      ? owners
      : owners.filter(({ router }) => mayMeet(by, router));
  }

  /** Whether the address (canonical) is only in labs that the router is not in: it may be this one's all the same. */
  isElsewhere(address: string, from: Router): boolean {
    return this.#owners.has(address) && this.ownersOf(address, from).length === 0;
  }

  owns(router: Router, address: string): boolean {
    return deviceOf(router).own.has(address);
  }

  attachments(router: Router): readonly Attachment[] {
    return deviceOf(router).attachments;
  }

  /** The router's neighbour statements with this peer address (canonical). */
  neighboursAt(router: Router, address: string): readonly Neighbour[] {
    const stated = deviceOf(router).byPeer.get(address) ?? [];
    const meshed = this.#mesh.at(router, address);
    return meshed.length === 0 ? stated : [...meshed, ...stated];
  }

  /** The statements that the mesh makes of a router. */
  meshOf(router: Router): readonly Neighbour[] {
    return this.#mesh.of(router);
  }

  /** Whether the mesh gives the router anybody to peer with. */
  isMeshed(router: Router): boolean {
    return this.#mesh.hasAny(router);
  }

  hasNeighbours(router: Router): boolean {
    return router.neighbours.length > 0 || this.isMeshed(router);
  }

  /** The router's own address in a subnet that holds the given one. */
  connected(router: Router, address: Address): Attachment | undefined {
    let best: Attachment | undefined;
    for (const attachment of deviceOf(router).attachments) {
      if (!containsAddress(attachment.subnet, address)) continue;
      if (best === undefined || attachment.subnet.length > best.subnet.length) best = attachment;
    }
    return best;
  }

  /** Whether the route that the router's configuration says for the address is a static one. */
  hasStatic(router: Router, destination: Address): boolean {
    const route = deviceOf(router).routes.longest(destination);
    return route !== undefined && route.kernel !== true;
  }

  /** Where the router sends a packet, by its connected, static and (where given) learned routes. */
  lookup(router: Router, destination: Address, learned?: LearnedRoutes): Hop {
    const device = deviceOf(router);
    const connected = this.connected(router, destination);
    if (connected !== undefined && connected.subnet.length === (destination.family === 4 ? 32 : 128))
      return { kind: 'own' };
    const route = device.routes.longest(destination);
    const length = route === undefined ? -1 : parsePrefix(route.prefix)!.length;
    const fromBgp = learned?.(router, destination);
    const best = Math.max(connected?.subnet.length ?? -1, length, fromBgp?.length ?? -1);
    if (best <= 0 && router.learnsRoutes) return { kind: 'routed', gateway: undefined, isDefault: false };
    if (best < 0) return { kind: 'none' };
    if (connected !== undefined && connected.subnet.length === best)
      return { kind: 'connected', attachment: connected };
    if (route !== undefined && length === best) {
      if (route.via !== undefined)
        return { kind: 'routed', gateway: canonicalAddress(route.via), isDefault: length === 0 };
      return route.device === undefined ? { kind: 'blackhole' } : this.#onDevice(device, route.device, length);
    }
    return { kind: 'routed', gateway: fromBgp!.nextHop, isDefault: best === 0 };
  }

  /** The other interfaces that this one reaches directly; with `null` segments nothing does. */
  shareLink(a: Interface, b: Interface): boolean {
    if (a.segment === undefined || b.segment === undefined) return true;
    return a.segment !== null && a.segment === b.segment;
  }

  /** Who answers for an address on the link of this interface. */
  onLink(from: Attachment, address: string): Attachment | undefined {
    return this.ownersOf(address, from.router).find((owner) => this.shareLink(from.interface, owner.interface));
  }

  /**
   * Whether packets from the router arrive at the address. `unknown` where the topology does not say enough.
   * Follows routes hop by hop, 32 at most.
   */
  reaches(router: Router, address: string, learned?: LearnedRoutes): Reach {
    const destination = parseAddress(address);
    const asked: string[] = [];
    if (destination === undefined) return { verdict: 'unknown', hops: 0, asked };
    let at = router;
    let source: string | undefined;
    for (let hops = 0; hops < 32; hops++) {
      const result = (verdict: boolean | 'unknown') =>
        source === undefined ? { verdict, hops, asked } : { verdict, hops, source, asked };
      if (this.owns(at, address)) return result(true);
      let hop = this.lookup(at, destination, learned);
      let target = address;
      for (let depth = 0; hop.kind === 'routed' && depth < 8; depth++) {
        if (hop.gateway === undefined) return result('unknown');
        const gateway = parseAddress(hop.gateway);
        if (gateway === undefined) return result('unknown');
        target = hop.gateway;
        hop = this.lookup(at, gateway, learned);
      }
      if (hop.kind !== 'connected') return result(hop.kind === 'none' && !at.interfacesComplete ? 'unknown' : false);
      source ??= hop.attachment.address;
      asked.push(target);
      const next = this.onLink(hop.attachment, target);
      if (next === undefined) {
        if (this.isElsewhere(target, at)) return result('unknown');
        const outside = hop.attachment.interface.segment === undefined || this.ownersOf(target, at).length === 0;
        return result(outside && !this.fabric.complete ? 'unknown' : false);
      }
      at = next.router;
    }
    return { verdict: false, hops: 32, asked };
  }

  #onDevice(device: Device, name: string, length: number): Hop {
    const attachment = device.attachments.find((entry) => entry.interface.name === name);
    return attachment === undefined
      ? { kind: 'routed', gateway: undefined, isDefault: length === 0 }
      : { kind: 'connected', attachment };
  }
}

/** The text of the network an interface address lies in: `10.1.5.0/24`. */
export function networkText(attachment: Attachment): string {
  return formatPrefix(networkOf(attachment.subnet));
}

const deviceOf = once((router: Router): Device => {
  const attachments = attachmentsOf(router);
  const routes = new PrefixTable<StaticRoute>();
  for (const route of router.routes) {
    const prefix = parsePrefix(route.prefix);
    if (prefix !== undefined) routes.set(prefix, route);
  }
  const byPeer = new Map<string, Neighbour[]>();
  for (const neighbour of router.neighbours) {
    if (neighbour.address === undefined) continue;
    const address = canonicalAddress(neighbour.address);
    const list = byPeer.get(address);
    if (list === undefined) byPeer.set(address, [neighbour]);
    else list.push(neighbour);
  }
  return { attachments, own: new Set(attachments.map(({ address }) => address)), routes, byPeer };
});

function attachmentsOf(router: Router): Attachment[] {
  const result: Attachment[] = [];
  for (const entry of router.interfaces) {
    if (entry.shutdown) continue;
    for (const text of entry.addresses) {
      const subnet = parsePrefix(text);
      if (subnet === undefined || isLinkLocal({ family: subnet.family, value: subnet.address })) continue;
      result.push({ router, interface: entry, address: canonicalAddress(text.slice(0, text.indexOf('/'))), subnet });
    }
  }
  return result;
}
