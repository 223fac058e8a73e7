import type { Field, Place } from '../../syntax/document.ts';
import type { Reader } from '../reader.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';

/** What the network depends on, of Felix' some 190 settings. */
export interface FelixConfiguration extends KubernetesObject {
  readonly kind: 'calico/FelixConfiguration';
  readonly nodeSelector?: Field<string>;
  readonly ipipEnabled?: Field<boolean>;
  readonly ipipMTU?: Field<number>;
  readonly vxlanEnabled?: Field<boolean>;
  readonly vxlanMTU?: Field<number>;
  readonly vxlanMTUV6?: Field<number>;
  readonly wireguardEnabled?: Field<boolean>;
  readonly wireguardEnabledV6?: Field<boolean>;
  readonly wireguardMTU?: Field<number>;
  readonly wireguardMTUV6?: Field<number>;
  readonly mtuIfacePattern?: Field<string>;
  readonly bpfEnabled?: Field<boolean>;
  readonly ipv6Support?: Field<boolean>;
  readonly programClusterRoutes?: Field<string>;
  readonly natOutgoingAddress?: Field<string>;
  readonly deviceRouteSourceAddress?: Field<string>;
  readonly defaultEndpointToHostAction?: Field<string>;
  readonly externalNodesList: readonly Field<string>[];
  /** Undefined when the list is absent: then Felix' own list of failsafe ports holds. An empty list switches it off. */
  readonly failsafeInboundHostPorts?: readonly FailsafePort[];
  readonly failsafeOutboundHostPorts?: readonly FailsafePort[];
}

export interface FailsafePort {
  readonly place: Place;
  readonly protocol?: Field<string>;
  readonly port?: Field<number>;
  /** CIDR that the exemption is limited to. */
  readonly net?: Field<string>;
}

export const felixConfiguration: KindReader<FelixConfiguration> = {
  kind: 'calico/FelixConfiguration',
  read: (object, metadata) => {
    const spec = object.at('spec');
    return present<FelixConfiguration>({
      ...metadata,
      kind: 'calico/FelixConfiguration',
      nodeSelector: spec.string('nodeSelector'),
      ipipEnabled: spec.boolean('ipipEnabled'),
      ipipMTU: spec.number('ipipMTU'),
      vxlanEnabled: spec.boolean('vxlanEnabled'),
      vxlanMTU: spec.number('vxlanMTU'),
      vxlanMTUV6: spec.number('vxlanMTUV6'),
      wireguardEnabled: spec.boolean('wireguardEnabled'),
      wireguardEnabledV6: spec.boolean('wireguardEnabledV6'),
      wireguardMTU: spec.number('wireguardMTU'),
      wireguardMTUV6: spec.number('wireguardMTUV6'),
      mtuIfacePattern: spec.string('mtuIfacePattern'),
      bpfEnabled: spec.boolean('bpfEnabled'),
      ipv6Support: spec.boolean('ipv6Support'),
      programClusterRoutes: spec.string('programClusterRoutes'),
      natOutgoingAddress: spec.string('natOutgoingAddress'),
      deviceRouteSourceAddress: spec.string('deviceRouteSourceAddress'),
      defaultEndpointToHostAction: spec.string('defaultEndpointToHostAction'),
      externalNodesList: spec.strings('externalNodesList'),
      failsafeInboundHostPorts: readPorts(spec.at('failsafeInboundHostPorts')),
      failsafeOutboundHostPorts: readPorts(spec.at('failsafeOutboundHostPorts')),
    });
  },
};

function readPorts(ports: Reader): readonly FailsafePort[] | undefined {
  if (ports.node?.kind !== 'sequence') return undefined;
  return ports.items().map((item) =>
    present<FailsafePort>({
      place: item.place,
      protocol: item.string('protocol'),
      port: item.number('port'),
      net: item.string('net'),
    }),
  );
}
