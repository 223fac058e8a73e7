import type { KubernetesObject } from '../../model/resource.ts';
import { isKnownGroup, kindsOf, nearest } from '../../schemas/index.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import { defineRule } from '../rule.ts';

/** Kinds that others serve in Calico's group: Calico/VPP its networks. */
const OF_OTHERS: ReadonlySet<string> = new Set(['Network']);

export default defineRule({
  id: 'schema/unknown-kind',
  severity: 'error',
  docs: {
    summary: { en: 'The kind does not exist in its API group.', 'zh-cn': '该 API 组中不存在此类型。' },
    why: {
      en: 'calicoctl and kubectl refuse the object: no such resource type. Nothing of it reaches the cluster.',
      'zh-cn': 'calicoctl 与 kubectl 会拒绝该对象：没有这种资源类型，集群得不到任何内容。',
    },
    source: 'kinds registered by calicoctl and served by the CRDs (calico.md §1, P01)',
  },
  document(doc, { report, resources }) {
    for (const resource of resources) {
      const { apiVersion } = resource as KubernetesObject;
      const group = apiVersion?.value?.split('/')[0];
      if (group === undefined || !isKnownGroup(group)) continue;
      const place = { doc, path: [...resource.path, 'kind'] };
      const kind = resource.kind.slice(resource.kind.indexOf('/') + 1);
      const kinds = kindsOf(group);
      if (group === 'projectcalico.org' && OF_OTHERS.has(kind)) continue;
      if (kinds.includes(kind) || kinds.some((known) => kind === `${known}List`)) continue;
      const near = nearest(kind, kinds);
      report(
        place,
        {
          en: `There is no kind \`${kind}\` in ${group}${near === undefined ? '' : `; there is \`${near}\``}. The object is refused.`,
          'zh-cn': `${group} 中没有类型 \`${kind}\`${near === undefined ? '' : `，但有 \`${near}\``}。对象会被拒绝。`,
        },
        {
          fixes:
            near === undefined
              ? []
              : [
                  {
                    title: { en: `Change to \`${near}\``, 'zh-cn': `改为 \`${near}\`` },
                    kind: 'pick',
                    edits: () => replaceScalar(place, near),
                  },
                ],
        },
      );
    }
  },
});
