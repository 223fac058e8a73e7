import type { CalicoPolicy } from '../../model/calico/policy.ts';
import { formatPrefix, hasHostBits, networkOf, parsePrefix } from '../../network/prefix.ts';
import type { Field } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import { type DocumentContext, defineRule } from '../rule.ts';

export default defineRule({
  id: 'ipam/host-bits',
  severity: 'error',
  docs: {
    summary: {
      en: 'A CIDR has host bits where a network is needed.',
      'zh-cn': '需要网络地址的位置，CIDR 中包含主机位。',
    },
    why: {
      en: 'Calico and Spiderpool refuse it: `10.244.1.0/16` may mean the network 10.244.0.0/16 or a part of it, and they do not guess.',
      'zh-cn': 'Calico 与 Spiderpool 会拒绝：`10.244.1.0/16` 可能指 10.244.0.0/16，也可能指其中一部分，它们不会猜测。',
    },
    source: 'calico.md I03, X05, X06, R14, F07, F09; spiderpool.md P6, N6',
  },
  each: {
    'calico/IPPool': (pool, context) => judge([pool.cidr], context),
    'calico/BGPConfiguration': (
      { serviceClusterIPs, serviceExternalIPs, serviceLoadBalancerIPs, prefixAdvertisements },
      context,
    ) =>
      judge([...serviceClusterIPs, ...serviceExternalIPs, ...serviceLoadBalancerIPs, ...prefixAdvertisements], context),
    'calico/BGPFilter': (filter, context) =>
      judge(
        [...filter.importV4, ...filter.exportV4, ...filter.importV6, ...filter.exportV6].map((rule) => rule.cidr),
        context,
      ),
    'calico/NetworkPolicy': (policy, context) => judge(netsOf(policy), context),
    'calico/GlobalNetworkPolicy': (policy, context) => judge(netsOf(policy), context),
    'calico/StagedNetworkPolicy': (policy, context) => judge(netsOf(policy), context),
    'calico/StagedGlobalNetworkPolicy': (policy, context) => judge(netsOf(policy), context),
    'spiderpool/SpiderIPPool': (pool, context) => judge([pool.subnet], context),
    'spiderpool/SpiderSubnet': (subnet, context) => judge([subnet.subnet], context),
  },
});

function netsOf(policy: CalicoPolicy): readonly Field<string>[] {
  return [...(policy.ingress ?? []), ...(policy.egress ?? [])].flatMap(({ source, destination }) =>
    [source, destination].flatMap((entity) => [...entity.nets, ...entity.notNets]),
  );
}

function judge(cidrs: readonly (Field<string> | undefined)[], { report }: DocumentContext): void {
  for (const cidr of cidrs) {
    const prefix = cidr?.value === undefined ? undefined : parsePrefix(cidr.value);
    if (cidr === undefined || prefix === undefined || !hasHostBits(prefix)) continue;
    const network = formatPrefix(networkOf(prefix));
    report(
      cidr.place,
      {
        en: `${cidr.value} has host bits, and a network is needed here; the object is refused. The network it lies in is ${network}.`,
        'zh-cn': `${cidr.value} 含有主机位，而此处需要网络地址，对象会被拒绝。它所在的网络是 ${network}。`,
      },
      {
        fixes: [
          {
            title: { en: `Change to ${network}`, 'zh-cn': `改为 ${network}` },
            kind: 'safe',
            edits: () => replaceScalar(cidr.place, network),
          },
        ],
      },
    );
  }
}
