import type { GraphDraft } from '../../network/graph/draft.ts';
import { TIER } from '../../network/graph/names.ts';
import type { GraphEdge, GraphNode } from '../../network/graph/types.ts';
import type { Site } from '../../workspace/site.ts';
import type { Host } from '../hosts.ts';
import type { GraphOrigin } from './origin.ts';
import { commonRack, RACKS } from './racks.ts';

/** Nodes go into the racks that their labels name; a bridge or a leaf goes where everything below it is. */
export function putIntoRacks(
  site: Site,
  nodes: readonly GraphNode<GraphOrigin>[],
  edges: readonly GraphEdge<GraphOrigin>[],
  idOf: (host: Host) => string,
  draft: GraphDraft<GraphOrigin>,
): readonly GraphNode<GraphOrigin>[] {
  const racks = site.derive(RACKS);
  if (racks.size === 0) return nodes;
  const rackOf = new Map<string, string>();
  const origins = new Map<string, GraphOrigin[]>();
  for (const [host, { name, origin }] of racks) {
    rackOf.set(idOf(host), name);
    origins.set(name, [...(origins.get(name) ?? []), origin]);
  }
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const below = new Map<string, string[]>();
  for (const { from, to } of edges)
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const [here, there] = [byId.get(one)?.tier, byId.get(other)?.tier];
      if (here !== undefined && there !== undefined && there > here) below.set(one, [...(below.get(one) ?? []), other]);
    }
  for (const tier of [TIER.bridge, TIER.leaf])
    for (const node of nodes) {
      if (
        node.tier !== tier ||
        rackOf.has(node.id) ||
        (node.role !== 'bridge' && node.role !== 'router' && node.role !== 'reflector')
      )
        continue;
      const members = (below.get(node.id) ?? []).filter((id) => {
        const role = byId.get(id)?.role;
        return role !== 'machine' && role !== 'missing';
      });
      const rack = commonRack(members.map((id) => rackOf.get(id)));
      if (rack !== undefined) rackOf.set(node.id, rack);
    }
  // A machine stands where everything is that it is plugged into.
  const around = new Map<string, string[]>();
  for (const { from, to } of edges) {
    around.set(from, [...(around.get(from) ?? []), to]);
    around.set(to, [...(around.get(to) ?? []), from]);
  }
  for (const { id, role } of nodes) {
    const racksAround = (around.get(id) ?? []).map((other) => rackOf.get(other));
    const rack = racksAround.includes(undefined) ? undefined : commonRack(racksAround);
    if (role === 'machine' && rack !== undefined && !rackOf.has(id)) rackOf.set(id, rack);
  }
  return nodes.map((node) => {
    const rack = rackOf.get(node.id);
    if (rack === undefined) return node;
    const id = `rack/${node.group ?? ''}/${rack}`;
    draft.group({
      id,
      role: 'rack',
      label: rack,
      facts: [],
      origins: [],
      ...(node.group !== undefined && { parent: node.group }),
    });
    draft.group({ id, role: 'rack', label: rack, facts: [], origins: origins.get(rack)!.splice(0) });
    return { ...node, group: id };
  });
}
