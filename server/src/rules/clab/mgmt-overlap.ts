import { ADDRESS_PLAN } from '../../assembly/address-plan.ts';
import { HOSTS } from '../../assembly/hosts.ts';
import { INTERFACES, linkEndsOf } from '../../assembly/interfaces.ts';
import { LABS, type Lab } from '../../assembly/labs.ts';
import { managementNetwork } from '../../model/containerlab/management.ts';
import { formatPrefix, type Prefix, parsePrefix, prefixesOverlap } from '../../network/prefix.ts';
import { nextFreePrefix, rangeOf } from '../../network/range.ts';
import type { Field, Place } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import type { Text } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Fix, type Report } from '../rule.ts';

/** Docker's default bridge, and the range that it mostly gives to kind, which makes the first network after it. */
const DOCKER = parsePrefix('172.17.0.0/16')!;
const KIND = parsePrefix('172.18.0.0/16')!;

export default defineRule({
  id: 'clab/mgmt-overlap',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A lab’s management network overlaps another lab’s, Docker’s, kind’s, or a data link of the lab.',
      'zh-cn': '实验环境的管理网络与另一实验环境、Docker、kind 的网络或本实验环境的数据链路重叠。',
    },
    why: {
      en: 'Docker refuses a second network in the same range (“Pool overlaps with other one on this address space”), so one of the two does not start. Where a data link has the range, a node has two ways to one subnet and answers go out of the wrong port.',
      'zh-cn':
        'Docker 会拒绝同一地址段的第二个网络（“Pool overlaps with other one on this address space”），二者之一无法启动。若数据链路也使用该地址段，节点到同一子网会有两条路，应答会从错误的端口发出。',
    },
    source: 'srl-labs/containerlab runtime/docker CreateNet; Docker libnetwork (containerlab.md C33, users.md M34)',
  },
  yieldsTo: ['ipam/cidr-overlap'],
  check({ site, report }) {
    const networks = site.derive(LABS).flatMap(managementOf);
    const hasKind = site.all('kind/Cluster').length > 0;
    const said = new Set<Lab>();
    for (const [index, network] of networks.entries()) {
      if (said.has(network.lab)) continue;
      const other = networks
        .slice(0, index)
        .find((before) => before.name !== network.name && prefixesOverlap(before.prefix, network.prefix));
      const place = network.place ?? other?.place;
      if (other !== undefined && place !== undefined) {
        said.add(network.lab);
        clashes(place, network, other, freeSubnet(network, networks, site), report);
      } else if (network.field !== undefined && prefixesOverlap(network.prefix, DOCKER)) {
        said.add(network.lab);
        report(network.field.place, withDocker(network.text), { fixes: freeSubnet(network, networks, site) });
      } else if (
        hasKind &&
        network.field !== undefined &&
        prefixesOverlap(network.prefix, KIND) &&
        network.name !== 'kind'
      ) {
        said.add(network.lab);
        report(network.field.place, withKind(network.text), { fixes: freeSubnet(network, networks, site) });
      } else if (onDataLink(network, site, report)) said.add(network.lab);
    }
  },
});

interface ManagementRange {
  readonly lab: Lab;
  readonly title: string;
  /** Of Docker's network: labs that name the same one share it. */
  readonly name: string;
  readonly prefix: Prefix;
  readonly text: string;
  /** Absent for containerlab's default. */
  readonly field?: Field<string>;
  /** The subnet, or the network's name that goes with the default subnet. */
  readonly place?: Place;
}

/** The ranges of a lab's management network, one a family; none when no node is in it. */
function managementOf(lab: Lab): readonly ManagementRange[] {
  const { mgmt, name: title } = lab.topology;
  const { name, ipv4, ipv6 } = managementNetwork(mgmt);
  const isUsed = [...lab.nodes.values()].some(({ settings }) => settings.network?.mode === 'management');
  // Docker's own bridge keeps the subnet it has, whatever stands here (runtime/docker CreateNet).
  if (name === undefined || name === 'bridge' || !isUsed) return [];
  return [
    { text: ipv4, field: mgmt.ipv4Subnet },
    { text: ipv6, field: mgmt.ipv6Subnet },
  ].flatMap(({ text, field }) => {
    const prefix = text === undefined ? undefined : parsePrefix(text);
    if (text === undefined || prefix === undefined) return [];
    const place = field?.place ?? mgmt.network?.place;
    return [{ lab, title: title?.value ?? '?', name, prefix, text, ...(field && { field }), ...(place && { place }) }];
  });
}

/** Where Docker takes its own networks from: nothing else is expected there. */
const DOCKERS_OWN = parsePrefix('172.16.0.0/12')!;

/** The first subnet of the same size that nothing of the site has. */
function freeSubnet(
  { prefix, field, lab }: ManagementRange,
  networks: readonly ManagementRange[],
  site: Site,
): readonly Fix[] {
  // With a gateway or addresses of nodes in the old subnet there is more to change than this.
  const isPinned =
    lab.topology.mgmt.ipv4Gateway !== undefined ||
    lab.topology.mgmt.ipv4Range !== undefined ||
    [...lab.nodes.values()].some(({ settings }) => settings.mgmtIpv4 !== undefined);
  if (field === undefined || prefix.family !== 4 || isPinned) return [];
  const taken = [
    ...site.derive(ADDRESS_PLAN).map(({ range }) => range),
    ...[DOCKER, KIND, ...networks.map((one) => one.prefix)].map(rangeOf),
  ];
  const free = nextFreePrefix(DOCKERS_OWN, taken, prefix.length);
  if (free === undefined) return [];
  const text = formatPrefix(free);
  return [
    {
      title: { en: `Use ${text}, which is free`, 'zh-cn': `改用空闲的 ${text}` },
      kind: 'pick',
      edits: () => replaceScalar(field.place, text),
    },
  ];
}

function clashes(
  place: Place,
  one: ManagementRange,
  other: ManagementRange,
  fixes: readonly Fix[],
  report: Report,
): void {
  report(
    place,
    {
      en: `The management networks of \`${one.title}\` (\`${one.name}\`, ${one.text}) and \`${other.title}\` (\`${other.name}\`, ${other.text}) overlap: Docker refuses the second, so the labs cannot run side by side. Give one another subnet, or both the same network.`,
      'zh-cn': `\`${one.title}\`（\`${one.name}\`，${one.text}）与 \`${other.title}\`（\`${other.name}\`，${other.text}）的管理网络重叠：Docker 会拒绝后者，两个实验环境无法同时运行。请更换其中一个的子网，或让二者使用同一网络。`,
    },
    {
      fixes,
      ...(other.place !== undefined &&
        other.place !== place && {
          related: [{ place: other.place, message: { en: `\`${other.title}\``, 'zh-cn': `\`${other.title}\`` } }],
        }),
    },
  );
}

function withDocker(text: string): Text {
  return {
    en: `${text} overlaps 172.17.0.0/16, which Docker’s own bridge has on nearly every machine: Docker refuses the network and the lab does not start. Use another subnet.`,
    'zh-cn': `${text} 与 172.17.0.0/16 重叠，而几乎所有机器上 Docker 自带的网桥都使用该网段：Docker 会拒绝该网络，实验环境无法启动。请更换子网。`,
  };
}

function withKind(text: string): Text {
  return {
    en: `${text} overlaps 172.18.0.0/16, which Docker mostly gives to kind’s network: whichever of the two comes second does not start. Use another subnet, or the network \`kind\` itself.`,
    'zh-cn': `${text} 与 172.18.0.0/16 重叠，而 Docker 通常把它分配给 kind 的网络：后创建的一方无法启动。请更换子网，或直接使用 \`kind\` 网络。`,
  };
}

/** Reports a cable of the lab whose addresses are in the management network; whether there is one. */
function onDataLink({ lab, prefix, text, field }: ManagementRange, site: Site, report: Report): boolean {
  const hosts = site.derive(HOSTS);
  const interfaces = site.derive(INTERFACES);
  for (const node of lab.nodes.values()) {
    const host = hosts.ofLabNode(node);
    if (host === undefined || node.settings.network?.mode !== 'management') continue;
    for (const { name, link } of linkEndsOf(node)) {
      if (link.endpoints.some(({ kind }) => kind !== 'node')) continue;
      const address = interfaces.at(host, name)?.addresses.find((one) => prefixesOverlap(one.prefix, prefix));
      if (address === undefined) continue;
      report(
        field?.place ?? address.text.place,
        {
          en: `\`${node.name}:${name}\` has ${address.text.value} on a cable, and ${text} is the management network that the node is also in: it has two ways to one subnet, and answers leave by the wrong one. Use different ranges.`,
          'zh-cn': `\`${node.name}:${name}\` 在数据链路上使用 ${address.text.value}，而该节点同时位于管理网络 ${text} 中：到同一子网有两条路，应答会走错。请使用不同的网段。`,
        },
        field === undefined
          ? {}
          : {
              related: [
                {
                  place: address.text.place,
                  message: { en: 'The address on the cable.', 'zh-cn': '数据链路上的地址。' },
                },
              ],
            },
      );
      return true;
    }
  }
  return false;
}
