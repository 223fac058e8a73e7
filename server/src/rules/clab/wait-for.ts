import { type Lab, type LabNode, labOf } from '../../assembly/labs.ts';
import type { WaitFor } from '../../model/containerlab/stages.ts';
import { nearest } from '../../network/near.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import { defineRule } from '../rule.ts';

const STAGES = ['create', 'create-links', 'configure', 'healthy', 'exit'] as const;

export default defineRule({
  id: 'clab/wait-for',
  severity: 'error',
  docs: {
    summary: {
      en: 'Nodes that wait for each other, or for a stage that does not exist.',
      'zh-cn': '节点相互等待，或等待不存在的阶段。',
    },
    why: {
      en: 'containerlab refuses a cycle. Nodes with a fixed management address are created before all others, so such a node can never wait for one without. A stage that does not exist never comes: the deployment hangs.',
      'zh-cn':
        'containerlab 会拒绝循环依赖。带固定管理地址的节点总是先于其他节点创建，因此不能等待没有固定地址的节点。不存在的阶段永远不会到来，部署会一直挂起。',
    },
    source: 'srl-labs/containerlab core/clab.go createStaticDynamicDependency, core/dependency_manager',
  },
  each: {
    'containerlab/Topology'(topology, { report }) {
      const lab = labOf(topology);
      for (const [node, wait] of waitsOf(lab)) {
        const { stage, node: target } = wait;
        if (stage?.value !== undefined && !STAGES.some((one) => one === stage.value)) {
          const meant = nearest(stage.value, STAGES);
          report(
            stage.place,
            {
              en: `There is no stage \`${stage.value}\`, so it never comes and the deployment hangs. Stages are ${STAGES.map((one) => `\`${one}\``).join(', ')}.`,
              'zh-cn': `没有阶段 \`${stage.value}\`，它永远不会到来，部署会一直挂起。可用的阶段：${STAGES.map((one) => `\`${one}\``).join('、')}。`,
            },
            {
              fixes:
                meant === undefined
                  ? []
                  : [
                      {
                        title: { en: `Change to \`${meant}\``, 'zh-cn': `改为 \`${meant}\`` },
                        kind: 'pick',
                        edits: () => replaceScalar(stage.place, meant),
                      },
                    ],
            },
          );
        }
        const awaited = target?.value === undefined ? undefined : lab.nodes.get(target.value);
        if (target === undefined || awaited === undefined) continue;
        const circle = pathBetween(lab, awaited, node);
        if (circle !== undefined)
          report(target.place, {
            en: `\`${node.name}\` waits for \`${awaited.name}\`, which waits for \`${node.name}\`${circle.length > 2 ? ` by way of ${circle.slice(1, -1).join(', ')}` : ''}. Neither ever starts, and containerlab refuses the lab. Remove one of these.`,
            'zh-cn': `\`${node.name}\` 等待 \`${awaited.name}\`，后者又${circle.length > 2 ? `经由 ${circle.slice(1, -1).join('、')} ` : ''}等待 \`${node.name}\`，两者都无法启动，containerlab 会拒绝部署。请去掉其中一个等待。`,
          });
        else if (isStatic(node) && !isStatic(awaited))
          report(target.place, {
            en: `\`${node.name}\` has a fixed management address, and such nodes are created before all that have none, such as \`${awaited.name}\`. containerlab calls this a cycle and refuses the lab. Give \`${awaited.name}\` a \`mgmt-ipv4\` as well.`,
            'zh-cn': `\`${node.name}\` 有固定管理地址，这类节点总是先于没有固定地址的节点（如 \`${awaited.name}\`）创建。containerlab 会视为循环依赖并拒绝部署。请也为 \`${awaited.name}\` 设置 \`mgmt-ipv4\`。`,
          });
      }
    },
  },
});

function waitsOf(lab: Lab): readonly (readonly [LabNode, WaitFor])[] {
  return [...lab.nodes.values()].flatMap((node) =>
    node.settings.stages.flatMap(({ waitFor }) => waitFor.map((wait) => [node, wait] as const)),
  );
}

function isStatic({ settings }: LabNode): boolean {
  return Boolean(settings.mgmtIpv4 ?? settings.mgmtIpv6);
}

/** Names on the way from a node along what it waits for to another, both included; containerlab looks at nodes, not stages. */
function pathBetween(lab: Lab, from: LabNode, to: LabNode): readonly string[] | undefined {
  const queue: (readonly string[])[] = [[from.name]];
  const seen = new Set([from.name]);
  for (const path of queue) {
    const last = lab.nodes.get(path.at(-1)!);
    if (last === to) return path;
    const next = last === undefined ? [] : targetsOf(last);
    for (const name of next) if (!seen.has(name) && seen.add(name)) queue.push([...path, name]);
  }
  return undefined;
}

function targetsOf({ lab, settings }: LabNode): readonly string[] {
  const awaited = settings.stages.flatMap(({ waitFor }) => waitFor.flatMap(({ node }) => node?.value ?? []));
  const shared = settings.network?.target?.value;
  return [...awaited, ...(shared === undefined ? [] : [shared])].filter((name) => lab.nodes.has(name));
}
