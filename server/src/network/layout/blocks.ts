import { FRAME, GAP, type Point } from './types.ts';

/** A box, or a frame with what is in it. `key` orders blocks that nothing else orders. */
export interface Block {
  readonly id: string;
  key: string;
  readonly width: number;
  readonly height: number;
  /** Of a frame: that of its highest box. */
  tier: number;
  readonly blocks: Block[];
  /** Every box in it, at any depth. */
  readonly members: string[];
}

export type Order = (blocks: Block[]) => Block[];

/** A block whose inside is arranged. */
export interface Laid {
  readonly width: number;
  readonly height: number;
  /** Writes down the centres of all boxes in it, with its upper left corner at this point. */
  put(left: number, top: number, into: Map<string, Point>): void;
}

/** Pictures are wider than tall, as screens are. */
const ASPECT = 1.7;

/** Arranges a block: one band a tier, bands below each other, each band wrapped where it gets too long. */
export function layBlock(block: Block, order: Order): Laid {
  if (block.blocks.length === 0) {
    const { id, width, height } = block;
    return {
      width,
      height,
      put: (left, top, into) => void into.set(id, { x: left + width / 2, y: top + height / 2 }),
    };
  }
  const bands = new Map<number, Block[]>();
  for (const inner of block.blocks) {
    const band = bands.get(inner.tier);
    if (band === undefined) bands.set(inner.tier, [inner]);
    else band.push(inner);
  }
  const isRoot = block.id === '';
  const laid = [...bands]
    .sort(([one], [other]) => one - other)
    .map(([, blocks]) => order(blocks).map((inner) => layBlock(inner, order)));
  const limit = widthFor(laid);
  const rows = laid.map((band) => shelves(band, limit));
  const inside = Math.max(...rows.flat().map(({ width }) => width));
  const margin = isRoot ? { side: 0, top: 0, bottom: 0 } : FRAME;
  const between = isRoot ? GAP.y : GAP.y * 0.6;
  const height = rows.reduce(
    (sum, band, index) =>
      sum + band.reduce((all, row, at) => all + row.height + (at > 0 ? GAP.row : 0), 0) + (index > 0 ? between : 0),
    0,
  );
  return {
    width: inside + 2 * margin.side,
    height: height + margin.top + margin.bottom,
    put(left, top, into) {
      let y = top + margin.top;
      for (const [index, band] of rows.entries()) {
        if (index > 0) y += between;
        for (const [at, row] of band.entries()) {
          if (at > 0) y += GAP.row;
          let x = left + margin.side + (inside - row.width) / 2;
          for (const one of row.blocks) {
            one.put(x, y, into);
            x += one.width + GAP.x;
          }
          y += row.height;
        }
      }
    },
  };
}

interface Shelf {
  readonly blocks: Laid[];
  width: number;
  height: number;
}

/** The width beyond which a band is wrapped, so that the whole gets about the shape of a screen. */
function widthFor(bands: readonly (readonly Laid[])[]): number {
  const all = bands.flat();
  const area = all.reduce((sum, { width, height }) => sum + (width + GAP.x) * (height + GAP.y), 0);
  const widest = Math.max(...all.map(({ width }) => width));
  // Short rows are never wrapped: six boxes side by side are read at a glance.
  const six = Math.max(...bands.map((band) => band.slice(0, 6).reduce((sum, { width }) => sum + width + GAP.x, 0)));
  return Math.max(widest, six, Math.sqrt(area * ASPECT));
}

function shelves(band: readonly Laid[], limit: number): readonly Shelf[] {
  const total = band.reduce((sum, { width }) => sum + width + GAP.x, -GAP.x);
  // Rows of about equal length look better than full ones and a rest.
  const target = Math.max(Math.max(...band.map(({ width }) => width)), total / Math.ceil(total / limit));
  const rows: Shelf[] = [];
  for (const one of band) {
    const row = rows.at(-1);
    if (row !== undefined && row.width + GAP.x + one.width / 2 <= target) {
      row.blocks.push(one);
      row.width += GAP.x + one.width;
      row.height = Math.max(row.height, one.height);
    } else rows.push({ blocks: [one], width: one.width, height: one.height });
  }
  return rows;
}
