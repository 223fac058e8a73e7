import { delivers } from './delivery.ts';
import { explainRoute, type RouteExplanation } from './explain.ts';
import type { Prediction } from './predict.ts';
import type { Sample } from './sample.ts';
import type { AddressFamily, Announcement, Router } from './types.ts';

/** A Calico node that has no usable route to another one's block. Routers are those of the sample. */
export interface Loss {
  readonly receiver: Router;
  readonly origin: Router;
  readonly prefix: string;
  readonly explanation: RouteExplanation;
  /** Whether packets get there all the same, by a wider or a default route. */
  readonly arrives: boolean | 'unknown';
}

/** Each loss is explained, which walks over all sessions. */
const MOST_LOSSES = 60;

/**
 * The blocks that nodes of a sample lose. Silent where an unknown session may bring the route, and about announcements that
 * `counts` leaves out.
 */
export function lossesOf(
  { prediction, nodes }: Sample,
  counts: (announcement: Announcement) => boolean,
): readonly Loss[] {
  const open = doubts(prediction);
  const list: Loss[] = [];
  for (const origin of nodes)
    for (const { prefix } of firstOfEachFamily(origin.announcements.filter(counts))) {
      const family = familyOf(prefix);
      const tables = prediction.tables[family];
      const index = tables.destination(prefix);
      if (index === undefined) continue;
      for (const receiver of nodes) {
        if (receiver === origin || list.length >= MOST_LOSSES) continue;
        const speaker = tables.speakerOf(receiver);
        if (speaker === undefined || receiver.nodeAddress?.[family] === undefined) continue;
        const { selected } = tables.entry(speaker, index);
        if (selected?.usable) continue;
        if (selected === undefined ? open.between(receiver, origin) : open.at(receiver)) continue;
        list.push({
          receiver,
          origin,
          prefix,
          explanation: explainRoute(prediction, receiver, prefix),
          arrives: delivers(prediction, receiver, origin, prefix),
        });
      }
    }
  return list;
}

export function familyOf(prefix: string): AddressFamily {
  return prefix.includes(':') ? 'ipv6' : 'ipv4';
}

function firstOfEachFamily(announcements: readonly Announcement[]): readonly Announcement[] {
  const first = (family: AddressFamily) => announcements.find(({ prefix }) => familyOf(prefix) === family) ?? [];
  return [first('ipv4'), first('ipv6')].flat();
}

/** Where routes may come and go that nothing here tells of. */
function doubts(prediction: Prediction): {
  readonly at: (router: Router) => boolean;
  readonly between: (one: Router, other: Router) => boolean;
} {
  const parents = new Map<Router, Router>();
  const root = (router: Router): Router => {
    let at = router;
    for (let next = parents.get(at); next !== undefined; next = parents.get(at)) at = next;
    if (at !== router) parents.set(router, at);
    return at;
  };
  const unsure = new Set<Router>();
  for (const { router, peer, state } of prediction.sessions) {
    if (state === 'unknown') {
      unsure.add(router);
      if (peer !== undefined) unsure.add(peer);
    }
    if (state !== 'established' || peer === undefined) continue;
    const [a, b] = [root(router), root(peer)];
    if (a !== b) parents.set(a, b);
  }
  const islands = new Set([...unsure].map(root));
  return {
    at: (router) => unsure.has(router),
    between: (one, other) => islands.has(root(one)) && islands.has(root(other)),
  };
}
