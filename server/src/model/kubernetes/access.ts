import type { Field } from '../../syntax/document.ts';
import type { Reader } from '../reader.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';

/** What a Role or a ClusterRole allows. */
export interface AccessRole<K extends string = string> extends KubernetesObject {
  readonly kind: K;
  readonly rules: readonly AccessRule[];
}

export interface AccessRule {
  readonly verbs: readonly Field<string>[];
  readonly resources: readonly Field<string>[];
  /** Empty: every object of these resources. */
  readonly resourceNames: readonly Field<string>[];
}

/** Who may do what a role allows. */
export interface AccessBinding<K extends string = string> extends KubernetesObject {
  readonly kind: K;
  readonly role?: Field<string>;
  readonly subjects: readonly AccessSubject[];
}

export interface AccessSubject {
  /** `ServiceAccount`, `User` or `Group`. */
  readonly kind?: Field<string>;
  readonly name?: Field<string>;
  readonly namespace?: Field<string>;
}

export const role = roleReader('rbac/Role');
export const clusterRole = roleReader('rbac/ClusterRole');
export const roleBinding = bindingReader('rbac/RoleBinding');
export const clusterRoleBinding = bindingReader('rbac/ClusterRoleBinding');

function roleReader<K extends string>(kind: K): KindReader<AccessRole<K>> {
  return {
    kind,
    read: (object, metadata) =>
      present<AccessRole<K>>({ ...metadata, kind, rules: object.items('rules').map(readRule) }),
  };
}

function readRule(rule: Reader): AccessRule {
  return {
    verbs: rule.strings('verbs'),
    resources: rule.strings('resources'),
    resourceNames: rule.strings('resourceNames'),
  };
}

function bindingReader<K extends string>(kind: K): KindReader<AccessBinding<K>> {
  return {
    kind,
    read: (object, metadata) =>
      present<AccessBinding<K>>({
        ...metadata,
        kind,
        role: object.string('roleRef', 'name'),
        subjects: object.items('subjects').map((subject) =>
          present<AccessSubject>({
            kind: subject.string('kind'),
            name: subject.string('name'),
            namespace: subject.string('namespace'),
          }),
        ),
      }),
  };
}
