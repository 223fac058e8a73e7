import { isWithin, rangesFor, SCRIPT_NAT, SCRIPT_ROUTES, type ScriptNat } from '../../assembly/shell.ts';
import { containsPrefix, type Prefix, prefixesOverlap, sameNetwork } from '../../network/prefix.ts';
import { rangeOf } from '../../network/range.ts';
import type { Field, Place } from '../../syntax/document.ts';
import type { Edit } from '../../syntax/edit.ts';
import type { Text } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Related } from '../rule.ts';

export default defineRule({
  id: 'shell/nat-direction',
  severity: 'error',
  docs: {
    summary: {
      en: 'Source NAT with source and destination the wrong way round.',
      'zh-cn': '源 NAT 的源地址与目的地址写反了。',
    },
    why: {
      en: 'NAT looks at the first packet of a connection only. When an office reaches into the cluster through a node, that packet comes from the office: a rule that matches packets from the pods never sees it, so the answer takes another way back. And no packet ever has a Service address as its source.',
      'zh-cn':
        'NAT 只检查连接的第一个报文。当办公网经由节点访问集群时，这个报文来自办公网：匹配“来自 Pod”的规则永远看不到它，应答就会走另一条路返回。而且任何报文都不会以 Service 地址作为源地址。',
    },
    source:
      'netfilter: the nat table sees the first packet of a connection; kube-proxy translates Service addresses before POSTROUTING',
  },
  check({ site, report }) {
    for (const nat of site.derive(SCRIPT_NAT)) {
      const { rule } = nat;
      if (rule.action !== 'add' || !/^POSTROUTING$/.test(rule.chain?.value ?? '')) continue;
      const reason = wrongBecause(site, nat);
      if (reason === undefined || rule.source === undefined || rule.destination === undefined) continue;
      const { source, destination } = rule;
      report(
        source.place,
        {
          en: `${reason.message.en} Swap them: \`-s ${destination.value} -d ${source.value}\`.`,
          'zh-cn': `${reason.message['zh-cn']}请对调：\`-s ${destination.value} -d ${source.value}\`。`,
        },
        {
          related: reason.related,
          fixes: [
            {
              title: {
                en: `Swap to \`-s ${destination.value} -d ${source.value}\``,
                'zh-cn': `对调为 \`-s ${destination.value} -d ${source.value}\``,
              },
              kind: 'pick',
              edits: () => swapped(source, destination),
            },
          ],
        },
      );
    }
  },
});

interface Reason {
  readonly message: Text;
  readonly related: readonly Related[];
}

function wrongBecause(site: Site, nat: ScriptNat): Reason | undefined {
  const services = rangesFor(site, 'services').find(({ range }) => isWithin(rangeOf(nat.source), range));
  if (services !== undefined)
    return {
      message: {
        en: `No packet has ${nat.rule.source?.value} as its source: that is the Service range, so this rule never matches.`,
        'zh-cn': `没有报文以 ${nat.rule.source?.value} 为源地址：这是 Service 网段，此规则永远不会匹配。`,
      },
      related: services.field === undefined ? [] : [{ place: services.field.place, message: SERVICES }],
    };
  return comesFromThere(site, nat);
}

const SERVICES: Text = { en: 'The Service range.', 'zh-cn': 'Service 网段。' };

/**
 * Pods as source, towards a network that is said to reach into them: by a static route to these pods and by its name in
 * selvage.yaml, or because the table that is pasted here has the rule the other way round.
 */
function comesFromThere(site: Site, nat: ScriptNat): Reason | undefined {
  const pods = rangesFor(site, 'pods');
  if (!pods.some(({ range }) => isWithin(rangeOf(nat.source), range))) return undefined;
  if (pods.some(({ range }) => isWithin(rangeOf(nat.destination), range))) return undefined;
  const all = site.derive(SCRIPT_NAT);
  // Both directions by command: somebody wants both.
  if (all.some((other) => other.rule.action === 'add' && isReverse(other, nat))) return undefined;
  const message: Text = {
    en: `Connections begin in ${nat.rule.destination?.value} and their first packet comes from there, so this rule never sees them.`,
    'zh-cn': `连接由 ${nat.rule.destination?.value} 发起，第一个报文来自那里，此规则永远看不到它们。`,
  };
  const shown = all.find((other) => other.rule.action === 'listed' && isReverse(other, nat));
  if (shown !== undefined)
    return {
      message,
      related: [
        {
          place: shown.rule.source?.place ?? shown.rule.place,
          message: { en: 'The table has it the other way round.', 'zh-cn': '规则表中的方向相反。' },
        },
      ],
    };
  const isNamed = rangesFor(site, 'named').some(({ range }) => isWithin(rangeOf(nat.destination), range));
  const route = site
    .derive(SCRIPT_ROUTES)
    .find(
      ({ line, destination }) => line.action === 'add' && destination !== undefined && covers(destination, nat.source),
    );
  if (!isNamed || route === undefined) return undefined;
  return {
    message,
    related: [
      {
        place: route.line.destination.place,
        message: { en: 'This route leads others to these pods.', 'zh-cn': '此路由将其他网络引向这些 Pod。' },
      },
    ],
  };
}

function isReverse(one: ScriptNat, other: ScriptNat): boolean {
  return prefixesOverlap(one.source, other.destination) && sameNetwork(one.destination, other.source);
}

function covers(route: Prefix, pods: Prefix): boolean {
  return route.length > 0 && containsPrefix(route, pods);
}

function swapped(source: Field<string>, destination: Field<string>): readonly Edit[] {
  const put = (at: Place, text: string): Edit => ({ doc: at.doc, span: at.span ?? [0, 0], text });
  return [put(source.place, destination.value ?? ''), put(destination.place, source.value ?? '')];
}
