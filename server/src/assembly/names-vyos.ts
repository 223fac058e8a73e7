import { canonicalAddress, parseAddress } from '../network/address.ts';
import type { Doc } from '../syntax/document.ts';
import { isTemplated } from '../syntax/scalar.ts';
import type { Span } from '../syntax/span.ts';
import type { VyosNode, VyosTree } from '../syntax/vyos.ts';
import { type NameUse, type PolicyKind, spanPlace } from './names.ts';

/** Every name that a VyOS configuration defines or uses, by the nodes that it stands in. */
export function vyosNames(doc: Doc, { nodes }: VyosTree, scope: string): readonly NameUse[] {
  const found: NameUse[] = [];
  const visit = (node: VyosNode, path: readonly string[]): void => {
    const use = node.value === undefined ? undefined : useOf(node.name, path);
    if (use !== undefined && !isTemplated(node.value!)) {
      const family = use.ipv6 ? ' ipv6' : '';
      const place = spanPlace(doc, unquoted(doc, node.valueSpan!));
      found.push({ kind: use.kind, name: node.value!, scope: scope + family, place, role: use.role });
    }
    if (node.value !== undefined && isPeer(node.name, path) && parseAddress(node.value) !== undefined) {
      const place = spanPlace(doc, unquoted(doc, node.valueSpan!));
      found.push({ kind: 'address', name: canonicalAddress(node.value), scope: '', place, role: 'reference' });
    }
    if (node.name === 'host-name' && node.value !== undefined && path.at(-1) === 'system') {
      const place = spanPlace(doc, unquoted(doc, node.valueSpan!));
      found.push({ kind: 'node', name: node.value, scope: `${scope} hostname`, place, role: 'reference' });
    }
    const inner = [...path, node.name];
    for (const child of node.children) visit(child, inner);
  };
  for (const node of nodes) visit(node, []);
  return found;
}

interface Use {
  readonly kind: PolicyKind;
  readonly role: NameUse['role'];
  readonly ipv6: boolean;
}

const LISTS: Readonly<Record<string, PolicyKind>> = {
  'route-map': 'route-map',
  'prefix-list': 'prefix-list',
  'prefix-list6': 'prefix-list',
  'access-list': 'access-list',
  'access-list6': 'access-list',
  'as-path-list': 'as-path list',
  'community-list': 'community-list',
  'large-community-list': 'community-list',
  'extcommunity-list': 'community-list',
};

/** Nodes whose children `import` and `export` name a list. */
const FILTERS: Readonly<Record<string, PolicyKind>> = {
  'route-map': 'route-map',
  'prefix-list': 'prefix-list',
  'filter-list': 'as-path list',
  'distribute-list': 'access-list',
};

function useOf(name: string, path: readonly string[]): Use | undefined {
  const parent = path.at(-1) ?? '';
  const listed = Object.hasOwn(LISTS, name) ? LISTS[name] : undefined;
  if (path.length === 1 && parent === 'policy' && listed !== undefined)
    return { kind: listed, role: 'definition', ipv6: name.endsWith('6') };
  const inIpv6 = path.includes('ipv6-unicast') || path.includes('ipv6');
  if ((name === 'import' || name === 'export') && Object.hasOwn(FILTERS, parent)) {
    const kind = FILTERS[parent]!;
    return { kind, role: 'reference', ipv6: inIpv6 && (kind === 'prefix-list' || kind === 'access-list') };
  }
  if (name === 'peer-group')
    return { kind: 'peer-group', role: path.at(-1) === 'bgp' ? 'definition' : 'reference', ipv6: false };
  if (path[0] === 'policy' && name === 'call') return { kind: 'route-map', role: 'reference', ipv6: false };
  if (path[0] === 'policy' && path.includes('match')) {
    if (name === 'as-path') return { kind: 'as-path list', role: 'reference', ipv6: false };
    if (listed !== undefined) return { kind: listed, role: 'reference', ipv6: inIpv6 };
  }
  if (name === 'route-map') return { kind: 'route-map', role: 'reference', ipv6: false };
  return undefined;
}

function isPeer(name: string, path: readonly string[]): boolean {
  return name === 'neighbor' || name === 'next-hop' || (name === 'update-source' && path.includes('bgp'));
}

function unquoted(doc: Doc, [start, end]: Span): Span {
  const isQuoted = /^["']/.test(doc.text[start] ?? '') && doc.text[end - 1] === doc.text[start] && end - start >= 2;
  return isQuoted ? [start + 1, end - 1] : [start, end];
}
