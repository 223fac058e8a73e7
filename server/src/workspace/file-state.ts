import type { KubernetesObject, Resource } from '../model/resource.ts';
import type { RouterConfig } from '../model/router/config.ts';
import { routerName } from '../model/router/router-name.ts';
import type { Doc, Format } from '../syntax/document.ts';
import type { Text } from '../text.ts';
import { type DocumentState, readDocuments, withChildren } from './documents.ts';
import type { Digest } from './grouping.ts';
import { type FileFacts, formatTopic, OBJECTLESS } from './site.ts';

/** A file that the workspace has read. */
export interface FileState extends FileFacts {
  readonly text: string;
  readonly format?: Format;
  /** Why the file is not read, e.g. that it is a Helm template. */
  readonly skipped?: Text;
  readonly documents: readonly DocumentState[];
  /** Documents and those inside them, in order. */
  readonly all: readonly DocumentState[];
  /** Those of them that define objects of a network. */
  readonly defining: readonly DocumentState[];
  readonly definitions: ReadonlyMap<string, Digest>;
}

export type FileInput = { readonly uri: string; readonly text: string } & (
  | { readonly format: Format }
  | { readonly skipped: Text }
);

/** Reads a file, keeping the documents of `before` that still say the same. */
export function readFile(input: FileInput, before: FileState | undefined): FileState {
  const documents =
    'format' in input ? readDocuments(input.uri, input.format, input.text, before?.documents ?? []) : [];
  const all = documents.flatMap((state) => (state.children.length === 0 ? [state] : [...withChildren([state])]));
  const kinds = new Map<string, Resource[]>();
  const formats = new Map<Format | typeof OBJECTLESS, Doc[]>();
  // Prose shows parts and alternatives of networks; it is none, so nothing in it counts across files.
  const isProse = 'format' in input && input.format === 'markdown';
  const isInventory = INVENTORY.test(input.text);
  for (const state of isProse ? [] : all) {
    push(formats, state.doc.format, state.doc);
    if (isObjectless(state)) push(formats, OBJECTLESS, state.doc);
    for (const resource of state.resources) push(kinds, resource.kind, resource);
  }
  const defining = isProse || isInventory ? [] : all;
  let definitions: ReadonlyMap<string, Digest> | undefined;
  return {
    uri: input.uri,
    text: input.text,
    ...('format' in input ? { format: input.format } : { skipped: input.skipped }),
    documents,
    all,
    defining,
    get definitions() {
      definitions ??= new Map(defining.flatMap(definitionsIn));
      return definitions;
    },
    ...(isInventory && { isInventory }),
    topics: [...kinds.keys(), ...[...formats.keys()].map(formatTopic)],
    byKind: (kind) => kinds.get(kind) ?? [],
    byFormat: (format) => formats.get(format) ?? [],
  };
}

/** The first line of what `Save Inventory Snapshot` writes (apply/inventory.ts). */
const INVENTORY = /^# selvage: inventory\b/;

function isObjectless({ doc, resources }: DocumentState): boolean {
  return doc.format === 'yaml' && resources.length === 0;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** The documents that only one of two readings of a file has: those that came, went or changed their meaning. */
export interface Change {
  readonly gone: readonly DocumentState[];
  readonly come: readonly DocumentState[];
}

export function changeBetween(old: readonly DocumentState[] = [], now: readonly DocumentState[] = []): Change {
  // Most edits change one document of hundreds.
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const gone = new Set(old.slice(head, old.length - tail));
  const come = now.slice(head, now.length - tail).filter((state) => !gone.delete(state));
  return { gone: [...gone], come };
}

/** The kinds and formats of documents. */
export function topicsOf(states: readonly DocumentState[]): ReadonlySet<string> {
  const topics = new Set<string>();
  for (const state of states) {
    topics.add(formatTopic(state.doc.format));
    if (isObjectless(state)) topics.add(formatTopic(OBJECTLESS));
    for (const resource of state.resources) topics.add(resource.kind);
  }
  return topics;
}

const NETWORK_FAMILY = /^(calico|spiderpool)\/|^kubernetes\/Node$/;

/** What a document defines of a network: the identities by which sibling folders turn out to be different networks. */
export function definitionsIn(state: DocumentState): readonly (readonly [id: string, Digest])[] {
  let known = definitions.get(state);
  if (known === undefined) {
    known = state.resources.flatMap((resource) => {
      const id = identityOf(resource);
      return id === undefined ? [] : [[id, digestOf(resource)] as const];
    });
    definitions.set(state, known);
  }
  return known;
}

/** A document that keeps its identity says the same. */
const definitions = new WeakMap<DocumentState, readonly (readonly [id: string, Digest])[]>();

/** A lab or a kind cluster is a network of its own, whatever it is called; other objects and routers are themselves by name. */
function identityOf(resource: Resource): string | undefined {
  if (resource.kind === 'containerlab/Topology' || resource.kind === 'kind/Cluster') return resource.kind;
  if (isRouter(resource)) {
    if (resource.partial || resource.doc.parent !== undefined) return undefined;
    // The daemons of a router may be configured in one file each, and these files be sorted by daemon.
    return `router/Config ${resource.bgp.length > 0 ? 'bgp' : 'other'} ${routerName(resource)}`;
  }
  const name = resource.name?.value;
  if (name === undefined || !NETWORK_FAMILY.test(resource.kind)) return undefined;
  return `${resource.kind} ${(resource as KubernetesObject).namespace?.value ?? ''} ${name}`;
}

function isRouter(resource: Resource): resource is RouterConfig {
  return resource.kind === 'router/Config';
}

function digestOf(resource: Resource): Digest {
  let digest: string | undefined;
  return () => {
    digest ??= JSON.stringify(resource, (key, value: unknown) => {
      if (key === 'doc' || key === 'place') return undefined;
      return value instanceof Map ? [...value] : value;
    });
    return digest;
  };
}
