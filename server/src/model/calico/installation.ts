import type { Field, Place } from '../../syntax/document.ts';
import type { Reader } from '../reader.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';

/** How the Tigera operator installs Calico. */
export interface Installation extends KubernetesObject {
  readonly kind: 'tigera/Installation';
  readonly variant?: Field<string>;
  /** `Enabled` or `Disabled`. */
  readonly bgp?: Field<string>;
  readonly mtu?: Field<number>;
  readonly ipPools: readonly InstallationPool[];
  readonly autodetectionV4?: NodeAddressAutodetection;
  readonly autodetectionV6?: NodeAddressAutodetection;
}

/** Spelt differently from an IPPool: `Enabled` for true, `None` for no encapsulation. */
export interface InstallationPool {
  readonly place: Place;
  readonly name?: Field<string>;
  readonly cidr?: Field<string>;
  /** `IPIP`, `VXLAN`, `IPIPCrossSubnet`, `VXLANCrossSubnet` or `None`. */
  readonly encapsulation?: Field<string>;
  readonly natOutgoing?: Field<string>;
  readonly blockSize?: Field<number>;
  readonly nodeSelector?: Field<string>;
  readonly disableBGPExport?: Field<boolean>;
}

export interface NodeAddressAutodetection {
  readonly place: Place;
  readonly firstFound?: Field<boolean>;
  readonly kubernetes?: Field<string>;
  readonly interface?: Field<string>;
  readonly skipInterface?: Field<string>;
  readonly canReach?: Field<string>;
  readonly cidrs: readonly Field<string>[];
}

export const installation: KindReader<Installation> = {
  kind: 'tigera/Installation',
  read: (object, metadata) => {
    const network = object.at('spec', 'calicoNetwork');
    return present<Installation>({
      ...metadata,
      kind: 'tigera/Installation',
      variant: object.string('spec', 'variant'),
      bgp: network.string('bgp'),
      mtu: network.number('mtu'),
      ipPools: network.items('ipPools').map(readPool),
      autodetectionV4: readAutodetection(network.at('nodeAddressAutodetectionV4')),
      autodetectionV6: readAutodetection(network.at('nodeAddressAutodetectionV6')),
    });
  },
};

function readPool(pool: Reader): InstallationPool {
  return present<InstallationPool>({
    place: pool.place,
    name: pool.string('name'),
    cidr: pool.string('cidr'),
    encapsulation: pool.string('encapsulation'),
    natOutgoing: pool.string('natOutgoing'),
    blockSize: pool.number('blockSize'),
    nodeSelector: pool.string('nodeSelector'),
    disableBGPExport: pool.boolean('disableBGPExport'),
  });
}

function readAutodetection(method: Reader): NodeAddressAutodetection | undefined {
  if (method.node?.kind !== 'mapping') return undefined;
  return present<NodeAddressAutodetection>({
    place: method.place,
    firstFound: method.boolean('firstFound'),
    kubernetes: method.string('kubernetes'),
    interface: method.string('interface'),
    skipInterface: method.string('skipInterface'),
    canReach: method.string('canReach'),
    cidrs: method.strings('cidrs'),
  });
}
