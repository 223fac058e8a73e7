import type { KubernetesObject } from '../model/resource.ts';
import type { Family } from '../network/address.ts';
import type { Field, Place } from '../syntax/document.ts';
import { defineDerivation, type Site } from '../workspace/site.ts';
import {
  annotationsAt,
  fieldOf,
  itemsOf,
  type Json,
  podMetadata,
  readJson,
  type SpiderAnnotation,
  textOf,
} from './spiderpool-annotations.ts';
import { CNI_PLUGINS } from './spiderpool-cni.ts';

/** One place that names a SpiderIPPool, by name or by wildcard. */
export interface PoolUse {
  readonly name: string;
  readonly family: Family;
  readonly place: Place;
  /** How the name is quoted there. */
  readonly json: boolean;
  /** The object whose Pods take their addresses there; absent for a CNI configuration. */
  readonly by?: KubernetesObject;
}

/** Every place of a site that names SpiderIPPools: Pods, Namespaces, SpiderMultusConfigs, CNI configurations. */
export const POOL_USES = defineDerivation('spiderpool/pool-uses', (site): readonly PoolUse[] => [
  ...site
    .all('kubernetes/Workload')
    .flatMap((workload) => annotationsAt(workload.doc, podMetadata(workload)).flatMap((one) => podUses(one, workload))),
  ...site
    .all('kubernetes/Namespace')
    .flatMap((namespace) =>
      annotationsAt(namespace.doc, [...namespace.path, 'metadata']).flatMap((one) => namespaceUses(one, namespace)),
    ),
  ...configUses(site),
]);

/** The SpiderIPPools that an annotation of a Pod names. */
export function podUses(annotation: SpiderAnnotation, by?: KubernetesObject): readonly PoolUse[] {
  if (annotation.key !== 'ippool' && annotation.key !== 'ippools') return [];
  const value = readJson(annotation)?.value;
  if (value === undefined) return [];
  const objects = annotation.key === 'ippool' ? [value] : itemsOf(value);
  return objects.flatMap((object) => [
    ...listUses(fieldOf(object, 'ipv4'), 4, by),
    ...listUses(fieldOf(object, 'ipv6'), 6, by),
  ]);
}

/** The SpiderIPPools that an annotation of a Namespace names. */
export function namespaceUses(annotation: SpiderAnnotation, by?: KubernetesObject): readonly PoolUse[] {
  const family =
    annotation.key === 'default-ipv4-ippool' ? 4 : annotation.key === 'default-ipv6-ippool' ? 6 : undefined;
  return family === undefined ? [] : listUses(readJson(annotation)?.value, family, by);
}

function listUses(list: Json | undefined, family: Family, by: KubernetesObject | undefined): readonly PoolUse[] {
  if (list === undefined) return [];
  return itemsOf(list).flatMap((item) => {
    const name = textOf(item);
    if (name === undefined || (item.node.kind === 'scalar' && item.node.templated)) return [];
    return [{ name, family, place: item.place, json: true, ...(by && { by }) }];
  });
}

function configUses(site: Site): readonly PoolUse[] {
  const named = (fields: readonly Field<string>[], family: Family, by?: KubernetesObject): readonly PoolUse[] =>
    fields.flatMap(({ value, place }) =>
      value === undefined || value === ''
        ? []
        : [{ name: value, family, place, json: by === undefined, ...(by && { by }) }],
    );
  return [
    ...site
      .all('spiderpool/SpiderMultusConfig')
      .flatMap((config) =>
        config.blocks.flatMap(({ ippools }) => [
          ...named(ippools?.ipv4 ?? [], 4, config),
          ...named(ippools?.ipv6 ?? [], 6, config),
        ]),
      ),
    ...site
      .derive(CNI_PLUGINS)
      .filter(({ ipam }) => ipam?.value === 'spiderpool')
      .flatMap(({ pools4, pools6 }) => [...named(pools4, 4), ...named(pools6, 6)]),
  ];
}

/** Whether a name is a pattern for Spiderpool (pkg/ippoolmanager HasWildcardInStr). */
export function isWildcard(name: string): boolean {
  return /[*?]/.test(name) || (name.includes('[') && name.includes(']'));
}

/** Whether a pattern matches a name, as Go's filepath.Match; undefined for a malformed pattern. */
export function matchesWildcard(pattern: string, name: string): boolean | undefined {
  let source = '';
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]!;
    if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '[') {
      const end = pattern.indexOf(']', at + 2);
      if (end === -1) return undefined;
      source += `[${pattern.slice(at + 1, end).replace(/[\\[]/g, '\\$&')}]`;
      at = end;
    } else source += char.replace(/[\\^$.|+(){}\]]/g, '\\$&');
  }
  try {
    return new RegExp(`^${source}$`).test(name);
  } catch {
    return undefined;
  }
}

/** Pools that Spiderpool's chart makes: their default names, and names that a script gives the chart. */
export const CHART_POOLS = defineDerivation('spiderpool/chart-pools', (site): ReadonlySet<string> => {
  const names = new Set(['default-v4-ippool', 'default-v6-ippool', 'default-ipv4-ippool', 'default-ipv6-ippool']);
  for (const doc of site.documents('shell'))
    for (const [, name] of doc.text.matchAll(/ipv[46]IPPoolName=["']?([a-z0-9.-]+)/g)) names.add(name!);
  return names;
});
