import type { Field, Place } from '../../syntax/document.ts';
import type { Reader } from '../reader.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';
import { type LabelSelector, readLabelSelector } from './label-selector.ts';

/** Kinds that make Pods, and Pod itself. */
export const WORKLOAD_KINDS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'Pod',
] as const;
export type WorkloadKind = (typeof WORKLOAD_KINDS)[number];

/** Anything that makes Pods, read alike. A Pod is its own template. */
export interface Workload extends KubernetesObject {
  readonly kind: 'kubernetes/Workload';
  /** Absent only for an item of a typed list that does not repeat its kind. */
  readonly workloadKind?: Field<string>;
  readonly replicas?: Field<number>;
  /** `spec.selector`; Jobs mostly have none. */
  readonly selector?: LabelSelector;
  readonly pod: PodTemplate;
}

export interface PodTemplate {
  /** Where the template's labels stand or would stand. */
  readonly metadataAt: { readonly place: Place };
  readonly labels: ReadonlyMap<string, Field<string>>;
  readonly annotations: ReadonlyMap<string, Field<string>>;
  readonly hostNetwork?: Field<boolean>;
  readonly nodeName?: Field<string>;
  readonly serviceAccountName?: Field<string>;
  readonly nodeSelector: ReadonlyMap<string, Field<string>>;
  /** Secrets that values, files or an image registry's password come from. */
  readonly secrets: readonly Field<string>[];
  /** Containers, then init containers. */
  readonly containers: readonly Container[];
}

export interface Container {
  readonly name?: Field<string>;
  readonly image?: Field<string>;
  readonly env: readonly EnvironmentVariable[];
  readonly ports: readonly ContainerPort[];
}

export interface EnvironmentVariable {
  readonly name: Field<string>;
  /** Absent when the value comes from elsewhere. */
  readonly value?: Field<string>;
  /** `configmap/key` that the value is taken from. */
  readonly configMap?: { readonly name?: Field<string>; readonly key?: Field<string> };
}

export interface ContainerPort {
  readonly name?: Field<string>;
  readonly containerPort?: Field<number>;
  readonly hostPort?: Field<number>;
  readonly protocol?: Field<string>;
}

export const workload: KindReader<Workload> = {
  kind: 'kubernetes/Workload',
  read: (object, metadata) => {
    const workloadKind = object.string('kind');
    const spec = object.at('spec');
    return present<Workload>({
      ...metadata,
      kind: 'kubernetes/Workload',
      workloadKind,
      replicas: spec.number('replicas'),
      selector: workloadKind?.value === 'ReplicationController' ? undefined : readLabelSelector(spec.at('selector')),
      pod: readPod(podOf(object, workloadKind?.value)),
    });
  },
};

function podOf(object: Reader, kind: string | undefined): Reader {
  if (kind === 'Pod') return object;
  return kind === 'CronJob' ? object.at('spec', 'jobTemplate', 'spec', 'template') : object.at('spec', 'template');
}

function readPod(pod: Reader): PodTemplate {
  const spec = pod.at('spec');
  return present<PodTemplate>({
    metadataAt: { place: pod.at('metadata').place },
    labels: pod.texts('metadata', 'labels'),
    annotations: pod.texts('metadata', 'annotations'),
    hostNetwork: spec.boolean('hostNetwork'),
    nodeName: spec.string('nodeName'),
    serviceAccountName: spec.string('serviceAccountName'),
    nodeSelector: spec.texts('nodeSelector'),
    secrets: secretsOf(spec),
    containers: [...spec.items('containers'), ...spec.items('initContainers')].map(readContainer),
  });
}

function secretsOf(spec: Reader): readonly Field<string>[] {
  const containers = [...spec.items('containers'), ...spec.items('initContainers')];
  return [
    ...spec.items('volumes').map((volume) => volume.string('secret', 'secretName')),
    ...spec.items('imagePullSecrets').map((secret) => secret.string('name')),
    ...containers.flatMap((container) => [
      ...container.items('env').map((variable) => variable.string('valueFrom', 'secretKeyRef', 'name')),
      ...container.items('envFrom').map((source) => source.string('secretRef', 'name')),
    ]),
  ].filter((field) => field !== undefined);
}

function readContainer(container: Reader): Container {
  return present<Container>({
    name: container.string('name'),
    image: container.string('image'),
    env: container.items('env').flatMap(readVariable),
    ports: container.items('ports').map((item) =>
      present<ContainerPort>({
        name: item.string('name'),
        containerPort: item.number('containerPort'),
        hostPort: item.number('hostPort'),
        protocol: item.string('protocol'),
      }),
    ),
  });
}

function readVariable(item: Reader): readonly EnvironmentVariable[] {
  const name = item.string('name');
  if (name === undefined) return [];
  const reference = item.at('valueFrom', 'configMapKeyRef');
  const configMap = reference.exists
    ? present<NonNullable<EnvironmentVariable['configMap']>>({
        name: reference.string('name'),
        key: reference.string('key'),
      })
    : undefined;
  return [present<EnvironmentVariable>({ name, value: item.string('value'), configMap })];
}
