import { naturalKey } from '../graph/names.ts';
import { type Block, layBlock, type Order } from './blocks.ts';
import { depths } from './depths.ts';
import type { LayoutInput, Point, Positions, Wire } from './types.ts';

/** Rounds of ordering. Fabrics settle in three or four; the best round is kept. */
const ROUNDS = 6;
/** Rounds without gain after which it is left at that. */
const PATIENCE = 2;

/**
 * Places boxes in rows by tier, frames as blocks that nothing else stands in, and orders both so that wires are short.
 * The same input gives the same places. Boxes without a tier get the depth from the best connected of their component.
 */
export function layTiers(input: LayoutInput): Positions {
  const tiers = depths(input);
  const root = blocksOf(input, tiers);
  const neighbours = neighboursOf(input.wires);
  const keys = new Map(input.boxes.map(({ id, name }) => [id, `${naturalKey(name)} ${id}`]));
  const byName: Order = (blocks) => blocks.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  nameBlocks(root, keys);

  let best = place(root, byName);
  let cost = costOf(best, input.wires);
  let last = best;
  let vain = 0;
  for (let round = 0; round < ROUNDS && vain < PATIENCE && input.wires.length > 0; round++) {
    // Rows look up and down by turns: both at once pulls everything to the middle.
    const wanted = wantedPlaces(last, neighbours, tiers, round % 2 === 0 ? 'up' : 'down');
    last = place(root, (blocks) => blocks.sort((a, b) => wanted(a) - wanted(b) || (a.key < b.key ? -1 : 1)));
    const now = costOf(last, input.wires);
    if (now < cost * 0.999) {
      best = last;
      cost = now;
      vain = 0;
    } else vain++;
  }
  return best;
}

function place(root: Block, order: Order): Map<string, Point> {
  const places = new Map<string, Point>();
  layBlock(root, order).put(0, 0, places);
  return places;
}

function blocksOf({ boxes, frames }: LayoutInput, tiers: ReadonlyMap<string, number>): Block {
  const root: Block = { id: '', key: '', width: 0, height: 0, tier: 0, blocks: [], members: [] };
  const parents = new Map(frames.map(({ id, parent }) => [id, parent]));
  const blocks = new Map(
    frames.map(({ id }) => [
      id,
      { ...root, id, blocks: [] as Block[], members: [] as string[], tier: Number.POSITIVE_INFINITY },
    ]),
  );
  const above = (id: string | undefined): Block => (id === undefined ? root : (blocks.get(id) ?? root));
  for (const box of boxes) {
    const tier = tiers.get(box.id)!;
    above(box.group).blocks.push({
      id: box.id,
      key: '',
      width: box.width,
      height: box.height,
      tier,
      blocks: [],
      members: [box.id],
    });
    const seen = new Set<string>();
    for (let at = box.group; at !== undefined && blocks.has(at) && !seen.has(at); at = parents.get(at)) {
      seen.add(at);
      const block = blocks.get(at)!;
      block.members.push(box.id);
      block.tier = Math.min(block.tier, tier);
    }
  }
  for (const [id, block] of blocks) {
    if (block.members.length === 0) continue; // a frame without anything in it is not drawn
    above(holderOf(id, parents)).blocks.push(block);
  }
  return root;
}

/** The frame around a frame; none for frames that a half-typed file puts into each other. */
function holderOf(id: string, parents: ReadonlyMap<string, string | undefined>): string | undefined {
  const seen = new Set<string>();
  for (let at = parents.get(id); at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (at === id) return undefined;
    seen.add(at);
  }
  return parents.get(id);
}

function nameBlocks(block: Block, keys: ReadonlyMap<string, string>): string {
  for (const inner of block.blocks) inner.key = nameBlocks(inner, keys);
  if (block.blocks.length === 0) return keys.get(block.id) ?? block.id;
  return block.blocks.reduce((least, { key }) => (least === '' || key < least ? key : least), '');
}

function neighboursOf(wires: readonly Wire[]): ReadonlyMap<string, readonly string[]> {
  const neighbours = new Map<string, string[]>();
  const add = (one: string, other: string): void => {
    const list = neighbours.get(one);
    if (list === undefined) neighbours.set(one, [other]);
    else list.push(other);
  };
  for (const { from, to } of wires) {
    if (from === to) continue;
    add(from, to);
    add(to, from);
  }
  return neighbours;
}

/** Where a block would like to be: the mean of its neighbours' places, those above or below it first. */
function wantedPlaces(
  places: Positions,
  neighbours: ReadonlyMap<string, readonly string[]>,
  tiers: ReadonlyMap<string, number>,
  direction: 'up' | 'down',
): (block: Block) => number {
  const known = new Map<Block, number>();
  const find = (block: Block): number => {
    const own = block.members.length === 1 ? undefined : new Set(block.members);
    let sum = 0;
    let count = 0;
    let all = 0;
    let every = 0;
    for (const id of block.members)
      for (const other of neighbours.get(id) ?? []) {
        const at = places.get(other);
        if (at === undefined || own?.has(other) === true) continue;
        all += at.x;
        every++;
        if (direction === 'up' ? tiers.get(other)! >= tiers.get(id)! : tiers.get(other)! <= tiers.get(id)!) continue;
        sum += at.x;
        count++;
      }
    if (count > 0) return sum / count;
    if (every > 0) return all / every;
    return block.members.reduce((total, id) => total + (places.get(id)?.x ?? 0), 0) / Math.max(1, block.members.length);
  };
  return (block) => {
    let x = known.get(block);
    if (x === undefined) {
      x = find(block);
      known.set(block, x);
    }
    return x;
  };
}

function costOf(places: Positions, wires: readonly Wire[]): number {
  let cost = 0;
  for (const { from, to } of wires) {
    const [a, b] = [places.get(from), places.get(to)];
    if (a !== undefined && b !== undefined) cost += Math.abs(a.x - b.x) + Math.abs(a.y - b.y) / 4;
  }
  return cost;
}
