import type { KubernetesObject } from '../model/resource.ts';
import { type Doc, embeddedAt, type Place, yamlOf } from '../syntax/document.ts';
import { nodeOf } from '../syntax/place.ts';
import { type Node, type Pair, type Path, resolved, type Scalar } from '../syntax/tree.ts';

export const PREFIX = 'ipam.spidernet.io/';

/** Annotations that Spiderpool reads from a Pod. */
export const POD_KEYS = [
  'ippool',
  'ippools',
  'subnet',
  'subnets',
  'ippool-ip-number',
  'ippool-reclaim',
  'routes',
  'default-route-nic',
] as const;
/** Annotations that it reads from a Namespace. */
export const NAMESPACE_KEYS = ['default-ipv4-ippool', 'default-ipv6-ippool'] as const;

export type AnnotationKey = (typeof POD_KEYS)[number] | (typeof NAMESPACE_KEYS)[number];

/** An annotation of Spiderpool's and the scalar that it is. */
export interface SpiderAnnotation {
  /** Without the prefix. */
  readonly key: string;
  readonly doc: Doc;
  readonly path: Path;
  readonly scalar: Scalar;
}

/** The `ipam.spidernet.io/*` annotations of a metadata, those with templates in them left out. */
export function annotationsAt(doc: Doc, metadata: Path): readonly SpiderAnnotation[] {
  const map = resolved(nodeOf({ doc, path: [...metadata, 'annotations'] }));
  if (map?.kind !== 'mapping') return [];
  return map.pairs.flatMap((pair) => {
    if (!pair.key.text.startsWith(PREFIX) || pair.merged || pair.value.kind !== 'scalar') return [];
    if (pair.value.templated || pair.key.templated) return [];
    const key = pair.key.text.slice(PREFIX.length);
    return [{ key, doc, path: [...metadata, 'annotations', pair.key.text], scalar: pair.value }];
  });
}

/** Where a workload's Pods take their metadata from. */
export function podMetadata(
  workload: KubernetesObject & { readonly pod: { readonly metadataAt: { readonly place: Place } } },
): Path {
  return workload.pod.metadataAt.place.path ?? [...workload.path, 'metadata'];
}

/** A value inside an annotation, with the place that it is reported at. */
export interface Json {
  readonly node: Exclude<Node, { kind: 'alias' }>;
  readonly place: Place;
}

export interface JsonFault {
  readonly place: Place;
  readonly fault: 'unquoted' | 'single' | 'comma' | 'syntax';
}

export type ReadJson =
  | { readonly value: Json; readonly faults?: undefined }
  | { readonly value?: undefined; readonly faults: readonly JsonFault[] };

/**
 * Reads an annotation as the strict JSON that Spiderpool's decoder takes. Undefined when a part of it is templated. Places
 * are in the annotation's own document where the workspace keeps one, else they are the annotation.
 */
export function readJson({ doc, path, scalar }: SpiderAnnotation): ReadJson | undefined {
  const inner = embeddedAt(doc, path);
  const root = inner && resolved(yamlOf(inner)?.root);
  const strict = isJson(scalar.text);
  if (inner === undefined || root === undefined)
    return strict ? undefined : { faults: [{ place: { doc, path }, fault: 'syntax' }] };
  if (strict) return { value: { node: root, place: { doc: inner, path: [] } } };
  const faults = [...faultsIn(inner, [], root)];
  if (faults.length > 0) return { faults };
  const problem = yamlOf(inner)?.problems[0];
  const place = problem === undefined ? { doc, path } : { doc: inner, span: problem.span };
  return { faults: [{ place, fault: 'syntax' }] };
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What YAML forgives and JSON does not. */
export function* faultsIn(doc: Doc, path: Path, node: Node): Generator<JsonFault> {
  if (node.kind === 'scalar') {
    const fault = scalarFault(node);
    if (fault !== undefined) yield { place: { doc, path }, fault };
  } else if (node.kind === 'sequence') {
    for (const [index, item] of node.items.entries()) yield* faultsIn(doc, [...path, index], item);
    yield* trailingComma(doc, node.span[1], node.items.at(-1));
  } else if (node.kind === 'mapping') {
    for (const pair of node.pairs) {
      const fault = scalarFault(pair.key) ?? (pair.key.style === 'plain' ? 'unquoted' : undefined);
      const keyPlace: Place = { doc, path: [...path, pair.key.text], part: 'key' };
      if (fault !== undefined) yield { place: keyPlace, fault };
      yield* faultsIn(doc, [...path, pair.key.text], pair.value);
    }
    yield* trailingComma(doc, node.span[1], node.pairs.at(-1)?.value);
  }
}

function scalarFault(scalar: Scalar): JsonFault['fault'] | undefined {
  if (scalar.style === 'single') return 'single';
  if (scalar.style !== 'plain' || scalar.text === '' || /^(true|false|null|-?\d+(\.\d+)?)$/.test(scalar.text))
    return undefined;
  return 'unquoted';
}

function* trailingComma(doc: Doc, end: number, last: Node | undefined): Generator<JsonFault> {
  if (last === undefined) return;
  const gap = doc.text.slice(last.span[1], end - 1);
  const at = gap.lastIndexOf(',');
  if (at === -1 || !/^[\s,]*$/.test(gap)) return;
  const start = last.span[1] + at;
  yield { place: { doc, span: [start, start + 1] }, fault: 'comma' };
}

/** A field of a JSON object; keys are found whatever their case, as Go's decoder does. */
export function fieldOf(object: Json, key: string): Json | undefined {
  const pair = pairsOf(object).find((one) => one.key.text.toLowerCase() === key);
  return pair && under(object, pair.key.text, pair.value);
}

export function pairsOf({ node }: Json): readonly Pair[] {
  return node.kind === 'mapping' ? node.pairs : [];
}

export function itemsOf(list: Json): readonly Json[] {
  if (list.node.kind !== 'sequence') return [];
  return list.node.items.flatMap((item, index) => under(list, index, item) ?? []);
}

function under(parent: Json, step: string | number, node: Node): Json | undefined {
  const target = resolved(node);
  return target && { node: target, place: { doc: parent.place.doc, path: [...(parent.place.path ?? []), step] } };
}

/** A JSON string's text; undefined for everything else. */
export function textOf(value: Json | undefined): string | undefined {
  return value?.node.kind === 'scalar' && value.node.style === 'double' ? value.node.text : undefined;
}

export function isNull(value: Json): boolean {
  return value.node.kind === 'scalar' && value.node.style === 'plain' && value.node.value === null;
}
