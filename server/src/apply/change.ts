import { writtenByNode } from './defaults.ts';
import { compare, type Difference } from './diff.ts';
import type { ToolName } from './kinds.ts';
import { authored } from './normalise.ts';
import { type ApiObject, isMapping, type Json, type ObjectRef, refOf, valueAt, versionOf } from './objects.ts';

export type Action = 'create' | 'replace' | 'remove';

/** One object that is to become another one. */
export interface Change {
  readonly ref: ObjectRef;
  readonly tool: ToolName;
  readonly action: Action;
  /** The cluster's object as it was seen, with its resourceVersion; absent for `create`. */
  readonly before?: ApiObject;
  /** As it is to be; absent for `remove`. */
  readonly after?: ApiObject;
  readonly difference: Difference;
}

/** What must be done so that the cluster says what is wanted; undefined when it does already. `after` undefined: it is to go. */
export function changeFor(
  tool: ToolName,
  before: ApiObject | undefined,
  after: ApiObject | undefined,
): Change | undefined {
  if (before === undefined && after === undefined) return undefined;
  const difference = compare(before, after);
  if (difference.status === 'same') return undefined;
  const ref = refOf((after ?? before)!);
  if (after === undefined) return { ref, tool, action: 'remove', before: before!, difference };
  const next = authored(after);
  if (before === undefined) return { ref, tool, action: 'create', after: next, difference };
  return { ref, tool, action: 'replace', before, after: keepingOthersFields(next, before), difference };
}

/**
 * `calicoctl replace` exchanges the whole spec and all labels and annotations. Other software writes some of those of a Node:
 * tunnels, addresses, Kubernetes' labels. A file that does not speak of them does not take them away.
 */
function keepingOthersFields(after: ApiObject, before: ApiObject): ApiObject {
  if (after.kind !== 'Node') return after;
  const texts = (name: 'labels' | 'annotations') =>
    after.metadata[name] === undefined && isMapping(before.metadata[name]) ? { [name]: before.metadata[name] } : {};
  const kept = writtenByNode(before.spec, after.spec);
  const spec = kept.reduce<Json | undefined>((whole, { path, value }) => withValue(whole, path, value), after.spec);
  return {
    ...after,
    metadata: { ...after.metadata, ...texts('labels'), ...texts('annotations') },
    ...(spec !== undefined && { spec }),
  };
}

function withValue(whole: Json | undefined, [first, ...rest]: readonly string[], value: Json): Json {
  if (first === undefined) return value;
  const mapping = isMapping(whole) ? whole : {};
  return { ...mapping, [first]: withValue(mapping[first], rest, value) };
}

/** The value of a field before and after, as compared. */
export function sides(
  { difference }: Change,
  ...path: readonly string[]
): readonly [Json | undefined, Json | undefined] {
  return [valueAt(difference.live, path), valueAt(difference.file, path)];
}

export function differs(change: Change, ...path: readonly string[]): boolean {
  const [before, after] = sides(change, ...path);
  return JSON.stringify(before) !== JSON.stringify(after);
}

export function seenVersion({ before }: Change): string | undefined {
  return versionOf(before);
}
