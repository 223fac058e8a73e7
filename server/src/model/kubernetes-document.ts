import { type Doc, yamlOf } from '../syntax/document.ts';
import { type Mapping, type Pair, resolved } from '../syntax/tree.ts';

/**
 * Whether a text is, or was meant as, an object that Selvage knows about: a Kubernetes object or a containerlab topology.
 * Other YAML of a repository (workflows, chart values, playbooks) is not judged.
 */
export function isNetworkDocument(doc: Doc): boolean {
  if (doc.format !== 'yaml') return false;
  return /^[ \t]*["']?(apiVersion|topology)["']?[ \t]*:/m.test(doc.text) || /^[ \t]*kind:[ \t]*\S/m.test(doc.text);
}

/** Whether the document is JSON or YAML inside another YAML value: the rule of that value speaks of its mistakes. */
export function isInsideValue(doc: Doc): boolean {
  return doc.parent?.format === 'yaml' && doc.hostPath?.includes('kubeadmConfigPatches') !== true;
}

const TOP_LEVEL = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'spec',
  'status',
  'data',
  'binaryData',
  'stringData',
  'immutable',
  'type',
  'items',
  'webhooks',
  'rules',
  'subjects',
  'roleRef',
  'subsets',
  'provisioner',
  'parameters',
  'roles',
  'secrets',
  'imagePullSecrets',
]);
const METADATA = new Set([
  'name',
  'namespace',
  'labels',
  'annotations',
  'generateName',
  'creationTimestamp',
  'resourceVersion',
  'uid',
  'ownerReferences',
  'finalizers',
]);

/** A key without a value whose children lost their indentation and stand beside it. */
export interface Dedented {
  readonly parent: Pair;
  readonly children: readonly Pair[];
}

/**
 * `metadata:`, `spec:` or the `data:` of a ConfigMap or Secret that is empty while what belongs below it follows on its own level: text that was pasted and lost
 * its indentation. Only an object's own top level is looked at.
 */
export function dedentedChildren(doc: Doc): readonly Dedented[] {
  const root = resolved(yamlOf(doc)?.root);
  if (root?.kind !== 'mapping' || root.flow || !has(root, 'apiVersion') || !has(root, 'kind')) return [];
  const isData = root.pairs.some(
    ({ key, value }) => key.text === 'kind' && /^(ConfigMap|Secret)$/.test(value.kind === 'scalar' ? value.text : ''),
  );
  const found: Dedented[] = [];
  for (const [index, pair] of root.pairs.entries()) {
    if (pair.value.kind !== 'scalar' || pair.value.value !== null || pair.merged) continue;
    const isMetadata = pair.key.text === 'metadata';
    if (!isMetadata && pair.key.text !== 'spec' && !(isData && /^(data|stringData)$/.test(pair.key.text))) continue;
    const children: Pair[] = [];
    for (const next of root.pairs.slice(index + 1)) {
      if (next.merged || TOP_LEVEL.has(next.key.text)) break;
      if (isMetadata && !METADATA.has(next.key.text)) break;
      children.push(next);
    }
    if (children.length > 0) found.push({ parent: pair, children });
  }
  return found;
}

function has(mapping: Mapping, key: string): boolean {
  return mapping.pairs.some((pair) => pair.key.text === key);
}
