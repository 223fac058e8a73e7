import { isSourceNat, prefixOf } from '../../assembly/shell.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'shell/nat-too-broad',
  severity: 'warning',
  docs: {
    summary: {
      en: 'MASQUERADE towards everywhere beside rules that name their destination.',
      'zh-cn': '在指明目的网段的规则旁边，又对所有目的地址做 MASQUERADE。',
    },
    why: {
      en: 'The rule hides the network from every destination, pods and nodes included: policies, logs and session affinity see one address, and the narrow rules beside it are never needed.',
      'zh-cn':
        '该规则会对所有目的地（包括 Pod 和节点）隐藏这个网段：策略、日志和会话保持都只看到一个地址，旁边的精确规则也失去意义。',
    },
    source: 'iptables-extensions(8): MASQUERADE',
  },
  each: {
    'shell/Script'(script, { report }) {
      const nat = script.iptables.filter((rule) => rule.action === 'add' && isSourceNat(rule));
      for (const rule of nat) {
        // An interface to leave by is a bound of its own, and a rule without any destination is how gateways are set up.
        if (rule.outInterface !== undefined || rule.destination?.value === undefined) continue;
        if (prefixOf(rule.destination)?.length !== 0 || rule.source?.value === undefined) continue;
        const narrow = nat.find((other) => (prefixOf(other.destination)?.length ?? 0) > 0);
        if (narrow?.destination === undefined) continue;
        report(
          rule.destination.place,
          {
            en: `${rule.source.value} is hidden behind this node towards every destination, its own nodes and pods included. Name the destination, as the rule for ${narrow.destination.value} does, or the interface with \`-o\`.`,
            'zh-cn': `${rule.source.value} 访问任何目的地（包括自己的节点和 Pod）时都会被隐藏在此节点之后。请像 ${narrow.destination.value} 的规则那样写明目的网段，或用 \`-o\` 指明接口。`,
          },
          {
            related: [
              {
                place: narrow.destination.place,
                message: { en: 'This rule names its destination.', 'zh-cn': '此规则写明了目的网段。' },
              },
            ],
          },
        );
      }
    },
  },
});
