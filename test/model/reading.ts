import assert from 'node:assert/strict';
import { readTopology, type Topology } from '../../server/src/model/containerlab/topology.ts';
import { KUBERNETES_KINDS, type KubernetesKinds, kindKey } from '../../server/src/model/kinds.ts';
import { Reader } from '../../server/src/model/reader.ts';
import { metadataOf } from '../../server/src/model/resource.ts';
import type { Doc, Field, Place } from '../../server/src/syntax/document.ts';
import { spanOfPlace } from '../../server/src/syntax/place.ts';
import { parseYaml } from '../../server/src/syntax/yaml.ts';

export function yamlDoc(text: string, parts: Partial<Doc> = {}): Doc {
  return {
    file: 'file:///lab.yaml',
    format: 'yaml',
    text,
    base: 0,
    tree: { format: 'yaml', yaml: parseYaml(text) },
    ...parts,
  };
}

/** The object of a document, of the kind that the test is about. */
export function read<K extends keyof KubernetesKinds>(kind: K, text: string, parts?: Partial<Doc>): KubernetesKinds[K] {
  const object = rootOf(yamlDoc(text, parts));
  const key = kindKey(object.string('apiVersion')?.value, object.string('kind')?.value);
  assert.equal(key, kind);
  return KUBERNETES_KINDS.get(kind)!.read(object, metadataOf(kind, object)) as KubernetesKinds[K];
}

export function topologyOf(text: string): Topology {
  return readTopology(rootOf(yamlDoc(text)));
}

function rootOf(doc: Doc): Reader {
  return new Reader(doc, [], doc.tree.format === 'yaml' ? doc.tree.yaml.root : undefined);
}

/** The text that an editor would underline. */
export function underlined(at: Place | Field<unknown> | undefined): string | undefined {
  if (at === undefined) return undefined;
  const place = 'place' in at ? at.place : at;
  const [start, end] = spanOfPlace(place);
  return place.doc.text.slice(start, end);
}

/** Asserts a field's value, and that exactly its token is underlined: quotes and all where the whole scalar is meant. */
export function holds<T>(field: Field<T> | undefined, value: T | undefined, token: string = String(value)): void {
  assert.ok(field !== undefined, `no field with ${String(value)}`);
  assert.equal(field.value, value);
  assert.equal(underlined(field), token);
}
