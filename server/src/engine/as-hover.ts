import { BGP } from '../assembly/bgp.ts';
import type { BGPConfiguration } from '../model/calico/bgp-configuration.ts';
import type { BGPPeer } from '../model/calico/bgp-peer.ts';
import type { CalicoNode } from '../model/calico/node.ts';
import type { MetallbPeer } from '../model/metallb/bgp-peer.ts';
import type { Resource } from '../model/resource.ts';
import type { RouterConfig } from '../model/router/config.ts';
import { type AsUse, useOfAs } from '../network/bgp/as-number.ts';
import type { Field } from '../syntax/document.ts';
import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { documentsAt } from './documents-at.ts';
import { covers, type HoverPart } from './hover.ts';

/** Over an AS number: what numbers of its range are for, which routers are in it, and how many neighbours expect it. */
export function asHover(file: FileState, offset: number, site: Site): HoverPart | undefined {
  for (const { resources } of documentsAt(file, offset))
    for (const field of resources.flatMap(asNumbersOf)) {
      const asn = field?.value;
      if (typeof asn === 'number' && covers(field!.place, offset))
        return { place: field!.place, text: textOf(asn, site) };
    }
  return undefined;
}

type AsField = Field<unknown> | undefined;

function asNumbersOf(resource: Resource): readonly AsField[] {
  switch (resource.kind) {
    case 'calico/BGPPeer': {
      const { asNumber, localASNumber } = resource as BGPPeer;
      return [asNumber, localASNumber];
    }
    case 'calico/BGPConfiguration':
      return [(resource as BGPConfiguration).asNumber];
    case 'calico/Node':
      return [(resource as CalicoNode).asNumber];
    case 'metallb/BGPPeer': {
      const { peerASN, myASN } = resource as MetallbPeer;
      return [peerASN, myASN];
    }
    case 'router/Config':
      return (resource as RouterConfig).bgp.flatMap((bgp) => [
        bgp.asn,
        bgp.confederationId,
        ...bgp.confederationPeers,
        ...[...bgp.neighbors, ...bgp.peerGroups].flatMap(({ remoteAs, localAs }) => [remoteAs, localAs]),
      ]);
    default:
      return [];
  }
}

const USES: Readonly<Record<AsUse, Text>> = {
  private: {
    en: 'private (RFC 6996): anybody may use it inside',
    'zh-cn': '私有号码（RFC 6996），任何人都可在内部使用',
  },
  documentation: { en: 'for documentation (RFC 5398)', 'zh-cn': '仅用于文档示例（RFC 5398）' },
  reserved: { en: 'reserved: no router may use it', 'zh-cn': '保留号码，路由器不得使用' },
  transition: {
    en: 'AS_TRANS (RFC 6793): stands for numbers that old routers cannot read',
    'zh-cn': 'AS_TRANS（RFC 6793），代表旧路由器无法识别的号码',
  },
  public: { en: 'public: it belongs to somebody in the Internet', 'zh-cn': '公有号码，在互联网中归特定机构所有' },
};

const MOST = 12;

function textOf(asn: number, site: Site): Text {
  const { prediction } = site.derive(BGP);
  const named = [...site.settings.asns].filter(([, number]) => number === asn).map(([name]) => `\`${name}\``);
  const members = prediction.fabric.routers.filter((router) => router.asn === asn).map(({ name }) => `\`${name}\``);
  const expecting = prediction.stated.filter(({ neighbour }) => neighbour.remoteAs === asn).length;
  const [told, more] = [members.slice(0, MOST), members.length - MOST];
  const count = members.length;
  const en = [
    `**AS ${asn}** — ${USES[useOfAs(asn)].en}${named.length === 0 ? '' : `; named ${named.join(', ')} in selvage.yaml`}`,
    count === 0
      ? 'No router known here is in it.'
      : `${count} ${count === 1 ? 'router is' : 'routers are'} in it: ${told.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
    ...(expecting === 0
      ? []
      : [`${expecting} ${expecting === 1 ? 'neighbour statement expects' : 'neighbour statements expect'} it.`]),
  ];
  const zh = [
    `**AS ${asn}** — ${USES[useOfAs(asn)]['zh-cn']}${named.length === 0 ? '' : `；在 selvage.yaml 中名为 ${named.join('、')}`}`,
    count === 0
      ? '这里已知的路由器都不属于它。'
      : `有 ${count} 台路由器属于它：${told.join('、')}${more > 0 ? ` 以及另外 ${more} 台` : ''}。`,
    ...(expecting === 0 ? [] : [`有 ${expecting} 条邻居语句期望对端属于它。`]),
  ];
  return { en: en.join('\n\n'), 'zh-cn': zh.join('\n\n') };
}
