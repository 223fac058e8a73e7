import type { Field } from '../../syntax/document.ts';
import type { Reader } from '../reader.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';
import { type KubeletArguments, readKubeletArguments } from './kubelet-args.ts';

export interface ClusterConfiguration extends KubernetesObject {
  readonly kind: 'kubeadm/ClusterConfiguration';
  readonly clusterName?: Field<string>;
  readonly kubernetesVersion?: Field<string>;
  readonly controlPlaneEndpoint?: Field<string>;
  /** One CIDR, or two joined by a comma. */
  readonly podSubnet?: Field<string>;
  readonly serviceSubnet?: Field<string>;
  readonly dnsDomain?: Field<string>;
  readonly apiServerArguments: ReadonlyMap<string, Field<string>>;
  readonly controllerManagerArguments: ReadonlyMap<string, Field<string>>;
}

/** How one node registers: in InitConfiguration for the first, in JoinConfiguration for every other. */
export interface NodeRegistration {
  readonly nodeName?: Field<string>;
  readonly kubelet: KubeletArguments;
}

export interface InitConfiguration extends KubernetesObject {
  readonly kind: 'kubeadm/InitConfiguration';
  readonly registration: NodeRegistration;
  readonly advertiseAddress?: Field<string>;
}

export interface JoinConfiguration extends KubernetesObject {
  readonly kind: 'kubeadm/JoinConfiguration';
  readonly registration: NodeRegistration;
  readonly apiServerEndpoint?: Field<string>;
}

export const clusterConfiguration: KindReader<ClusterConfiguration> = {
  kind: 'kubeadm/ClusterConfiguration',
  read: (object, metadata) => {
    const networking = object.at('networking');
    return present<ClusterConfiguration>({
      ...metadata,
      kind: 'kubeadm/ClusterConfiguration',
      clusterName: object.string('clusterName'),
      kubernetesVersion: object.string('kubernetesVersion'),
      controlPlaneEndpoint: object.string('controlPlaneEndpoint'),
      podSubnet: networking.string('podSubnet'),
      serviceSubnet: networking.string('serviceSubnet'),
      dnsDomain: networking.string('dnsDomain'),
      apiServerArguments: readKubeletArguments(object.at('apiServer', 'extraArgs')).all,
      controllerManagerArguments: readKubeletArguments(object.at('controllerManager', 'extraArgs')).all,
    });
  },
};

export const initConfiguration: KindReader<InitConfiguration> = {
  kind: 'kubeadm/InitConfiguration',
  read: (object, metadata) =>
    present<InitConfiguration>({
      ...metadata,
      kind: 'kubeadm/InitConfiguration',
      registration: readRegistration(object),
      advertiseAddress: object.string('localAPIEndpoint', 'advertiseAddress'),
    }),
};

export const joinConfiguration: KindReader<JoinConfiguration> = {
  kind: 'kubeadm/JoinConfiguration',
  read: (object, metadata) =>
    present<JoinConfiguration>({
      ...metadata,
      kind: 'kubeadm/JoinConfiguration',
      registration: readRegistration(object),
      apiServerEndpoint: object.string('discovery', 'bootstrapToken', 'apiServerEndpoint'),
    }),
};

function readRegistration(object: Reader): NodeRegistration {
  const registration = object.at('nodeRegistration');
  return present<NodeRegistration>({
    nodeName: registration.string('name'),
    kubelet: readKubeletArguments(registration.at('kubeletExtraArgs')),
  });
}
