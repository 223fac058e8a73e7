import { interfaceName } from '../../assembly/interfaces.ts';
import { isRootNamespace, type Lab, type LabNode, labOf } from '../../assembly/labs.ts';
import type { LinkEndpoint } from '../../model/containerlab/link.ts';
import type { Text } from '../../text.ts';
import { defineRule } from '../rule.ts';

/** One end of a cable in one name space. */
interface Port {
  /** Equal for ends that cannot both exist. */
  readonly key: string;
  readonly name: string;
  readonly inHost: boolean;
  readonly endpoint: LinkEndpoint;
}

export default defineRule({
  id: 'clab/duplicate-endpoint',
  severity: 'error',
  docs: {
    summary: {
      en: 'Two links end at the same interface of a node, or two bridges of the host have a port of the same name.',
      'zh-cn': '两条链路接到同一节点的同一接口，或宿主机的两个网桥有同名端口。',
    },
    why: {
      en: 'An interface takes one cable. Vendor names and `ethX` may mean the same port, and all bridges of the host share one name space, so the clash is easy to miss. `containerlab validate` does not look for it; `deploy` fails.',
      'zh-cn':
        '一个接口只能接一条链路。厂商端口名与 `ethX` 可能是同一端口，宿主机上的所有网桥又共用一个命名空间，因此冲突不易察觉。`containerlab validate` 不检查这一点，`deploy` 会失败。',
    },
    source: 'srl-labs/containerlab links/endpoint.go and core/config.go (root name space)',
  },
  each: {
    'containerlab/Topology'(topology, { report }) {
      const lab = labOf(topology);
      const first = new Map<string, Port>();
      for (const port of topology.links.flatMap((link) => link.endpoints.flatMap((end) => portOf(lab, end) ?? []))) {
        const before = first.get(port.key);
        if (before === undefined) first.set(port.key, port);
        else
          report(port.endpoint.place, message(port, before), {
            related: [
              { place: before.endpoint.place, message: { en: 'The first cable here', 'zh-cn': '此处是第一条链路' } },
            ],
          });
      }
    },
  },
});

function message(port: Port, before: Port): Text {
  if (port.inHost && port.name !== before.name)
    return {
      en: `\`${port.name}\` and \`${before.name}\` are two interfaces of one name in the host's own name space, which all its bridges share. Only one of them can be created. Rename one.`,
      'zh-cn': `\`${port.name}\` 与 \`${before.name}\` 在宿主机的命名空间中同名，而所有网桥共用该命名空间，只能创建其中一个。请改名。`,
    };
  if (port.name !== before.name)
    return {
      en: `\`${port.name}\` is the same port as \`${before.name}\`, which has a cable already. containerlab refuses to deploy. Use a free interface.`,
      'zh-cn': `\`${port.name}\` 与 \`${before.name}\` 是同一端口，后者已接有链路，containerlab 会拒绝部署。请使用空闲接口。`,
    };
  return {
    en: `\`${port.name}\` has a cable already, and an interface takes one. containerlab refuses to deploy. Use a free interface.`,
    'zh-cn': `\`${port.name}\` 已接有链路，一个接口只能接一条，containerlab 会拒绝部署。请使用空闲接口。`,
  };
}

function portOf(lab: Lab, endpoint: LinkEndpoint): Port | undefined {
  const written = endpoint.interface?.value;
  if (written === undefined || written === '') return undefined;
  // A macvlan's host side is the parent interface, which may have many.
  if (endpoint.kind === 'macvlan') return undefined;
  if (endpoint.kind !== 'node')
    return { key: `host ${written}`, name: `${endpoint.kind}:${written}`, inHost: true, endpoint };
  const node = endpoint.node?.value === undefined ? undefined : lab.nodes.get(endpoint.node.value);
  if (node === undefined) return undefined;
  const name = interfaceName(node, written) ?? written;
  const inHost = isRootNamespace(node);
  return {
    key: inHost ? `host ${name}` : `node ${ownerOf(node)} ${name}`,
    name: `${node.name}:${written}`,
    inHost,
    endpoint,
  };
}

/** Plain containers that join another's name space share its interfaces; the cards of a chassis name theirs apart. */
function ownerOf(node: LabNode): string {
  const { network } = node.settings;
  const target = node.kind?.name === 'linux' && network?.mode === 'container' ? network.target?.value : undefined;
  return target === undefined ? node.name : node.lab.nodes.has(target) ? target : `container ${target}`;
}
