import type { SpiderIPPool, SpiderRanges } from '../model/spiderpool/ip-pool.ts';
import type { SpiderSubnet } from '../model/spiderpool/subnet.ts';
import type { Family } from '../network/address.ts';
import { hasHostBits, networkOf, type Prefix, parsePrefix } from '../network/prefix.ts';
import { freeRanges, mergeRanges, type Range } from '../network/range.ts';
import type { Doc, Field } from '../syntax/document.ts';
import { defineDerivation } from '../workspace/site.ts';
import { folderOf, isInside } from '../workspace/uri.ts';
import { type ReadRange, readRange } from './spiderpool-range.ts';

/** One item of `ips` or `excludeIPs`; `read` is undefined when its text is not known. */
export interface RangeItem {
  readonly field: Field<string>;
  readonly read: ReadRange | undefined;
}

/** The addresses of a SpiderIPPool or SpiderSubnet, read. */
export interface SpiderPlan<R extends SpiderRanges = SpiderIPPool | SpiderSubnet> {
  readonly resource: R;
  /** The subnet's network; undefined when it is absent, unknown or no CIDR. */
  readonly network: Prefix | undefined;
  /** The subnet's, else the declared one. */
  readonly family: Family | undefined;
  readonly ips: readonly RangeItem[];
  readonly excludeIPs: readonly RangeItem[];
  /** `ips` without `excludeIPs`, merged; undefined when one of them cannot be read. */
  readonly total: readonly Range[] | undefined;
}

export function planOf<R extends SpiderRanges>(resource: R): SpiderPlan<R> {
  const written = resource.subnet?.value === undefined ? undefined : parsePrefix(resource.subnet.value);
  const network = written && networkOf(written);
  const declared = resource.ipVersion?.value;
  const family = network?.family ?? (declared === 4 || declared === 6 ? declared : undefined);
  const ips = resource.ips.map(itemOf);
  const excludeIPs = resource.excludeIPs.map(itemOf);
  const given = rangesOf(ips);
  const excluded = rangesOf(excludeIPs);
  const total = given && excluded && without(given, excluded);
  return { resource, network, family, ips, excludeIPs, total };
}

export function itemOf(field: Field<string>): RangeItem {
  return { field, read: field.value === undefined ? undefined : readRange(field.value) };
}

/** The ranges of all items; undefined when one cannot be read. */
export function rangesOf(items: readonly RangeItem[]): readonly Range[] | undefined {
  const ranges = items.flatMap((item) => item.read?.range ?? []);
  return ranges.length === items.length ? ranges : undefined;
}

/** Whether the subnet is written as a network: one with host bits may be a slip in the address or in the length. */
export function namesNetwork({ resource }: SpiderPlan): boolean {
  const prefix = resource.subnet?.value === undefined ? undefined : parsePrefix(resource.subnet.value);
  return prefix !== undefined && !hasHostBits(prefix);
}

/** What remains of ranges when others are taken out, merged and in order. */
export function without(ranges: readonly Range[], taken: readonly Range[]): readonly Range[] {
  return mergeRanges(ranges).flatMap((range) => freeRanges(range, taken));
}

export const SPIDER_POOLS = defineDerivation('spiderpool/pools', (site): readonly SpiderPlan<SpiderIPPool>[] =>
  site.all('spiderpool/SpiderIPPool').map(planOf),
);

export const SPIDER_SUBNETS = defineDerivation('spiderpool/subnets', (site): readonly SpiderPlan<SpiderSubnet>[] =>
  site.all('spiderpool/SpiderSubnet').map(planOf),
);

/** Two texts of one name are two versions of one object, as in overlays. */
export function isSameObject(
  one: { readonly name?: Field<string> },
  other: { readonly name?: Field<string> },
): boolean {
  return one.name?.value === undefined || other.name?.value === undefined || one.name.value === other.name.value;
}

/**
 * Whether two documents go to one cluster for sure: files of one folder, or of a folder and one below it. Sibling folders
 * are often alternatives, as examples and overlays are.
 */
export function areAppliedTogether(one: { readonly doc: Doc }, other: { readonly doc: Doc }): boolean {
  const [here, there] = [folderOf(one.doc.file), folderOf(other.doc.file)];
  return isInside(here, there) || isInside(there, here);
}

export function nameOf(resource: { readonly name?: Field<string> }): string {
  return resource.name?.value ?? '?';
}

/** How Spiderpool writes a CIDR as a label value (pkg/ip: `.`, `:` and `/` become `-`). */
export function labelOfCidr(cidr: string): string {
  return cidr.replace(/[.:/]/g, '-');
}
