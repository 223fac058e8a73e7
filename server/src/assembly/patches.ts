import type { PatchCommand } from '../model/shell/patch.ts';
import { shellScriptOf } from '../model/shell/script.ts';
import { lazily, once } from '../network/once.ts';
import { kindsOf, type SchemaKey, schemaKeyOf } from '../schemas/index.ts';
import type { Doc } from '../syntax/document.ts';

/** The commands of a script that patch objects. */
const patchesOf = once((script: Doc): readonly PatchCommand[] =>
  script.tree.format === 'shell' ? (shellScriptOf(script, script.tree.shell)?.patches ?? []) : [],
);

/**
 * The schema of the object that a document is a patch of: the text behind `-p` of `calicoctl patch` or `kubectl patch`.
 * Undefined for every other document, and for kinds without a schema.
 */
export function patchedSchema(doc: Doc): SchemaKey | undefined {
  const [list, index] = doc.hostPath ?? [];
  if (doc.parent === undefined || list !== 'patches' || typeof index !== 'number') return undefined;
  const patch = patchesOf(doc.parent)[index];
  const written = patch?.kind.value?.toLowerCase();
  if (patch === undefined || written === undefined || patch.type === 'json') return undefined;
  return patch.tool === 'calicoctl' ? calicoctlNames().get(written) : ofKubectl(written);
}

const CALICO = 'projectcalico.org/v3';
const SPIDERPOOL = 'spiderpool.spidernet.io/v2beta1';

/** Names of resources that calicoctl takes besides kinds and their plurals (calicoctl/resourcemgr). */
const SHORT: Readonly<Record<string, readonly string[]>> = {
  BGPConfiguration: ['bgpconfig'],
  BGPFilter: ['bgpf', 'bf'],
  BGPPeer: ['bgpp', 'bp'],
  FelixConfiguration: ['felixconfig'],
  GlobalNetworkPolicy: ['gnp'],
  GlobalNetworkSet: ['gnetset'],
  HostEndpoint: ['hep'],
  IPPool: ['ipp', 'pool'],
  IPReservation: ['reservation'],
  KubeControllersConfiguration: ['kubecontrollersconfig'],
  NetworkPolicy: ['policy', 'np', 'pol'],
  NetworkSet: ['netset'],
  Node: ['no'],
  Profile: ['pro'],
  StagedGlobalNetworkPolicy: ['sgnp'],
  StagedNetworkPolicy: ['stagedpolicy', 'snp', 'spol'],
  WorkloadEndpoint: ['wep'],
};

// Asked for when the first patch is met: the schemas are half a megabyte that a start does not wait for.
const calicoctlNames = lazily(() => namesOf(CALICO));
const spiderpoolNames = lazily(() => namesOf(SPIDERPOOL));

/** What kubectl takes alone for one of its own. */
const OF_KUBERNETES = /^(no|nodes?|netpol|networkpolic(y|ies))$/;

function ofKubectl(written: string): SchemaKey | undefined {
  const dot = written.indexOf('.');
  const [name, group] = dot === -1 ? [written, undefined] : [written.slice(0, dot), written.slice(dot + 1)];
  // The fields of Calico's own custom resources are those of its API.
  if (/^(v\d\w*\.)?(crd\.)?projectcalico\.org$/.test(group ?? '')) return calicoctlNames().get(name);
  if (/^(v\d\w*\.)?spiderpool\.spidernet\.io$/.test(group ?? '')) return spiderpoolNames().get(name);
  return group !== undefined || OF_KUBERNETES.test(name) ? undefined : (spiderpoolNames().get(name) ?? longName(name));
}

/** Calico's short names are others to kubectl. */
function longName(name: string): SchemaKey | undefined {
  return Object.values(SHORT).some((list) => list.some((short) => plurals(short).includes(name)))
    ? undefined
    : calicoctlNames().get(name);
}

function namesOf(apiVersion: string): ReadonlyMap<string, SchemaKey> {
  const names = new Map<string, SchemaKey>();
  for (const kind of kindsOf(apiVersion.slice(0, apiVersion.indexOf('/')))) {
    const key = schemaKeyOf(apiVersion, kind);
    if (key === undefined) continue;
    const short = apiVersion === CALICO ? (SHORT[kind] ?? []) : [];
    for (const name of [kind.toLowerCase(), ...short].flatMap(plurals)) names.set(name, key);
  }
  return names;
}

function plurals(name: string): readonly string[] {
  return [name, name.endsWith('y') ? `${name.slice(0, -1)}ies` : name.endsWith('s') ? `${name}es` : `${name}s`];
}
