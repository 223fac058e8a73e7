import { BGP } from '../../assembly/bgp.ts';
import { type Address, canonicalAddress, formatAddress, parseAddress } from '../../network/address.ts';
import type { Doc } from '../../syntax/document.ts';
import type { NodeStatus, StatusRow } from '../../syntax/node-status.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'status/unexpected-peer',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A pasted `calicoctl node status` shows other peers than the manifests yield, or mesh peers of two networks.',
      'zh-cn': '粘贴的 `calicoctl node status` 中的对端与清单推导的不一致，或全互联对端分属两个网络。',
    },
    why: {
      en: 'The cluster runs something else than the files say; or a node with two cards announced the address of the wrong one, and answers leave by a card that its peers do not know.',
      'zh-cn': '集群实际运行的与文件所写不同；或者双网卡节点通告了错误网卡的地址，应答从对端不认识的网卡发出。',
    },
    source: 'spiderpool.md S17, S22; calico.md §4: address autodetection takes the first address found',
  },
  check({ site, report }) {
    for (const doc of site.documents('node-status')) {
      if (doc.tree.format !== 'node-status') continue;
      for (const run of doc.tree.nodeStatus.runs) {
        reportOutlier(doc, run, report);
        reportDifference(site, doc, run, report);
      }
    }
  },
});

/** One mesh peer in another network than all others, numbered among them: the same machine's other card. */
function reportOutlier(doc: Doc, run: NodeStatus, report: Report): void {
  const peers = run.rows.flatMap((row) => {
    const address = parseAddress(row.peer.text);
    return row.type.text === 'node-to-node mesh' && address?.family === 4 ? [{ row, address }] : [];
  });
  const networks = new Map<bigint, typeof peers>();
  for (const peer of peers) {
    const network = peer.address.value >> 8n;
    networks.set(network, [...(networks.get(network) ?? []), peer]);
  }
  const [odd, usual] = [...networks.values()].sort((one, other) => one.length - other.length);
  if (networks.size !== 2 || odd?.length !== 1 || usual === undefined || usual.length < 2) return;
  const [{ row, address }] = odd as [{ row: StatusRow; address: Address }];
  const hosts = usual.map((peer) => Number(peer.address.value & 255n));
  const host = Number(address.value & 255n);
  if (host < Math.min(...hosts) - 1 || host > Math.max(...hosts) + 1) return;
  const meant = formatAddress({ family: 4, value: (usual[0]!.address.value & ~255n) | BigInt(host) });
  report(
    { doc, span: row.peer.span },
    {
      en: `${row.peer.text} is in another network than the other ${usual.length} mesh peers, and numbered like them: that node probably chose the wrong card, and would be ${meant}. Its partners answer over a card that it does not know. Set IP_AUTODETECTION_METHOD, e.g. cidr=….`,
      'zh-cn': `${row.peer.text} 与其余 ${usual.length} 个全互联对端不在同一网络，编号却与它们相连：该节点可能选错了网卡，本应是 ${meant}。对端会从它不认识的网卡应答。请设置 IP_AUTODETECTION_METHOD，例如 cidr=…。`,
    },
  );
}

/** What the table shows beside what one node's manifests yield; silent while no node fits the table. */
function reportDifference(site: Site, doc: Doc, run: NodeStatus, report: Report): void {
  const { expansion, prediction } = site.derive(BGP);
  if (expansion === undefined || expansion.undecided.length > 0 || expansion.routers.length < 2) return;
  const shown = new Map(run.rows.map((row) => [canonicalAddress(row.peer.text), row]));
  const fits = expansion.routers
    .filter((router) => !Object.values(router.nodeAddress ?? {}).some((address) => shown.has(address)))
    .map((router) => {
      const stated = [...router.neighbours, ...prediction.topology.meshOf(router)];
      const expected = new Set(
        stated.flatMap(({ address }) => (address === undefined ? [] : [canonicalAddress(address)])),
      );
      return { router, expected, common: [...expected].filter((address) => shown.has(address)).length };
    })
    .sort((one, other) => other.common - one.common);
  const best = fits[0];
  if (best === undefined || best.common * 2 <= shown.size) return;
  // In a mesh the table of one node, less one peer, is also that of the peer: what all candidates say is still certain.
  const candidates = fits.filter(({ common }) => common === best.common);
  const names = candidates.map(({ router }) => router.name).join(' / ');
  for (const [address, row] of shown) {
    if (candidates.some(({ expected }) => expected.has(address))) continue;
    report(
      { doc, span: row.peer.span },
      {
        en: `This looks like the status of ${names}, and no manifest here makes it peer with ${address}. The cluster runs something that the files do not say. Write it down, or remove it from the cluster.`,
        'zh-cn': `这看起来是 ${names} 的状态，而这里没有清单使它与 ${address} 建立对等。集群运行着文件中没有的配置。请补上清单，或从集群中删除。`,
      },
    );
  }
  const missing = [...best.expected].filter((address) => !shown.has(address));
  if (missing.length === 0 || candidates.length > 1) return;
  report(
    { doc, span: run.heading },
    {
      en: `This looks like the status of ${best.router.name}, which the manifests make peer with ${missing.join(', ')} as well. The files say more than the cluster runs. Apply them, or look why the peer is not there.`,
      'zh-cn': `这看起来是 ${best.router.name} 的状态，而清单还使它与 ${missing.join('、')} 建立对等。文件所写多于集群所运行。请应用清单，或查明对端缺失的原因。`,
    },
  );
}
