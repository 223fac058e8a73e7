import { canonicalAddress } from '../../network/address.ts';
import { type ApiObject, isMapping, type Json, valueAt } from '../objects.ts';
import type { LiveSession } from './live.ts';

/** The sessions that CalicoNodeStatus objects tell of; each object is about one node. */
export function reportsIn(objects: readonly ApiObject[]): readonly LiveSession[] {
  return objects.flatMap(({ spec, status }) => {
    const node = valueAt(spec, ['node']);
    if (typeof node !== 'string') return [];
    return ['peersV4', 'peersV6'].flatMap((family) => {
      const peers = valueAt(status, ['bgp', family]);
      return Array.isArray(peers) ? (peers as readonly Json[]).flatMap((peer) => sessionOf(node, peer)) : [];
    });
  });
}

function sessionOf(node: string, peer: Json): readonly LiveSession[] {
  if (!isMapping(peer) || typeof peer.peerIP !== 'string' || typeof peer.state !== 'string') return [];
  return [{ node, peer: canonicalAddress(peer.peerIP), isUp: peer.state === 'Established', state: peer.state }];
}
