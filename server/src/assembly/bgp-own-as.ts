import type { Router } from '../network/bgp/types.ts';
import type { Field } from '../syntax/document.ts';
import { routerOrigin } from './bgp-origins.ts';

/** Where a router's own AS number is written: in its configuration, or on its Calico Node. */
export function ownAs(router: Router): Field<number> | undefined {
  const host = routerOrigin(router);
  const configured = host.routerConfigs.flatMap(({ bgp }) => bgp).find(({ vrf }) => vrf === undefined)?.asn;
  return configured ?? host.calicoNodes[0]?.asNumber;
}
