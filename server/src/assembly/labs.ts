import { type EffectiveNode, effectiveNode } from '../model/containerlab/effective-node.ts';
import { type NodeKind, nodeKind } from '../model/containerlab/node-kinds.ts';
import type { Topology } from '../model/containerlab/topology.ts';
import { once } from '../network/once.ts';
import type { Doc } from '../syntax/document.ts';
import { commandsOf, type Heredoc } from '../syntax/shell.ts';
import { defineDerivation } from '../workspace/site.ts';
import { folderOf, resolvePath } from '../workspace/uri.ts';

/** A containerlab topology with its nodes as they are deployed. */
export interface Lab {
  readonly topology: Topology;
  /** URI of the folder that relative paths start from; absent when a script decides that at run time. */
  readonly folder?: string;
  readonly nodes: ReadonlyMap<string, LabNode>;
}

export interface LabNode {
  readonly lab: Lab;
  readonly name: string;
  readonly settings: EffectiveNode;
  /** Absent for a kind that containerlab does not know and for a templated one. */
  readonly kind?: NodeKind;
}

/** Every topology of the site, in order of file; a file that a script of the site writes anew counts as the script says. */
export const LABS = defineDerivation('labs', (site): readonly Lab[] => {
  const topologies = site.all('containerlab/Topology');
  const written = new Set(topologies.filter(({ doc }) => doc.parent !== undefined).map(({ doc }) => fileOf(doc)));
  return topologies.filter(({ doc }) => doc.parent !== undefined || !written.has(doc.file)).map(labOf);
});

/** A topology with the settings of each node worked out. */
export const labOf = once((topology: Topology): Lab => {
  const folder = workingFolder(topology.doc);
  const nodes = new Map<string, LabNode>();
  const lab: Lab = { topology, nodes, ...(folder !== undefined && { folder }) };
  for (const [name, node] of topology.nodes) {
    const settings = effectiveNode(topology, node);
    const kind = settings.kindName === undefined ? undefined : nodeKind(settings.kindName);
    nodes.set(name, { lab, name, settings, ...(kind && { kind }) });
  }
  return lab;
});

/** Bridges of the host: what is plugged into one of them shares a segment. */
export function isBridge(node: LabNode): boolean {
  return node.kind?.name === 'bridge' || node.kind?.name === 'ovs-bridge';
}

/** Whether the node's interfaces live in the host's own name space, where names are shared by all (core/config.go). */
export function isRootNamespace(node: LabNode): boolean {
  if (node.kind?.name === 'host' || node.kind?.name === 'ovs-bridge') return true;
  return node.kind?.name === 'bridge' && node.settings.network?.mode !== 'container';
}

/**
 * Where a document's relative paths start: its file's folder; for a here-document the folder of the file that it is
 * written to, taken from the script's own folder. Undefined when the script changes directory or the target is computed.
 */
export function workingFolder(doc: Doc): string | undefined {
  const file = fileOf(doc);
  return file === undefined ? undefined : folderOf(file);
}

/** URI of the file that holds a document at run time: its own, or the one that a here-document is written to. */
export function fileOf(doc: Doc): string | undefined {
  const script = doc.parent;
  if (script === undefined) return doc.file;
  const heredoc = heredocOf(doc);
  if (heredoc === undefined || changesDirectory(script)) return undefined;
  const { target } = heredoc;
  if (target === undefined) return doc.file;
  if (target.dynamic || /^[/~]/.test(target.text)) return undefined;
  return resolvePath(folderOf(doc.file), target.text);
}

/** The here-document whose body a document is. */
export function heredocOf(doc: Doc): Heredoc | undefined {
  const [list, index] = doc.hostPath ?? [];
  if (doc.parent?.tree.format !== 'shell' || list !== 'heredocs' || typeof index !== 'number') return undefined;
  return doc.parent.tree.shell.heredocs[index];
}

function changesDirectory(script: Doc): boolean {
  if (script.tree.format !== 'shell') return false;
  return commandsOf(script.tree.shell).some(({ words }) => /^(cd|pushd|chdir)$/.test(words[0]?.text ?? ''));
}
