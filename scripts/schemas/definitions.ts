/** Parts that several kinds have in common: described once, compiled once. */
import type { Schema } from './schema.ts';

/**
 * The name of each shared part and one place where it stands. Every other place with the same structure refers to it as well.
 * Larger parts come first, so that the parts inside them are found within the definition.
 */
const SHARED: Record<string, Record<string, string>> = {
  calico: {
    Rule: 'NetworkPolicy.spec.ingress[]',
    EntityRule: 'NetworkPolicy.spec.ingress[].source',
    ServiceAccountMatch: 'NetworkPolicy.spec.ingress[].source.serviceAccounts',
    ServiceMatch: 'NetworkPolicy.spec.ingress[].source.services',
    HTTPMatch: 'NetworkPolicy.spec.ingress[].http',
    ICMPFields: 'NetworkPolicy.spec.ingress[].icmp',
    BGPFilterRuleV4: 'BGPFilter.spec.exportV4[]',
    BGPFilterRuleV6: 'BGPFilter.spec.exportV6[]',
    BGPFilterOperation: 'BGPFilter.spec.exportV4[].operations[]',
    BGPFilterCommunityMatch: 'BGPFilter.spec.exportV4[].communities',
    BGPPassword: 'BGPPeer.spec.password',
    ServiceRange: 'BGPConfiguration.spec.serviceClusterIPs[]',
    ControllersConfig: 'KubeControllersConfiguration.spec.controllers',
    NetworkPolicyPeer: 'StagedKubernetesNetworkPolicy.spec.ingress[].from[]',
    NetworkPolicyPort: 'StagedKubernetesNetworkPolicy.spec.ingress[].ports[]',
    LabelSelector: 'StagedKubernetesNetworkPolicy.spec.podSelector',
    Condition: 'IPPool.status.conditions[]',
    ProtoPort: 'FelixConfiguration.spec.failsafeInboundHostPorts[]',
    RouteTableRange: 'FelixConfiguration.spec.routeTableRanges[]',
    BIRDStatus: 'CalicoNodeStatus.status.agent.birdV4',
    NodePeer: 'CalicoNodeStatus.status.bgp.peersV4[]',
    NodeRoute: 'CalicoNodeStatus.status.routes.routesV4[]',
  },
  spiderpool: {
    CoordinatorSpec: 'SpiderCoordinator.spec',
    LabelSelector: 'SpiderIPPool.spec.podAffinity',
    Route: 'SpiderIPPool.spec.routes[]',
    BondConfig: 'SpiderMultusConfig.spec.macvlan.bond',
    PoolChoice: 'SpiderMultusConfig.spec.macvlan.ippools',
  },
};

/** Replaces the shared parts of a family's kinds by references. Returns the definitions; changes `kinds`. */
export function extractDefinitions(
  family: string,
  kinds: Record<string, Schema>,
  given: Record<string, Schema>,
): Record<string, Schema> {
  const definitions: Record<string, Schema> = {};
  const byShape = new Map<string, string>();
  for (const [name, place] of Object.entries(SHARED[family] ?? {})) {
    const part = at(kinds, place);
    if (part === undefined) throw new Error(`no schema at ${place}`);
    const { 'x-selvage-since': _, ...definition } = structuredClone(part);
    definitions[name] = definition;
    const shape = shapeOf(part);
    if (byShape.has(shape)) throw new Error(`${name} is the same as ${byShape.get(shape)}`);
    byShape.set(shape, name);
  }
  for (const kind of Object.values(kinds)) replaceWithin(kind, byShape);
  for (const definition of Object.values(definitions)) replaceWithin(definition, byShape);
  for (const [name, schema] of Object.entries(given)) definitions[name] ??= schema;
  return definitions;
}

function at(kinds: Record<string, Schema>, place: string): Schema | undefined {
  const [kind, ...steps] = place.replaceAll('[]', '.[]').split('.');
  let schema: Schema | undefined = kinds[kind!];
  for (const step of steps) schema = step === '[]' ? schema?.items : schema?.properties?.[step];
  return schema;
}

/** Structure as text, keys sorted. When a field came is a fact of its place, not of its shape. */
function shapeOf(schema: Schema): string {
  const { 'x-selvage-since': _, ...shape } = schema;
  return JSON.stringify(shape, (_key, value) => {
    if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function replaceWithin(schema: Schema, byShape: ReadonlyMap<string, string>): void {
  const replaced = (child: Schema): Schema => {
    const name = byShape.get(shapeOf(child));
    const since = child['x-selvage-since'];
    if (name !== undefined)
      return { $ref: `#/$defs/${name}`, ...(since === undefined ? {} : { 'x-selvage-since': since }) };
    replaceWithin(child, byShape);
    return child;
  };
  for (const [name, child] of Object.entries(schema.properties ?? {})) schema.properties![name] = replaced(child);
  if (schema.items !== undefined) schema.items = replaced(schema.items);
  if (typeof schema.additionalProperties === 'object')
    schema.additionalProperties = replaced(schema.additionalProperties);
}
