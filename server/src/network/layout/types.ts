/** A box to be placed. Sizes are in the units of the picture, about a pixel at zoom 1. */
export interface Box {
  readonly id: string;
  /** What boxes of one row are ordered by where nothing else decides. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly group?: string;
  readonly tier?: number;
}

export interface Wire {
  readonly from: string;
  readonly to: string;
}

export interface Frame {
  readonly id: string;
  readonly parent?: string;
}

export interface LayoutInput {
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
  readonly frames: readonly Frame[];
}

/** The centre of a box. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export type Positions = ReadonlyMap<string, Point>;

/** Room between boxes, and between a frame and what is in it (its name stands on top). */
export const GAP = { x: 26, y: 74, row: 22 } as const;
export const FRAME = { side: 16, top: 34, bottom: 16 } as const;

export function rectangleOf(
  { x, y }: Point,
  { width, height }: { readonly width: number; readonly height: number },
): Rectangle {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

export function touches(one: Rectangle, other: Rectangle, room: number): boolean {
  return (
    one.left < other.right + room &&
    other.left < one.right + room &&
    one.top < other.bottom + room &&
    other.top < one.bottom + room
  );
}
