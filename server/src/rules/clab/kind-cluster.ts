import { KIND_CLUSTERS, type NamedCluster } from '../../assembly/hosts-kind.ts';
import { LABS, type Lab, type LabNode } from '../../assembly/labs.ts';
import { containerName } from '../../model/containerlab/container-name.ts';
import { nearest } from '../../network/near.ts';
import type { Field } from '../../syntax/document.ts';
import { type Edit, renameKey, replaceScalar } from '../../syntax/edit.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'clab/kind-cluster',
  severity: 'error',
  docs: {
    summary: {
      en: 'A lab joins a container that the kind cluster does not have.',
      'zh-cn': '实验环境加入了 kind 集群中不存在的容器。',
    },
    why: {
      en: 'kind names its containers `<cluster>-control-plane`, `-worker`, `-worker2` and so on. With another name there is no name space to join: the node fails to start, or containerlab waits a quarter of an hour for it.',
      'zh-cn':
        'kind 将容器命名为 `<集群>-control-plane`、`-worker`、`-worker2` 等。名称不符就没有可加入的命名空间：节点无法启动，或者 containerlab 会等待十五分钟。',
    },
    source: 'kubernetes-sigs/kind node naming; srl-labs/containerlab nodes/ext_container',
  },
  check({ site, report }) {
    const clusters = site.derive(KIND_CLUSTERS).filter(({ nameIsWritten }) => nameIsWritten);
    if (clusters.length === 0) return;
    for (const lab of site.derive(LABS))
      for (const node of lab.nodes.values()) {
        const target = joins(node);
        if (target?.value === undefined || isLabNode(node, target.value)) continue;
        const written = target.value;
        const meant = clusters.filter((cluster) => isMeant(cluster, written));
        if (meant.length === 0 || clusters.some(({ containers }) => containers.includes(written))) continue;
        const [cluster] = meant;
        if (cluster === undefined) continue;
        const name = nearest(written, cluster.containers) ?? cluster.containers.at(-1)!;
        const isKey = target.place.part === 'key';
        report(
          target.place,
          {
            en: `The kind cluster \`${cluster.name}\` has no container \`${written}\`, so there is nothing to join and the lab does not start. It has ${listed(cluster.containers, ', ')}.`,
            'zh-cn': `kind 集群 \`${cluster.name}\` 没有容器 \`${written}\`，无可加入，实验环境无法启动。该集群的容器：${listed(cluster.containers, '、')}。`,
          },
          {
            related: [
              {
                place: cluster.cluster.name?.place ?? { doc: cluster.cluster.doc, path: cluster.cluster.path },
                message: { en: `The cluster \`${cluster.name}\``, 'zh-cn': `集群 \`${cluster.name}\`` },
              },
            ],
            fixes:
              isKey && lab.nodes.has(name)
                ? []
                : [
                    {
                      title: { en: `Change to \`${name}\``, 'zh-cn': `改为 \`${name}\`` },
                      kind: 'pick',
                      edits: () => (isKey ? renameNode(lab, target, name) : replaceScalar(target.place, name)),
                    },
                  ],
          },
        );
      }
  },
});

function listed(names: readonly string[], separator: string): string {
  return names.map((name) => `\`${name}\``).join(separator);
}

/** An external container's node is named for it, and links name the node. */
function renameNode(lab: Lab, node: Field<string>, name: string): readonly Edit[] {
  const ends = lab.topology.links.flatMap((link) => link.endpoints.flatMap((end) => end.node ?? []));
  return [
    ...renameKey(node.place.doc, node.place.path ?? [], name),
    ...ends.filter(({ value }) => value === node.value).flatMap(({ place }) => replaceScalar(place, name)),
  ];
}

/** The external container that a node shares the name space of, or is. */
function joins({ kind, settings }: LabNode): Field<string> | undefined {
  if (kind?.name === 'ext-container') return settings.name;
  return settings.network?.mode === 'container' ? settings.network.target : undefined;
}

function isLabNode({ lab, kind }: LabNode, name: string): boolean {
  if (kind?.name === 'ext-container') return false;
  if (!lab.topology.nodesComplete || lab.nodes.has(name)) return true;
  return [...lab.nodes.keys()].some((other) => containerName(lab.topology, other) === name);
}

/** Whether a name that the cluster does not have was meant for one of its nodes: `lab-worker-4` is, `lab-database` is not. */
function isMeant({ name, containers }: NamedCluster, written: string): boolean {
  if (containers.includes(written) || !written.startsWith(`${name}-`)) return false;
  const role = written.slice(name.length + 1);
  if (/^(control-?plane|worker|master|node)/i.test(role)) return true;
  return (
    nearest(
      role,
      containers.map((container) => container.slice(name.length + 1)),
    ) !== undefined
  );
}
