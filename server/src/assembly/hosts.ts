import type { CalicoNode } from '../model/calico/node.ts';
import { containerName } from '../model/containerlab/container-name.ts';
import type { KubernetesNode } from '../model/kubernetes/node.ts';
import type { RouterConfig } from '../model/router/config.ts';
import { isDaemonFile, routerName } from '../model/router/router-name.ts';
import { sameItems } from '../network/once.ts';
import { defineDerivation, type Site } from '../workspace/site.ts';
import { folderOf } from '../workspace/uri.ts';
import { KIND_CLUSTERS, type KindMachine } from './hosts-kind.ts';
import { isBridge, LABS, type Lab, type LabNode } from './labs.ts';
import { ROUTER_CONFIG_OWNERS } from './labs-router-configs.ts';

/**
 * One machine, that is one network name space, under all the names that the files of a site know it by: a containerlab
 * node, a container of a kind cluster, a Kubernetes and a Calico Node, a router configuration. Bridges are no machines.
 */
export interface Host {
  /** The Kubernetes node's name where it is one, else the lab node's, else the router's host name. */
  readonly name: string;
  /** Several with `network-mode: container:…`; the one whose name space it is comes first. */
  readonly labNodes: readonly LabNode[];
  readonly kindNodes: readonly KindMachine[];
  readonly calicoNodes: readonly CalicoNode[];
  readonly kubernetesNodes: readonly KubernetesNode[];
  readonly routerConfigs: readonly RouterConfig[];
}

export interface Hosts {
  /** In order of name. */
  readonly all: readonly Host[];
  /** Undefined for bridges only. */
  readonly ofLabNode: (node: LabNode) => Host | undefined;
  /** More than one when several nodes mount the same file. */
  readonly ofRouterConfig: (config: RouterConfig) => readonly Host[];
  /** The host of a Kubernetes or Calico Node. */
  readonly ofNode: (name: string) => Host | undefined;
}

interface Draft {
  name: string;
  labNodes: LabNode[];
  kindNodes: KindMachine[];
  calicoNodes: CalicoNode[];
  kubernetesNodes: KubernetesNode[];
  routerConfigs: RouterConfig[];
}

/** A host that is made of the same things as before is the same object. */
export const HOSTS = defineDerivation('hosts', (site, before: Hosts | undefined): Hosts => {
  const drafts = new Map<string, Draft>();
  const draft = (key: string, name: string): Draft => {
    const known = drafts.get(key);
    if (known !== undefined) return known;
    const fresh = { name, labNodes: [], kindNodes: [], calicoNodes: [], kubernetesNodes: [], routerConfigs: [] };
    drafts.set(key, fresh);
    return fresh;
  };

  for (const cluster of site.derive(KIND_CLUSTERS))
    for (const machine of cluster.nodes) draft(nodeKey(machine.name), machine.name).kindNodes.push(machine);
  for (const node of site.all('calico/Node'))
    if (node.name?.value !== undefined) draft(nodeKey(node.name.value), node.name.value).calicoNodes.push(node);
  for (const node of site.all('kubernetes/Node'))
    if (node.name?.value !== undefined) draft(nodeKey(node.name.value), node.name.value).kubernetesNodes.push(node);

  const draftOfLabNode = new Map<LabNode, Draft>();
  const keys = labKeys(site, new Set(drafts.keys()));
  for (const [node, { key, name }] of keys) {
    const host = draft(key, name);
    if (isOwner(node)) host.labNodes.unshift(node);
    else host.labNodes.push(node);
    draftOfLabNode.set(node, host);
  }

  const ofConfig = new Map<RouterConfig, readonly Draft[]>();
  const owners = site.derive(ROUTER_CONFIG_OWNERS);
  for (const config of site.all('router/Config')) {
    const owned = owners.nodesOf(config).flatMap((node) => draftOfLabNode.get(node) ?? []);
    const hosts = owned.length > 0 ? owned : [draft(routerKey(config), routerName(config))];
    for (const host of hosts) if (!host.routerConfigs.includes(config)) host.routerConfigs.push(config);
    ofConfig.set(config, hosts);
  }

  const known = new Map(before?.all.map((host) => [host.name, host]));
  const hosts = new Map<Draft, Host>();
  for (const fresh of drafts.values()) {
    const host = known.get(fresh.name);
    hosts.set(fresh, host !== undefined && isMadeOf(host, fresh) ? host : fresh);
  }
  return {
    all: [...hosts.values()].sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0)),
    ofLabNode: (node) => hosts.get(draftOfLabNode.get(node)!),
    ofRouterConfig: (config) => (ofConfig.get(config) ?? []).map((host) => hosts.get(host)!),
    ofNode: (name) => hosts.get(drafts.get(nodeKey(name))!),
  };
});

function isMadeOf(host: Host, draft: Draft): boolean {
  return (
    sameItems(host.labNodes, draft.labNodes) &&
    sameItems(host.kindNodes, draft.kindNodes) &&
    sameItems(host.calicoNodes, draft.calicoNodes) &&
    sameItems(host.kubernetesNodes, draft.kubernetesNodes) &&
    sameItems(host.routerConfigs, draft.routerConfigs)
  );
}

/** The labs that a host is a node of. */
export function labsOf({ labNodes }: Host): readonly Lab[] {
  return [...new Set(labNodes.map(({ lab }) => lab))];
}

/** Whether two hosts can be in one network: nodes of different labs are not, for variants of a lab lie side by side. */
export function mayMeet(one: Host, other: Host): boolean {
  if (one.labNodes.length === 0 || other.labNodes.length === 0) return true;
  return one.labNodes.some(({ lab }) => other.labNodes.some((node) => node.lab === lab));
}

const nodeKey = (name: string): string => `node ${name}`;

interface LabKey {
  readonly key: string;
  readonly name: string;
}

/**
 * The name space of each lab node. An external container is the Kubernetes node of that name, for kind calls both alike; a
 * lab node of its own is one when a Node has its name, its host name or its container's name.
 */
function labKeys(site: Site, known: ReadonlySet<string>): ReadonlyMap<LabNode, LabKey> {
  const labs = site.derive(LABS);
  const nodes = labs.flatMap((lab) => [...lab.nodes.values()].filter((node) => !isBridge(node)));
  const byContainer = new Map<string, LabNode[]>();
  for (const node of nodes) {
    const container = containerName(node.lab.topology, node.name);
    if (container !== undefined) byContainer.set(container, [...(byContainer.get(container) ?? []), node]);
  }
  const isOnly = (name: string): boolean => nodes.filter((node) => node.name === name).length === 1;

  const ownKey = (node: LabNode): LabKey => {
    if (node.kind?.name === 'ext-container') return { key: nodeKey(node.name), name: node.name };
    const aliases = [node.name, node.settings.hostname?.value, containerName(node.lab.topology, node.name)];
    const kubernetes = aliases.find((alias) => alias !== undefined && known.has(nodeKey(alias)));
    if (kubernetes !== undefined && isOnly(node.name)) return { key: nodeKey(kubernetes), name: kubernetes };
    return { key: `lab ${labs.indexOf(node.lab)} ${node.name}`, name: node.name };
  };
  const keyOf = (node: LabNode, passed: readonly LabNode[]): LabKey => {
    const target = sharedWith(node);
    if (target === undefined || passed.includes(node)) return ownKey(node);
    const inLab = nodeNamed(node.lab, target);
    if (inLab !== undefined) return keyOf(inLab, [...passed, node]);
    const elsewhere = byContainer.get(target);
    return elsewhere?.length === 1 ? keyOf(elsewhere[0]!, [...passed, node]) : { key: nodeKey(target), name: target };
  };
  return new Map(nodes.map((node) => [node, keyOf(node, [])]));
}

/** The node or container whose name space a node joins. */
function sharedWith(node: LabNode): string | undefined {
  const { network } = node.settings;
  return network?.mode === 'container' ? network.target?.value : undefined;
}

function isOwner(node: LabNode): boolean {
  return sharedWith(node) === undefined;
}

function nodeNamed(lab: Lab, name: string): LabNode | undefined {
  return lab.nodes.get(name) ?? [...lab.nodes.values()].find((node) => containerName(lab.topology, node.name) === name);
}

/** The daemons of one router may each have a file of their own, in one folder. Other files there are other versions of it. */
export function routerKey({ hostname, doc }: RouterConfig): string {
  if (doc.parent !== undefined) return `router ${doc.file} ${doc.hostPath?.join() ?? ''}`;
  return isDaemonFile(doc.file) ? `router ${folderOf(doc.file)} ${hostname?.value ?? ''}` : `router ${doc.file}`;
}
