/** How a text that stands inside another one maps to it. */
export interface Embedding {
  /** Offset in the outer document of the character at `offset` of the inner one. Never decreases. */
  outer(offset: number): number;
  /** Offset in the outer document just behind the inner character that ends at `offset`: an escape is several characters. */
  outerEnd(offset: number): number;
  /** The inner text as it must be written at its place in the outer document (indentation, escapes). */
  encode(text: string): string;
}

/** `length` characters from `inner` on stand in the outer text from `outer` on. */
export interface Segment {
  readonly inner: number;
  readonly outer: number;
  readonly length: number;
  /** Characters that a run of length 1 takes up in the outer text, where it is an escape. */
  readonly width?: number;
}

/** An embedding by runs of equal characters, in ascending order; `encode` is applied to text that is inserted. */
export function segmented(segments: readonly Segment[], encode: (text: string) => string): Embedding {
  const at = (offset: number): Segment | undefined => {
    let low = 0;
    let high = segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (segments[middle]!.inner <= offset) low = middle;
      else high = middle - 1;
    }
    return segments[low];
  };
  const outer = (offset: number): number => {
    const segment = at(offset);
    if (segment === undefined) return offset;
    return segment.outer + Math.max(0, Math.min(offset - segment.inner, segment.length));
  };
  return {
    encode,
    outer,
    outerEnd(offset) {
      const segment = at(offset - 1);
      return segment?.width === undefined ? outer(offset - 1) + 1 : segment.outer + segment.width;
    },
  };
}
