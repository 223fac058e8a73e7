import type { InterfaceNaming, NodeKind } from './node-kinds.ts';

/** Whether containerlab takes this interface name on a node of the kind, directly or as a port alias. */
export function acceptsInterface(kind: NodeKind, name: string): boolean {
  const linux = linuxInterface(kind, name);
  return linux !== undefined && kind.interfaces.accepts.test(linux);
}

/**
 * The interface's name in the container, so that `Gi0/0/0/0` and `eth1` of one node are seen to be one port. A name that
 * is no alias is returned as it is; undefined for an alias whose numbers are out of bounds.
 */
export function linuxInterface(kind: NodeKind, name: string): string | undefined {
  const { alias } = kind.interfaces;
  if (alias === undefined || isPlain(kind.interfaces, name)) return name;
  const match = alias.pattern.exec(name);
  return match === null ? name : alias.linux(match.groups ?? {});
}

/** `eth3` is never taken for an alias, though `ether3` of another kind would match inside it. */
function isPlain(naming: InterfaceNaming, name: string): boolean {
  return /^eth\d+$/.test(name) && naming.accepts.test(name);
}

/** Whether the name belongs to the management network of such a node, given whether the node has that network. */
export function isManagementInterface(
  kind: NodeKind,
  name: string,
  network: 'with management' | 'without management',
): boolean {
  if (network === 'without management' && kind.interfaces.freeWithoutManagement) return false;
  return kind.interfaces.management.includes(name);
}

/** The next data interface that is free on a node, in the style of the names in use. */
export function nextFreeInterface(kind: NodeKind, used: readonly string[]): string | undefined {
  const taken = new Set(used.map((name) => linuxInterface(kind, name)));
  const styles = used.filter((name) => acceptsInterface(kind, name)).toReversed();
  const starts = [...styles.map((style) => lowest(kind, style, used)), kind.interfaces.first];
  for (const start of starts) {
    const free = counting(start).find((name) => isFree(kind, name, taken));
    if (free !== undefined) return free;
  }
  return undefined;
}

/** More ports than any one device has in a lab. */
const PORTS = 600;

function isFree(kind: NodeKind, name: string, taken: ReadonlySet<string | undefined>): boolean {
  return (
    acceptsInterface(kind, name) && !kind.interfaces.management.includes(name) && !taken.has(linuxInterface(kind, name))
  );
}

/** Where a style begins to count: at 1, or at 0 where the kind or the node itself does so. */
function lowest(kind: NodeKind, style: string, used: readonly string[]): string {
  const zero = style.replace(/\d+$/, '0');
  return used.includes(zero) || /(^|\D)0$/.test(kind.interfaces.first) ? zero : style.replace(/\d+$/, '1');
}

function counting(first: string): readonly string[] {
  const match = /^(.*?)(\d+)$/.exec(first);
  if (match === null) return [first];
  const from = Number(match[2]);
  return Array.from({ length: PORTS }, (_, index) => `${match[1]}${from + index}`);
}
