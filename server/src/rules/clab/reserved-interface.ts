import { labOf } from '../../assembly/labs.ts';
import { isManagementInterface, nextFreeInterface } from '../../model/containerlab/interface-names.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'clab/reserved-interface',
  severity: 'error',
  docs: {
    summary: {
      en: 'A link uses the interface that the management network has.',
      'zh-cn': '链路占用了管理网络使用的接口。',
    },
    why: {
      en: 'containerlab plugs the management network into that interface first. With a cable on it the lab is refused; with `network-mode: none` the interface is free.',
      'zh-cn':
        'containerlab 会先把管理网络接到该接口。若再接链路，部署会被拒绝；设置 `network-mode: none` 后该接口才空闲。',
    },
    source: 'srl-labs/containerlab nodes/linux, nodes/srl, nodes/sros, nodes/iol',
  },
  each: {
    'containerlab/Topology'(topology, { report }) {
      const lab = labOf(topology);
      const ends = topology.links.flatMap((link) => link.endpoints);
      for (const { kind: endKind, node: nodeName, interface: port } of ends) {
        const node = endKind !== 'node' ? undefined : lab.nodes.get(nodeName?.value ?? '');
        const network = node?.settings.network;
        if (node?.kind === undefined || network === undefined || !port?.value) continue;
        const management = network.mode === 'none' ? 'without management' : 'with management';
        if (!isManagementInterface(node.kind, port.value, management)) continue;
        const used = ends.flatMap((end) =>
          end.node?.value === node.name && end.interface?.value !== undefined ? [end.interface.value] : [],
        );
        const free = nextFreeInterface(node.kind, used);
        report(
          port.place,
          {
            en: `\`${node.name}:${port.value}\` belongs to the management network. containerlab refuses to deploy. Use another interface, or \`network-mode: none\` for this node.`,
            'zh-cn': `\`${node.name}:${port.value}\` 属于管理网络，containerlab 会拒绝部署。请使用其他接口，或为该节点设置 \`network-mode: none\`。`,
          },
          {
            fixes:
              free === undefined
                ? []
                : [
                    {
                      title: { en: `Use \`${free}\`, the next free one`, 'zh-cn': `使用下一个空闲接口 \`${free}\`` },
                      kind: 'pick',
                      edits: () => replaceScalar(port.place, free),
                    },
                  ],
          },
        );
      }
    },
  },
});
