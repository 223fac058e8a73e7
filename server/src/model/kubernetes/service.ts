import type { Field, Place } from '../../syntax/document.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';

export interface Service extends KubernetesObject {
  readonly kind: 'kubernetes/Service';
  /** `ClusterIP` (default), `NodePort`, `LoadBalancer` or `ExternalName`. */
  readonly type?: Field<string>;
  readonly selector: ReadonlyMap<string, Field<string>>;
  /** The selector as a whole. */
  readonly selectorAt: { readonly place: Place };
  /** An address or `None`. */
  readonly clusterIP?: Field<string>;
  readonly clusterIPs: readonly Field<string>[];
  readonly externalIPs: readonly Field<string>[];
  readonly loadBalancerIP?: Field<string>;
  readonly externalTrafficPolicy?: Field<string>;
  readonly ports: readonly ServicePort[];
}

export interface ServicePort {
  readonly place: Place;
  readonly name?: Field<string>;
  readonly protocol?: Field<string>;
  readonly port?: Field<number>;
  /** A number, or the name of a container's port. */
  readonly targetPort?: Field<string>;
  readonly nodePort?: Field<number>;
}

export const service: KindReader<Service> = {
  kind: 'kubernetes/Service',
  read: (object, metadata) => {
    const spec = object.at('spec');
    return present<Service>({
      ...metadata,
      kind: 'kubernetes/Service',
      type: spec.string('type'),
      selector: spec.texts('selector'),
      selectorAt: { place: spec.at('selector').place },
      clusterIP: spec.string('clusterIP'),
      clusterIPs: spec.strings('clusterIPs'),
      externalIPs: spec.strings('externalIPs'),
      loadBalancerIP: spec.string('loadBalancerIP'),
      externalTrafficPolicy: spec.string('externalTrafficPolicy'),
      ports: spec.items('ports').map((item) =>
        present<ServicePort>({
          place: item.place,
          name: item.string('name'),
          protocol: item.string('protocol'),
          port: item.number('port'),
          targetPort: item.string('targetPort'),
          nodePort: item.number('nodePort'),
        }),
      ),
    });
  },
};
