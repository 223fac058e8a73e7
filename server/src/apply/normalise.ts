import { defaultFields, keptFields, writtenByNode, writtenDefaults, writtenLabels } from './defaults.ts';
import { CALICO_API } from './kinds.ts';
import { type ApiObject, isMapping, type Json, type JsonMapping, type Metadata, valueAt } from './objects.ts';

/** Fields of metadata that only the server writes. */
const SERVER_METADATA = new Set([
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'ownerReferences',
  'resourceVersion',
  'selfLink',
  'uid',
]);

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Annotations in which Calico's Kubernetes datastore keeps metadata of its own. */
const SERVER_ANNOTATIONS = new Set([LAST_APPLIED, 'projectcalico.org/metadata']);

/** The object as a person would have written it: without what only the server writes. This is what is applied and kept. */
export function authored(object: ApiObject): ApiObject {
  const { apiVersion, kind, metadata, status: _status, ...rest } = object;
  return { apiVersion, kind, metadata: authoredMetadata(metadata), ...rest };
}

function authoredMetadata(metadata: Metadata): Metadata {
  const entries = Object.entries(metadata).flatMap(([key, value]): [string, Json][] => {
    if (SERVER_METADATA.has(key) || value === undefined || value === null) return [];
    if (key === 'annotations' && isMapping(value)) {
      const own = Object.entries(value).filter(([name]) => !SERVER_ANNOTATIONS.has(name));
      return own.length === 0 ? [] : [[key, Object.fromEntries(own)]];
    }
    if (key === 'labels' && isMapping(value) && Object.keys(value).length === 0) return [];
    return [[key, value]];
  });
  return Object.fromEntries(entries) as unknown as Metadata;
}

/**
 * An object in the one form in which two are compared: what the server adds taken out, values as the server writes them, keys
 * in order. Defaults stay: `withoutDefaults` takes them out of the live object where the file does not say them.
 */
export function normalised(object: ApiObject): ApiObject {
  const { apiVersion, kind, metadata, spec, ...rest } = authored(object);
  // Other objects are compared with what the server itself made of the file: there are no two forms of anything.
  if (apiVersion !== CALICO_API)
    return {
      apiVersion,
      kind,
      metadata: inOrder(stringTexts(metadata), ['name', 'namespace']) as Metadata,
      ...(mapped(rest, sorted) as JsonMapping),
      ...(spec !== undefined && { spec: sorted(spec) }),
    };
  const body = isMapping(spec) ? keptFields(kind, spec) : spec;
  return {
    apiVersion,
    kind,
    metadata: inOrder(stringTexts(metadata), ['name', 'namespace']) as Metadata,
    ...(mapped(rest, (value, key) => canonical(value, [key])) as JsonMapping),
    ...(body === undefined || isEmpty(body) ? {} : { spec: canonical(body, ['spec']) }),
  };
}

/**
 * An object without the defaults and labels that the server writes (or would) where the other side does not say them: they are
 * no difference. Both are normalised.
 */
export function withoutDefaults(object: ApiObject, other: ApiObject): ApiObject {
  if (object.apiVersion !== CALICO_API) return withoutAllocated(object, other);
  const { kind } = object;
  const wanted: JsonMapping = isMapping(other.spec) ? other.spec : {};
  const spec = isMapping(object.spec) ? { ...object.spec } : undefined;
  if (spec !== undefined)
    for (const field of defaultFields(kind)) {
      if (wanted[field] !== undefined || spec[field] === undefined) continue;
      const value = spec[field];
      if (writtenDefaults(kind, field, wanted).some((one) => same(value, canonical(one, ['spec', field]))))
        delete spec[field];
    }
  const { labels, ...metadata } = object.metadata;
  const own = isMapping(other.metadata.labels) ? other.metadata.labels : {};
  const written = writtenLabels(kind, other.spec);
  const rest = Object.entries(labels ?? {}).filter(([key, value]) => own[key] !== undefined || written[key] !== value);
  return {
    ...object,
    metadata: { ...metadata, ...(rest.length > 0 && { labels: Object.fromEntries(rest) }) } as Metadata,
    ...(spec !== undefined && { spec: isEmpty(spec) ? undefined : spec }),
  };
}

/**
 * A Service without the addresses and ports that the server gives out and the other side does not name. In a dry run it makes
 * some up that it would not take.
 */
export function withoutAllocated(object: ApiObject, other: ApiObject): ApiObject {
  const { apiVersion, kind, spec } = object;
  if (kind !== 'Service' || apiVersion !== 'v1' || !isMapping(spec)) return object;
  const named: JsonMapping = isMapping(other.spec) ? other.spec : {};
  const kept = Object.entries(spec).filter(([key]) => !ALLOCATED.has(key) || named[key] !== undefined);
  const others = Array.isArray(named.ports) ? (named.ports as readonly Json[]) : [];
  const ports = Array.isArray(spec.ports) ? (spec.ports as readonly Json[]) : undefined;
  const plain = ports?.map((port) => {
    if (!isMapping(port)) return port;
    const { nodePort, ...rest } = port;
    const isNamed = others.some((one) => isMapping(one) && one.nodePort !== undefined && one.port === port.port);
    return nodePort === undefined || isNamed ? port : rest;
  });
  return { ...object, spec: { ...Object.fromEntries(kept), ...(plain !== undefined && { ports: plain }) } };
}

const ALLOCATED = new Set(['clusterIP', 'clusterIPs', 'healthCheckNodePort']);

/**
 * A live Node without what other software writes and the file does not say: addresses and tunnels, and labels and annotations
 * where the file says nothing at all of them (Kubernetes' labels are mirrored into it). They stay.
 */
export function withoutOthersFields(live: ApiObject, file: ApiObject): ApiObject {
  if (live.kind !== 'Node' || live.apiVersion !== CALICO_API) return live;
  const { labels, annotations, ...metadata } = live.metadata;
  const spec = structuredClone(live.spec) as Json | undefined;
  for (const { path } of writtenByNode(spec, file.spec)) {
    const holder = valueAt(spec, path.slice(0, -1)) as Record<string, Json>;
    delete holder[path.at(-1)!];
  }
  return {
    ...live,
    metadata: {
      ...metadata,
      ...(file.metadata.labels !== undefined && labels !== undefined && { labels }),
      ...(file.metadata.annotations !== undefined && annotations !== undefined && { annotations }),
    } as Metadata,
    ...(spec !== undefined && { spec }),
  };
}

/** Whether two normalised values say the same. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]));
  if (!isMapping(a) || !isMapping(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => same(a[key], b[key]));
}

/** Labels and annotations are texts, whatever YAML made of them. */
function stringTexts(metadata: Metadata): JsonMapping {
  const texts = (value: Json | undefined): JsonMapping =>
    isMapping(value)
      ? inOrder(Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text ?? '')])))
      : {};
  const { labels, annotations, ...rest } = metadata;
  return {
    ...rest,
    ...(labels !== undefined && { labels: texts(labels) }),
    ...(annotations !== undefined && { annotations: texts(annotations) }),
  };
}

/** The same value, its keys in order. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => sorted(item as Json));
  return isMapping(value) ? inOrder(mapped(value, sorted)) : value;
}

function canonical(value: Json, path: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((item) => canonical(item as Json, path));
  if (isMapping(value)) {
    const entries = Object.entries(value).flatMap(([key, item]): [string, Json][] => {
      if (item === undefined || item === null || isEmpty(item)) return [];
      const next = canonical(item, [...path, key]);
      return isEmpty(next) && !SIGNIFICANT_WHEN_EMPTY.has(key) ? [] : [[key, next]];
    });
    return inOrder(Object.fromEntries(entries));
  }
  return scalar(value, path.at(-1) ?? '');
}

/** `source: {}` of a rule means any source, just as no `source`; but a Kubernetes podSelector that is empty selects everything. */
const SIGNIFICANT_WHEN_EMPTY = new Set(['podSelector', 'namespaceSelector', 'matchLabels']);

function isEmpty(value: Json): boolean {
  if (value === '') return true;
  return Array.isArray(value) ? false : isMapping(value) && Object.keys(value).length === 0;
}

/** The forms of one quantity that Calico writes in another way than people do. */
function scalar(value: Json, key: string): Json {
  if (AS_NUMBERS.has(key)) return asNumber(value);
  if (typeof value !== 'string') return value;
  if (key === 'protocol' || key === 'notProtocol') return protocol(value);
  if (PORTS.has(key) && /^\d+$/.test(value)) return Number(value);
  return duration(value);
}

const AS_NUMBERS = new Set(['asNumber', 'localASNumber']);
const PORTS = new Set(['ports', 'notPorts']);

function asNumber(value: Json): Json {
  const dotted = /^(\d{1,5})\.(\d{1,5})$/.exec(String(value));
  if (dotted !== null) return Number(dotted[1]) * 65536 + Number(dotted[2]);
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
}

/** `tcp` and `TCP` are one; a number in quotes is a number. */
function protocol(value: string): Json {
  if (/^\d+$/.test(value)) return Number(value);
  const known = ['TCP', 'UDP', 'ICMP', 'ICMPv6', 'SCTP', 'UDPLite'];
  return known.find((name) => name.toLowerCase() === value.toLowerCase()) ?? value;
}

const UNITS: Readonly<Record<string, number>> = { h: 3.6e12, m: 6e10, s: 1e9, ms: 1e6, us: 1e3, µs: 1e3, ns: 1 };

/** `90s` and `1m30s` are one duration; told as Go writes it. */
function duration(value: string): string {
  if (!/^(\d+(\.\d+)?(h|ms|m|s|us|µs|ns))+$/.test(value)) return value;
  let nanoseconds = 0;
  for (const [, number, unit] of value.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g))
    nanoseconds += Number(number) * UNITS[unit!]!;
  if (nanoseconds < 1e9) return nanoseconds % 1e6 === 0 ? `${nanoseconds / 1e6}ms` : value;
  const hours = Math.floor(nanoseconds / 3.6e12);
  const minutes = Math.floor((nanoseconds % 3.6e12) / 6e10);
  const seconds = (nanoseconds % 6e10) / 1e9;
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds}s`;
}

function mapped(value: JsonMapping, change: (value: Json, key: string) => Json): JsonMapping {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, change(item, key)]])),
  );
}

function inOrder(value: JsonMapping, first: readonly string[] = []): JsonMapping {
  const rank = (key: string): number => (first.includes(key) ? first.indexOf(key) : first.length);
  return Object.fromEntries(
    Object.entries(value).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0)),
  );
}
