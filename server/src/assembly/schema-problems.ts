import { dedentedChildren } from '../model/kubernetes-document.ts';
import type { KubernetesObject, Resource } from '../model/resource.ts';
import { type SchemaKey, type SchemaProblem, schemaKeyOf, validate } from '../schemas/index.ts';
import { type Doc, yamlOf } from '../syntax/document.ts';
import { type Node, nodeAt, type YamlTree } from '../syntax/tree.ts';
import { CONFIGURATION_NAMES } from '../workspace/configuration.ts';
import { baseName } from '../workspace/uri.ts';
import { patchedSchema } from './patches.ts';

interface Known {
  readonly calicoVersion: string | undefined;
  readonly problems: readonly SchemaProblem[];
}

/** A dozen rules ask about one document in turn; its tree is the key, so nothing outlives it. */
const known = new WeakMap<YamlTree, Known>();

/** Everything that schemas say of a document's objects, in no particular order. */
export function schemaProblems(
  doc: Doc,
  resources: readonly Resource[],
  calicoVersion: string | undefined,
): readonly SchemaProblem[] {
  const tree = yamlOf(doc);
  if (tree?.root === undefined) return [];
  const before = known.get(tree);
  if (before !== undefined && before.calicoVersion === calicoVersion) return before.problems;
  const problems = problemsIn(doc, tree, resources, calicoVersion);
  known.set(tree, { calicoVersion, problems });
  return problems;
}

function problemsIn(
  doc: Doc,
  tree: YamlTree,
  resources: readonly Resource[],
  calicoVersion: string | undefined,
): readonly SchemaProblem[] {
  const { root } = tree;
  // Text that is not YAML, or lost its indentation, has one cause, and another rule tells it.
  if (
    root === undefined ||
    tree.problems.some(({ code }) => code === 'yaml/syntax') ||
    dedentedChildren(doc).length > 0
  )
    return [];
  const options = { calicoVersion };
  if (CONFIGURATION_NAMES.has(baseName(doc.file)) && doc.parent === undefined)
    return validate('selvage/Config', tree, root, [], options);
  const patched = patchedSchema(doc);
  if (patched !== undefined) return validate(patched, tree, root, [], options).filter((one) => isOfPatch(root, one));
  return resources.flatMap((resource) => {
    const key = schemaKey(resource);
    const node = nodeAt(root, resource.path);
    if (key === undefined || node === undefined) return [];
    const found = validate(key, tree, node, resource.path, options);
    return isListItem(resource) ? found.filter((problem) => !isTypeOf(resource, problem)) : found;
  });
}

/** What a patch leaves out, the object has; only what it says itself can be wrong. */
function isOfPatch(root: Node, { code, path }: SchemaProblem): boolean {
  const node = nodeAt(root, path);
  if (code === 'schema/required' || node === undefined) return false;
  return code !== 'schema/constraint' || node.kind === 'scalar';
}

/** The schema of an object; an item of a typed list takes its kind from the list. */
export function schemaKey(resource: Resource): SchemaKey | undefined {
  if (resource.kind === 'containerlab/Topology') return 'containerlab/Topology';
  const { apiVersion } = resource as KubernetesObject;
  const kind = resource.kind.slice(resource.kind.indexOf('/') + 1);
  if (apiVersion?.value !== undefined) return schemaKeyOf(apiVersion.value, kind);
  return isListItem(resource) && apiVersion === undefined && resource.kind.startsWith('calico/')
    ? schemaKeyOf('projectcalico.org/v3', kind)
    : undefined;
}

function isListItem(resource: Resource): boolean {
  return resource.path.length > 0;
}

/** Items of a list may leave `apiVersion` and `kind` to it. */
function isTypeOf(resource: Resource, problem: SchemaProblem): boolean {
  if (problem.code !== 'schema/required') return false;
  const missing = problem.fix?.kind === 'insert' ? problem.fix.key : undefined;
  return problem.path.length <= resource.path.length && (missing === 'apiVersion' || missing === 'kind');
}
