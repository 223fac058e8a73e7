import type { Resource } from '../model/resource.ts';
import type { RouterConfig } from '../model/router/config.ts';
import { once } from '../network/once.ts';
import type { Doc, Place } from '../syntax/document.ts';
import { defineDerivation, type Site } from '../workspace/site.ts';
import { HOSTS, type Hosts } from './hosts.ts';
import { KIND_CLUSTERS } from './hosts-kind.ts';
import { LABS, type Lab } from './labs.ts';
import type { NameUse } from './names.ts';
import { labScope } from './names-containerlab.ts';
import { namespacesIn } from './names-kubernetes.ts';
import { NAMING_KINDS, namesOfResource } from './names-of-resource.ts';
import { spiderPool } from './names-pools.ts';
import { machineNames, shellNames } from './names-shell.ts';
import { CNI_PLUGINS } from './spiderpool-cni.ts';

/** Every name of a site by the thing that it means, across its files and their formats. */
export interface Names {
  /** The names in one document, those in the documents inside it left out. */
  readonly in: (doc: Doc, resources: readonly Resource[]) => readonly NameUse[];
  /** Every token that means the same as this one, definitions first, else in order of file and position. */
  readonly uses: (use: Pick<NameUse, 'kind' | 'name' | 'scope'>) => readonly NameUse[];
  readonly definitions: () => readonly NameUse[];
}

/**
 * Tokens are read once a resource, and only when somebody asks for uses; each sort of resource is gathered for itself, so
 * that an edit of one leaves the others alone.
 */
export const NAMES = defineDerivation('names', (site): Names => {
  const labs = site.derive(LABS);
  const scopes = scopesOf(labs, site.derive(HOSTS));
  const made = [...kindNodes(site), ...cniPools(site), ...commandNames(site, labs)];
  const madePart = partOf(made);
  const gathered = (): readonly (readonly Part[])[] => PARTS.map((parts) => site.derive(parts));
  const uses: Names['uses'] = ({ kind, name, scope }) => {
    const key = `${kind} ${name}`;
    const parts = [...gathered(), ...(kind === 'namespace' ? [site.derive(NAMESPACE_PARTS)] : []), [madePart]];
    const found = parts
      .flatMap((list) => list.flatMap((part) => part.get(key) ?? []))
      .map(scopes)
      .filter((use) => use.scope === scope);
    return [...found.filter(({ role }) => role === 'definition'), ...found.filter(({ role }) => role === 'reference')];
  };
  return {
    uses,
    in: (doc, resources) =>
      [...resources.flatMap(namesOfResource), ...namespaces(doc), ...made.filter(({ place }) => place.doc === doc)].map(
        scopes,
      ),
    definitions: () =>
      [...gathered().flat(), madePart]
        .flatMap((part) => [...part.values()].flat().filter(({ role }) => role === 'definition'))
        .map(scopes),
  };
});

/** Names by kind and text. */
type Part = ReadonlyMap<string, readonly NameUse[]>;

function partOf(uses: readonly NameUse[]): Part {
  const part = new Map<string, NameUse[]>();
  for (const use of uses) {
    const key = `${use.kind} ${use.name}`;
    const list = part.get(key);
    if (list === undefined) part.set(key, [use]);
    else list.push(use);
  }
  return part;
}

const partOfResource = once((resource: Resource): Part => partOf(namesOfResource(resource)));
const namespaces = once((doc: Doc): readonly NameUse[] => (doc.format === 'yaml' ? namespacesIn(doc) : []));
const namespacePart = once((doc: Doc): Part => partOf(namespaces(doc)));

/** The names in all resources of a kind. */
const PARTS = NAMING_KINDS.map((kind) =>
  defineDerivation(`names in ${kind}`, (site): readonly Part[] =>
    (site.all(kind) as readonly Resource[]).map(partOfResource).filter((part) => part.size > 0),
  ),
);

const NAMESPACE_PARTS = defineDerivation('namespaces of objects', (site): readonly Part[] =>
  site
    .documents('yaml')
    .filter((doc) => namespaces(doc).length > 0)
    .map(namespacePart),
);

/**
 * What a node's name in a lab means: the node of that name in the whole network, unless several labs have one. The host
 * name in a router's configuration is the name of the node that runs it, or else nobody's.
 */
function scopesOf(labs: readonly Lab[], hosts: Hosts): (use: NameUse) => NameUse {
  const owners = new Map<string, Set<string>>();
  for (const lab of labs)
    for (const node of lab.nodes.values()) {
      if (node.kind?.name === 'ext-container') continue;
      const scopes = owners.get(node.name);
      if (scopes === undefined) owners.set(node.name, new Set([labScope(lab.topology)]));
      else scopes.add(labScope(lab.topology));
    }
  const isShared = (name: string): boolean => (owners.get(name)?.size ?? 0) > 1;
  const hostOf = new Map<Doc, RouterConfig>();
  for (const host of hosts.all) for (const config of host.routerConfigs) hostOf.set(config.doc, config);
  return (use) => {
    if (use.kind !== 'node' || use.scope === '') return use;
    if (use.scope.startsWith('lab ')) return isShared(use.name) ? use : { ...use, scope: '' };
    const config = hostOf.get(use.place.doc);
    const running = config === undefined ? [] : hosts.ofRouterConfig(config);
    for (const { name, labNodes, calicoNodes, kubernetesNodes } of running) {
      const node = labNodes.find((one) => one.name === use.name);
      if (node !== undefined) return { ...use, scope: isShared(use.name) ? labScope(node.lab.topology) : '' };
      if (name === use.name && calicoNodes.length + kubernetesNodes.length > 0) return { ...use, scope: '' };
    }
    return use;
  };
}

/** The nodes that kind makes: their names come of the cluster's name and their role. */
function kindNodes(site: Site): readonly NameUse[] {
  return site.derive(KIND_CLUSTERS).flatMap(({ nodes }) =>
    nodes.flatMap(({ name, node }): readonly NameUse[] => {
      if (node === undefined) return [];
      const place: Place = node.role?.place ?? node.place;
      return [{ kind: 'node', name, scope: '', place, role: 'definition', made: true }];
    }),
  );
}

/** The SpiderIPPools that CNI configurations take by default. */
function cniPools(site: Site): readonly NameUse[] {
  return site
    .derive(CNI_PLUGINS)
    .filter(({ ipam }) => ipam?.value === 'spiderpool')
    .flatMap(({ pools4, pools6 }) => [...pools4, ...pools6].flatMap(spiderPool));
}

/** The nodes that commands in scripts name. */
function commandNames(site: Site, labs: readonly Lab[]): readonly NameUse[] {
  const clusterNodes = site.derive(KIND_CLUSTERS).flatMap(({ nodes }) => nodes.map(({ name }) => name));
  const machines = machineNames(labs, clusterNodes);
  return site.documents('shell').flatMap((doc) => shellNames(doc, machines));
}
