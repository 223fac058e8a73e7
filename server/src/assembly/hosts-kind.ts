import type { KindCluster } from '../model/kind/cluster.ts';
import {
  DEFAULT_CLUSTER_NAME,
  type KindContainer,
  kindContainerNames,
  kindNodeNames,
} from '../model/kind/node-names.ts';
import { patchesOfNode } from '../model/kind/patches.ts';
import type { NodeRegistration } from '../model/kubeadm/configuration.ts';
import { commandsOf } from '../syntax/shell.ts';
import { defineDerivation, type Site } from '../workspace/site.ts';
import { baseName, resolvePath } from '../workspace/uri.ts';
import { fileOf, heredocOf, LABS } from './labs.ts';

/** A kind cluster under the name it is created with. */
export interface NamedCluster {
  readonly cluster: KindCluster;
  readonly name: string;
  /** False when nothing in the site says the name and kind's default stands in: `--name` may be typed by hand. */
  readonly nameIsWritten: boolean;
  readonly nodes: readonly KindMachine[];
  /** Every container, the load balancer of several control planes included. */
  readonly containers: readonly string[];
}

/** One Kubernetes node of a kind cluster, and how its kubelet registers it. */
export interface KindMachine extends KindContainer {
  readonly cluster: KindCluster;
  readonly registrations: readonly NodeRegistration[];
}

/**
 * The kind clusters whose names and nodes are known. A cluster's name is that of the `k8s-kind` lab node that starts from
 * it, else `--name` of the command that creates it, else the one in its file.
 */
export const KIND_CLUSTERS = defineDerivation('kind clusters', (site): readonly NamedCluster[] =>
  site.all('kind/Cluster').flatMap((cluster) =>
    namesOf(site, cluster).flatMap(({ name, nameIsWritten }) => {
      const containers = kindContainerNames(cluster, name);
      const nodes = kindNodeNames(cluster, name);
      if (nodes === undefined || containers === undefined) return [];
      return [{ cluster, name, nameIsWritten, containers, nodes: machinesOf(site, cluster, nodes) }];
    }),
  ),
);

interface ClusterName {
  readonly name: string;
  readonly nameIsWritten: boolean;
}

function namesOf(site: Site, cluster: KindCluster): readonly ClusterName[] {
  const written = (name: string): ClusterName => ({ name, nameIsWritten: true });
  const fromLabs = labNames(site, cluster);
  if (fromLabs.length > 0) return fromLabs.map(written);
  const commands = creationCommands(site, cluster);
  const options = commands.map(nameOption);
  if (options.includes('unknown')) return [];
  const named = options.filter((name) => name !== undefined);
  if (named.length > 0) return [...new Set(named)].map(written);
  if (cluster.name !== undefined) return cluster.name.value === undefined ? [] : [written(cluster.name.value)];
  return [{ name: DEFAULT_CLUSTER_NAME, nameIsWritten: commands.length > 0 }];
}

function labNames(site: Site, cluster: KindCluster): readonly string[] {
  const file = fileOf(cluster.doc);
  return site.derive(LABS).flatMap((lab) =>
    [...lab.nodes.values()].flatMap(({ name, kind, settings }) => {
      const path = settings.startupConfig?.value;
      if (kind?.name !== 'k8s-kind' || path === undefined || lab.folder === undefined) return [];
      return resolvePath(lab.folder, path) === file ? [name] : [];
    }),
  );
}

interface CommandWord {
  readonly text: string;
  readonly dynamic: boolean;
}

/** The `kind create cluster` commands that read this configuration: behind its here-document, or by its file's name. */
function creationCommands(site: Site, cluster: KindCluster): readonly (readonly CommandWord[])[] {
  const heredoc = heredocOf(cluster.doc);
  const fed =
    heredoc === undefined ? undefined : heredoc.pipeline.commands.map(({ words }) => words).find(createsCluster);
  if (fed !== undefined) return [fed];
  const name = heredoc?.target === undefined ? baseName(cluster.doc.file) : baseName(heredoc.target.text);
  return site.documents('shell').flatMap((script) => {
    if (script.tree.format !== 'shell') return [];
    return commandsOf(script.tree.shell)
      .map(({ words }) => words)
      .filter(
        (words) => createsCluster(words) && words.some(({ text }) => baseName(text.replace(/^--config=/, '')) === name),
      );
  });
}

function createsCluster(words: readonly CommandWord[]): boolean {
  const at = words.findIndex(({ text }) => baseName(text) === 'kind');
  return at !== -1 && words[at + 1]?.text === 'create' && words[at + 2]?.text === 'cluster';
}

function nameOption(words: readonly CommandWord[]): string | undefined | 'unknown' {
  for (const [index, word] of words.entries()) {
    const inline = /^(?:--name|-n)=(.*)$/.exec(word.text);
    const value = inline !== null ? word : /^(--name|-n)$/.test(word.text) ? words[index + 1] : undefined;
    if (value === undefined) continue;
    return value.dynamic ? 'unknown' : (inline?.[1] ?? value.text);
  }
  return undefined;
}

/** kubeadm reads InitConfiguration on the first control plane and JoinConfiguration on every other node. */
function machinesOf(site: Site, cluster: KindCluster, containers: readonly KindContainer[]): readonly KindMachine[] {
  const first = containers.find(({ role }) => role === 'control-plane');
  return containers.map((container) => {
    const { node } = container;
    const patches =
      node === undefined
        ? []
        : container === first
          ? patchesOfNode(node, site.all('kubeadm/InitConfiguration'))
          : patchesOfNode(node, site.all('kubeadm/JoinConfiguration'));
    const registrations = patches.map(({ registration }) => registration);
    return { ...container, cluster, registrations };
  });
}
