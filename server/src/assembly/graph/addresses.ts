import { graphDraft } from '../../network/graph/draft.ts';
import type { Fact, Graph } from '../../network/graph/types.ts';
import { overlappingPairs } from '../../network/overlap.ts';
import { rangeSize, rangeWithin } from '../../network/range.ts';
import type { Text } from '../../text.ts';
import { defineDerivation } from '../../workspace/site.ts';
import { type AddressItem, addressItems } from './address-items.ts';
import { fact, factIf } from './facts.ts';
import { type GraphOrigin, plain } from './origin.ts';

/** More blocks of one pool than this are told by their number only. */
const MOST_BLOCKS = 400;

/** The address plan as a forest: what a range holds, how much of it is given out, and which ranges collide. */
export const ADDRESS_GRAPH = defineDerivation('address graph', (site): Graph<GraphOrigin> => {
  const items = addressItems(site);
  const draft = graphDraft<GraphOrigin>('addresses');
  const collisions = new Map<AddressItem, AddressItem[]>();
  for (const [one, other] of overlappingPairs(items.map((owner) => ({ owner, range: owner.range }))))
    if (collide(one.owner, other.owner)) {
      collisions.set(one.owner, [...(collisions.get(one.owner) ?? []), other.owner]);
      collisions.set(other.owner, [...(collisions.get(other.owner) ?? []), one.owner]);
    }
  const parents = parentsOf(items, (one, other) => collisions.get(one)?.includes(other) === true);
  const children = new Map<AddressItem, AddressItem[]>();
  for (const [child, parent] of parents) children.set(parent, [...(children.get(parent) ?? []), child]);

  const hidden = new Set<AddressItem>();
  for (const [parent, inner] of children) {
    const blocks = inner.filter(({ role }) => role === 'block');
    for (const block of blocks.slice(MOST_BLOCKS)) hidden.add(block);
    if (blocks.length > MOST_BLOCKS)
      draft.unknown({
        en: `${parent.label} has ${blocks.length} blocks; ${MOST_BLOCKS} of them are drawn.`,
        'zh-cn': `${parent.label} 有 ${blocks.length} 个块，只画出其中 ${MOST_BLOCKS} 个。`,
      });
  }

  const both = new Set(items.map(({ range }) => range.family)).size > 1;
  for (const item of items) {
    if (hidden.has(item)) continue;
    const family = `family/${item.range.family}`;
    if (both) draft.group({ id: family, role: 'family', label: `IPv${item.range.family}`, facts: [], origins: [] });
    const used = usedOf(item, children.get(item) ?? []);
    draft.node({
      id: item.id,
      role: item.role,
      label: item.label,
      note: noteOf(item),
      ...(both && { group: family }),
      facts: factsOf(item, children.get(item) ?? [], collisions.get(item) ?? [], used),
      origins: item.origins,
      ...(used !== undefined && { used }),
    });
  }
  for (const [child, parent] of parents) {
    if (hidden.has(child)) continue;
    draft.edge({
      id: `holds/${parent.id}/${child.id}`,
      from: parent.id,
      to: child.id,
      role: 'holds',
      state: 'up',
      label: '',
      facts: [],
      // The finding is the range's, not the line's.
      origins: [],
    });
  }
  for (const [one, others] of collisions)
    for (const other of others)
      if (one.id < other.id && !hidden.has(one) && !hidden.has(other))
        draft.edge({
          id: `overlap/${one.id}/${other.id}`,
          from: one.id,
          to: other.id,
          role: 'overlap',
          state: 'down',
          label: 'overlap',
          facts: [fact('overlaps', `${one.label} – ${other.label}`)],
          origins: [...one.origins.slice(0, 1), ...other.origins.slice(0, 1)],
        });
  return draft.done();
});

/** For each item the smallest one before it that holds it; items come with wider ranges first. */
function parentsOf(
  items: readonly AddressItem[],
  refuse: (one: AddressItem, other: AddressItem) => boolean,
): ReadonlyMap<AddressItem, AddressItem> {
  const parents = new Map<AddressItem, AddressItem>();
  let open: AddressItem[] = [];
  for (const item of items) {
    open = open.filter(({ range }) => range.family === item.range.family && range.last >= item.range.first);
    const parent = open
      .filter((one) => rangeWithin(item.range, one.range) && !refuse(item, one) && mayHold(one, item))
      .reduce<AddressItem | undefined>(
        (best, one) => (best === undefined || rangeSize(one.range) <= rangeSize(best.range) ? one : best),
        undefined,
      );
    if (parent !== undefined) parents.set(item, parent);
    open.push(item);
  }
  return parents;
}

function mayHold(outer: AddressItem, inner: AddressItem): boolean {
  return outer.role !== 'block' && (rangeSize(outer.range) > rangeSize(inner.range) || outer.rank < inner.rank);
}

/** Whether two ranges that share addresses are in each other's way: different uses, or two things of one kind. */
function collide(one: AddressItem, other: AddressItem): boolean {
  if (one.disabled === true || other.disabled === true) return false;
  if (one.use === 'named' || other.use === 'named') return false;
  if (one.use !== other.use) {
    const uses = [one.use, other.use].sort().join();
    return uses !== 'management,nodes' && uses !== 'docker,nodes';
  }
  if (one.use !== 'pods') return false;
  if (one.rank === other.rank && one.rank > 1) return true;
  return !rangeWithin(one.range, other.range) && !rangeWithin(other.range, one.range);
}

function usedOf(item: AddressItem, children: readonly AddressItem[]): number | undefined {
  const size = Number(item.capacity ?? rangeSize(item.range));
  if (item.given !== undefined && size > 2) {
    const hosts = item.range.family === 4 && size > 2 ? size - 2 : size;
    return Math.min(1, new Set(item.given.map(({ text }) => text)).size / hosts);
  }
  if (item.use !== 'pods' || children.length === 0) return undefined;
  return Math.min(
    1,
    children.reduce((sum, { range, capacity }) => sum + Number(capacity ?? rangeSize(range)), 0) / size,
  );
}

function noteOf({ owner, range, capacity }: AddressItem): Text {
  const tell = (name: string): string => `${name.replaceAll('`', '')} · ${amount(capacity ?? rangeSize(range))}`;
  return { en: tell(owner.en), 'zh-cn': tell(owner['zh-cn']) };
}

function factsOf(
  item: AddressItem,
  children: readonly AddressItem[],
  collisions: readonly AddressItem[],
  used: number | undefined,
): readonly Fact[] {
  return [
    fact('owner', item.owner),
    fact('capacity', amount(item.capacity ?? rangeSize(item.range))),
    ...(used === undefined ? [] : [fact('used', percent(used))]),
    ...(item.disabled === true ? [fact('state', { en: 'disabled', 'zh-cn': '已禁用' })] : []),
    ...collisions.map(({ label, owner }) =>
      fact('overlaps', { en: `${label} (${owner.en})`, 'zh-cn': `${label}（${owner['zh-cn']}）` }),
    ),
    ...factIf('holds', children.length === 0 ? undefined : children.length),
    ...(item.given ?? []).slice(0, 40).map(({ text, owner }) => ({ name: plain(text), value: plain(owner) })),
  ];
}

function percent(share: number): string {
  return share > 0 && share < 0.01 ? '< 1 %' : `${Math.round(share * 100)} %`;
}

/** `65,536`, or a power of two where nobody reads the digits. */
function amount(size: bigint): string {
  if (size > 10_000_000_000n) return `2^${size.toString(2).length - 1}`;
  return size.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}
