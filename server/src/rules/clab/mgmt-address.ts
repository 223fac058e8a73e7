import { labOf } from '../../assembly/labs.ts';
import { type Management, managementNetwork } from '../../model/containerlab/management.ts';
import { type Address, formatAddress, parseAddress } from '../../network/address.ts';
import { containsAddress, firstOf, formatPrefix, lastOf, type Prefix, parsePrefix } from '../../network/prefix.ts';
import type { Field } from '../../syntax/document.ts';
import type { Text } from '../../text.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'clab/mgmt-address',
  severity: 'error',
  docs: {
    summary: {
      en: 'A management address is outside its network, taken, or on a node without that network.',
      'zh-cn': '管理地址不在管理网段内、已被占用，或节点没有管理网络。',
    },
    why: {
      en: 'Docker gives a container only an address of the network it joins, and each only once. containerlab does not look beforehand, so the lab fails half deployed.',
      'zh-cn':
        'Docker 只会分配所加入网络内的地址，且每个地址只分配一次。containerlab 不会预先检查，因此实验环境会在部署到一半时失败。',
    },
    source: 'srl-labs/containerlab core/config.go verifyDuplicateAddresses; Docker libnetwork',
  },
  each: {
    'containerlab/Topology'(topology, { report }) {
      const taken = new Map<string, { readonly node: string; readonly field: Field<string> }>();
      for (const { name, settings } of labOf(topology).nodes.values()) {
        for (const [field, family] of [
          [settings.mgmtIpv4, 4],
          [settings.mgmtIpv6, 6],
        ] as const) {
          if (field?.value === undefined || field.value === '') continue;
          const address = parseAddress(field.value);
          const mode = settings.network?.mode;
          const before = address === undefined ? undefined : taken.get(formatAddress(address));
          if (mode !== undefined && mode !== 'management')
            report(field.place, withoutNetwork(name, settings.networkMode?.value ?? mode));
          else if (address === undefined || address.family !== family)
            report(field.place, malformed(field.value, family));
          else if (before !== undefined)
            report(field.place, duplicate(name, before.node, field.value), {
              related: [
                { place: before.field.place, message: { en: `\`${before.node}\``, 'zh-cn': `\`${before.node}\`` } },
              ],
            });
          else {
            const said = misplaced(topology.mgmt, address, field.value);
            if (said !== undefined) report(field.place, said);
          }
          if (address !== undefined && before === undefined) taken.set(formatAddress(address), { node: name, field });
        }
      }
    },
  },
});

function withoutNetwork(node: string, mode: string): Text {
  return {
    en: `\`${node}\` has \`network-mode: ${mode}\` and so no management network to have this address in. Remove the address or the network mode.`,
    'zh-cn': `\`${node}\` 设置了 \`network-mode: ${mode}\`，没有管理网络，此地址无处可用。请删除该地址或网络模式。`,
  };
}

function malformed(text: string, family: 4 | 6): Text {
  return {
    en: `\`${text}\` is no IPv${family} address; here stands one without a prefix length. Docker refuses it.`,
    'zh-cn': `\`${text}\` 不是 IPv${family} 地址；此处应为不带前缀长度的地址，Docker 会拒绝它。`,
  };
}

function duplicate(node: string, other: string, address: string): Text {
  return {
    en: `\`${other}\` has the management address \`${address}\` already, so \`${node}\` cannot start. Give it another one.`,
    'zh-cn': `\`${other}\` 已使用管理地址 \`${address}\`，\`${node}\` 无法启动。请换一个地址。`,
  };
}

/** What is wrong with an address in the management network; undefined when it fits or the network is not known. */
function misplaced(mgmt: Management, address: Address, text: string): Text | undefined {
  const subnet = subnetOf(mgmt, address.family);
  if (subnet === undefined) return undefined;
  const written = formatPrefix({ ...subnet, address: firstOf(subnet) });
  if (!containsAddress(subnet, address))
    return {
      en: `\`${text}\` is outside the management network \`${written}\`, and Docker refuses it. Use an address of that network, or change \`mgmt:\`.`,
      'zh-cn': `\`${text}\` 不在管理网段 \`${written}\` 内，Docker 会拒绝它。请使用该网段的地址，或修改 \`mgmt:\`。`,
    };
  const gateway = address.family === 4 ? mgmt.ipv4Gateway : mgmt.ipv6Gateway;
  const known = gateway?.value === undefined ? undefined : parseAddress(gateway.value);
  const isGateway =
    gateway === undefined
      ? address.value === firstOf(subnet) + 1n
      : known !== undefined && known.value === address.value;
  if (isGateway)
    return {
      en: `\`${text}\` is the gateway of the management network \`${written}\`, which Docker keeps for its bridge. Use another address.`,
      'zh-cn': `\`${text}\` 是管理网段 \`${written}\` 的网关，由 Docker 网桥使用。请换一个地址。`,
    };
  if (address.family === 4 && (address.value === firstOf(subnet) || address.value === lastOf(subnet)))
    return {
      en: `\`${text}\` is the network or broadcast address of \`${written}\`, which no container can have. Use another address.`,
      'zh-cn': `\`${text}\` 是 \`${written}\` 的网络地址或广播地址，容器不能使用。请换一个地址。`,
    };
  return undefined;
}

/** A network of another name may be there already, with subnets that no file tells. */
function subnetOf(mgmt: Management, family: 4 | 6): Prefix | undefined {
  const unset = mgmt.ipv4Subnet === undefined && mgmt.ipv6Subnet === undefined;
  if (unset && mgmt.network !== undefined && mgmt.network.value !== 'clab') return undefined;
  if (unset && mgmt.bridge !== undefined) return undefined;
  const network = managementNetwork(mgmt);
  const text = family === 4 ? network.ipv4 : network.ipv6;
  return text === undefined ? undefined : parsePrefix(text);
}
