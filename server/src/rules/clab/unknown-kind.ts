import { NODE_KIND_NAMES, nodeKind } from '../../model/containerlab/node-kinds.ts';
import type { NodeSettings } from '../../model/containerlab/node-settings.ts';
import { nearest } from '../../network/near.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'clab/unknown-kind',
  severity: 'error',
  docs: {
    summary: { en: 'A kind that containerlab does not know.', 'zh-cn': 'containerlab 不支持的节点类型。' },
    why: {
      en: 'The kind decides how a node is started and how its interfaces are named. containerlab stops at the first one that it does not know.',
      'zh-cn': '类型决定节点如何启动以及接口如何命名。containerlab 遇到第一个未知类型就会停止。',
    },
    source: 'srl-labs/containerlab core/register.go',
  },
  each: {
    'containerlab/Topology'(topology, { report }) {
      const levels: readonly (NodeSettings | undefined)[] = [
        topology.defaults,
        ...topology.groups.values(),
        ...topology.nodes.values(),
      ];
      for (const kind of levels.flatMap((level) => level?.kind ?? [])) {
        if (!kind.value || nodeKind(kind.value) !== undefined) continue;
        const name = nearest(kind.value, NODE_KIND_NAMES);
        report(
          kind.place,
          {
            en: `containerlab has no kind \`${kind.value}\` and refuses the topology. A container that is no network system is of kind \`linux\`.`,
            'zh-cn': `containerlab 没有类型 \`${kind.value}\`，会拒绝该拓扑。普通容器的类型是 \`linux\`。`,
          },
          {
            fixes: [name, 'linux']
              .filter((one, index, all) => one !== undefined && all.indexOf(one) === index)
              .map((one) => ({
                title: { en: `Change to \`${one}\``, 'zh-cn': `改为 \`${one}\`` },
                kind: 'pick',
                edits: () => replaceScalar(kind.place, one!),
              })),
          },
        );
      }
    },
  },
});
