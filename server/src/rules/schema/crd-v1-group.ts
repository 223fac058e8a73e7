import type { KubernetesObject } from '../../model/resource.ts';
import { schemaKeyOf } from '../../schemas/index.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import { defineRule } from '../rule.ts';

/** What Calico itself writes: these objects are only ever seen in its storage form. */
const INTERNAL = new Set(['BlockAffinity', 'IPAMBlock', 'IPAMHandle', 'IPAMConfig', 'ClusterInformation']);

export default defineRule({
  id: 'schema/crd-v1-group',
  severity: 'warning',
  docs: {
    summary: {
      en: 'An object is written as `crd.projectcalico.org/v1`, Calico’s storage form.',
      'zh-cn': '对象以 `crd.projectcalico.org/v1`（Calico 的存储形式）编写。',
    },
    why: {
      en: 'Applied with kubectl, such an object skips Calico’s validation and defaults: a typo takes effect, and a field left out is really absent. calicoctl refuses it.',
      'zh-cn':
        '用 kubectl 应用这样的对象会绕过 Calico 的校验与默认值：拼写错误会直接生效，省略的字段就真的不存在。calicoctl 则会拒绝它。',
    },
    source: 'users.md M3; calico.md §1',
  },
  document(_doc, { report, resources }) {
    for (const resource of resources) {
      const { apiVersion } = resource as KubernetesObject;
      if (apiVersion?.value !== 'crd.projectcalico.org/v1' || resource.path.length > 0) continue;
      const kind = resource.kind.slice(resource.kind.indexOf('/') + 1);
      if (INTERNAL.has(kind) || schemaKeyOf('projectcalico.org/v3', kind) === undefined) continue;
      report(
        apiVersion.place,
        {
          en: `\`crd.projectcalico.org/v1\` is the form in which Calico stores objects such as this ${kind}: no validation, no defaults. Write \`projectcalico.org/v3\` and apply it with calicoctl or through Calico’s API server.`,
          'zh-cn': `\`crd.projectcalico.org/v1\` 是 Calico 存储 ${kind} 的形式：没有校验，也没有默认值。请改写为 \`projectcalico.org/v3\`，并通过 calicoctl 或 Calico API 服务器应用。`,
        },
        {
          fixes: [
            {
              title: { en: 'Change to `projectcalico.org/v3`', 'zh-cn': '改为 `projectcalico.org/v3`' },
              kind: 'safe',
              edits: () => replaceScalar(apiVersion.place, 'projectcalico.org/v3'),
            },
          ],
        },
      );
    }
  },
});
