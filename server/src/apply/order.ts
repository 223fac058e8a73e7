import { type Change, sides } from './change.ts';
import { isMapping, type Json, valueAt } from './objects.ts';

/**
 * Where a change stands in a plan: what others name comes before them, what adds before what takes away, and what everything
 * hangs on last. Lower numbers come first.
 */
export function phaseOf(change: Change): number {
  const { kind } = change.ref;
  if (meshComes(change)) return 25;
  if (change.action === 'remove') return REMOVALS[kind] ?? 85;
  const isNew = change.action === 'create';
  switch (kind) {
    case 'BGPConfiguration':
      // The mesh carries the routes until the peers do, and again before the peers go.
      return meshGoes(change) ? 75 : 60;
    case 'IPPool':
      return isNew && valueAt(change.after, ['spec', 'disabled']) !== true ? 30 : 70;
    case 'BGPPeer':
      return isNew ? 40 : 45;
    case 'GlobalNetworkPolicy':
    case 'NetworkPolicy':
      return denies(change.after) ? 65 : 55;
    default:
      return ADDITIONS[kind] ?? 58;
  }
}

const ADDITIONS: Readonly<Record<string, number>> = {
  Namespace: 0,
  Secret: 2,
  ConfigMap: 2,
  Tier: 10,
  GlobalNetworkSet: 10,
  NetworkSet: 10,
  IPReservation: 10,
  SpiderReservedIP: 10,
  BFDProfile: 20,
  BGPFilter: 20,
  Community: 20,
  SpiderSubnet: 20,
  IPAddressPool: 30,
  SpiderIPPool: 30,
  SpiderMultusConfig: 40,
  NetworkAttachmentDefinition: 40,
  // A node that becomes a reflector leaves the mesh at that moment: its peers must be there already.
  Node: 50,
  HostEndpoint: 72,
};

const REMOVALS: Readonly<Record<string, number>> = {
  HostEndpoint: 74,
  GlobalNetworkPolicy: 76,
  NetworkPolicy: 76,
  BGPPeer: 80,
  Node: 82,
  IPPool: 84,
  IPAddressPool: 86,
  NetworkAttachmentDefinition: 84,
  SpiderMultusConfig: 84,
  SpiderIPPool: 86,
  BFDProfile: 90,
  BGPFilter: 90,
  Community: 90,
  IPReservation: 90,
  SpiderSubnet: 90,
  GlobalNetworkSet: 91,
  NetworkSet: 91,
  Tier: 92,
  ConfigMap: 95,
  Secret: 95,
  Namespace: 99,
};

/** Node-to-node mesh is on unless it is switched off. */
export function meshGoes(change: Change): boolean {
  if (change.ref.kind !== 'BGPConfiguration' || change.ref.name !== 'default') return false;
  const [before, after] = sides(change, 'spec', 'nodeToNodeMeshEnabled');
  return before !== false && after === false;
}

export function meshComes(change: Change): boolean {
  if (change.ref.kind !== 'BGPConfiguration' || change.ref.name !== 'default') return false;
  const [before, after] = sides(change, 'spec', 'nodeToNodeMeshEnabled');
  return before === false && after !== false;
}

/** Whether a policy drops what nothing dropped before: by a Deny rule, or by selecting something and allowing nothing. */
export function denies(policy: Json | undefined): boolean {
  const spec = valueAt(policy, ['spec']);
  if (!isMapping(spec)) return false;
  const rules = [spec.ingress, spec.egress].flatMap((list) => (Array.isArray(list) ? (list as readonly Json[]) : []));
  return rules.length === 0 || rules.some((rule) => valueAt(rule, ['action']) === 'Deny');
}

/** Whether `first` must be done before `second`, whatever else speaks for another order. */
export function mustPrecede(first: Change, second: Change): boolean {
  if (first.action !== 'remove' && second.action !== 'remove') return names(second.after, first);
  // What is named may go only when nobody names it any more.
  if (second.action === 'remove' && first !== second) return names(first.before, second);
  return false;
}

function names(object: Json | undefined, { ref }: Change): boolean {
  const spec = valueAt(object, ['spec']);
  switch (ref.kind) {
    case 'BGPFilter':
      return kindOf(object) === 'BGPPeer' && includes(valueAt(spec, ['filters']), ref.name);
    case 'Tier':
      return valueAt(spec, ['tier']) === ref.name;
    case 'Secret':
      return valueAt(spec, ['password', 'secretKeyRef', 'name']) === ref.name;
    case 'Namespace':
      return valueAt(object, ['metadata', 'namespace']) === ref.name;
    default:
      return false;
  }
}

function kindOf(object: Json | undefined): Json | undefined {
  return valueAt(object, ['kind']);
}

function includes(list: Json | undefined, name: string): boolean {
  return Array.isArray(list) && (list as readonly Json[]).includes(name);
}

/** The changes in the order in which they are made. */
export function inOrder(changes: readonly Change[]): readonly Change[] {
  return changes
    .map((change, index) => ({ change, index, phase: phaseOf(change) }))
    .sort((a, b) => a.phase - b.phase || a.index - b.index)
    .map(({ change }) => change);
}
