import type { Doc, Field } from '../syntax/document.ts';
import type { Path } from '../syntax/tree.ts';
import type { Reader } from './reader.ts';

/** What every object that Selvage reads has: a kind, a document, a place in it, and mostly a name. */
export interface Resource {
  /** Family and kind, e.g. `calico/IPPool`. */
  readonly kind: string;
  readonly doc: Doc;
  /** Path of the object in its document: `[]`, or `['items', 2]` inside a List. */
  readonly path: Path;
  readonly name?: Field<string>;
  readonly namespace?: Field<string>;
}

/** A Kubernetes-style object. */
export interface KubernetesObject extends Resource {
  readonly apiVersion?: Field<string>;
  readonly labels: ReadonlyMap<string, Field<string>>;
  readonly annotations: ReadonlyMap<string, Field<string>>;
}

/** Reads one kind. `read` gets the object's reader and its metadata, and returns the typed resource. */
export interface KindReader<R extends Resource> {
  readonly kind: R['kind'];
  readonly read: (object: Reader, metadata: KubernetesObject) => R;
}

export function metadataOf(kind: string, object: Reader): KubernetesObject {
  const apiVersion = object.string('apiVersion');
  const name = object.string('metadata', 'name');
  const namespace = object.string('metadata', 'namespace');
  return {
    kind,
    doc: object.doc,
    path: object.path,
    ...(apiVersion && { apiVersion }),
    ...(name && { name }),
    ...(namespace && { namespace }),
    labels: object.labels('metadata', 'labels'),
    annotations: object.labels('metadata', 'annotations'),
  };
}

/** Drops the keys whose field is absent, so that resources stay small and compare by what is there. */
export function present<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  const kept: Record<string, unknown> = {};
  for (const key in fields) if (fields[key] !== undefined) kept[key] = fields[key];
  return kept as T;
}
