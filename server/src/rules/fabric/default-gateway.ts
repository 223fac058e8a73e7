import { HOSTS, type Host } from '../../assembly/hosts.ts';
import { type HostInterface, INTERFACES, ipCommandsOf } from '../../assembly/interfaces.ts';
import { endName, SEGMENTS, type Segment, type SegmentEnd } from '../../assembly/links.ts';
import type { IpRouteCommand } from '../../model/containerlab/ip-command.ts';
import { type Address, BITS, formatAddress, parseAddress, sameAddress } from '../../network/address.ts';
import { containsAddress } from '../../network/prefix.ts';
import type { Field } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import { commandsOf } from '../../syntax/shell.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'fabric/default-gateway',
  severity: 'warning',
  yieldsTo: ['fabric/address-disagreement', 'shell/next-hop'],
  docs: {
    summary: {
      en: 'A default route leads to an address that nobody on the link has.',
      'zh-cn': '默认路由的下一跳地址在链路上无人拥有。',
    },
    why: {
      en: 'Nobody answers ARP for the next hop, so everything that leaves the subnet is lost, while hosts beside it still answer.',
      'zh-cn': '没有设备应答下一跳的 ARP，因此离开子网的流量全部丢失，而同一子网内仍可互通。',
    },
    source: 'RFC 1122 §3.3.1.1',
  },
  check({ site, report }) {
    const segments = site.derive(SEGMENTS);
    const interfaces = site.derive(INTERFACES);
    for (const host of site.derive(HOSTS).all)
      for (const { via } of host.labNodes.flatMap(ipCommandsOf).filter(isDefaultRoute))
        for (const hop of via) {
          const address = hop.value === undefined ? undefined : parseAddress(hop.value);
          const port = address === undefined ? undefined : portTowards(interfaces.of(host), address);
          const segment = port === undefined ? undefined : segments.of(host, port.name);
          if (address === undefined || !segment || !isSettled(segment, address)) continue;
          const others = segment.ends.filter((end) => end.host !== host);
          const routers = others.filter(({ host: other }) => isRouter(other));
          if (routers.length === 0 || others.some((end) => owns(end, address)) || isNamedInScript(site, hop)) continue;
          const gateways = routers.flatMap((end) => gatewaysOf(end, port!));
          if (gateways.length === 0) continue;
          report(
            hop.place,
            {
              en: `Nobody on this link has \`${hop.value}\`: ${gateways.map(({ end, text }) => `\`${endName(end)}\` is \`${text}\``).join(', ')}. \`${host.name}\` can send nothing beyond its own subnet. Route to the router of the link.`,
              'zh-cn': `此链路上没有设备拥有 \`${hop.value}\`：${gateways.map(({ end, text }) => `\`${endName(end)}\` 的地址是 \`${text}\``).join('，')}。\`${host.name}\` 无法向本子网之外发送任何流量。请将下一跳设为该链路的路由器。`,
            },
            {
              related: gateways.map(({ end, text, field }) => ({
                place: field.place,
                message: { en: `\`${endName(end)}\`: ${text}`, 'zh-cn': `\`${endName(end)}\`：${text}` },
              })),
              fixes: gateways.map(({ text }) => changeTo(hop, text)),
            },
          );
        }
  },
});

function isDefaultRoute(command: { readonly object: string }): command is IpRouteCommand {
  const route = command as IpRouteCommand;
  return (
    route.object === 'route' &&
    route.action === 'add' &&
    /^(default|0\.0\.0\.0\/0|::\/0)$/.test(route.destination.value ?? '') &&
    route.table === undefined &&
    !route.onlink
  );
}

/** The interface in whose subnet a next hop lies, when it is one only. */
function portTowards(ports: readonly HostInterface[], hop: Address): HostInterface | undefined {
  const found = ports.filter(({ addresses }) => addresses.some(({ prefix }) => containsAddress(prefix, hop)));
  return found.length === 1 ? found[0] : undefined;
}

/** Everything on the segment is known, and so are the addresses of each end; none of them shares a virtual address. */
function isSettled(segment: Segment, { family }: Address): boolean {
  return (
    segment.closed &&
    segment.ends.every(
      ({ interface: port, host }) =>
        port.addressesKnown &&
        !port.enslaved &&
        port.addresses.some(({ prefix }) => prefix.family === family) &&
        !host.routerConfigs.some(({ doc }) => /vrrp|virtual-address|keepalived|evpn/i.test(doc.text)),
    )
  );
}

function isRouter({ routerConfigs }: Host): boolean {
  return routerConfigs.length > 0;
}

function owns({ interface: port }: SegmentEnd, address: Address): boolean {
  return port.addresses.some(({ prefix }) => sameAddress({ family: prefix.family, value: prefix.address }, address));
}

/** The bridge itself may have the address, given by a script of the site. */
function isNamedInScript(site: Site, hop: Field<string>): boolean {
  return site.documents('shell').some((script) => {
    if (script.tree.format !== 'shell') return false;
    return commandsOf(script.tree.shell).some(({ words }) =>
      words.some(({ text }) => text.split(/[/\s]/).includes(hop.value ?? '')),
    );
  });
}

interface Gateway {
  readonly end: SegmentEnd;
  readonly text: string;
  readonly field: Field<string>;
}

/** The addresses of a router that a host's interface can reach. */
function gatewaysOf(end: SegmentEnd, port: HostInterface): readonly Gateway[] {
  return end.interface.addresses.flatMap(({ prefix, text }) => {
    const address = { family: prefix.family, value: prefix.address };
    const reachable = port.addresses.some(
      (own) => own.prefix.length < BITS[own.prefix.family] && containsAddress(own.prefix, address),
    );
    return reachable ? [{ end, text: formatAddress(address), field: text }] : [];
  });
}

function changeTo(hop: Field<string>, address: string): Fix {
  return {
    title: { en: `Route to \`${address}\``, 'zh-cn': `下一跳改为 \`${address}\`` },
    kind: 'pick',
    edits: () => replaceScalar(hop.place, address),
  };
}
