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
  const all = [...withChildren(documents)];
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
  return {
    uri: input.uri,
    text: input.text,
    ...('format' in input ? { format: input.format } : { skipped: input.skipped }),
    documents,
    all,
    definitions: isProse || isInventory ? new Map() : definitionsOf(all),
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

/** Topics in which two readings of a file differ: the kinds and formats of documents that came, went or changed their meaning. */
export function changedTopics(before: FileState | undefined, after: FileState | undefined): ReadonlySet<string> {
  const topics = new Set<string>();
  const old = new Set(before?.all);
  const add = (state: DocumentState): void => {
    topics.add(formatTopic(state.doc.format));
    if (isObjectless(state)) topics.add(formatTopic(OBJECTLESS));
    for (const resource of state.resources) topics.add(resource.kind);
  };
  for (const state of after?.all ?? []) if (!old.delete(state)) add(state);
  for (const state of old) add(state);
  return topics;
}

const NETWORK_FAMILY = /^(calico|spiderpool)\/|^kubernetes\/Node$/;

/** What the file defines of a network: the identities by which sibling folders turn out to be different networks. */
function definitionsOf(states: readonly DocumentState[]): ReadonlyMap<string, Digest> {
  const definitions = new Map<string, Digest>();
  for (const { resources } of states)
    for (const resource of resources) {
      const id = identityOf(resource);
      if (id !== undefined) definitions.set(id, digestOf(resource));
    }
  return definitions;
}

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
