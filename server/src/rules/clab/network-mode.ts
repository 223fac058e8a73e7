import { KIND_CLUSTERS } from '../../assembly/hosts-kind.ts';
import { LABS, type LabNode } from '../../assembly/labs.ts';
import { containerName } from '../../model/containerlab/container-name.ts';
import { nearest } from '../../network/near.ts';
import type { Field } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import { defineRule, type Report } from '../rule.ts';

/** Words that say what happens anyway. */
const DEFAULTS = new Set(['', 'bridge', 'default', 'management', 'mgmt']);

export default defineRule({
  id: 'clab/network-mode',
  severity: 'warning',
  yieldsTo: ['clab/kind-cluster'],
  docs: {
    summary: {
      en: 'A `network-mode` that is none, or that joins a node which is not there.',
      'zh-cn': '`network-mode` 的值无效，或要加入的节点不存在。',
    },
    why: {
      en: 'containerlab takes every word it does not know as the management network, without a word. A node meant to share the network of another then stands alone.',
      'zh-cn': 'containerlab 会把无法识别的值悄悄当作管理网络。本应共享其他节点网络的节点因此会独立存在。',
    },
    source: 'srl-labs/containerlab runtime/docker processNetworkMode; core/clab.go',
  },
  check({ site, report }) {
    const external = new Set(site.derive(KIND_CLUSTERS).flatMap(({ containers }) => containers));
    const said = new Set<string>();
    for (const lab of site.derive(LABS))
      for (const node of lab.nodes.values()) {
        const { networkMode, network } = node.settings;
        if (networkMode?.value === undefined || network === undefined) continue;
        const key = `${networkMode.place.doc.file} ${networkMode.place.doc.base} ${networkMode.place.path?.join()}`;
        if (said.has(key)) continue;
        said.add(key);
        if (network.target !== undefined) checkTarget(node, network.target, external, report);
        else if (network.mode === 'management' && !DEFAULTS.has(networkMode.value.toLowerCase()))
          reportMode(node, networkMode, report);
      }
  },
});

function reportMode({ name }: LabNode, mode: Field<string>, report: Report): void {
  const meant = nearest(mode.value ?? '', ['host', 'none']);
  report(
    mode.place,
    {
      en: `\`${mode.value}\` is no network mode, so \`${name}\` joins the management network after all. Write \`host\`, \`none\` or \`container:<node>\`.`,
      'zh-cn': `\`${mode.value}\` 不是网络模式，\`${name}\` 仍会加入管理网络。请写 \`host\`、\`none\` 或 \`container:<节点>\`。`,
    },
    {
      fixes:
        meant === undefined
          ? []
          : [
              {
                title: { en: `Change to \`${meant}\``, 'zh-cn': `改为 \`${meant}\`` },
                kind: 'pick',
                edits: () => replaceScalar(mode.place, meant),
              },
            ],
    },
  );
}

/** What is no node of the lab is taken for a container outside of it; only a slip of the pen in a node's name is reported. */
function checkTarget(
  { name, lab }: LabNode,
  target: Field<string>,
  external: ReadonlySet<string>,
  report: Report,
): void {
  const { value } = target;
  if (value === undefined || value === '' || external.has(value) || !lab.topology.nodesComplete) return;
  const containers = [...lab.nodes.keys()].flatMap((other) => containerName(lab.topology, other) ?? []);
  const names = [...lab.nodes.keys(), ...containers];
  if (names.includes(value)) return;
  const meant = nearest(
    value,
    names.filter((other) => other !== name && withoutDigits(other) !== withoutDigits(value)),
  );
  if (meant === undefined) return;
  report(
    target.place,
    {
      en: `\`${value}\` is no node of this lab, so containerlab waits for a container of that name from outside. Did you mean \`${meant}\`?`,
      'zh-cn': `\`${value}\` 不是此实验环境的节点，containerlab 会等待同名的外部容器。您是否想写 \`${meant}\`？`,
    },
    {
      fixes: [
        {
          title: { en: `Change to \`${meant}\``, 'zh-cn': `改为 \`${meant}\`` },
          kind: 'pick',
          edits: () => replaceScalar(target.place, meant),
        },
      ],
    },
  );
}

/** Another number is another machine, not a slip. */
function withoutDigits(text: string): string {
  return text.replace(/\d+/g, '');
}
