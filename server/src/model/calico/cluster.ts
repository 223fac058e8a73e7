import type { Field, Place } from '../../syntax/document.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';

/** Written by Calico itself; it tells the running version. */
export interface ClusterInformation extends KubernetesObject {
  readonly kind: 'calico/ClusterInformation';
  readonly calicoVersion?: Field<string>;
  readonly clusterType?: Field<string>;
  readonly datastoreReady?: Field<boolean>;
}

export const clusterInformation: KindReader<ClusterInformation> = {
  kind: 'calico/ClusterInformation',
  read: (object, metadata) => {
    const spec = object.at('spec');
    return present<ClusterInformation>({
      ...metadata,
      kind: 'calico/ClusterInformation',
      calicoVersion: spec.string('calicoVersion'),
      clusterType: spec.string('clusterType'),
      datastoreReady: spec.boolean('datastoreReady'),
    });
  },
};

export interface KubeControllersConfiguration extends KubernetesObject {
  readonly kind: 'calico/KubeControllersConfiguration';
  /** `Enabled`: labels of Kubernetes nodes are copied to Calico's. */
  readonly syncLabels?: Field<string>;
  readonly autoCreateHostEndpoints?: Field<string>;
  readonly createDefaultHostEndpoint?: Field<string>;
  readonly hostEndpointTemplates: readonly HostEndpointTemplate[];
}

export interface HostEndpointTemplate {
  readonly place: Place;
  readonly generateName?: Field<string>;
  readonly nodeSelector?: Field<string>;
  readonly interfaceCIDRs: readonly Field<string>[];
  readonly interfacePattern?: Field<string>;
  readonly labels: ReadonlyMap<string, Field<string>>;
}

export const kubeControllersConfiguration: KindReader<KubeControllersConfiguration> = {
  kind: 'calico/KubeControllersConfiguration',
  read: (object, metadata) => {
    const node = object.at('spec', 'controllers', 'node');
    return present<KubeControllersConfiguration>({
      ...metadata,
      kind: 'calico/KubeControllersConfiguration',
      syncLabels: node.string('syncLabels'),
      autoCreateHostEndpoints: node.string('hostEndpoint', 'autoCreate'),
      createDefaultHostEndpoint: node.string('hostEndpoint', 'createDefaultHostEndpoint'),
      hostEndpointTemplates: node.items('hostEndpoint', 'templates').map((item) =>
        present<HostEndpointTemplate>({
          place: item.place,
          generateName: item.string('generateName'),
          nodeSelector: item.string('nodeSelector'),
          interfaceCIDRs: item.strings('interfaceCIDRs'),
          interfacePattern: item.string('interfacePattern'),
          labels: item.texts('labels'),
        }),
      ),
    });
  },
};
