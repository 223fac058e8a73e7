import type { Field } from '../../syntax/document.ts';
import { nodeOf, spanOfPlace } from '../../syntax/place.ts';
import { resolved } from '../../syntax/tree.ts';
import type { Resource } from '../resource.ts';
import type { KindCluster, KindNode } from './cluster.ts';

/** Those of the given resources that stand in a node's own `kubeadmConfigPatches`. */
export function patchesOfNode<R extends Resource>(node: KindNode, resources: readonly R[]): readonly R[] {
  return resources.filter((resource) => node.kubeadmConfigPatches.some((patch) => stands(resource, patch)));
}

/** Those of the given resources that stand in the patches that the cluster has for every node. */
export function patchesOfCluster<R extends Resource>(cluster: KindCluster, resources: readonly R[]): readonly R[] {
  return resources.filter((resource) => cluster.kubeadmConfigPatches.some((patch) => stands(resource, patch)));
}

/** Whether a resource was read from the text of this scalar. */
function stands(resource: Resource, patch: Field<string>): boolean {
  const { parent, embedding } = resource.doc;
  if (parent === undefined || embedding === undefined || parent !== patch.place.doc) return false;
  const node = resolved(nodeOf(patch.place));
  const span = node?.span ?? spanOfPlace(patch.place);
  const start = embedding.outer(0);
  return start >= span[0] && start <= span[1];
}
