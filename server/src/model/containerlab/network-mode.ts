import type { Field } from '../../syntax/document.ts';

/** Whose network name space a node lives in. */
export interface NetworkMode {
  /** `management` is what containerlab makes of every text it does not know, also of a misspelt one. */
  readonly mode: 'management' | 'host' | 'none' | 'container';
  /** The node or container whose name space is shared; only with `container:<name>`. */
  readonly target?: Field<string>;
}

/** Reads `network-mode`; undefined when it is templated, the management network when it is absent. */
export function networkModeOf(field: Field<string> | undefined): NetworkMode | undefined {
  if (field === undefined) return { mode: 'management' };
  const { value, place } = field;
  if (value === undefined) return undefined;
  if (value.startsWith('container:')) {
    const start = 'container:'.length;
    return {
      mode: 'container',
      target: { value: value.slice(start), place: { ...place, span: [start, value.length] } },
    };
  }
  const lower = value.toLowerCase();
  return { mode: lower === 'host' || lower === 'none' ? lower : 'management' };
}
