import { BGP } from '../../assembly/bgp.ts';
import { neighbourOrigin } from '../../assembly/bgp-origins.ts';
import { listed } from '../../assembly/bgp-reflectors.ts';
import { NODE_LABELS } from '../../assembly/node-labels.ts';
import type { BGPPeer } from '../../model/calico/bgp-peer.ts';
import { matchesLabels } from '../../model/kubernetes/label-selector.ts';
import type { MetallbPeer } from '../../model/metallb/bgp-peer.ts';
import { canonicalAddress } from '../../network/address.ts';
import type { Doc } from '../../syntax/document.ts';
import type { Site } from '../../workspace/site.ts';
import { folderOf } from '../../workspace/uri.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'bgp/port-conflict',
  severity: 'warning',
  docs: {
    summary: {
      en: 'Calico and MetalLB peer with the same router from the same nodes.',
      'zh-cn': 'Calico 与 MetalLB 从相同的节点与同一台路由器建立会话。',
    },
    why: {
      en: 'A router keeps one BGP session with one address. Calico and MetalLB on a node have the same address, so the second connection closes the first, and the two take turns.',
      'zh-cn':
        '路由器与一个地址只保持一个 BGP 会话。同一节点上的 Calico 与 MetalLB 使用相同的地址，后建立的连接会关闭先前的连接，二者反复交替。',
    },
    source: 'MetalLB documentation (issues with Calico); users.md M22',
  },
  check({ site, report }) {
    const theirs = new Map(
      site.all('metallb/BGPPeer').flatMap((peer) => {
        const address = peer.peerAddress?.value;
        return address === undefined ? [] : [[canonicalAddress(address), peer] as const];
      }),
    );
    if (theirs.size === 0) return;
    for (const peer of site.all('calico/BGPPeer')) {
      const [address, port] = splitPort(peer.peerIP?.value ?? '');
      const other = theirs.get(address);
      if (other === undefined || peer.peerIP === undefined || (other.peerPort?.value ?? 179) !== (port ?? 179))
        continue;
      if (other.peerPort !== undefined && other.peerPort.value === undefined) continue;
      if (areExamples(site, peer.doc, other.doc)) continue;
      const nodes = sharedNodes(site, peer, other);
      if (nodes === undefined) continue;
      report(
        peer.peerIP.place,
        {
          en: `MetalLB peers with ${address} too${nodes.length === 0 ? '' : `, from ${listed(nodes)} as well`}. The router keeps one session with each node, so the two disturb each other. Let Calico announce the Service addresses (serviceLoadBalancerIPs), or give MetalLB other nodes.`,
          'zh-cn': `MetalLB 也与 ${address} 建立会话${nodes.length === 0 ? '' : `，同样来自 ${listed(nodes)}`}。路由器与每个节点只保持一个会话，二者会互相干扰。请让 Calico 通告 Service 地址（serviceLoadBalancerIPs），或让 MetalLB 使用其他节点。`,
        },
        {
          related: [
            {
              place: other.peerAddress!.place,
              message: { en: 'MetalLB’s peer with the same router.', 'zh-cn': 'MetalLB 与同一路由器的对等体。' },
            },
          ],
        },
      );
    }
  },
});

/** Whether the two stand in different folders of examples: one is tried, then the other. */
function areExamples(site: Site, one: Doc, other: Doc): boolean {
  const isExample = ({ file }: Doc): boolean => /(^|\/)(examples?|samples?|demos?)\//i.test(site.pathOf(file));
  return folderOf(one.file) !== folderOf(other.file) && isExample(one) && isExample(other);
}

/** `10.0.0.1:1179` and `[2001:db8::1]:1179`. */
function splitPort(text: string): readonly [string, number | undefined] {
  const found = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(text);
  return found === null
    ? [canonicalAddress(text), undefined]
    : [canonicalAddress(found[1] ?? found[2]!), Number(found[3])];
}

/** Nodes on which both peer; an empty list when both mean every node; undefined when none is known for certain. */
function sharedNodes(site: Site, peer: BGPPeer, other: MetallbPeer): readonly string[] | undefined {
  const isGlobal = peer.node === undefined && peer.nodeSelector === undefined;
  if (isGlobal && other.nodeSelectors.length === 0) return [];
  const { expansion } = site.derive(BGP);
  const labels = site.derive(NODE_LABELS);
  const mine = (expansion?.routers ?? []).filter((router) =>
    router.neighbours.some((neighbour) => {
      const origin = neighbourOrigin(neighbour);
      return origin.kind === 'BGPPeer' && origin.peer === peer;
    }),
  );
  const both = mine
    .map(({ name }) => name)
    .filter(
      (name) =>
        other.nodeSelectors.length === 0 ||
        other.nodeSelectors.some((selector) => matchesLabels(selector, labels.get(name)?.fields ?? new Map()) === true),
    );
  return both.length === 0 ? undefined : both;
}
