import type { Resource } from '../model/resource.ts';
import { type Doc, yamlOf } from '../syntax/document.ts';
import { type Mapping, type Node, nodeAt, type Pair, pairOf, resolved } from '../syntax/tree.ts';
import type { DocumentState } from '../workspace/documents.ts';
import type { OutlineSpot, ToRoot } from './outline.ts';

/** Deeper parts are found by folding and searching; an outline that shows them all shows nothing. */
const DEEPEST = 3;

/** Fields that say what an object is, and therefore are no parts of it. */
const HEADING = new Set(['apiVersion', 'kind', 'metadata', 'status', 'name', 'types']);

/** Fields by which people tell the items of a list apart, the best first. */
const NAMING = ['name', 'peerIP', 'cidr', 'subnet', 'ip', 'role', 'key', 'action', 'type'];

/** Fields that tell the most of an object that has no name worth showing beside its kind. */
const TELLING = ['cidr', 'subnet', 'peerIP', 'ips', 'asNumber'];

interface At {
  readonly doc: Doc;
  readonly toRoot: ToRoot;
}

/** The objects of a YAML document, or its fields when it holds none. */
export function yamlOutline({ doc, resources }: DocumentState, toRoot: ToRoot): readonly OutlineSpot[] {
  const root = yamlOf(doc)?.root;
  const at: At = { doc, toRoot };
  if (resources.length === 0) return partsOf(at, resolved(root), 1);
  return resources.flatMap((resource) => {
    const node = resolved(nodeAt(root, resource.path));
    return node?.kind === 'mapping' ? [objectSpot(at, resource, node)] : [];
  });
}

function objectSpot(at: At, resource: Resource, node: Mapping): OutlineSpot {
  const kind = resource.kind.slice(resource.kind.indexOf('/') + 1);
  const name = resource.name?.value;
  const nameNode = scalarNode(pairOf(pairOf(node, 'metadata')?.value, 'name')?.value ?? pairOf(node, 'name')?.value);
  const spec = pairOf(node, 'spec')?.value;
  const detail = resource.namespace?.value ?? tellingText(spec);
  return {
    name: name === undefined ? kind : `${kind} ${name}`,
    ...(detail !== undefined && { detail }),
    kind: 'object',
    span: at.toRoot([node.span[0], endOf(at.doc, node)]),
    selection: at.toRoot((nameNode ?? node.pairs[0]?.key ?? node).span),
    children: partsOf(at, node, 0),
  };
}

/** The lists and mappings in a mapping; those of `spec` and of `topology` count as the object's own. */
function partsOf(at: At, node: Node | undefined, depth: number): readonly OutlineSpot[] {
  const mapping = resolved(node);
  if (mapping?.kind !== 'mapping' || depth > DEEPEST) return [];
  return mapping.pairs.flatMap((pair): readonly OutlineSpot[] => {
    if (pair.merged || HEADING.has(pair.key.text)) return [];
    const key = pair.key.text;
    if (depth === 0 && (key === 'spec' || key === 'topology')) return partsOf(at, pair.value, 0);
    // A list of plain values says something at the top (`ips`), and is noise inside an item.
    const isPart =
      pair.value.kind === 'mapping' ||
      (pair.value.kind === 'sequence' && (depth === 0 || pair.value.items.some((item) => item.kind === 'mapping')));
    return isPart ? [partSpot(at, pair, depth)] : [];
  });
}

function partSpot(at: At, pair: Pair, depth: number): OutlineSpot {
  const { value } = pair;
  const spot = { span: at.toRoot([pair.key.span[0], endOf(at.doc, value)]), selection: at.toRoot(pair.key.span) };
  const name = pair.key.text;
  if (value.kind === 'sequence') {
    const items = itemsOf(at, value.items, depth + 1);
    // One line tells of a list of one: most policies have one rule a direction.
    const [only] = value.items.length === 1 ? items : [];
    return only === undefined
      ? { ...spot, name, kind: 'list', children: items }
      : { ...spot, name: `${name}: ${only.name}`, kind: 'list', children: only.children };
  }
  const detail = value.kind === 'mapping' ? tellingText(value) : undefined;
  const children = partsOf(at, value, depth + 1);
  return { ...spot, name, ...(detail !== undefined && { detail }), kind: 'field', children };
}

function itemsOf(at: At, items: readonly Node[], depth: number): readonly OutlineSpot[] {
  if (depth > DEEPEST) return [];
  return items.flatMap((item, index): readonly OutlineSpot[] => {
    const node = resolved(item);
    if (node?.kind !== 'mapping' || item.kind === 'alias') return [];
    return [
      {
        name: itemName(node) ?? `[${index}]`,
        kind: 'item',
        span: at.toRoot([node.span[0], endOf(at.doc, node)]),
        selection: at.toRoot((node.flow ? undefined : node.pairs[0]?.key)?.span ?? node.span),
        children: partsOf(at, node, depth + 1).filter(isWorthItsLine),
      },
    ];
  });
}

/** A mapping of plain values is a part of an object (a node of a lab), and a detail of a list's item (a rule's `source`). */
function isWorthItsLine({ kind, children }: OutlineSpot): boolean {
  return kind !== 'field' || children.length > 0;
}

function itemName(item: Mapping): string | undefined {
  const endpoints = resolved(pairOf(item, 'endpoints')?.value);
  if (endpoints?.kind === 'sequence') return endpoints.items.map((end) => scalarNode(end)?.text ?? '?').join(' — ');
  for (const field of NAMING) {
    const text = scalarNode(pairOf(item, field)?.value)?.text;
    if (text !== undefined && text !== '') return text;
  }
  const first = item.pairs[0];
  const text = scalarNode(first?.value)?.text;
  return text === undefined || text === '' ? first?.key.text : text.slice(0, 60);
}

function tellingText(node: Node | undefined): string | undefined {
  for (const field of TELLING) {
    const text = scalarNode(pairOf(node, field)?.value)?.text;
    if (text !== undefined && text !== '') return text;
  }
  return undefined;
}

function scalarNode(node: Node | undefined): (Node & { kind: 'scalar' }) | undefined {
  const value = resolved(node);
  return value?.kind === 'scalar' ? value : undefined;
}

/** The end of a node without the blank lines that follow it. */
export function endOf(doc: Doc, node: Node): number {
  let end = node.span[1];
  while (end > node.span[0] && /\s/.test(doc.text[end - 1]!)) end--;
  return end;
}
