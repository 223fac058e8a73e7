import { labOf } from '../../assembly/labs.ts';
import { acceptsInterface, nextFreeInterface } from '../../model/containerlab/interface-names.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'clab/interface-name',
  severity: 'error',
  docs: {
    summary: {
      en: 'A link uses an interface name that nodes of this kind do not have.',
      'zh-cn': '链路使用了该类型节点不具有的接口名。',
    },
    why: {
      en: 'Each kind maps the names of a topology to its ports. A name that it does not know reaches no port, and containerlab refuses to deploy.',
      'zh-cn': '每种类型都会把拓扑中的接口名映射到端口。无法识别的名称不对应任何端口，containerlab 会拒绝部署。',
    },
    source: 'srl-labs/containerlab nodes/*: CheckInterfaceName and interface aliases',
  },
  each: {
    'containerlab/Topology'(topology, { report }) {
      const lab = labOf(topology);
      const ends = topology.links.flatMap((link) => link.endpoints);
      for (const { kind: endKind, node: nodeName, interface: port } of ends) {
        const node = endKind !== 'node' ? undefined : lab.nodes.get(nodeName?.value ?? '');
        const kind = node?.kind;
        if (node === undefined || kind === undefined || !port?.value || node.settings.hasComponents) continue;
        if (kind.interfaces.management.includes(port.value) || acceptsInterface(kind, port.value)) continue;
        const used = ends.flatMap((end) =>
          end.node?.value === node.name && end.interface?.value !== undefined ? [end.interface.value] : [],
        );
        const free = nextFreeInterface(kind, used);
        report(
          port.place,
          {
            en: `\`${kind.name}\` has no interface \`${port.value}\`. containerlab cannot map it to a port and refuses to deploy. The names of this kind are ${kind.interfaces.form}.`,
            'zh-cn': `\`${kind.name}\` 没有接口 \`${port.value}\`，containerlab 无法将其映射到端口，会拒绝部署。该类型的接口名为 ${kind.interfaces.form}。`,
          },
          { fixes: free === undefined ? [] : [useFree(() => replaceScalar(port.place, free), free)] },
        );
      }
    },
  },
});

function useFree(edits: Fix['edits'], free: string): Fix {
  return {
    title: { en: `Use \`${free}\`, the next free one`, 'zh-cn': `使用下一个空闲接口 \`${free}\`` },
    kind: 'pick',
    edits,
  };
}
