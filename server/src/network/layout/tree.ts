import { FRAME, type LayoutInput, type Point, type Positions } from './types.ts';

const COLUMN_GAP = 64;
const LINE_GAP = 10;
/** So many ranges in a row that hold nothing stand in several columns. */
const LOOSE = 4;
/** Of so many, nobody follows a wire: they fill an area instead of two columns. */
const MANY = 40;

/**
 * Places a forest from left to right, in the order of `boxes`: what holds others stands left of them, at the height of
 * their middle. Frames of the outermost level are put below each other. Wires lead from the holder to what it holds.
 */
export function layTree({ boxes, wires, frames }: LayoutInput): Positions {
  const sizes = new Map(boxes.map((box) => [box.id, box]));
  const parents = new Map<string, string>();
  for (const { from, to } of wires) if (sizes.has(from) && sizes.has(to) && !parents.has(to)) parents.set(to, from);
  const children = new Map<string, string[]>();
  const roots: string[] = [];
  for (const { id } of boxes) {
    const parent = parents.get(id);
    if (parent === undefined || isCycle(id, parents)) roots.push(id);
    else children.set(parent, [...(children.get(parent) ?? []), id]);
  }
  const widths: number[] = [];
  const measure = (id: string, depth: number): void => {
    widths[depth] = Math.max(widths[depth] ?? 0, sizes.get(id)!.width);
    for (const child of children.get(id) ?? []) measure(child, depth + 1);
  };
  for (const root of roots) measure(root, 0);
  const lefts = [0];
  for (const [depth, width] of widths.entries()) lefts.push(lefts[depth]! + width + COLUMN_GAP);

  const places = new Map<string, Point>();
  let y = 0;
  const lay = (id: string, depth: number): void => {
    const { width, height } = sizes.get(id)!;
    const inner = children.get(id) ?? [];
    const x = lefts[depth]! + width / 2;
    const top = y;
    row(inner, depth + 1);
    const bottom = Math.max(y - LINE_GAP, top + height);
    places.set(id, { x, y: (top + bottom) / 2 });
    y = bottom + LINE_GAP;
  };
  const row = (ids: readonly string[], depth: number): void => {
    for (const run of runsOf(ids, (id) => !children.has(id)))
      if (run.length >= LOOSE) grid(run, depth);
      else for (const id of run) lay(id, depth);
  };
  const grid = (ids: readonly string[], depth: number): void => {
    const few = depth === 0 ? Math.min(4, Math.ceil(ids.length / 3)) : 2;
    const columns = ids.length < MANY ? few : Math.ceil(Math.sqrt(ids.length / 5));
    const lines = Math.ceil(ids.length / columns);
    const top = y;
    const width = Math.max(...ids.map((id) => sizes.get(id)!.width));
    const height = Math.max(...ids.map((id) => sizes.get(id)!.height));
    // A wire to the second column runs between two boxes of the first, lest it seem to come from one of them.
    const shift = (column: number): number => (depth > 0 && column % 2 === 1 ? (height + LINE_GAP) / 2 : 0);
    for (const [index, id] of ids.entries())
      places.set(id, {
        x: lefts[depth]! + sizes.get(id)!.width / 2 + Math.floor(index / lines) * (width + COLUMN_GAP / 3),
        y: top + height / 2 + (index % lines) * (height + LINE_GAP) + shift(Math.floor(index / lines)),
      });
    y = top + lines * (height + LINE_GAP) + (columns > 1 ? shift(1) : 0);
  };
  const byFrame = new Map<string | undefined, string[]>();
  for (const { id } of frames) byFrame.set(id, []);
  byFrame.set(undefined, []);
  for (const root of roots) {
    const frame = sizes.get(root)!.group;
    (byFrame.get(frame) ?? byFrame.get(undefined)!).push(root);
  }
  for (const [frame, ids] of byFrame) {
    if (ids.length === 0) continue;
    if (frame !== undefined) y += FRAME.top;
    row(ids, 0);
    y += FRAME.bottom + 3 * LINE_GAP;
  }
  return places;
}

/** Cuts a list where the answer changes. */
function runsOf(ids: readonly string[], isLoose: (id: string) => boolean): readonly (readonly string[])[] {
  const runs: string[][] = [];
  for (const [index, id] of ids.entries())
    if (index > 0 && isLoose(id) && isLoose(ids[index - 1]!)) runs.at(-1)!.push(id);
    else runs.push([id]);
  return runs;
}

function isCycle(id: string, parents: ReadonlyMap<string, string>): boolean {
  const seen = new Set([id]);
  for (let at = parents.get(id); at !== undefined; at = parents.get(at)) {
    if (at === id) return true;
    if (seen.has(at)) return false;
    seen.add(at);
  }
  return false;
}
