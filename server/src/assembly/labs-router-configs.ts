import type { RouterConfig } from '../model/router/config.ts';
import { nodeOf } from '../syntax/place.ts';
import { defineDerivation } from '../workspace/site.ts';
import { baseName, folderOf, isInside, resolvePath } from '../workspace/uri.ts';
import { fileOf, isBridge, LABS, type Lab, type LabNode } from './labs.ts';

/** Which router configurations a lab's nodes run. */
export interface RouterConfigOwners {
  /** Usually one node; several when they mount the same file; none when nothing says whose it is. */
  readonly nodesOf: (config: RouterConfig) => readonly LabNode[];
  readonly configsOf: (node: LabNode) => readonly RouterConfig[];
}

/**
 * A configuration belongs to the node that mounts or starts from its file. Where no node does, its host name decides, then
 * the name of its folder (`leaf0/frr.conf`), then that of its file (`leaf0-boot.cfg`), when exactly one node has that name.
 */
export const ROUTER_CONFIG_OWNERS = defineDerivation('router configs of lab nodes', (site): RouterConfigOwners => {
  const labs = site.derive(LABS);
  const configs = site.all('router/Config');
  const nodesOf = new Map<RouterConfig, readonly LabNode[]>();
  const configsOf = new Map<LabNode, RouterConfig[]>();
  const assign = (config: RouterConfig, nodes: readonly LabNode[]): void => {
    if (nodes.length === 0) return;
    nodesOf.set(config, nodes);
    for (const node of nodes) configsOf.set(node, [...(configsOf.get(node) ?? []), config]);
  };
  if (labs.length > 0) {
    for (const config of configs) assign(config, mountedBy(labs, config));
    for (const config of configs) {
      if (nodesOf.has(config)) continue;
      const node = namedLike(labsAround(labs, config), config, (candidate) => !configsOf.has(candidate));
      if (node !== undefined) assign(config, [node]);
    }
  }
  return { nodesOf: (config) => nodesOf.get(config) ?? [], configsOf: (node) => configsOf.get(node) ?? [] };
});

function mountedBy(labs: readonly Lab[], config: RouterConfig): readonly LabNode[] {
  const file = fileOf(config.doc);
  if (file === undefined) return [];
  return labs.flatMap((lab) => [...lab.nodes.values()].filter((node) => mounts(node, file)));
}

const CONFIG_FILE = /^(frr|bgpd|zebra|staticd|ospfd|vtysh|bird6?)\.conf$|^config\.boot$/;

/** Whether a node mounts the file, or the folder in which the file has the name that its daemon looks for. */
function mounts(node: LabNode, file: string): boolean {
  const { folder } = node.lab;
  if (folder === undefined) return false;
  return hostPaths(node).some((path) => {
    const uri = resolvePath(folder, path);
    return uri === file || (CONFIG_FILE.test(baseName(file)) && uri === folderOf(file));
  });
}

/** The relative paths that a node reads, with containerlab's variable for its own name filled in. */
function hostPaths(node: LabNode): readonly string[] {
  const { binds, startupConfig } = node.settings;
  const texts = binds.map(({ text }) => {
    const written = nodeOf(text.place);
    return written?.kind === 'scalar' ? (written.text.split(':')[0] ?? '') : '';
  });
  if (startupConfig?.value !== undefined) texts.push(startupConfig.value);
  return texts
    .map((text) => text.replaceAll('__clabNodeName__', node.name))
    .filter((text) => text !== '' && !/^[/~]|\$|__clab|\n|:\/\//.test(text));
}

/** The labs whose folder holds the configuration, the innermost first; the only lab of the site where there is one only. */
function labsAround(labs: readonly Lab[], config: RouterConfig): readonly Lab[] {
  if (config.doc.parent !== undefined && config.doc.parent.format !== 'shell') return [];
  const around = labs.filter(({ folder }) => folder !== undefined && isInside(folder, config.doc.file));
  const innermost = Math.max(...around.map(({ folder }) => folder!.length));
  return around.length === 0 && labs.length === 1 ? labs : around.filter(({ folder }) => folder!.length === innermost);
}

/** Whether a node mounts other files of the configuration's folder one by one, and not this one: it is put in later, or not at all. */
function leavesOut(node: LabNode, config: RouterConfig): boolean {
  const { folder } = node.lab;
  const file = fileOf(config.doc);
  if (folder === undefined || file === undefined || baseName(folderOf(file)) !== node.name) return false;
  return hostPaths(node).some((path) => folderOf(resolvePath(folder, path)) === folderOf(file));
}

function namedLike(
  labs: readonly Lab[],
  config: RouterConfig,
  isFree: (node: LabNode) => boolean,
): LabNode | undefined {
  const nodes = labs
    .flatMap((lab) => [...lab.nodes.values()])
    .filter((node) => !isBridge(node) && isFree(node) && !leavesOut(node, config));
  const only = (name: string | undefined): LabNode | undefined => {
    const found = nodes.filter((node) => node.name === name);
    return found.length === 1 ? found[0] : undefined;
  };
  const file = fileOf(config.doc);
  const hostname = only(config.hostname?.value);
  if (hostname !== undefined || config.hostname !== undefined || file === undefined) return hostname;
  const stem = baseName(file).replace(/\.[^.]+$/, '');
  const lead = nodes.filter(
    (node) => stem === node.name || (/^[-_.]/.test(stem.slice(node.name.length)) && stem.startsWith(node.name)),
  );
  return only(baseName(folderOf(file))) ?? only(lead.toSorted((a, b) => b.name.length - a.name.length)[0]?.name);
}
