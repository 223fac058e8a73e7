import type { Field } from '../../syntax/document.ts';
import { partsOf } from '../part.ts';
import type { Reader } from '../reader.ts';

/** A `source:destination[:options]` mount. What does not split into two or three parts has only its text. */
export interface Bind {
  readonly text: Field<string>;
  /** Path on the host, relative to the topology file unless it is absolute. Unknown when it is templated (`__clabDir__/…`). */
  readonly source?: Field<string>;
  /** Path in the container; the binds of all inheritance levels are merged by it. */
  readonly destination?: Field<string>;
  readonly options?: Field<string>;
}

export function readBind(reader: Reader): Bind | undefined {
  const text = reader.string();
  if (text === undefined) return undefined;
  const [source, destination, options, excess] = partsOf(reader, ':');
  if (source === undefined || destination === undefined || excess !== undefined) return { text };
  return { text, source, destination, ...(options && { options }) };
}
