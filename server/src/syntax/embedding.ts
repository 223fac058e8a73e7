/** How a text that stands inside another one maps to it. */
export interface Embedding {
  /** Offset in the outer document of the character at `offset` of the inner one. Never decreases. */
  outer(offset: number): number;
  /** The inner text as it must be written at its place in the outer document (indentation, escapes). */
  encode(text: string): string;
}

/** `length` characters from `inner` on stand in the outer text from `outer` on. */
export interface Segment {
  readonly inner: number;
  readonly outer: number;
  readonly length: number;
}

/** An embedding by runs of equal characters, in ascending order; `encode` is applied to text that is inserted. */
export function segmented(segments: readonly Segment[], encode: (text: string) => string): Embedding {
  return {
    encode,
    outer(offset) {
      let low = 0;
      let high = segments.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (segments[middle]!.inner <= offset) low = middle;
        else high = middle - 1;
      }
      const segment = segments[low];
      if (segment === undefined) return offset;
      return segment.outer + Math.max(0, Math.min(offset - segment.inner, segment.length));
    },
  };
}
