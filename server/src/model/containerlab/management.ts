import type { Field } from '../../syntax/document.ts';
import type { Reader } from '../reader.ts';
import { present } from '../resource.ts';

/** The `mgmt:` section as it is written. */
export interface Management {
  readonly network?: Field<string>;
  readonly bridge?: Field<string>;
  /** CIDR, or `auto`. */
  readonly ipv4Subnet?: Field<string>;
  readonly ipv4Gateway?: Field<string>;
  readonly ipv4Range?: Field<string>;
  readonly ipv6Subnet?: Field<string>;
  readonly ipv6Gateway?: Field<string>;
  readonly ipv6Range?: Field<string>;
  readonly mtu?: Field<number>;
  readonly externalAccess?: Field<boolean>;
  readonly skipWhenUnused?: Field<boolean>;
}

export function readManagement(mgmt: Reader): Management {
  return present<Management>({
    network: mgmt.string('network'),
    bridge: mgmt.string('bridge'),
    // The keys with underscores are older spellings that still work.
    ipv4Subnet: mgmt.string('ipv4-subnet') ?? mgmt.string('ipv4_subnet'),
    ipv4Gateway: mgmt.string('ipv4-gw'),
    ipv4Range: mgmt.string('ipv4-range'),
    ipv6Subnet: mgmt.string('ipv6-subnet') ?? mgmt.string('ipv6_subnet'),
    ipv6Gateway: mgmt.string('ipv6-gw'),
    ipv6Range: mgmt.string('ipv6-range'),
    mtu: mgmt.number('mtu'),
    externalAccess: mgmt.boolean('external-access'),
    skipWhenUnused: mgmt.boolean('skip-when-unused'),
  });
}

/** The management network in effect; a subnet is absent when Docker chooses it, when it is unknown, or when there is none. */
export interface ManagementNetwork {
  readonly name?: string;
  readonly ipv4?: string;
  readonly ipv6?: string;
}

/** The defaults stand in for the subnets only when neither family is set (containerlab core/config.go). */
export function managementNetwork(mgmt: Management): ManagementNetwork {
  const name = mgmt.network === undefined || mgmt.network.value === '' ? 'clab' : mgmt.network.value;
  const unset = mgmt.ipv4Subnet === undefined && mgmt.ipv6Subnet === undefined;
  return present<ManagementNetwork>({
    name,
    ipv4: unset ? '172.20.20.0/24' : subnet(mgmt.ipv4Subnet),
    ipv6: unset ? '3fff:172:20:20::/64' : subnet(mgmt.ipv6Subnet),
  });
}

function subnet(field: Field<string> | undefined): string | undefined {
  return field?.value === 'auto' || field?.value === '' ? undefined : field?.value;
}
