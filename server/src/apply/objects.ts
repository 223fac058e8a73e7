import type { Text } from '../text.ts';

export type Json = string | number | boolean | null | readonly Json[] | JsonMapping;
export interface JsonMapping {
  readonly [key: string]: Json | undefined;
}

export interface Metadata extends JsonMapping {
  readonly name: string;
  readonly namespace?: string;
  readonly resourceVersion?: string;
  readonly labels?: JsonMapping;
  readonly annotations?: JsonMapping;
}

/** An object as a cluster keeps it. */
export interface ApiObject extends JsonMapping {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
}

/** Which object, wherever it stands. `namespace` only for kinds that have one. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

export function refOf({ apiVersion, kind, metadata }: ApiObject): ObjectRef {
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}

/** Equal for refs of one object. The API version is left out but for its group: a cluster keeps one object of a name. */
export function keyOf({ apiVersion, kind, namespace, name }: ObjectRef): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return JSON.stringify([group, kind, namespace ?? '', name]);
}

/** An object as people name it: `BGPPeer rr-mesh`, `NetworkPolicy shop/allow-dns`. */
export function shownRef({ kind, namespace, name }: ObjectRef): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** As in Kubernetes, and capitals too, which Calico's own datastore has in the names of nodes. */
const NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$/;
const KIND = /^[A-Z][A-Za-z0-9]{0,62}$/;
const API_VERSION = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?v[0-9][a-z0-9]{0,30}$/;

/** Why an object must not be handed to a tool: no cluster takes such a name, and a tool could take it for something else. */
export function refusalOf({ apiVersion, kind, namespace, name }: ObjectRef): Text | undefined {
  if (!KIND.test(kind) || !API_VERSION.test(apiVersion))
    return { en: 'Its kind or apiVersion is none.', 'zh-cn': '其 kind 或 apiVersion 无效。' };
  if (!NAME.test(name))
    return {
      en: 'Its name is not one that a cluster takes: letters, digits, `-`, `_` and `.` only.',
      'zh-cn': '其名称不被集群接受：只能包含字母、数字、`-`、`_` 和 `.`。',
    };
  if (namespace !== undefined && !NAME.test(namespace))
    return { en: 'Its namespace is not one that a cluster takes.', 'zh-cn': '其命名空间不被集群接受。' };
  return undefined;
}

/** A plain value as an object, if it is one: with kind, apiVersion and a name. */
export function asObject(value: unknown): ApiObject | undefined {
  if (!isMapping(value)) return undefined;
  const { apiVersion, kind, metadata } = value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || !isMapping(metadata)) return undefined;
  if (typeof metadata.name !== 'string' || metadata.name === '') return undefined;
  if (metadata.namespace !== undefined && typeof metadata.namespace !== 'string') return undefined;
  return value as unknown as ApiObject;
}

export function isMapping(value: unknown): value is JsonMapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function versionOf(object: ApiObject | undefined): string | undefined {
  const version = object?.metadata.resourceVersion;
  return typeof version === 'string' ? version : undefined;
}

/** The value at a path of keys and indices. */
export function valueAt(value: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  let at: Json | undefined = value;
  for (const step of path) {
    if (typeof step === 'number') at = Array.isArray(at) ? (at as readonly Json[])[step] : undefined;
    else at = isMapping(at) && Object.hasOwn(at, step) ? at[step] : undefined;
    if (at === undefined) return undefined;
  }
  return at;
}
