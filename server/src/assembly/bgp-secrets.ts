import type { BGPPeer } from '../model/calico/bgp-peer.ts';
import type { AccessRule } from '../model/kubernetes/access.ts';
import type { Secret } from '../model/kubernetes/secret.ts';
import type { Field } from '../syntax/document.ts';
import { defineDerivation, type Site } from '../workspace/site.ts';

/** A password that calico-node may not read: the session never comes up, and only its log says why. */
export interface UnreadableSecret {
  readonly peer: BGPPeer;
  readonly reference: Field<string>;
  readonly secret: Secret;
  readonly namespace: string;
}

/**
 * The Secrets of peers that nothing in the files lets calico-node read. It has no such right by itself (users.md M23). Silent
 * unless the files show both how Calico is installed and the Secret, beside which its Role would stand.
 */
export const UNREADABLE_SECRETS = defineDerivation('unreadable secrets', (site): readonly UnreadableSecret[] => {
  const namespaces = calicoNamespaces(site);
  if (namespaces.size === 0) return [];
  return site.all('calico/BGPPeer').flatMap((peer): readonly UnreadableSecret[] => {
    const reference = peer.passwordSecret;
    const secret = site
      .all('kubernetes/Secret')
      .find(({ name, namespace }) => name?.value === reference?.value && namespaces.has(namespace?.value ?? ''));
    const namespace = secret?.namespace?.value;
    if (reference?.value === undefined || secret === undefined || namespace === undefined) return [];
    return mayRead(site, reference.value, namespace) ? [] : [{ peer, reference, secret, namespace }];
  });
});

/** Where calico-node runs, and reads Secrets from. */
function calicoNamespaces(site: Site): ReadonlySet<string> {
  const sets = site
    .all('kubernetes/Workload')
    .filter(({ workloadKind, name }) => workloadKind?.value === 'DaemonSet' && name?.value === 'calico-node');
  return new Set([
    ...sets.flatMap(({ namespace }) => namespace?.value ?? []),
    ...(site.all('tigera/Installation').length > 0 ? ['calico-system'] : []),
  ]);
}

/** Whether some role lets calico-node get the Secret; what cannot be read may be it. */
function mayRead(site: Site, secret: string, namespace: string): boolean {
  const roles = [
    ...site.all('rbac/Role').filter((role) => mayBe(role.namespace, namespace)),
    ...site.all('rbac/ClusterRole'),
  ];
  const bindings = [
    ...site.all('rbac/RoleBinding').filter((binding) => mayBe(binding.namespace, namespace)),
    ...site.all('rbac/ClusterRoleBinding'),
  ].filter(({ subjects }) =>
    subjects.some(({ kind, name }) => kind?.value === 'Group' || name === undefined || mayBe(name, 'calico-node')),
  );
  return bindings.some(({ role }) => {
    const named = roles.filter(({ name }) => role?.value === undefined || mayBe(name, role.value));
    return named.length === 0 || named.some(({ rules }) => rules.some((rule) => allows(rule, secret)));
  });
}

function allows({ verbs, resources, resourceNames }: AccessRule, secret: string): boolean {
  const holds = (fields: readonly Field<string>[], ...wanted: readonly string[]): boolean =>
    fields.some(({ value }) => value === undefined || wanted.includes(value));
  return (
    holds(verbs, 'get', '*') &&
    holds(resources, 'secrets', '*') &&
    (resourceNames.length === 0 || holds(resourceNames, secret))
  );
}

/** Whether a field has this value for all that is known: one that is filled in elsewhere may be anything. */
function mayBe(field: Field<string> | undefined, value: string): boolean {
  return field === undefined || field.value === undefined || field.value === value;
}
