import { isRootNamespace, LABS, type LabNode } from '../../assembly/labs.ts';
import { commandsOf } from '../../syntax/shell.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'clab/bridge',
  severity: 'information',
  docs: {
    summary: {
      en: 'A bridge of the host must be there before the lab is deployed.',
      'zh-cn': '部署之前宿主机上必须已有该网桥。',
    },
    why: {
      en: 'containerlab plugs links into a bridge and does not create it. Without the bridge it refuses to deploy.',
      'zh-cn': 'containerlab 只会把链路接到网桥，不会创建网桥。没有该网桥时会拒绝部署。',
    },
    source: 'srl-labs/containerlab nodes/bridge, nodes/ovs',
  },
  check({ site, report }) {
    for (const lab of site.derive(LABS))
      for (const node of lab.nodes.values()) {
        const command = creation(node);
        if (command === undefined || isCreated(site, bridgeOf(node))) continue;
        report(node.settings.name.place, {
          en: `The bridge \`${bridgeOf(node)}\` must exist on the host before this lab is deployed, and no script here creates it: \`${command}\`.`,
          'zh-cn': `部署前宿主机上必须已有网桥 \`${bridgeOf(node)}\`，而此处没有脚本创建它：\`${command}\`。`,
        });
      }
  },
});

function bridgeOf({ name }: LabNode): string {
  return name.replace(/\|.*$/, '');
}

function creation(node: LabNode): string | undefined {
  const name = bridgeOf(node);
  if (node.kind?.name === 'ovs-bridge') return `sudo ovs-vsctl add-br ${name}`;
  if (node.kind?.name !== 'bridge' || !isRootNamespace(node)) return undefined;
  return `sudo ip link add ${name} type bridge && sudo ip link set ${name} up`;
}

/** Whether a script of the site creates a bridge, with whatever tool, or computes names so that it may. */
function isCreated(site: Site, name: string): boolean {
  return site.documents('shell').some((script) => {
    if (script.tree.format !== 'shell') return false;
    return commandsOf(script.tree.shell).some(({ words }) => {
      const texts = words.map(({ text }) => text);
      const creates =
        (texts.includes('bridge') && texts.includes('add')) || texts.includes('addbr') || texts.includes('add-br');
      return creates && words.some(({ text, dynamic }) => dynamic || text === name);
    });
  });
}
