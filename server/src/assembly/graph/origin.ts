import type { Resource } from '../../model/resource.ts';
import type { Doc, Place } from '../../syntax/document.ts';
import type { Text } from '../../text.ts';

/** Where an element of a picture is written: the token to show, and everything that is said about it. */
export interface GraphOrigin {
  readonly place: Place;
  /**
   * A finding in one of these is about the element: in a tree everything below the path, in a text the lines of the span,
   * without either the whole document. Absent: what stands below `place`.
   */
  readonly scope?: readonly Place[];
}

export function resourceOrigin(resource: Resource): GraphOrigin {
  const whole = { doc: resource.doc, path: resource.path };
  return { place: resource.name?.place ?? whole, scope: [whole] };
}

export function documentOrigin(doc: Doc, place?: Place): GraphOrigin {
  return { place: place ?? { doc, span: [0, 0] }, scope: [{ doc }] };
}

/** The places of all fields of a statement, two levels deep: a neighbour's lines stand in several blocks. */
export function placesIn(statement: object, depth = 2): readonly Place[] {
  return Object.values(statement).flatMap((value): readonly Place[] => {
    if (typeof value !== 'object' || value === null) return [];
    if ('place' in value && 'value' in value) return [value.place as Place];
    if (depth === 0 || 'doc' in value) return [];
    return placesIn(value, depth - 1);
  });
}

/** A text that is the same in every language. */
export const plain = (text: string): Text => ({ en: text, 'zh-cn': text });
