import { POLICY_KINDS } from '../../model/calico/policy.ts';
import { nearest } from '../../network/near.ts';
import { blockLines, replaceScalar } from '../../syntax/edit.ts';
import { defineRule, type Fix } from '../rule.ts';

/** Tiers that Calico or its operator make by themselves, in one release or another. */
const BUILT_IN = [
  'default',
  'kube-admin',
  'kube-baseline',
  'adminnetworkpolicy',
  'baselineadminnetworkpolicy',
  'allow-tigera',
  'calico-system',
];

export default defineRule({
  id: 'policy/unknown-tier',
  severity: 'error',
  docs: {
    summary: { en: 'A policy is in a tier that does not exist.', 'zh-cn': '策略所在的层级（tier）不存在。' },
    why: {
      en: 'Calico refuses a policy whose tier does not exist, so the traffic that it was to allow or deny is decided by others.',
      'zh-cn': '所在层级不存在时，Calico 会拒绝该策略，本应由它允许或拒绝的流量会由其他策略决定。',
    },
    source: 'projectcalico/calico clientv3: the tier must exist on create (calico.md W01)',
  },
  check({ site, report }) {
    const tiers = site.all('calico/Tier');
    if (tiers.some(({ name }) => name?.value === undefined)) return;
    const written = tiers.map(({ name }) => name!.value!);
    const known = new Set([...BUILT_IN, ...written]);
    for (const kind of POLICY_KINDS)
      for (const policy of site.all(kind)) {
        const tier = policy.tier?.value;
        if (tier === undefined || tier === '' || known.has(tier)) continue;
        // Where no tier is in the files they are kept elsewhere: only a slip in a built-in name is certain.
        const near = written.length > 0 ? nearest(tier, known) : nearest(tier, BUILT_IN.slice(0, 3), 1);
        if (written.length === 0 && near === undefined) continue;
        const { place } = policy.tier!;
        const changed: readonly Fix[] =
          near === undefined
            ? []
            : [
                {
                  title: { en: `Change to \`${near}\``, 'zh-cn': `改为 \`${near}\`` },
                  kind: 'pick',
                  edits: () => replaceScalar(place, near),
                },
              ];
        report(
          place,
          {
            en: `There is no tier \`${tier}\`${near === undefined ? '' : `; there is \`${near}\``}. Calico refuses the policy, and others decide about its traffic. Correct the name, or create the tier first.`,
            'zh-cn': `没有名为 \`${tier}\` 的层级${near === undefined ? '' : `，存在 \`${near}\``}。Calico 会拒绝该策略，其流量会由其他策略决定。请更正名称，或先创建该层级。`,
          },
          { fixes: [...changed, ...(policy.doc.parent === undefined ? [created(policy.doc.file, tier)] : [])] },
        );
      }
  },
});

function created(file: string, name: string): Fix {
  const tier = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'Tier',
    metadata: { name },
    spec: { order: 500, defaultAction: 'Pass' },
  };
  return {
    title: { en: `Add the Tier \`${name}\``, 'zh-cn': `添加 Tier \`${name}\`` },
    kind: 'pick',
    edits: () => [{ file, append: `${blockLines(tier, 0).join('\n')}\n` }],
  };
}
