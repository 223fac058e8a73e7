import {
  type BgpInstance,
  type BgpNeighbor,
  type Family,
  insertionText,
  type RouterConfig,
} from '../model/router/router.ts';
import type { Edit } from '../syntax/edit.ts';

/** A setting of a neighbour in one address family, as FRR and as VyOS write it. */
export interface FamilySetting {
  /** Words behind `neighbor X`. */
  readonly frr: string;
  /** Lines of the neighbour's family node. */
  readonly vyos: readonly string[];
}

/** Writes a setting for neighbours of one instance; no edits where there is no place for it. */
export function setForNeighbours(
  config: RouterConfig,
  bgp: BgpInstance,
  neighbours: readonly BgpNeighbor[],
  family: Family,
  setting: FamilySetting,
): readonly Edit[] {
  const { doc } = config;
  if (config.software === 'bird') return [];
  if (config.software === 'vyos')
    return neighbours.flatMap((neighbor): readonly Edit[] => {
      const at = neighbor.families[family]?.insertion;
      return at === undefined ? [] : [{ doc, span: at.place.span ?? [0, 0], text: insertionText(at, setting.vyos) }];
    });
  const lines = neighbours.flatMap(({ peer }) =>
    peer.value === undefined ? [] : [`neighbor ${peer.value} ${setting.frr}`],
  );
  const block = bgp.families[family]?.end;
  if (block !== undefined) return [{ doc, span: block.place.span ?? [0, 0], text: insertionText(block, lines) }];
  const { end } = bgp;
  if (end === undefined) return [];
  const inner = [`address-family ${family} unicast`, ...lines.map((line) => ` ${line}`), 'exit-address-family'];
  return [{ doc, span: end.place.span ?? [0, 0], text: insertionText(end, inner) }];
}

export const NEXT_HOP_SELF: FamilySetting = { frr: 'next-hop-self', vyos: ['nexthop-self {', '}'] };
export const REFLECTOR_CLIENT: FamilySetting = { frr: 'route-reflector-client', vyos: ['route-reflector-client'] };
export const ALLOW_OWN_AS: FamilySetting = { frr: 'allowas-in 1', vyos: ['allowas-in {', '    number 1', '}'] };
export const AS_OVERRIDE: FamilySetting = { frr: 'as-override', vyos: ['as-override'] };
