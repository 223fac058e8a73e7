import type { KindCluster, KindNode } from './cluster.ts';

/** What kind calls a cluster that nobody named. */
export const DEFAULT_CLUSTER_NAME = 'kind';

/** A container that kind creates, and the entry of `nodes:` that it is made from; without `nodes:` there is no entry. */
export interface KindContainer {
  readonly name: string;
  readonly role: string;
  readonly node?: KindNode;
}

/**
 * The Kubernetes nodes of a cluster of that name, in the order of the file: `<name>-control-plane`, `-control-plane2`,
 * `-worker`, `-worker2`. Undefined when a role is unknown, for then the count of each is.
 */
export function kindNodeNames(cluster: KindCluster, name: string): readonly KindContainer[] | undefined {
  if (cluster.nodes.length === 0) return [{ name: `${name}-control-plane`, role: 'control-plane' }];
  const counts = new Map<string, number>();
  const containers: KindContainer[] = [];
  for (const node of cluster.nodes) {
    const role = node.role === undefined ? 'control-plane' : node.role.value;
    if (role === undefined) return undefined;
    const count = (counts.get(role) ?? 0) + 1;
    counts.set(role, count);
    containers.push({ name: `${name}-${role}${count === 1 ? '' : count}`, role, node });
  }
  return containers;
}

/** All containers of the cluster: several control planes get a load balancer before them, which is no node. */
export function kindContainerNames(cluster: KindCluster, name: string): readonly string[] | undefined {
  const nodes = kindNodeNames(cluster, name);
  if (nodes === undefined) return undefined;
  const balanced = nodes.filter(({ role }) => role === 'control-plane').length > 1;
  return [...nodes.map((node) => node.name), ...(balanced ? [`${name}-external-load-balancer`] : [])];
}
