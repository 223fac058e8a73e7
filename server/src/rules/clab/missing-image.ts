import { labOf } from '../../assembly/labs.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'clab/missing-image',
  severity: 'error',
  docs: {
    summary: {
      en: 'A node has no image, neither of its own nor from its group, its kind or the defaults.',
      'zh-cn': '节点没有镜像：自身、所属组、类型与默认设置中都没有。',
    },
    why: {
      en: 'Every kind but bridges, the host and external containers starts from an image. `containerlab validate` does not look for it; `deploy` stops.',
      'zh-cn':
        '除网桥、宿主机与外部容器外，所有类型都需要镜像。`containerlab validate` 不检查这一点，`deploy` 会停止。',
    },
    source: 'srl-labs/containerlab nodes/default_node.go PullImage',
  },
  each: {
    'containerlab/Topology'(topology, { report }) {
      if (!topology.nodesComplete) return;
      for (const { name, kind, settings } of labOf(topology).nodes.values()) {
        if (kind === undefined || !kind.needsImage || settings.image !== undefined) continue;
        report(settings.name.place, {
          en: `\`${name}\` has no image at any level, and \`${kind.name}\` needs one. containerlab cannot start it. Set \`image:\` here or under \`kinds: ${settings.kind?.value ?? kind.name}:\`.`,
          'zh-cn': `\`${name}\` 在任何层级都没有镜像，而 \`${kind.name}\` 需要镜像，containerlab 无法启动它。请在此处或 \`kinds: ${settings.kind?.value ?? kind.name}:\` 下设置 \`image:\`。`,
        });
      }
    },
  },
});
