import type { IptablesRule } from '../model/shell/iptables.ts';
import type { RouteLine } from '../model/shell/route.ts';
import { type Address, parseAddress } from '../network/address.ts';
import { type Prefix, parsePrefixOrAddress } from '../network/prefix.ts';
import { type Range, rangeContains } from '../network/range.ts';
import type { Doc, Field } from '../syntax/document.ts';
import { type Derivation, defineDerivation, type Site } from '../workspace/site.ts';
import { ADDRESS_PLAN, type PlannedRange, type RangeUse } from './address-plan.ts';

/** A route of a script or a pasted table, with what can be read of it. */
export interface ScriptRoute {
  readonly doc: Doc;
  readonly line: RouteLine;
  /** Absent for `default` and for what is filled in at run time. */
  readonly destination?: Prefix;
  readonly hops: readonly NextHop[];
}

export interface NextHop {
  readonly field: Field<string>;
  readonly address: Address;
}

/** Every route that scripts and pasted tables of a site set, remove or show. */
export const SCRIPT_ROUTES = defineDerivation('routes of scripts', (site): readonly ScriptRoute[] =>
  site.all('shell/Script').flatMap(({ doc, routes }) =>
    routes.map((line): ScriptRoute => {
      const text = line.destination.value;
      const destination = text === undefined ? undefined : parsePrefixOrAddress(text);
      const hops = line.via.flatMap((field) => {
        const address = field.value === undefined ? undefined : parseAddress(field.value);
        return address === undefined ? [] : [{ field, address }];
      });
      return { doc, line, ...(destination && { destination }), hops };
    }),
  ),
);

/** A source NAT rule of a script or a pasted `iptables -L`, with both sides known. */
export interface ScriptNat {
  readonly doc: Doc;
  readonly rule: IptablesRule;
  readonly source: Prefix;
  readonly destination: Prefix;
}

/** MASQUERADE and SNAT rules that name both a source and a destination. */
export const SCRIPT_NAT = defineDerivation('source NAT of scripts', (site): readonly ScriptNat[] =>
  site.all('shell/Script').flatMap(({ doc, iptables }) =>
    iptables.flatMap((rule): readonly ScriptNat[] => {
      if (rule.action === 'delete' || !isSourceNat(rule)) return [];
      const source = prefixOf(rule.source);
      const destination = prefixOf(rule.destination);
      return source === undefined || destination === undefined ? [] : [{ doc, rule, source, destination }];
    }),
  ),
);

export function isSourceNat(rule: IptablesRule): boolean {
  return /^(MASQUERADE|SNAT)$/.test(rule.jump?.value ?? '');
}

export function prefixOf(field: Field<string> | undefined): Prefix | undefined {
  return field?.value === undefined ? undefined : parsePrefixOrAddress(field.value);
}

/** Addresses of the nodes of a site's cluster, as Calico and Kubernetes write them. */
export const NODE_ADDRESSES = defineDerivation('node addresses', (site): readonly Address[] => {
  const texts = [
    ...site.all('calico/Node').flatMap((node) => [node.ipv4Address, node.ipv6Address, ...node.addresses]),
    ...site.all('kubernetes/Node').flatMap((node) => node.addresses.map(({ address }) => address)),
  ];
  return texts.flatMap((field) => {
    const address = field?.value === undefined ? undefined : parseAddress(field.value.replace(/\/.*/, ''));
    return address === undefined ? [] : [address];
  });
});

/** A derivation a use, so that whoever asks for Services does not look again when a pool changes. */
const BY_USE: { readonly [K in RangeUse]: Derivation<readonly PlannedRange[]> } = {
  pods: ranges('pods'),
  services: ranges('services'),
  nodes: ranges('nodes'),
  management: ranges('management'),
  docker: ranges('docker'),
  named: ranges('named'),
};

function ranges(use: RangeUse): Derivation<readonly PlannedRange[]> {
  return defineDerivation(`ranges for ${use}`, (site) =>
    site.derive(ADDRESS_PLAN).filter((one) => one.use === use && one.disabled !== true),
  );
}

/** The ranges of one use in a site's address plan, disabled pools left out. */
export function rangesFor(site: Site, use: RangeUse): readonly PlannedRange[] {
  return site.derive(BY_USE[use]);
}

/** The first of these ranges that holds an address. */
export function rangeHolding(site: Site, address: Address, use: RangeUse): PlannedRange | undefined {
  return rangesFor(site, use).find(({ range }) => rangeContains(range, address));
}

/** Whether one range is inside another; a range is inside itself. */
export function isWithin(inner: Range, outer: Range): boolean {
  return inner.family === outer.family && inner.first >= outer.first && inner.last <= outer.last;
}
