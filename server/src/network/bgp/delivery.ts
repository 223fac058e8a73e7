import { type Address, parseAddress } from '../address.ts';
import { containsPrefix, parsePrefix } from '../prefix.ts';
import type { Attachment } from './fabric.ts';
import { isFrr } from './identity.ts';
import type { Prediction } from './predict.ts';
import type { RoutingTables } from './routes.ts';
import type { Router } from './types.ts';

const MOST_HOPS = 16;

/**
 * Whether packets of one router for an announced prefix get to the router that announces it, by whatever routes there are on
 * the way: BGP's, wider ones, static and default ones. `unknown` where a gateway is none of the known routers.
 */
export function delivers(prediction: Prediction, from: Router, to: Router, prefix: string): boolean | 'unknown' {
  const tables = prediction.tables[prefix.includes(':') ? 'ipv6' : 'ipv4'];
  const index = tables.destination(prefix);
  const base = parsePrefix(prefix.split('#')[0]!);
  if (index === undefined || base === undefined) return 'unknown';
  const flow = new Flow(prediction, tables, to, index, { family: base.family, value: base.address });
  return flow.from(from, new Set());
}

class Flow {
  readonly #prediction: Prediction;
  readonly #tables: RoutingTables;
  readonly #to: Router;
  readonly #index: number;
  readonly #address: Address;
  /** Announced networks that hold the whole prefix, the longest first. */
  readonly #wider: readonly number[];

  constructor(prediction: Prediction, tables: RoutingTables, to: Router, index: number, address: Address) {
    this.#prediction = prediction;
    this.#tables = tables;
    this.#to = to;
    this.#index = index;
    this.#address = address;
    const { prefix } = tables.destinations[index]!;
    this.#wider = tables.destinations
      .map((destination, at) => ({ ...destination, at }))
      .filter((other) => other.at !== index && !other.text.includes('#') && containsPrefix(other.prefix, prefix))
      .sort((a, b) => b.prefix.length - a.prefix.length)
      .map(({ at }) => at);
  }

  from(at: Router, seen: Set<Router>): boolean | 'unknown' {
    if (at === this.#to) return true;
    if (seen.has(at) || seen.size > MOST_HOPS) return false;
    seen.add(at);
    const next = this.#nextOf(at);
    if (typeof next === 'boolean' || next === 'unknown') return next;
    if (next !== 'gateway') return this.from(next, seen);
    const gateways = this.#likelyGateways(at);
    let answer: boolean | 'unknown' = isFrr(at) ? 'unknown' : false;
    for (const gateway of gateways) {
      const one = this.from(gateway, new Set(seen));
      if (one === true) return true;
      if (one === 'unknown') answer = one;
    }
    return answer;
  }

  /** The next router; `gateway` where only a default route that no file shows could help. */
  #nextOf(at: Router): Router | boolean | 'unknown' | 'gateway' {
    const speaker = this.#tables.speakerOf(at);
    const exact = speaker === undefined ? undefined : this.#tables.entry(speaker, this.#index).selected;
    if (exact !== undefined) {
      if (exact.end === undefined) return at === this.#to;
      if (exact.usable) return this.#ownerOf(exact.attributes.nextHop, at);
      // BIRD puts an unreachable route into the kernel, which beats every wider one (lab B5).
      if (!isFrr(at)) return false;
    }
    const { topology } = this.#prediction;
    const hop = topology.lookup(at, this.#address);
    if (speaker !== undefined)
      for (const index of this.#wider) {
        const { selected } = this.#tables.entry(speaker, index);
        if (selected?.end === undefined || !selected.usable) continue;
        const isDefault = this.#tables.destinations[index]!.prefix.length === 0;
        // A static route that is no default one is taken to be as specific.
        if (hop.kind === 'none' || (hop.kind === 'routed' && hop.isDefault && !isDefault))
          return this.#ownerOf(selected.attributes.nextHop, at);
      }
    if (hop.kind === 'blackhole') return false;
    if (hop.kind === 'none') return at.learnsRoutes ? 'unknown' : at.interfacesComplete ? false : 'gateway';
    if (hop.kind !== 'routed' || hop.gateway === undefined) return 'unknown';
    return this.#ownerOf(hop.gateway, at);
  }

  #ownerOf(address: string, at: Router): Router | 'unknown' {
    const [owner, ...others]: readonly Attachment[] = this.#prediction.topology.ownersOf(address, at);
    return owner === undefined || others.some(({ router }) => router !== owner.router) ? 'unknown' : owner.router;
  }

  /** Routers on a subnet of the node, or peering with it: one of them is mostly its default gateway. */
  #likelyGateways(at: Router): readonly Router[] {
    const { topology, fabric } = this.#prediction;
    const peers = new Set(
      this.#prediction.sessionsOf(at).flatMap(({ peer }) => (peer === undefined || !isFrr(peer) ? [] : [peer])),
    );
    for (const router of fabric.routers) {
      if (!isFrr(router) || router === at || peers.has(router)) continue;
      const near = topology.attachments(router).some(({ address }) => {
        const parsed = parseAddress(address);
        return parsed !== undefined && topology.connected(at, parsed) !== undefined;
      });
      if (near) peers.add(router);
    }
    return [...peers];
  }
}
