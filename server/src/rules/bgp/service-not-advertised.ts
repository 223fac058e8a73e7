import { meshOf } from '../../assembly/bgp-mesh.ts';
import { HOSTS } from '../../assembly/hosts.ts';
import { isWithin, NODE_ADDRESSES, rangesFor, SCRIPT_ROUTES } from '../../assembly/shell.ts';
import type { BGPConfiguration } from '../../model/calico/bgp-configuration.ts';
import { type Address, parseAddress, sameAddress } from '../../network/address.ts';
import { containsPrefix, type Prefix, parsePrefixOrAddress } from '../../network/prefix.ts';
import { rangeOf } from '../../network/range.ts';
import type { Field, Place } from '../../syntax/document.ts';
import { appendItem } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule } from '../rule.ts';

type List = 'serviceClusterIPs' | 'serviceLoadBalancerIPs';

export default defineRule({
  id: 'bgp/service-not-advertised',
  severity: 'hint',
  docs: {
    summary: {
      en: 'A Service range is routed to the cluster by hand, or meant for load balancers, and Calico does not announce it.',
      'zh-cn': 'Service 网段靠手工路由指向集群，或用于负载均衡，而 Calico 并未通告它。',
    },
    why: {
      en: 'A static route leads to one node, whether it is up or not. Announced by BGP, the range comes from every node, and from the healthy ones only.',
      'zh-cn': '静态路由只指向一个节点，无论该节点是否可用。通过 BGP 通告时，网段由每个健康的节点通告。',
    },
    source: 'users.md M13; spiderpool.md S15; Calico BGPConfiguration',
  },
  check({ site, report }) {
    const { configuration } = meshOf(site);
    const external = site.all('calico/BGPPeer').some(({ peerIP }) => peerIP !== undefined);
    if (configuration === undefined || !external) return;
    const told = new Set<string>();
    const tell = (place: Place, range: string, list: List, handRouted: 'yes' | 'no'): void => {
      if (told.has(range) || isAnnounced(configuration, range, list)) return;
      told.add(range);
      report(
        place,
        handRouted === 'yes'
          ? {
              en: `${range} holds Services and is routed to one node by hand, although the cluster speaks BGP. Announce it with \`${list}\`, and every node is a way in.`,
              'zh-cn': `${range} 是 Service 网段，被手工路由到一个节点，而集群本身运行 BGP。请用 \`${list}\` 通告它，这样每个节点都是入口。`,
            }
          : {
              en: `LoadBalancer Services get addresses of ${range}, and no \`${list}\` announces them: the routers outside never learn them. Add the range.`,
              'zh-cn': `LoadBalancer Service 使用 ${range} 中的地址，但没有 \`${list}\` 通告它们：外部路由器永远学不到。请添加该网段。`,
            },
        {
          related: [
            {
              place: configuration.name?.place ?? { doc: configuration.doc, path: configuration.path },
              message: { en: 'It would be announced from here.', 'zh-cn': '应由此处通告。' },
            },
          ],
          fixes: [
            {
              title: { en: `Announce ${range}`, 'zh-cn': `通告 ${range}` },
              kind: 'pick',
              edits: () => appendItem(configuration.doc, [...configuration.path, 'spec', list], { cidr: range }),
            },
          ],
        },
      );
    };
    for (const { place, range } of routedByHand(site)) tell(place, range, 'serviceClusterIPs', 'yes');
    for (const { cidr, allowedUses, disabled } of site.all('calico/IPPool')) {
      const isForBalancers = allowedUses.some(({ value }) => value === 'LoadBalancer');
      if (isForBalancers && cidr?.value !== undefined && disabled === undefined)
        tell(cidr.place, cidr.value, 'serviceLoadBalancerIPs', 'no');
    }
  },
});

function isAnnounced(configuration: BGPConfiguration, range: string, list: List): boolean {
  const wanted = parsePrefixOrAddress(range);
  const announced: readonly Field<string>[] = configuration[list];
  return (
    wanted === undefined ||
    announced.some(({ value }) => {
      const prefix = value === undefined ? undefined : parsePrefixOrAddress(value);
      return value === undefined || (prefix !== undefined && containsPrefix(prefix, wanted));
    })
  );
}

/** Static routes of routers and scripts to a known Service range by a node. */
function* routedByHand(site: Site): Generator<{ readonly place: Place; readonly range: string }> {
  const services = rangesFor(site, 'services');
  const nodes = site.derive(NODE_ADDRESSES);
  if (services.length === 0 || nodes.length === 0) return;
  const isService = (prefix: Prefix | undefined): boolean =>
    prefix !== undefined && services.some(({ range }) => isWithin(rangeOf(prefix), range));
  const isNode = (address: Address | undefined): boolean =>
    address !== undefined && nodes.some((node) => sameAddress(node, address));
  for (const host of site.derive(HOSTS).all)
    for (const { staticRoutes } of host.routerConfigs)
      for (const { prefix, nextHop } of staticRoutes) {
        const hop = nextHop?.value === undefined ? undefined : parseAddress(nextHop.value);
        if (prefix.value !== undefined && isService(parsePrefixOrAddress(prefix.value)) && isNode(hop))
          yield { place: prefix.place, range: prefix.value };
      }
  for (const { line, destination, hops } of site.derive(SCRIPT_ROUTES))
    if (line.action === 'add' && isService(destination) && hops.some(({ address }) => isNode(address)))
      yield { place: line.destination.place, range: line.destination.value! };
}
