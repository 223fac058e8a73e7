import { listed } from '../../assembly/bgp-reflectors.ts';
import { HOSTS, type Host } from '../../assembly/hosts.ts';
import { INTERFACES } from '../../assembly/interfaces.ts';
import { containsAddress, formatPrefix, networkOf, type Prefix, parsePrefix } from '../../network/prefix.ts';
import { PrefixTable } from '../../network/table.ts';
import type { Field } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Report } from '../rule.ts';

interface Addressed {
  readonly name: string;
  readonly host: Host | undefined;
  readonly field: Field<string>;
  readonly prefix: Prefix;
}

export default defineRule({
  id: 'bgp/node-subnets',
  severity: 'warning',
  docs: {
    summary: {
      en: 'Nodes of one network disagree on its mask, or have chosen addresses in different networks although they share one.',
      'zh-cn': '同一网络中的节点掩码不一致，或节点共享某个网络却选择了不同网络中的地址。',
    },
    why: {
      en: 'CrossSubnet decides by the node’s own mask whether a peer is near: one node then wraps packets that the other sends plain. And a node that took the address of another card speaks BGP over a network that the others do not use.',
      'zh-cn':
        'CrossSubnet 依据节点自身的掩码判断对端是否在同一子网：掩码不一致时，一方封装报文而另一方不封装。若某节点选用了另一块网卡的地址，它的 BGP 会话就会走其他节点不使用的网络。',
    },
    source:
      'projectcalico/calico confd and Felix (next hop against the node subnet); users.md M43; spiderpool.md S9, S22',
  },
  check({ site, report }) {
    const nodes = addressedNodes(site);
    if (nodes.length < 2) return;
    masks(nodes, report);
    hostMasks(site, nodes, report);
    otherCards(site, nodes, report);
  },
});

function addressedNodes(site: Site): readonly Addressed[] {
  const hosts = site.derive(HOSTS);
  return site.all('calico/Node').flatMap(({ name, ipv4Address }): Addressed[] => {
    const prefix = ipv4Address?.value === undefined ? undefined : parsePrefix(ipv4Address.value);
    if (name?.value === undefined || ipv4Address === undefined || prefix === undefined) return [];
    return [{ name: name.value, host: hosts.ofNode(name.value), field: ipv4Address, prefix }];
  });
}

/** Networks that lie in each other: the mask that most nodes have is taken to be right. */
function masks(nodes: readonly Addressed[], report: Report): void {
  const table = new PrefixTable<Addressed[]>();
  for (const node of nodes) {
    if (node.prefix.length === 32) continue;
    const list = table.get(node.prefix);
    if (list === undefined) table.set(node.prefix, [node]);
    else list.push(node);
  }
  const told = new Set<Addressed>();
  for (const node of nodes) {
    const groups = [...table.matches({ family: node.prefix.family, value: node.prefix.address })];
    const usual = groups.reduce<readonly Addressed[]>((a, b) => (b.length > a.length ? b : a), []);
    const [example] = usual;
    if (example === undefined || usual.includes(node) || node.prefix.length === 32 || told.has(node)) continue;
    told.add(node);
    const { length } = example.prefix;
    report(
      node.field.place,
      {
        en: `\`${node.name}\` has a /${node.prefix.length} mask, and ${listed(usual.map(({ name }) => name))} in the same network a /${length}. CrossSubnet and routes then differ by direction. Give all the same mask.`,
        'zh-cn': `\`${node.name}\` 的掩码为 /${node.prefix.length}，而同一网络中的 ${listed(usual.map(({ name }) => name))} 为 /${length}。CrossSubnet 的判断与路由会因方向而异。请统一掩码。`,
      },
      {
        related: [
          {
            place: example.field.place,
            message: { en: `\`${example.name}\` has /${length}.`, 'zh-cn': `\`${example.name}\` 为 /${length}。` },
          },
        ],
        fixes: [
          {
            title: { en: `Use /${length}`, 'zh-cn': `改为 /${length}` },
            kind: 'pick',
            edits: () => replaceScalar(node.field.place, `${node.field.value!.replace(/\/.*/, '')}/${length}`),
          },
        ],
      },
    );
  }
}

/** With a /32 every other node is in another subnet, so CrossSubnet means Always. */
function hostMasks(site: Site, nodes: readonly Addressed[], report: Report): void {
  const [first, ...others] = nodes.filter(({ prefix }) => prefix.length === 32);
  const pool = site
    .all('calico/IPPool')
    .map(({ ipipMode, vxlanMode }) => [ipipMode, vxlanMode].find((mode) => mode?.value === 'CrossSubnet'))
    .find((mode) => mode !== undefined);
  if (first === undefined || pool === undefined) return;
  report(
    first.field.place,
    {
      en: `With a /32 \`${first.name}\` takes every other node for one of another subnet: CrossSubnet then wraps all packets. Write the mask of the network.`,
      'zh-cn': `掩码为 /32 时，\`${first.name}\` 会认为其他所有节点都在另一子网：CrossSubnet 会封装所有报文。请写网络的实际掩码。`,
    },
    {
      related: [
        { place: pool.place, message: { en: 'This pool uses CrossSubnet.', 'zh-cn': '此地址池使用 CrossSubnet。' } },
        ...others.slice(0, 3).map(({ field, name }) => ({
          place: field.place,
          message: { en: `\`${name}\` has a /32 too.`, 'zh-cn': `\`${name}\` 也是 /32。` },
        })),
      ],
    },
  );
}

/** A network that every node has an address in, that some have chosen and others not. Racks of their own share none. */
function otherCards(site: Site, nodes: readonly Addressed[], report: Report): void {
  const interfaces = site.derive(INTERFACES);
  const cards = new Map<Addressed, readonly Prefix[]>();
  for (const node of nodes) {
    const ports = node.host === undefined ? [] : interfaces.of(node.host).filter(({ name }) => !/^(lo|dum)/.test(name));
    const own = ports.flatMap(({ addresses }) => addresses.map(({ prefix }) => prefix));
    // Without its cards a node may have any address.
    if (own.length === 0 || ports.some(({ addressesKnown }) => !addressesKnown)) return;
    cards.set(node, own);
  }
  const chosen = new Map<string, Addressed[]>();
  for (const node of nodes) {
    const key = formatPrefix(networkOf(node.prefix));
    chosen.set(key, [...(chosen.get(key) ?? []), node]);
  }
  if (chosen.size < 2) return;
  for (const [text, users] of [...chosen].sort(([, a], [, b]) => b.length - a.length)) {
    const network = parsePrefix(text)!;
    const inside = (node: Addressed) =>
      cards.get(node)!.find((prefix) => containsAddress(network, { family: prefix.family, value: prefix.address }));
    if (!nodes.every((node) => inside(node) !== undefined)) continue;
    for (const node of nodes.filter((one) => !users.includes(one))) {
      const better = formatPrefix({ ...inside(node)!, length: network.length });
      report(
        node.field.place,
        {
          en: `\`${node.name}\` uses ${node.field.value}, and ${listed(users.map(({ name }) => name))} ${text}, where \`${node.name}\` has ${better}. Its sessions run over another network than theirs. Use the shared one.`,
          'zh-cn': `\`${node.name}\` 使用 ${node.field.value}，而 ${listed(users.map(({ name }) => name))} 使用 ${text}，\`${node.name}\` 在其中有地址 ${better}。它的会话走的是另一个网络。请使用共同的网络。`,
        },
        {
          fixes: [
            {
              title: { en: `Use ${better}`, 'zh-cn': `改为 ${better}` },
              kind: 'pick',
              edits: () => replaceScalar(node.field.place, better),
            },
          ],
        },
      );
    }
    return;
  }
}
