import type { BGPPeer } from '../model/calico/bgp-peer.ts';
import { familyOf } from '../network/bgp/losses.ts';
import type { Router } from '../network/bgp/types.ts';
import { defineDerivation } from '../workspace/site.ts';
import { BGP } from './bgp.ts';
import { REFLECTORS } from './bgp-reflectors.ts';
import { BGP_SAMPLE } from './bgp-sample.ts';

/** Two reflectors of one AS that nobody told to peer with each other. */
export interface UnmeshedReflectors {
  readonly one: Router;
  readonly other: Router;
  /** A BGPPeer whose `peerSelector` selects both. */
  readonly selecting: BGPPeer | undefined;
}

/** Each reflector at most once as `one`: it is told where a session is missing, not every pair of many. */
export const UNMESHED_REFLECTORS = defineDerivation('unmeshed reflectors', (site): readonly UnmeshedReflectors[] => {
  const { prediction } = site.derive(BGP);
  const sample = site.derive(BGP_SAMPLE);
  if (sample === undefined) return [];
  const inSample = new Map(sample.prediction.fabric.routers.map((router) => [sample.original(router), router]));
  const reflectors = [...site.derive(REFLECTORS).values()]
    .filter(({ router, clients }) => router.clusterId !== undefined && clients.length > 0)
    .sort((a, b) => (a.router.name < b.router.name ? -1 : 1));
  const found: UnmeshedReflectors[] = [];
  for (const [index, { router: one, peers }] of reflectors.entries()) {
    const mine = prediction.sessionsOf(one);
    const known = new Set(mine.map(({ peer }) => peer));
    // What a session with somebody unknown brings cannot be told.
    if (mine.some(({ peer, state }) => peer === undefined || state === 'unknown')) continue;
    const rest = reflectors.slice(index + 1).filter(({ router }) => router.asn === one.asn && !known.has(router));
    const lost = rest.find(({ router }) => losesBlocksOf(one, router));
    if (lost === undefined) continue;
    const selecting = peers.find((peer) => lost.peers.includes(peer) && peer.peerSelector?.value !== undefined);
    found.push({ one, other: lost.router, selecting });
  }
  return found;

  function losesBlocksOf(one: Router, other: Router): boolean {
    return other.announcements.some(({ prefix }) => {
      const tables = sample!.prediction.tables[familyOf(prefix)];
      const speaker = tables.speakerOf(inSample.get(one) ?? one);
      const index = tables.destination(prefix);
      return speaker !== undefined && index !== undefined && tables.entry(speaker, index).selected === undefined;
    });
  }
});
