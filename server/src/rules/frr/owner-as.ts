import { parseAddress, sameAddress } from '../../network/address.ts';
import type { Site } from '../../workspace/site.ts';

/** The AS number of the Calico Node or router that owns an address, where the site says it. */
export function nodeAs(site: Site, peer: string): number | undefined {
  const wanted = parseAddress(peer);
  if (wanted === undefined) return undefined;
  const owns = (text: string | undefined): boolean => {
    const own = text === undefined ? undefined : parseAddress(text.replace(/\/.*/, ''));
    return own !== undefined && sameAddress(own, wanted);
  };
  const ofAll = site.all('calico/BGPConfiguration').find(({ name }) => name?.value === 'default');
  for (const node of site.all('calico/Node'))
    if (owns(node.ipv4Address?.value) || owns(node.ipv6Address?.value))
      return node.asNumber === undefined ? ofAll?.asNumber?.value : node.asNumber.value;
  for (const router of site.all('router/Config'))
    if (router.interfaces.some(({ addresses }) => addresses.some(({ value }) => owns(value))))
      return router.bgp[0]?.asn?.value;
  return undefined;
}
