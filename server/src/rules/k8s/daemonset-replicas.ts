import { keyPlace } from '../../model/part.ts';
import { removeField } from '../../syntax/edit.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'k8s/daemonset-replicas',
  severity: 'warning',
  docs: {
    summary: { en: 'A DaemonSet with `replicas`.', 'zh-cn': '带有 `replicas` 的 DaemonSet。' },
    why: {
      en: 'A DaemonSet runs one pod on every node it selects and has no such field: kubectl refuses the object, and clients that do not validate drop the number silently. Whoever counts on it, for addresses in a pool for instance, counts wrong.',
      'zh-cn':
        'DaemonSet 在其选中的每个节点上运行一个 Pod，没有这个字段：kubectl 会拒绝该对象，不做校验的客户端则会悄悄丢弃这个数字。依赖它的计算（例如地址池大小）都会出错。',
    },
    source: 'kubernetes.io API reference: apps/v1 DaemonSetSpec',
  },
  each: {
    'kubernetes/Workload'(workload, { report }) {
      if (workload.workloadKind?.value !== 'DaemonSet' || workload.replicas === undefined) return;
      report(
        keyPlace(workload.replicas.place),
        {
          en: 'A DaemonSet has no `replicas`: it runs one pod on every node that it selects, and kubectl refuses the field. Remove it, or make this a Deployment.',
          'zh-cn':
            'DaemonSet 没有 `replicas`：它在每个选中的节点上运行一个 Pod，kubectl 会拒绝此字段。请删除，或改为 Deployment。',
        },
        {
          fixes: [
            {
              title: { en: 'Remove `replicas`', 'zh-cn': '删除 `replicas`' },
              kind: 'safe',
              edits: () => removeField(workload.doc, [...workload.path, 'spec', 'replicas']),
            },
          ],
        },
      );
    },
  },
});
