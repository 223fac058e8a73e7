import { POOLS } from '../../assembly/pools.ts';
import { UNDERLAY, type Underlay } from '../../assembly/pools-underlay.ts';
import type { Field } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'ipam/mtu',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A configured MTU is larger than the nodes’ links leave room for.',
      'zh-cn': '配置的 MTU 超过了节点链路可用的大小。',
    },
    why: {
      en: 'IPIP adds 20 bytes to a packet, VXLAN 50 (70 over IPv6), WireGuard 60 (80). What then no longer fits is lost without a word: ping and handshakes work, large answers hang.',
      'zh-cn':
        'IPIP 会为每个报文增加 20 字节，VXLAN 增加 50 字节（IPv6 为 70），WireGuard 增加 60 字节（IPv6 为 80）。超出链路大小的报文会被悄悄丢弃：ping 与握手正常，大的响应却会卡住。',
    },
    source: 'Calico: MTU (users.md M8)',
  },
  check({ site, report }) {
    if (settingsOf(site).length === 0) return;
    const underlay = site.derive(UNDERLAY);
    if (underlay === undefined) return;
    for (const setting of settingsOf(site)) judge(setting, underlay, report);
  },
});

interface Setting {
  readonly name: string;
  readonly field: Field<number | string>;
  readonly mtu: number;
  readonly overhead: number;
  readonly tunnel: string | undefined;
}

/** Every MTU that is written and in use, with what the encapsulation adds. Zero leaves the choice to Calico. */
function settingsOf(site: Site): readonly Setting[] {
  const used = tunnelsInUse(site);
  const felix = site
    .all('calico/FelixConfiguration')
    .flatMap((configuration) =>
      TUNNEL_FIELDS.flatMap(({ field, tunnel, overhead }) =>
        used.has(tunnel) ? setting(field, configuration[field], overhead, tunnel) : [],
      ),
    );
  const pods = [
    ...site.all('tigera/Installation').map(({ mtu }) => ['mtu', mtu] as const),
    ...site
      .all('kubernetes/ConfigMap')
      .flatMap(({ name, data }) =>
        name?.value === 'calico-config' ? [['veth_mtu', data.get('veth_mtu')] as const] : [],
      ),
  ];
  const [tunnel, overhead] = largest(used);
  return [...felix, ...pods.flatMap(([name, field]) => setting(name, field, overhead, tunnel))];
}

const TUNNEL_FIELDS = [
  { field: 'ipipMTU', tunnel: 'IPIP', overhead: 20 },
  { field: 'vxlanMTU', tunnel: 'VXLAN', overhead: 50 },
  { field: 'vxlanMTUV6', tunnel: 'VXLAN over IPv6', overhead: 70 },
  { field: 'wireguardMTU', tunnel: 'WireGuard', overhead: 60 },
  { field: 'wireguardMTUV6', tunnel: 'WireGuard over IPv6', overhead: 80 },
] as const;

type Tunnel = (typeof TUNNEL_FIELDS)[number]['tunnel'];

/** The tunnels that a pool or Felix asks for. */
function tunnelsInUse(site: Site): ReadonlySet<Tunnel> {
  const used = new Set<Tunnel>();
  const isOn = (mode: string | undefined): boolean => mode === 'Always' || mode === 'CrossSubnet';
  for (const { ipip, vxlan, network } of site.derive(POOLS).enabled) {
    if (isOn(ipip)) used.add('IPIP');
    if (isOn(vxlan)) used.add(network.family === 4 ? 'VXLAN' : 'VXLAN over IPv6');
  }
  for (const { wireguardEnabled, wireguardEnabledV6 } of site.all('calico/FelixConfiguration')) {
    if (wireguardEnabled?.value === true) used.add('WireGuard');
    if (wireguardEnabledV6?.value === true) used.add('WireGuard over IPv6');
  }
  return used;
}

function largest(used: ReadonlySet<Tunnel>): readonly [Tunnel | undefined, number] {
  return TUNNEL_FIELDS.reduce<readonly [Tunnel | undefined, number]>(
    (most, { tunnel, overhead }) => (used.has(tunnel) && overhead > most[1] ? [tunnel, overhead] : most),
    [undefined, 0],
  );
}

function setting(
  name: string,
  field: Field<number | string> | undefined,
  overhead: number,
  tunnel: Tunnel | undefined,
): readonly Setting[] {
  const mtu = Number(field?.value);
  return field?.value === undefined || !(mtu > 0) ? [] : [{ name, field, mtu, overhead, tunnel }];
}

function judge({ name, field, mtu, overhead, tunnel }: Setting, underlay: Underlay, report: Report): void {
  const room = underlay.mtu - overhead;
  if (mtu <= room || room < 576) return;
  const minus = tunnel === undefined ? '' : `, and ${tunnel} takes ${overhead} of them`;
  const minusZh = tunnel === undefined ? '' : `，其中 ${tunnel} 占用 ${overhead} 字节`;
  report(
    field.place,
    {
      en: `${name} is ${mtu}, but a link of \`${underlay.node}\` carries ${underlay.mtu} bytes${minus}: packets of more than ${room} are lost. Set it to ${room}, or make the links larger.`,
      'zh-cn': `${name} 为 ${mtu}，但 \`${underlay.node}\` 的链路只能承载 ${underlay.mtu} 字节${minusZh}：超过 ${room} 字节的报文会丢失。请设为 ${room}，或增大链路的 MTU。`,
    },
    {
      related: [
        {
          place: underlay.place,
          message: { en: `This link has ${underlay.mtu}.`, 'zh-cn': `此链路为 ${underlay.mtu}。` },
        },
      ],
      fixes: [
        {
          title: { en: `Set ${name} to ${room}`, 'zh-cn': `将 ${name} 设为 ${room}` },
          kind: 'pick',
          edits: () => replaceScalar(field.place, typeof field.value === 'string' ? String(room) : room),
        },
      ],
    },
  );
}
