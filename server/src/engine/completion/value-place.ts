import { schemaAt } from '../../schemas/index.ts';
import type { Span } from '../../syntax/span.ts';
import type { Path } from '../../syntax/tree.ts';
import type { Spot } from './spot.ts';
import type { Subject } from './subject.ts';
import { keyPlace } from './writing.ts';

/** Where a scalar goes that is chosen at the cursor. */
export interface ValuePlace {
  /** Path of the scalar in its object; that of a new item where a list wants one. */
  readonly path: Path;
  readonly replace: Span;
  /** Stands before the scalar: the dash of an item, and a line of its own. */
  readonly before: string;
}

/** The place of a value, an item, or the first item of a list that has only its key; undefined where a key is typed. */
export function valuePlace({ yaml, doc }: Spot, { schema, path }: Subject): ValuePlace | undefined {
  if (yaml === undefined) return undefined;
  const types = schema === undefined || yaml.role === 'item' ? [] : (schemaAt(schema, path)?.types ?? []);
  const isList = types.includes('array') && !types.includes('string');
  if (!isList) return yaml.role === 'key' ? undefined : { path, replace: yaml.token, before: '' };
  if (yaml.flow) return undefined;
  const { replace, before } = keyPlace(yaml, doc.text, 'item');
  return { path: [...path, 0], replace, before };
}
