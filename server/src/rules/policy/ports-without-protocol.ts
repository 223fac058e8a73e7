import type { CalicoPolicy } from '../../model/calico/policy.ts';
import type { PolicyRule } from '../../model/calico/policy-rule.ts';
import { setField } from '../../syntax/edit.ts';
import { defineRule, type Fix, type Report } from '../rule.ts';

/** Protocols that have ports, and those that have none: anything else is the schema's to tell. */
const WITH_PORTS = new Set(['TCP', 'UDP', 'SCTP', '6', '17', '132']);
const WITHOUT_PORTS = /^(ICMP|ICMPv6|UDPLite|\d{1,3})$/;

export default defineRule({
  id: 'policy/ports-without-protocol',
  severity: 'error',
  docs: {
    summary: {
      en: 'A policy rule has ports, but no protocol that has ports.',
      'zh-cn': '策略规则写了端口，却没有指定带端口的协议。',
    },
    why: {
      en: 'A port number means something only with TCP, UDP or SCTP. Calico refuses the policy, so none of its rules takes effect.',
      'zh-cn': '端口号只在 TCP、UDP 或 SCTP 中有意义。Calico 会拒绝该策略，其中的任何规则都不会生效。',
    },
    source: 'projectcalico/calico validator (calico.md R03, R04); users.md M40',
  },
  yieldsTo: ['schema/enum'],
  each: {
    'calico/NetworkPolicy': (policy, { report }) => checkPolicy(policy, report),
    'calico/GlobalNetworkPolicy': (policy, { report }) => checkPolicy(policy, report),
    'calico/StagedNetworkPolicy': (policy, { report }) => checkPolicy(policy, report),
    'calico/StagedGlobalNetworkPolicy': (policy, { report }) => checkPolicy(policy, report),
    'calico/Profile'(profile, { report }) {
      for (const rule of [...(profile.ingress ?? []), ...(profile.egress ?? [])]) checkRule(rule, report);
    },
  },
});

function checkPolicy(policy: CalicoPolicy, report: Report): void {
  for (const rule of [...(policy.ingress ?? []), ...(policy.egress ?? [])]) checkRule(rule, report);
}

function checkRule(rule: PolicyRule, report: Report): void {
  const protocol = rule.protocol?.value;
  if (rule.protocol !== undefined && (protocol === undefined || WITH_PORTS.has(protocol))) return;
  if (protocol !== undefined && !WITHOUT_PORTS.test(protocol)) return;
  for (const side of [rule.source, rule.destination])
    for (const field of ['ports', 'notPorts'] as const) {
      const ports = side[field];
      if (ports.length === 0) continue;
      // A named port brings its protocol along; with a protocol that has none even that is refused.
      const numbered = ports.filter(({ value }) => value !== undefined && /^\d+(:\d+)?$/.test(value));
      if (protocol === undefined && numbered.length === 0) continue;
      const shown = ports.flatMap(({ value }) => value ?? []).join(', ');
      report(
        { doc: side.place.doc, path: [...(side.place.path ?? []), field], part: 'key' },
        protocol === undefined
          ? {
              en: `Ports ${shown} need a protocol: without one Calico refuses the whole policy. Add \`protocol: TCP\` (or UDP, SCTP) to the rule.`,
              'zh-cn': `端口 ${shown} 需要指定协议：缺少协议时 Calico 会拒绝整个策略。请在规则中添加 \`protocol: TCP\`（或 UDP、SCTP）。`,
            }
          : {
              en: `${protocol} has no ports, so Calico refuses the whole policy. Remove the ports, or use TCP, UDP or SCTP.`,
              'zh-cn': `${protocol} 没有端口，Calico 会拒绝整个策略。请删除端口，或使用 TCP、UDP 或 SCTP。`,
            },
        { fixes: protocol === undefined ? ['TCP', 'UDP'].map((name) => withProtocol(rule, name)) : [] },
      );
      // One protocol mends them all.
      return;
    }
}

function withProtocol({ place }: PolicyRule, protocol: string): Fix {
  return {
    title: { en: `Add \`protocol: ${protocol}\``, 'zh-cn': `添加 \`protocol: ${protocol}\`` },
    kind: 'pick',
    edits: () => setField(place.doc, [...(place.path ?? []), 'protocol'], protocol),
  };
}
