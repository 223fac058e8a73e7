import { folderOf, isInside } from './uri.ts';

/** A file as grouping sees it: where it is, and which objects it defines with what content. */
export interface GroupedFile {
  readonly uri: string;
  /** Identity of each object (kind, namespace, name) with a digest of what it says, asked for only when two folders share it. */
  readonly definitions: ReadonlyMap<string, Digest>;
}

export type Digest = () => string;

export interface Group {
  readonly root: string;
  readonly files: readonly string[];
}

interface Folder {
  readonly uri: string;
  readonly own: GroupedFile[];
  readonly children: Map<string, Folder>;
}

/**
 * Splits the files of a workspace folder into networks. One folder is one network, unless sibling folders define the same
 * object differently: then each of these is a network of its own and shares the files of the folders above it.
 * `roots` are folders that are networks because a `selvage.yaml` stands in them.
 */
export function groupFiles(root: string, files: readonly GroupedFile[], roots: ReadonlySet<string>): readonly Group[] {
  const tree: Folder = { uri: root, own: [], children: new Map() };
  for (const file of files) folderFor(tree, root, file.uri).own.push(file);
  const groups = split(tree, roots).filter((group) => group.files.length > 0);
  return groups.map((group) => ({ root: group.root, files: group.files.map((file) => file.uri).sort() }));
}

interface Part {
  readonly root: string;
  readonly files: readonly GroupedFile[];
}

function split(folder: Folder, roots: ReadonlySet<string>): readonly Part[] {
  const children = [...folder.children.values()].map((child) => ({
    child,
    parts: split(child, roots),
    definitions: definitionsOf(child),
  }));
  const apart: Part[] = [];
  const together: GroupedFile[] = [];
  for (const one of children) {
    const conflicts = children.some((other) => other !== one && disagree(one.definitions, other.definitions));
    if (conflicts || one.parts.length > 1 || roots.has(one.child.uri)) apart.push(...one.parts);
    else together.push(...one.parts.flatMap((part) => part.files));
  }
  const shared = apart.map((part) => ({ root: part.root, files: [...folder.own, ...part.files] }));
  if (together.length > 0 || apart.length === 0)
    return [{ root: folder.uri, files: [...folder.own, ...together] }, ...shared];
  return shared;
}

function definitionsOf(folder: Folder): ReadonlyMap<string, Digest> {
  const all = new Map<string, Digest>();
  for (const file of folder.own) for (const [id, digest] of file.definitions) all.set(id, digest);
  for (const child of folder.children.values()) for (const [id, digest] of definitionsOf(child)) all.set(id, digest);
  return all;
}

function disagree(one: ReadonlyMap<string, Digest>, other: ReadonlyMap<string, Digest>): boolean {
  for (const [id, digest] of one) {
    const there = other.get(id);
    if (there !== undefined && there() !== digest()) return true;
  }
  return false;
}

function folderFor(tree: Folder, root: string, uri: string): Folder {
  const folder = folderOf(uri);
  if (!isInside(root, folder) || folder === root) return tree;
  let at = tree;
  let path = root;
  for (const segment of folder.slice(root.length + 1).split('/')) {
    path = `${path}/${segment}`;
    const known = at.children.get(segment);
    const next: Folder = known ?? { uri: path, own: [], children: new Map() };
    if (known === undefined) at.children.set(segment, next);
    at = next;
  }
  return at;
}
