import { matches } from '../network/selector.ts';
import { parseSelector } from '../syntax/selector.ts';
import type { Text } from '../text.ts';
import { policyTypesOf } from './defaults.ts';
import { CALICO_API } from './kinds.ts';
import { type ApiObject, isMapping, type Json, valueAt } from './objects.ts';

export type Direction = 'Ingress' | 'Egress';

/** How policies close Pods in one direction: `open` none does, `filtered` some traffic is allowed, `closed` none is. */
type Closure = 'open' | 'filtered' | 'closed' | 'unknown';

/** What policies do to each Pod, by `namespace/pod` and direction. */
export type Isolation = ReadonlyMap<string, Readonly<Record<Direction, Closure>>>;

/** Pods that a change closes in one direction. */
export interface NewlyIsolated {
  readonly direction: Direction;
  readonly how: 'filtered' | 'closed';
  readonly pods: readonly string[];
}

const DIRECTIONS: readonly Direction[] = ['Ingress', 'Egress'];

/** What the policies among a cluster's objects do to the WorkloadEndpoints among them; undefined where no Pod is known. */
export function isolationIn(objects: readonly ApiObject[]): Isolation | undefined {
  const calico = objects.filter(({ apiVersion }) => apiVersion === CALICO_API);
  const endpoints = calico.filter(({ kind }) => kind === 'WorkloadEndpoint');
  if (endpoints.length === 0) return undefined;
  const passing = new Set(
    calico.flatMap(({ kind, metadata, spec }) =>
      kind === 'Tier' && valueAt(spec, ['defaultAction']) === 'Pass' ? [metadata.name] : [],
    ),
  );
  const policies = calico.flatMap((object) => policyOf(object, passing) ?? []);
  return new Map(
    endpoints.map((endpoint) => [
      podName(endpoint),
      { Ingress: closureOf(endpoint, policies, 'Ingress'), Egress: closureOf(endpoint, policies, 'Egress') },
    ]),
  );
}

interface Policy {
  readonly namespace: string | undefined;
  readonly types: readonly Json[];
  readonly rules: Readonly<Record<Direction, 'none' | 'some' | 'anything'>>;
  readonly selects: (labels: ReadonlyMap<string, string>) => boolean | 'unknown';
}

function policyOf({ kind, metadata, spec }: ApiObject, passing: ReadonlySet<string>): Policy | undefined {
  if ((kind !== 'NetworkPolicy' && kind !== 'GlobalNetworkPolicy') || !isMapping(spec)) return undefined;
  // Only host endpoints know these; and behind a tier that passes on, what nothing allows is not dropped.
  if (spec.doNotTrack === true || spec.preDNAT === true || passing.has(String(spec.tier ?? 'default')))
    return undefined;
  // Namespaces and service accounts are not read: whom these select is not known.
  const isNarrowed = [spec.namespaceSelector, spec.serviceAccountSelector].some(
    (selector) => typeof selector === 'string' && !/^\s*(all\(\s*\))?\s*$/.test(selector),
  );
  const { tree } = parseSelector(typeof spec.selector === 'string' ? spec.selector : '');
  return {
    namespace: kind === 'NetworkPolicy' ? (metadata.namespace ?? 'default') : undefined,
    types: Array.isArray(spec.types) && spec.types.length > 0 ? (spec.types as readonly Json[]) : policyTypesOf(spec),
    rules: { Ingress: allowed(spec.ingress), Egress: allowed(spec.egress) },
    selects: (labels) => {
      const verdict = tree === undefined ? 'unknown' : matches(tree, labels);
      return verdict === true && isNarrowed ? 'unknown' : verdict;
    },
  };
}

function allowed(rules: Json | undefined): 'none' | 'some' | 'anything' {
  const list = Array.isArray(rules) ? (rules as readonly Json[]) : [];
  const [first] = list;
  if (
    isMapping(first) &&
    first.action === 'Allow' &&
    Object.keys(first).every((key) => key === 'action' || key === 'metadata')
  )
    return 'anything';
  return list.some((rule) => valueAt(rule, ['action']) !== 'Deny' && valueAt(rule, ['action']) !== 'Log')
    ? 'some'
    : 'none';
}

function closureOf(endpoint: ApiObject, policies: readonly Policy[], direction: Direction): Closure {
  const namespace = endpoint.metadata.namespace ?? 'default';
  const labels = new Map(Object.entries(endpoint.metadata.labels ?? {}).map(([key, value]) => [key, String(value)]));
  labels.set('projectcalico.org/namespace', namespace);
  let closure: Closure = 'open';
  for (const policy of policies) {
    if (!policy.types.includes(direction)) continue;
    if (policy.namespace !== undefined && policy.namespace !== namespace) continue;
    const verdict = policy.selects(labels);
    if (verdict === 'unknown') return 'unknown';
    if (!verdict) continue;
    if (policy.rules[direction] === 'anything') return 'open';
    if (policy.rules[direction] === 'some') closure = 'filtered';
    else if (closure === 'open') closure = 'closed';
  }
  return closure;
}

function podName({ metadata, spec }: ApiObject): string {
  const pod = valueAt(spec, ['pod']);
  return `${metadata.namespace ?? 'default'}/${typeof pod === 'string' && pod !== '' ? pod : metadata.name}`;
}

/** Pods that were less closed before. What is unknown on either side is not told. */
export function newlyIsolated(before: Isolation | undefined, after: Isolation | undefined): readonly NewlyIsolated[] {
  if (before === undefined || after === undefined) return [];
  return DIRECTIONS.flatMap((direction) =>
    (['closed', 'filtered'] as const).flatMap((how): NewlyIsolated[] => {
      const pods = [...after].flatMap(([pod, now]) => {
        const was = before.get(pod)?.[direction];
        const isWorse = now[direction] === how && (was === 'open' || (how === 'closed' && was === 'filtered'));
        return isWorse ? [pod] : [];
      });
      return pods.length === 0 ? [] : [{ direction, how, pods: pods.sort() }];
    }),
  );
}

const MOST = 6;

export function isolationSentences(found: readonly NewlyIsolated[]): readonly Text[] {
  return found.map(({ direction, how, pods }) => {
    const names = (comma: string): string =>
      pods.length > MOST ? `${pods.slice(0, MOST).join(comma)} … (+${pods.length - MOST})` : pods.join(comma);
    const [many, word] = [pods.length === 1 ? '1 pod is' : `${pods.length} pods are`, direction.toLowerCase()];
    return how === 'closed'
      ? {
          en: `${many} cut off for ${word}, for no rule allows anything: ${names(', ')}.`,
          'zh-cn': `${pods.length} 个 Pod 的 ${direction} 流量被完全切断（没有规则放行）：${names('、')}。`,
        }
      : {
          en: `${many} newly isolated for ${word}; only what the rules allow passes: ${names(', ')}.`,
          'zh-cn': `${pods.length} 个 Pod 的 ${direction} 流量新近被隔离，只放行规则允许的：${names('、')}。`,
        };
  });
}
