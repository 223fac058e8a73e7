import { ADDRESS_PLAN, type PlannedRange } from '../../assembly/address-plan.ts';
import { insertionText, type NatRule, type RouterConfig } from '../../model/router/config.ts';
import { insideNode, nodesAt } from '../../model/router/vyos-nodes.ts';
import { parseAddress, sameAddress } from '../../network/address.ts';
import { type Prefix, parsePrefix, parsePrefixOrAddress } from '../../network/prefix.ts';
import { type Range, rangeContains, rangeOf } from '../../network/range.ts';
import type { Field } from '../../syntax/document.ts';
import type { Text } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'vyos/nat-misses-pods',
  severity: 'warning',
  docs: {
    summary: {
      en: 'Source NAT on a router covers the nodes and leaves the pods out.',
      'zh-cn': '路由器上的源 NAT 覆盖了节点，却遗漏了 Pod。',
    },
    why: {
      en: 'A pod that Calico does not hide behind its node (natOutgoing false) sends packets with its own address. The router lets them out untranslated, and no answer finds the way back: nodes reach the outside, pods do not.',
      'zh-cn':
        '如果 Calico 不把 Pod 隐藏在节点之后（natOutgoing 为 false），Pod 会以自己的地址发包。路由器不做转换就放行，应答便找不到回来的路：节点能访问外部，Pod 不能。',
    },
    source: 'VyOS documentation: nat source rule; Calico IPPool natOutgoing',
  },
  check({ site, report }) {
    for (const router of site.all('router/Config')) {
      const rules = router.natSource.filter(isActive);
      if (rules.length === 0) continue;
      const sources = rules.map(({ source }) => rangeOfField(source));
      // A rule without a source, or with one that cannot be read, may cover everything.
      if (sources.includes(undefined)) continue;
      const nodesSide = nodeSubnets(site, router);
      const serving = rules.find((_, index) => nodesSide.some((prefix) => covers(sources[index]!, rangeOf(prefix))));
      if (serving?.source === undefined) continue;
      for (const pods of site.derive(ADDRESS_PLAN)) {
        if (pods.use !== 'pods' || pods.disabled === true || pods.range.family !== 4) continue;
        if (sources.some((source) => covers(source!, pods.range))) continue;
        const hidden = areHidden(site, pods);
        if (hidden === 'yes') continue;
        report(serving.source.place, messageOf(serving, pods, hidden), {
          ...(hidden === 'unsaid' && { severity: 'hint' as const }),
          related: pods.field === undefined ? [] : [{ place: pods.field.place, message: PODS }],
          fixes: fixFor(router, serving, pods),
        });
        break;
      }
    }
  },
});

const PODS: Text = { en: 'The pods’ addresses.', 'zh-cn': 'Pod 的地址段。' };

function messageOf(rule: NatRule, pods: PlannedRange, hidden: 'no' | 'unsaid'): Text {
  const condition =
    hidden === 'no'
      ? { en: 'and their pool has natOutgoing off', 'zh-cn': '而且其地址池关闭了 natOutgoing' }
      : {
          en: 'and no pool here says natOutgoing; where it is off',
          'zh-cn': '而这里没有地址池写明 natOutgoing；如果它是关闭的',
        };
  return {
    en: `Source NAT covers ${rule.source?.value} and not the pods (${pods.text}), ${condition.en}, their packets leave untranslated and no answer comes back. Add a rule for the pods, or turn natOutgoing on.`,
    'zh-cn': `源 NAT 覆盖 ${rule.source?.value}，但不包括 Pod（${pods.text}），${condition['zh-cn']}，其报文会不经转换就发出，应答无法返回。请为 Pod 添加规则，或开启 natOutgoing。`,
  };
}

function isActive(rule: NatRule): boolean {
  return rule.exclude === undefined && rule.disabled === undefined && rule.translation !== undefined;
}

function rangeOfField(field: Field<string> | undefined): Range | undefined {
  const prefix = field?.value === undefined ? undefined : parsePrefixOrAddress(field.value);
  return prefix === undefined ? undefined : rangeOf(prefix);
}

function covers(outer: Range, inner: Range): boolean {
  return (
    rangeContains(outer, { family: inner.family, value: inner.first }) &&
    rangeContains(outer, { family: inner.family, value: inner.last })
  );
}

/** The router's subnets in which Calico's nodes peer with it. */
function nodeSubnets(site: Site, router: RouterConfig): readonly Prefix[] {
  const peers = site.all('calico/BGPPeer').flatMap(({ peerIP }) => {
    const address = peerIP?.value === undefined ? undefined : parseAddress(peerIP.value);
    return address === undefined ? [] : [address];
  });
  return router.interfaces.flatMap(({ addresses }) =>
    addresses.flatMap(({ value }) => {
      const prefix = value === undefined ? undefined : parsePrefix(value);
      const own = prefix && { family: prefix.family, value: prefix.address };
      return prefix !== undefined && peers.some((peer) => sameAddress(peer, own!)) ? [prefix] : [];
    }),
  );
}

/** Whether Calico hides these pods behind their nodes: IPPool.natOutgoing, which is off unless it is set (v3 API). */
function areHidden(site: Site, pods: PlannedRange): 'yes' | 'no' | 'unsaid' {
  const pools = site.all('calico/IPPool').filter((pool) => {
    const range = rangeOfField(pool.cidr);
    return range !== undefined && (covers(pods.range, range) || covers(range, pods.range));
  });
  if (pools.length === 0) return site.all('tigera/Installation').length > 0 ? 'yes' : 'unsaid';
  return pools.every((pool) => pool.natOutgoing === undefined || pool.natOutgoing.value === false) ? 'no' : 'yes';
}

/** A rule of its own for the pods, before the others, on the same way out. */
function fixFor(router: RouterConfig, like: NatRule, pods: PlannedRange): readonly Fix[] {
  const { doc } = router;
  if (doc.tree.format !== 'vyos' || like.outboundInterface?.value === undefined) return [];
  const source = { doc, text: doc.text };
  const node = nodesAt(doc.tree.vyos.nodes, 'nat', 'source').at(-1);
  const insertion = node && insideNode(source, node);
  const taken = new Set(router.natSource.map(({ rule }) => Number(rule.value)));
  let number = 10;
  while (taken.has(number)) number += 10;
  if (insertion === undefined) return [];
  const outbound = like.outboundInterface.value;
  const isNested = nodesAt(doc.tree.vyos.nodes, 'nat', 'source', 'rule', 'outbound-interface', 'name').length > 0;
  const lines = [
    `rule ${number} {`,
    ...(isNested
      ? ['    outbound-interface {', `        name ${outbound}`, '    }']
      : [`    outbound-interface ${outbound}`]),
    '    source {',
    `        address ${pods.text}`,
    '    }',
    '    translation {',
    '        address masquerade',
    '    }',
    '}',
  ];
  return [
    {
      title: { en: `Add rule ${number} for ${pods.text}`, 'zh-cn': `为 ${pods.text} 添加规则 ${number}` },
      kind: 'pick',
      edits: () => [{ doc, span: insertion.place.span ?? [0, 0], text: insertionText(insertion, lines) }],
    },
  ];
}
