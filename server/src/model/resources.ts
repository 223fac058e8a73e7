import { type Doc, yamlOf } from '../syntax/document.ts';
import { type Mapping, type Node, type Path, pairOf, resolved } from '../syntax/tree.ts';
import { readTopology } from './containerlab/topology.ts';
import { forwarderOf, resolverOf } from './dns/forwarder.ts';
import { KUBERNETES_KINDS, kindKey } from './kinds.ts';
import { Reader } from './reader.ts';
import { metadataOf, type Resource } from './resource.ts';
import { routerConfigOf } from './router/config.ts';
import { shellScriptOf } from './shell/script.ts';

/** Every object of a document, in order. Objects of `List` and `<Kind>List` are taken out of their list. */
export function resourcesOf(doc: Doc): readonly Resource[] {
  if (doc.format === 'frr' || doc.format === 'vyos' || doc.format === 'bird') {
    const router = routerConfigOf(doc);
    return router === undefined ? [] : [router];
  }
  if (doc.tree.format === 'shell') {
    const script = shellScriptOf(doc, doc.tree.shell);
    return script === undefined ? [] : [script];
  }
  if (doc.tree.format === 'dnsmasq') return [forwarderOf(doc, doc.tree.dnsmasq)];
  if (doc.tree.format === 'resolv') return [resolverOf(doc, doc.tree.resolv)];
  const root = yamlOf(doc)?.root;
  return root === undefined ? [] : fromNode(doc, [], root);
}

/** Other tools have topologies, too: munet's have a version, no name, and their nodes in a list. */
function isTopology(object: Reader, target: Mapping): boolean {
  if (pairOf(target, 'topology') === undefined || pairOf(target, 'kind') !== undefined) return false;
  return pairOf(target, 'name') !== undefined || object.at('topology', 'nodes').node?.kind !== 'sequence';
}

function fromNode(doc: Doc, path: Path, node: Node, inherited?: ListKind): readonly Resource[] {
  const target = resolved(node);
  // calicoctl takes a top-level sequence of objects.
  if (target?.kind === 'sequence' && path.length === 0)
    return target.items.flatMap((item, index) => fromNode(doc, [index], item));
  if (target?.kind !== 'mapping') return [];
  const object = new Reader(doc, path, target);
  if (path.length === 0 && isTopology(object, target)) return [readTopology(object)];
  const apiVersion = object.string('apiVersion')?.value ?? inherited?.apiVersion;
  const kind = object.string('kind')?.value ?? inherited?.kind;
  const list = listKind(apiVersion, kind);
  if (list !== undefined && object.at('items').node?.kind === 'sequence')
    return object.items('items').flatMap((item) => fromNode(doc, item.path, item.node!, list));
  const key = kindKey(apiVersion, kind);
  if (key === undefined) return [];
  const metadata = metadataOf(key, object);
  const reader = KUBERNETES_KINDS.get(key);
  return [reader === undefined ? metadata : reader.read(object, metadata)];
}

interface ListKind {
  readonly apiVersion?: string;
  readonly kind?: string;
}

/** `kind: List` says nothing of its items; `IPPoolList` gives them its apiVersion and kind where they have none. */
function listKind(apiVersion: string | undefined, kind: string | undefined): ListKind | undefined {
  if (kind === 'List') return {};
  if (kind === undefined || !kind.endsWith('List')) return undefined;
  return { ...(apiVersion !== undefined && { apiVersion }), kind: kind.slice(0, -4) };
}

/** Whether two readings say the same, wherever it stands in the text. What differs only in places need not be checked again. */
export function sameFacts(before: unknown, after: unknown): boolean {
  if (Object.is(before, after)) return true;
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return false;
  if (before instanceof Map) return after instanceof Map && sameFacts([...before], [...after]);
  if (Array.isArray(before)) {
    if (!Array.isArray(after) || before.length !== after.length) return false;
    return before.every((item, index) => sameFacts(item, after[index]));
  }
  return sameFields(before as Readonly<Record<string, unknown>>, after as Readonly<Record<string, unknown>>);
}

function sameFields(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): boolean {
  let more = 0;
  for (const key in after) if (key !== 'place' && key !== 'doc') more++;
  for (const key in before) {
    if (key === 'place' || key === 'doc') continue;
    if (!(key in after) || !sameFacts(before[key], after[key])) return false;
    more--;
  }
  return more === 0;
}
