import type { Field, Place } from '../../syntax/document.ts';
import type { Reader } from '../reader.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';

/** A kind (Kubernetes in Docker) cluster configuration. */
export interface KindCluster extends Omit<KubernetesObject, 'name'> {
  readonly kind: 'kind/Cluster';
  /** The cluster's own name; `--name` on the command line wins over it and is not in the file. */
  readonly name?: Field<string>;
  /** One CIDR, or two joined by a comma. */
  readonly podSubnet?: Field<string>;
  readonly serviceSubnet?: Field<string>;
  readonly disableDefaultCNI?: Field<boolean>;
  readonly kubeProxyMode?: Field<string>;
  /** `ipv4` (default), `ipv6` or `dual`. */
  readonly ipFamily?: Field<string>;
  readonly apiServerAddress?: Field<string>;
  readonly apiServerPort?: Field<number>;
  readonly nodes: readonly KindNode[];
  /** YAML documents for every node; the workspace reads each as a document of its own. */
  readonly kubeadmConfigPatches: readonly Field<string>[];
}

export interface KindNode {
  readonly place: Place;
  /** `control-plane` or `worker`. */
  readonly role?: Field<string>;
  readonly image?: Field<string>;
  readonly labels: ReadonlyMap<string, Field<string>>;
  readonly kubeadmConfigPatches: readonly Field<string>[];
  readonly extraMounts: readonly KindMount[];
  readonly extraPortMappings: readonly KindPortMapping[];
}

export interface KindMount {
  readonly hostPath?: Field<string>;
  readonly containerPath?: Field<string>;
}

export interface KindPortMapping {
  readonly containerPort?: Field<number>;
  readonly hostPort?: Field<number>;
  readonly listenAddress?: Field<string>;
  readonly protocol?: Field<string>;
}

export const kindCluster: KindReader<KindCluster> = {
  kind: 'kind/Cluster',
  read: (object, metadata) => {
    const networking = object.at('networking');
    return present<KindCluster>({
      ...metadata,
      kind: 'kind/Cluster',
      name: object.string('name'),
      podSubnet: networking.string('podSubnet'),
      serviceSubnet: networking.string('serviceSubnet'),
      disableDefaultCNI: networking.boolean('disableDefaultCNI'),
      kubeProxyMode: networking.string('kubeProxyMode'),
      ipFamily: networking.string('ipFamily'),
      apiServerAddress: networking.string('apiServerAddress'),
      apiServerPort: networking.number('apiServerPort'),
      nodes: object.items('nodes').map(readNode),
      kubeadmConfigPatches: object.strings('kubeadmConfigPatches'),
    });
  },
};

function readNode(node: Reader): KindNode {
  return present<KindNode>({
    place: node.place,
    role: node.string('role'),
    image: node.string('image'),
    labels: node.texts('labels'),
    kubeadmConfigPatches: node.strings('kubeadmConfigPatches'),
    extraMounts: node
      .items('extraMounts')
      .map((item) =>
        present<KindMount>({ hostPath: item.string('hostPath'), containerPath: item.string('containerPath') }),
      ),
    extraPortMappings: node.items('extraPortMappings').map((item) =>
      present<KindPortMapping>({
        containerPort: item.number('containerPort'),
        hostPort: item.number('hostPort'),
        listenAddress: item.string('listenAddress'),
        protocol: item.string('protocol'),
      }),
    ),
  });
}
