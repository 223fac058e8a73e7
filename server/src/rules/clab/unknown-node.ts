import type { Topology } from '../../model/containerlab/topology.ts';
import { nearest } from '../../network/near.ts';
import type { Field } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import { defineRule, type Fix } from '../rule.ts';

/** Names that containerlab resolves without a node of that name. */
const SPECIAL = new Set(['host', 'mgmt-net', 'macvlan', 'dummy']);

export default defineRule({
  id: 'clab/unknown-node',
  severity: 'error',
  docs: {
    summary: {
      en: 'A link or a `wait-for` names a node that the topology does not have.',
      'zh-cn': '链路或 `wait-for` 引用了拓扑中不存在的节点。',
    },
    why: {
      en: 'containerlab resolves every end before it creates the first container, and refuses the whole lab for one wrong name.',
      'zh-cn': 'containerlab 会在创建第一个容器之前解析所有端点，只要有一个名称错误就会拒绝整个实验环境。',
    },
    source: 'srl-labs/containerlab links/endpoint_raw.go and core/clab.go',
  },
  each: {
    'containerlab/Topology'(topology, { report }) {
      if (!topology.nodesComplete || topology.nodes.size === 0) return;
      for (const link of topology.links)
        for (const { kind, node } of link.endpoints) {
          if (kind !== 'node' || node === undefined || !isUnknown(topology, node)) continue;
          report(
            node.place,
            {
              en: `There is no node \`${node.value}\` in this topology. containerlab cannot plug this cable in and refuses the whole lab. ${ADVICE.en}`,
              'zh-cn': `此拓扑中没有节点 \`${node.value}\`。containerlab 无法连接这条链路，会拒绝整个实验环境。${ADVICE['zh-cn']}`,
            },
            { fixes: fixes(topology, node) },
          );
        }
      for (const waiting of topology.nodes.values())
        for (const { node } of waiting.stages.flatMap((stage) => stage.waitFor)) {
          if (node === undefined || !isUnknown(topology, node)) continue;
          report(
            node.place,
            {
              en: `\`${waiting.name.value}\` waits for \`${node.value}\`, which is no node of this topology. containerlab refuses to deploy. ${ADVICE.en}`,
              'zh-cn': `\`${waiting.name.value}\` 等待的 \`${node.value}\` 不是此拓扑的节点，containerlab 会拒绝部署。${ADVICE['zh-cn']}`,
            },
            { fixes: fixes(topology, node) },
          );
        }
    },
  },
});

const ADVICE = { en: 'Name a node of `nodes:`, or add this one.', 'zh-cn': '请改为 `nodes:` 中的节点，或添加该节点。' };

function isUnknown(topology: Topology, { value }: Field<string>): boolean {
  if (value === undefined || value === '') return false;
  return !topology.nodes.has(value) && !SPECIAL.has(value.trim().toLowerCase());
}

function fixes(topology: Topology, node: Field<string>): readonly Fix[] {
  const name = nearest(node.value ?? '', topology.nodes.keys());
  if (name === undefined) return [];
  return [
    {
      title: { en: `Change to \`${name}\``, 'zh-cn': `改为 \`${name}\`` },
      kind: 'pick',
      edits: () => replaceScalar(node.place, name),
    },
  ];
}
