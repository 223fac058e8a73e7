import { HOSTS } from '../../assembly/hosts.ts';
import type { BGPConfiguration } from '../../model/calico/bgp-configuration.ts';
import { nearest } from '../../network/near.ts';
import { yamlOf } from '../../syntax/document.ts';
import { removeField, replaceScalar } from '../../syntax/edit.ts';
import { nodeAt } from '../../syntax/tree.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Report } from '../rule.ts';

/** Fields that Calico takes from `default` only (libcalico-go clientv3). */
const GLOBAL_ONLY = [
  'nodeToNodeMeshEnabled',
  'asNumber',
  'serviceLoadBalancerIPs',
  'serviceExternalIPs',
  'serviceClusterIPs',
  'nodeMeshPassword',
  'nodeMeshMaxRestartTime',
];

export default defineRule({
  id: 'bgp/config-name',
  severity: 'error',
  docs: {
    summary: {
      en: 'A BGPConfiguration is called neither `default` nor `node.<name>`, or sets for one node what only `default` can.',
      'zh-cn':
        'BGPConfiguration 的名称既不是 `default` 也不是 `node.<名称>`，或者为单个节点设置了只能写在 `default` 中的字段。',
    },
    why: {
      en: 'calico-node reads `default` and the object of its own node, and no other. Anything under another name is stored and has no effect; global settings in a node’s object are refused.',
      'zh-cn':
        'calico-node 只读取 `default` 和自己节点的对象。其他名称的对象会被保存，但不起任何作用；节点对象中的全局设置会被拒绝。',
    },
    source: 'projectcalico/calico: confd key names, clientv3 validation (calico.md F17–F23)',
  },
  check({ site, report }) {
    const all = site.all('calico/BGPConfiguration');
    for (const configuration of all) {
      const name = configuration.name?.value;
      if (name === undefined || name === 'default') continue;
      if (name.startsWith('node.')) {
        unknownNode(site, configuration, report);
        globalFields(configuration, report);
      } else misnamed(site, configuration, all, report);
    }
  },
});

function misnamed(site: Site, configuration: BGPConfiguration, all: readonly BGPConfiguration[], report: Report): void {
  const place = configuration.name!.place;
  const written = configuration.name!.value!;
  const isNode = site.derive(HOSTS).ofNode(written) !== undefined;
  const names = [
    ...(isNode ? [`node.${written}`] : []),
    ...(all.some(({ name }) => name?.value === 'default') ? [] : ['default']),
  ];
  report(
    place,
    {
      en: `Calico reads the BGPConfiguration \`default\` and \`node.<name>\`; \`${written}\` is neither, so nothing in it takes effect.${isNode ? ` For that node it must be \`node.${written}\`.` : ' Rename it.'}`,
      'zh-cn': `Calico 只读取名为 \`default\` 和 \`node.<名称>\` 的 BGPConfiguration；\`${written}\` 两者都不是，其内容不会生效。${isNode ? `若针对该节点，应为 \`node.${written}\`。` : '请改名。'}`,
    },
    {
      fixes: names.map((name) => ({
        title: { en: `Rename it to \`${name}\``, 'zh-cn': `改名为 \`${name}\`` },
        kind: 'pick',
        edits: () => replaceScalar(place, name),
      })),
    },
  );
}

/** Only where all nodes are known and one of them is nearly called so. */
function unknownNode(site: Site, configuration: BGPConfiguration, report: Report): void {
  const place = configuration.name!.place;
  const node = configuration.name!.value!.slice('node.'.length);
  const known = site
    .derive(HOSTS)
    .all.filter((host) => host.calicoNodes.length + host.kubernetesNodes.length > 0)
    .map(({ name }) => name);
  if (known.length < 2 || known.includes(node)) return;
  const near = nearest(node, known, 2);
  if (near === undefined) return;
  report(
    place,
    {
      en: `There is no node \`${node}\` (there is \`${near}\`), so this BGPConfiguration is read by nobody. Correct the name.`,
      'zh-cn': `没有名为 \`${node}\` 的节点（存在 \`${near}\`），因此没有节点会读取此 BGPConfiguration。请更正名称。`,
    },
    {
      fixes: [
        {
          title: { en: `Rename it to \`node.${near}\``, 'zh-cn': `改名为 \`node.${near}\`` },
          kind: 'pick',
          edits: () => replaceScalar(place, `node.${near}`),
        },
      ],
    },
  );
}

function globalFields({ doc, path, name }: BGPConfiguration, report: Report): void {
  for (const field of GLOBAL_ONLY) {
    const at = [...path, 'spec', field];
    if (nodeAt(yamlOf(doc)?.root, at) === undefined) continue;
    report(
      { doc, path: at, part: 'key' },
      {
        en: `\`${field}\` holds for the whole cluster and belongs into the BGPConfiguration \`default\`; Calico refuses it in \`${name!.value}\`. Move it there.`,
        'zh-cn': `\`${field}\` 对整个集群生效，应写在名为 \`default\` 的 BGPConfiguration 中；写在 \`${name!.value}\` 中会被 Calico 拒绝。请移到那里。`,
      },
      {
        fixes: [
          {
            title: { en: `Remove \`${field}\` here`, 'zh-cn': `在此处删除 \`${field}\`` },
            kind: 'pick',
            edits: () => removeField(doc, at),
          },
        ],
      },
    );
  }
}
