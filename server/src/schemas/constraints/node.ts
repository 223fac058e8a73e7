/** Node and WorkloadEndpoint, which have no CRD: what Calico's validator asks of their addresses. */
import ipaddr from 'ipaddr.js';
import type { Plain, PlainMapping } from '../../syntax/plain.ts';
import type { Path } from '../../syntax/tree.ts';
import { cidrOf, familyOf } from '../formats.ts';
import { type Report, text } from '../problem.ts';
import type { Constraint } from './constraint.ts';
import { isMissing, listAt, numberAt, textAt, textsAt } from './read.ts';

export const nodeConstraints: readonly Constraint[] = [
  node(network(['spec', 'bgp', 'ipv4Address'], 4)),
  node(network(['spec', 'bgp', 'ipv6Address'], 6)),
  node(address(['spec', 'bgp', 'ipv4IPIPTunnelAddr'], 4)),
  node(address(['spec', 'ipv4VXLANTunnelAddr'], 4)),
  node(address(['spec', 'ipv6VXLANTunnelAddr'], 6)),
  node(address(['spec', 'wireguard', 'interfaceIPv4Address'], 4)),
  node(address(['spec', 'wireguard', 'interfaceIPv6Address'], 6)),
  node(mac(['spec', 'vxlanTunnelMACAddr'])),
  node(mac(['spec', 'vxlanTunnelMACAddrV6'])),
  node(addresses),
  endpoint(address(['spec', 'ipv4Gateway'], 4)),
  endpoint(address(['spec', 'ipv6Gateway'], 6)),
  endpoint(mac(['spec', 'mac'])),
  endpoint(endpointNetworks),
  endpoint(endpointNats),
  endpoint(endpointPorts),
];

function node(check: Constraint['check']): Constraint {
  return { kinds: ['Node'], check };
}

function endpoint(check: Constraint['check']): Constraint {
  return { kinds: ['WorkloadEndpoint'], check };
}

/** A node's BGP address carries the mask of its subnet; host bits are what it is about. */
function network(path: Path, family: 4 | 6): Constraint['check'] {
  return (object, report) => {
    const value = textAt(object, ...path);
    if (value === undefined || value === '' || (cidrOf(value)?.family ?? familyOf(value)) === family) return;
    const example = family === 4 ? '10.0.0.1/24' : '2001:db8::1/64';
    report(
      path,
      text(
        `\`${value}\` is not an IPv${family} address with its mask, such as \`${example}\`.`,
        `\`${value}\` 不是带掩码的 IPv${family} 地址，例如 \`${example}\`。`,
      ),
    );
  };
}

function address(path: Path, family: 4 | 6): Constraint['check'] {
  return (object, report) => {
    const value = textAt(object, ...path);
    if (value === undefined || value === '' || familyOf(value) === family) return;
    const masked = cidrOf(value);
    const fix = masked?.family === family ? { fix: { kind: 'replace-value', to: masked.address } as const } : {};
    report(
      path,
      text(
        `\`${value}\` is not an IPv${family} address; it is written without a mask.`,
        `\`${value}\` 不是 IPv${family} 地址；此处不带掩码。`,
      ),
      fix,
    );
  };
}

function mac(path: Path): Constraint['check'] {
  return (object, report) => {
    const value = textAt(object, ...path);
    if (
      value === undefined ||
      value === '' ||
      /^([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}$|^([0-9a-fA-F]{4}\.){2}[0-9a-fA-F]{4}$/.test(value)
    )
      return;
    report(
      path,
      text(
        `\`${value}\` is not a MAC address such as \`66:ab:cd:00:00:01\`.`,
        `\`${value}\` 不是 MAC 地址，例如 \`66:ab:cd:00:00:01\`。`,
      ),
    );
  };
}

function addresses(object: PlainMapping, report: Report): void {
  for (const [index, entry] of listAt(object, 'spec', 'addresses').entries()) {
    const value = textAt(entry as Plain, 'address');
    if (value !== undefined && cidrOf(value) === undefined && familyOf(value) === undefined)
      report(['spec', 'addresses', index, 'address'], notAnAddress(value));
  }
}

function notAnAddress(value: string) {
  return text(`\`${value}\` is neither an address nor a network.`, `\`${value}\` 既不是地址也不是网段。`);
}

function endpointNetworks(object: PlainMapping, report: Report): void {
  for (const [index, net] of textsAt(object, 'spec', 'ipNetworks')) {
    const cidr = cidrOf(net);
    const path = ['spec', 'ipNetworks', index];
    if (cidr === undefined && familyOf(net) === undefined) report(path, notAnAddress(net));
    else if (cidr !== undefined && cidr.length !== (cidr.family === 4 ? 32 : 128))
      report(
        path,
        text(
          `An endpoint owns single addresses: \`${net}\` must be a /32 or /128.`,
          `端点只拥有单个地址：\`${net}\` 必须为 /32 或 /128。`,
        ),
      );
  }
}

function endpointNats(object: PlainMapping, report: Report): void {
  const own = textsAt(object, 'spec', 'ipNetworks').map(([, net]) => net.replace(/\/.*$/, ''));
  const known = listAt(object, 'spec', 'ipNetworks').length === own.length;
  for (const [index, nat] of listAt(object, 'spec', 'ipNATs').entries()) {
    const path: Path = ['spec', 'ipNATs', index];
    const inside = textAt(nat as Plain, 'internalIP');
    const outside = textAt(nat as Plain, 'externalIP');
    if (inside === undefined || familyOf(inside) === undefined) continue;
    if (known && !own.some((mine) => sameAddress(mine, inside)))
      report(
        [...path, 'internalIP'],
        text(
          `\`${inside}\` is not an address of this endpoint (\`ipNetworks\`).`,
          `\`${inside}\` 不是此端点的地址（\`ipNetworks\`）。`,
        ),
      );
    if (outside !== undefined && familyOf(outside) !== undefined && familyOf(outside) !== familyOf(inside))
      report(
        [...path, 'externalIP'],
        text('Both addresses of a NAT must be of one family.', 'NAT 的两个地址必须属于同一地址族。'),
      );
  }
}

function sameAddress(a: string, b: string): boolean {
  return familyOf(a) !== undefined && ipaddr.parse(a).toString() === ipaddr.parse(b).toString();
}

function endpointPorts(object: PlainMapping, report: Report): void {
  for (const [index, port] of listAt(object, 'spec', 'ports').entries()) {
    const path: Path = ['spec', 'ports', index];
    const hostPort = numberAt(port as Plain, 'hostPort') ?? 0;
    if (typeof port === 'object' && isMissing(port as Plain, 'name') && hostPort === 0)
      report(
        path,
        text(
          'A port of an endpoint needs `name`, unless it has `hostPort`.',
          '端点的端口需要 `name`，除非写明了 `hostPort`。',
        ),
      );
  }
}
