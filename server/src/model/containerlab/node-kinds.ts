/** How the interfaces of a kind are named in a topology (containerlab nodes/*, at release 0.79). */
export interface InterfaceNaming {
  /** What the documentation calls the names, e.g. `ethX (X >= 1)`. */
  readonly form: string;
  /** The name in the container, after an alias was mapped, must match this. */
  readonly accepts: RegExp;
  readonly alias?: InterfaceAlias;
  /** Names that belong to the management network. */
  readonly management: readonly string[];
  /** A management name is free for data when the node has no management network. */
  readonly freeWithoutManagement: boolean;
  /** The first data interface, in the kind's own style. */
  readonly first: string;
}

/** Port names as the vendor writes them, mapped to the name in the container. */
export interface InterfaceAlias {
  readonly pattern: RegExp;
  /** Undefined when the alias matches but its numbers are out of bounds. */
  readonly linux: (groups: Readonly<Record<string, string | undefined>>) => string | undefined;
}

export interface NodeKind {
  /** The name to use. */
  readonly name: string;
  /** Older short and `vr-` names that still work. */
  readonly legacy: readonly string[];
  /** Whether a node of this kind runs an image. */
  readonly needsImage: boolean;
  readonly interfaces: InterfaceNaming;
}

const ANY: InterfaceNaming = {
  form: 'any name',
  accepts: /./,
  management: [],
  freeWithoutManagement: true,
  first: 'eth1',
};
const LINUX: InterfaceNaming = { ...ANY, form: 'any name but eth0', management: ['eth0'] };
/** Upstream's pattern is open at its start, so `xeth1` passes there and must pass here. */
const VM_PORT = /eth[1-9]\d*$/;
const VM: InterfaceNaming = {
  form: 'ethX (X >= 1)',
  accepts: VM_PORT,
  management: [],
  freeWithoutManagement: false,
  first: 'eth1',
};

/** A virtual machine's port alias: `lowest` is the number of the port that becomes `eth<onto>`. */
function vm(form: string, pattern: RegExp, lowest: number, first: string, onto = 1): InterfaceNaming {
  const linux: InterfaceAlias['linux'] = ({ port }) => {
    const index = Number(port) - lowest + onto;
    return index >= 1 ? `eth${index}` : undefined;
  };
  return { ...VM, form: `${form} or ${VM.form}`, alias: { pattern, linux }, first };
}

const JUNOS = vm('(et|xe|ge)-0/0/X (X >= 0)', /(?:et|xe|ge)-0\/0\/(?<port>\d+)$/, 0, 'ge-0/0/0');
const GIGABIT = /(?:Gi|GigabitEthernet)\s?(?<port>\d+)$/;
const CSR = vm('GiX or GigabitEthernetX (X >= 2)', GIGABIT, 2, 'Gi2');
const FIREWALL = vm('Gi0/X or GigabitEthernet0/X (X >= 0)', /(?:GigabitEthernet|Gi)\s?0\/(?<port>\d+)/, 0, 'Gi0/0');
const XR_PORT = /(?:Gi|GigabitEthernet|Te|TenGigE|TenGigabitEthernet)\s?0\/0\/0\/(?<port>\d+)/;
const SWP = { form: 'swpX (X >= 0)', management: [], freeWithoutManagement: false, first: 'swp1' } as const;

const SRL: InterfaceNaming = {
  form: 'ethernet-L/P[/C] or eL-P[-C] (L, P, C >= 1)',
  accepts: /e\d+-\d+(-\d+)?|ethernet\d+-\d+(-\d+)?|mgmt0/,
  alias: {
    pattern: /ethernet-(?<card>\d+)\/(?<port>\d+)(?:\/(?<channel>\d+))?/,
    linux: ({ card, port, channel }) =>
      joined([
        ['e', card],
        ['-', port],
        ['-', channel],
      ]),
  },
  management: ['mgmt0'],
  freeWithoutManagement: true,
  first: 'e1-1',
};

const SRSIM: InterfaceNaming = {
  form: '1/2/3, 1/2/c3/4, 1/x2/3/4, 1/x2/3/c4/5, their eC-M-P spellings, or ethX',
  accepts: /^(?:e\d+-(?:x\d+-)?\d+(?:-c\d+)?-\d+|eth\d+)$/,
  alias: {
    pattern: /^(?<card>\d+)\/(?:x(?<xiom>\d+)\/)?(?<mda>\d+)(?:\/c(?<connector>\d+))?\/(?<port>\d+)$/,
    linux: ({ card, xiom, mda, connector, port }) =>
      joined([
        ['e', card],
        ['-x', xiom],
        ['-', mda],
        ['-c', connector],
        ['-', port],
      ]),
  },
  management: ['eth0'],
  freeWithoutManagement: true,
  first: '1/1/1',
};

const SROS: InterfaceNaming = {
  ...VM,
  form: '1/1/X, 1/1/cX/1 (X >= 1), other cards with components, or ethX (X >= 1)',
  // With components the port's index depends on every card: the name is accepted and not mapped.
  accepts: /eth[1-9]\d*$|^\d+\/(?:x\d+\/)?\d+\/(?:c\d+\/)?\d+$/,
  alias: {
    pattern: /^1\/1\/(?:(?<port>\d+)|c(?<connector>\d+)\/1)$/,
    linux: ({ port, connector }) => (Number(port ?? connector) >= 1 ? `eth${Number(port ?? connector)}` : undefined),
  },
  first: '1/1/1',
};

const IOL: InterfaceNaming = {
  form: 'Ethernet<slot>/<port> or e<slot>/<port> (port 0-3, not 0/0) or ethX (X >= 1)',
  accepts: VM_PORT,
  alias: {
    pattern: /(?:e|Ethernet)(?:(?<slot0>0)\/(?<port0>[123])|(?<slot>[1-9])\/(?<port>[0-3]))$/,
    linux: ({ slot0, port0, slot, port }) => `eth${Number(slot ?? slot0) * 4 + Number(port ?? port0)}`,
  },
  management: ['eth0', 'e0/0', 'Ethernet0/0'],
  freeWithoutManagement: false,
  first: 'e0/1',
};

const CEOS: InterfaceNaming = { ...VM, form: 'ethX or etX (X >= 1)', accepts: /eth[1-9][\w.]*$|et[1-9][\w.]*$/ };
const STC: InterfaceNaming = { ...VM, form: 'portX (X 1-9)', accepts: /port[1-9]|eth[1-9]\d*$/, first: 'port1' };

/** Writes the parts that have a number; undefined when one of them is below 1. */
function joined(parts: readonly (readonly [lead: string, digits: string | undefined])[]): string | undefined {
  const written = parts.filter(([, digits]) => digits !== undefined);
  if (written.some(([, digits]) => Number(digits) < 1)) return undefined;
  return written.map(([lead, digits]) => `${lead}${Number(digits)}`).join('');
}

function kind(names: string, interfaces: InterfaceNaming): NodeKind {
  const [name, ...legacy] = names.split(' ');
  return { name: name!, legacy, needsImage: true, interfaces };
}

function withoutImage(name: string): NodeKind {
  return { name, legacy: [], needsImage: false, interfaces: ANY };
}

/** Every kind that containerlab registers, the name to use first (core/register.go). */
export const NODE_KINDS: readonly NodeKind[] = [
  withoutImage('bridge'),
  withoutImage('ovs-bridge'),
  withoutImage('host'),
  withoutImage('ext-container'),
  withoutImage('k8s-kind'),
  kind('linux', LINUX),
  kind('fdio_vpp', LINUX),
  kind('6wind_vsr', LINUX),
  kind('veesix_osvbng', LINUX),
  kind('rare', ANY),
  kind('sonic-vs', ANY),
  kind('juniper_crpd crpd', ANY),
  kind('juniper_csrx', ANY),
  kind('keysight_ixia-c-one', ANY),
  kind('openwrt', ANY),
  kind('nokia_srlinux srl', SRL),
  kind('nokia_srsim', SRSIM),
  kind('nokia_sros vr-sros vr-nokia_sros', SROS),
  kind('arista_ceos ceos', CEOS),
  kind(
    'arista_veos vr-veos vr-arista_veos',
    vm('Et1/X or Ethernet1/X (X >= 1)', /(?:Et|Ethernet)1\/(?<port>\d+)/, 1, 'Et1/1'),
  ),
  kind('vyosnetworks_vyos', VM),
  kind('cisco_iol', IOL),
  kind('cisco_xrd xrd', { ...VM, form: 'Gi0-0-0-X (X >= 0)', accepts: /^Gi0-0-0-\d+$/, first: 'Gi0-0-0-0' }),
  kind('cisco_c8000 c8000', {
    ...VM,
    form: 'Fi0_0_0_X, Hu0_0_0_X or FH0_0_0_X (X >= 0)',
    accepts: /^(Fi|Hu|FH)0_0_0_\d+$/,
    first: 'Hu0_0_0_0',
  }),
  kind('cumulus_cvx cvx', { ...SWP, accepts: /swp[\d.]+$/ }),
  kind('arrcus_arcos', { ...SWP, accepts: /^swp[\d.]+$/ }),
  kind('nvidia_cumulusvx', vm('swpX (X >= 1)', /swp(?<port>\d+)/, 1, 'swp1')),
  kind('juniper_vmx vr-vmx vr-juniper_vmx', JUNOS),
  kind('juniper_vqfx vr-vqfx vr-juniper_vqfx', JUNOS),
  kind('juniper_vsrx vr-vsrx vr-juniper_vsrx', JUNOS),
  kind('juniper_vjunosevolved', JUNOS),
  kind('juniper_vjunosswitch', JUNOS),
  kind('juniper_vjunosrouter', JUNOS),
  kind('juniper_cjunosevolved cjunosevolved', vm('et-0/0/X (X >= 0)', /et-0\/0\/(?<port>\d+)$/, 0, 'et-0/0/0', 4)),
  kind('cisco_csr1000v vr-csr vr-cisco_csr1000v', CSR),
  kind('cisco_c8000v', CSR),
  kind(
    'cisco_cat9kv',
    vm('Gi1/0/X or GigabitEthernet1/0/X (X >= 1)', /(?:Gi|GigabitEthernet)\s?1\/0\/(?<port>\d+)$/, 1, 'Gi1/0/1'),
  ),
  kind(
    'cisco_n9kv vr-n9kv vr-cisco_n9kv',
    vm('Et1/X or Ethernet1/X (X >= 1)', /(?:Ethernet|Et)\s?1\/(?<port>\d+)/, 1, 'Et1/1'),
  ),
  kind('cisco_asav', FIREWALL),
  kind('cisco_ftdv', FIREWALL),
  kind('cisco_vios', vm('GiX or GigabitEthernetX (X >= 0)', GIGABIT, 0, 'Gi0')),
  kind(
    'cisco_xrv vr-xrv vr-cisco_xrv',
    vm('Gi0/0/0/X (X >= 0)', /(?:Gi|GigabitEthernet)\s?0\/0\/0\/(?<port>\d+)$/, 0, 'Gi0/0/0/0'),
  ),
  kind('cisco_xrv9k vr-xrv9k vr-cisco_xrv9k', vm('Gi0/0/0/X or Te0/0/0/X (X >= 0)', XR_PORT, 0, 'Gi0/0/0/0')),
  kind('cisco_xrd_vrouter', vm('Te0/0/0/X or Gi0/0/0/X (X >= 0)', XR_PORT, 0, 'Te0/0/0/0')),
  kind('cisco_sdwan', VM),
  kind('aruba_aoscx vr-aoscx vr-aruba_aoscx', vm('1/1/X (X >= 1)', /1\/1\/(?<port>\d+)/, 1, '1/1/1')),
  kind(
    'paloalto_panos vr-pan vr-paloalto_panos',
    vm('Ethernet1/X (X >= 1)', /Ethernet1\/(?<port>\d+)/, 1, 'Ethernet1/1'),
  ),
  kind('mikrotik_ros vr-ros vr-mikrotik_ros', vm('etherX (X >= 2)', /ether(?<port>\d+)/, 2, 'ether2')),
  kind('fortinet_fortigate', vm('portX (X >= 2)', /port(?<port>\d+)$/, 2, 'port2')),
  kind('freebsd', vm('vtnetX (X >= 1)', /vtnet(?<port>\d+)/, 1, 'vtnet1')),
  kind('openbsd', vm('vioX (X >= 1)', /vio(?<port>\d+)/, 1, 'vio1')),
  kind('ciena_saos vr-ciena_saos', vm('X (X >= 1)', /^(?<port>[1-9]\d*)$/, 1, '1')),
  kind('f5_bigip-ve', vm('1.X (X >= 1)', /^1\.(?<port>\d+)$/, 1, '1.1')),
  kind('spirent_stc', STC),
  kind('dell_ftosv vr-ftosv vr-dell_ftosv', VM),
  kind('dell_sonic', VM),
  kind('plvision_sonic', VM),
  kind('sonic-vm', VM),
  kind('generic_vm', VM),
  kind('huawei_vrp', VM),
  kind('ipinfusion_ocnos', VM),
  kind('checkpoint_cloudguard', VM),
];

const BY_NAME: ReadonlyMap<string, NodeKind> = new Map(
  NODE_KINDS.flatMap((entry) => [entry.name, ...entry.legacy].map((name) => [name, entry] as const)),
);

/** Every name that `kind:` may have. */
export const NODE_KIND_NAMES: readonly string[] = [...BY_NAME.keys()];

/** The kind of a name in any case, also of an older one. */
export function nodeKind(name: string): NodeKind | undefined {
  return BY_NAME.get(name.toLowerCase());
}
