import { schemaKey } from '../../assembly/schema-problems.ts';
import { isClusterScoped } from '../../schemas/index.ts';
import { removeField } from '../../syntax/edit.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schema/namespace-on-cluster-kind',
  severity: 'warning',
  docs: {
    summary: { en: 'A cluster-scoped object has a namespace.', 'zh-cn': '集群级对象设置了命名空间。' },
    why: {
      en: 'The kind belongs to no namespace. calicoctl refuses the object; kubectl applies it to the whole cluster, which is more than the author seems to have meant.',
      'zh-cn': '该类型不属于任何命名空间。calicoctl 会拒绝该对象；kubectl 会将其应用到整个集群，范围可能超出作者本意。',
    },
    source: 'calico.md P10; spiderpool.md §1',
  },
  document(doc, { report, resources }) {
    for (const resource of resources) {
      const key = schemaKey(resource);
      if (
        key === undefined ||
        key.startsWith('containerlab/') ||
        resource.namespace === undefined ||
        !isClusterScoped(key)
      )
        continue;
      const kind = key.slice(key.indexOf('/') + 1);
      const path = [...resource.path, 'metadata', 'namespace'];
      report(
        { doc, path, part: 'key' },
        {
          en: `A ${kind} belongs to no namespace: it is in force in the whole cluster. Remove \`namespace\`.`,
          'zh-cn': `${kind} 不属于任何命名空间，在整个集群生效。请删除 \`namespace\`。`,
        },
        {
          fixes: [
            {
              title: { en: 'Remove `namespace`', 'zh-cn': '删除 `namespace`' },
              kind: 'safe',
              edits: () => removeField(doc, path),
            },
          ],
        },
      );
    }
  },
});
