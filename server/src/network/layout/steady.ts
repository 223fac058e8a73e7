import {
  FRAME,
  GAP,
  type LayoutInput,
  type Point,
  type Positions,
  type Rectangle,
  rectangleOf,
  touches,
} from './types.ts';

/** With fewer than this share of boxes left from before, it is another picture. */
const SAME_PICTURE = 0.5;

/**
 * A fresh layout, with everything that was there before left where it was. What is new comes as near as there is room to
 * where the fresh layout has it, seen from its neighbours; boxes in `pinned` stand where a person put them.
 */
export function keepPlaces(
  input: LayoutInput,
  fresh: Positions,
  before: Positions,
  pinned: Positions = new Map(),
): Positions {
  const places = new Map<string, Point>();
  for (const { id } of input.boxes) {
    const at = pinned.get(id);
    if (at !== undefined) places.set(id, at);
  }
  const kept = input.boxes.filter(({ id }) => before.has(id));
  if (kept.length < input.boxes.length * SAME_PICTURE || kept.length === 0) {
    for (const { id } of input.boxes) if (!places.has(id)) places.set(id, fresh.get(id)!);
    return places;
  }
  for (const { id } of kept) if (!places.has(id)) places.set(id, before.get(id)!);
  const added = input.boxes.filter(({ id }) => !places.has(id));
  if (added.length === 0) return places;

  const neighbours = new Map<string, string[]>();
  for (const { from, to } of input.wires) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  const taken = new Map(
    input.boxes.flatMap((box) => {
      const at = places.get(box.id);
      return at === undefined ? [] : [[box.id, rectangleOf(at, box)] as const];
    }),
  );
  const frames = framesOf(input, taken);
  const family = ancestry(input);
  for (const box of added) {
    const target = fresh.get(box.id)!;
    const mates = input.boxes.filter(({ id, group }) => group !== undefined && group === box.group && places.has(id));
    const anchors = [...(neighbours.get(box.id) ?? []), ...mates.map(({ id }) => id)].filter(
      (id) => places.has(id) && fresh.has(id),
    );
    const shift = meanShift(anchors.length > 0 ? anchors : kept.map(({ id }) => id), places, fresh);
    const own = new Set(family(box.group));
    const others = [...frames].filter(([id]) => !own.has(id)).map(([, frame]) => frame);
    const wanted = { x: target.x + shift.x, y: target.y + shift.y };
    const at = freeSpot(wanted, box, [...taken.values()], others);
    places.set(box.id, at);
    taken.set(box.id, rectangleOf(at, box));
  }
  return places;
}

function meanShift(ids: readonly string[], places: Positions, fresh: Positions): Point {
  let x = 0;
  let y = 0;
  for (const id of ids) {
    x += places.get(id)!.x - fresh.get(id)!.x;
    y += places.get(id)!.y - fresh.get(id)!.y;
  }
  return { x: x / ids.length, y: y / ids.length };
}

/** The nearest place on rings around a point where a box touches neither boxes nor frames that are not its own. */
function freeSpot(
  { x, y }: Point,
  box: { readonly width: number; readonly height: number },
  boxes: readonly Rectangle[],
  frames: readonly Rectangle[],
): Point {
  const step = { x: box.width / 2 + GAP.x / 2, y: box.height + GAP.row };
  for (let ring = 0; ring < 60; ring++)
    for (const [column, row] of ringOf(ring)) {
      const at = { x: x + column * step.x, y: y + row * step.y };
      const area = rectangleOf(at, box);
      if (boxes.some((other) => touches(area, other, 8)) || frames.some((frame) => touches(area, frame, 4))) continue;
      return at;
    }
  return { x, y };
}

/** The cells at this distance, those beside the middle first, for rows are to be kept. */
function ringOf(ring: number): readonly (readonly [number, number])[] {
  if (ring === 0) return [[0, 0]];
  const cells: (readonly [number, number])[] = [];
  for (let row = -ring; row <= ring; row++)
    for (let column = -ring; column <= ring; column++)
      if (Math.max(Math.abs(row), Math.abs(column)) === ring) cells.push([column, row]);
  return cells.sort(
    ([c1, r1], [c2, r2]) => Math.abs(r1) - Math.abs(r2) || Math.abs(c1) - Math.abs(c2) || c2 - c1 || r2 - r1,
  );
}

/** The area of every frame that has a placed box in it, at any depth. */
export function framesOf(input: LayoutInput, areas: ReadonlyMap<string, Rectangle>): ReadonlyMap<string, Rectangle> {
  const inner = new Map<string, Rectangle>();
  const family = ancestry(input);
  for (const { id, group } of input.boxes) {
    const area = areas.get(id);
    if (area === undefined) continue;
    for (const [depth, frame] of family(group).entries()) {
      const grown = depth + 1;
      const padded = {
        left: area.left - FRAME.side * grown,
        top: area.top - FRAME.top * grown,
        right: area.right + FRAME.side * grown,
        bottom: area.bottom + FRAME.bottom * grown,
      };
      const known = inner.get(frame);
      inner.set(
        frame,
        known === undefined
          ? padded
          : {
              left: Math.min(known.left, padded.left),
              top: Math.min(known.top, padded.top),
              right: Math.max(known.right, padded.right),
              bottom: Math.max(known.bottom, padded.bottom),
            },
      );
    }
  }
  return inner;
}

/** The frames that a group stands for, the innermost first. */
function ancestry({ frames }: LayoutInput): (group: string | undefined) => readonly string[] {
  const parents = new Map(frames.map(({ id, parent }) => [id, parent]));
  return (group) => {
    const list: string[] = [];
    for (let at = group; at !== undefined && parents.has(at) && !list.includes(at); at = parents.get(at)) list.push(at);
    return list;
  };
}
