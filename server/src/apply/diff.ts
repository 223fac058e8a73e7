import { stringify } from 'yaml';
import { isMadeByCalico } from './kinds.ts';
import { normalised, same, withoutDefaults, withoutOthersFields } from './normalise.ts';
import { type ApiObject, isMapping, type Json, keyOf, type ObjectRef, refOf } from './objects.ts';

export type DifferenceStatus = 'added' | 'changed' | 'same' | 'removed' | 'unmanaged';

/** One value that differs. `before` is the cluster's, `after` the file's; absent on the side that has none. */
export interface FieldChange {
  readonly path: readonly (string | number)[];
  readonly before?: Json;
  readonly after?: Json;
}

/** One object, in the cluster and in the files. */
export interface Difference {
  readonly ref: ObjectRef;
  readonly status: DifferenceStatus;
  readonly fields: readonly FieldChange[];
  /** As compared. */
  readonly live?: ApiObject;
  readonly file?: ApiObject;
}

/** Compares one object. At least one side is there. */
export function compare(live: ApiObject | undefined, file: ApiObject | undefined): Difference {
  const ref = refOf((file ?? live)!);
  if (live === undefined) return { ref, status: 'added', fields: [], file: normalised(file!) };
  if (file === undefined) return { ref, status: 'removed', fields: [], live: normalised(live) };
  const plainFile = normalised(file);
  const plainLive = withoutOthersFields(normalised(live), plainFile);
  const left = withoutDefaults(plainLive, plainFile);
  const right = withoutDefaults(plainFile, plainLive);
  const fields = changesBetween(left, right);
  return { ref, status: fields.length === 0 ? 'same' : 'changed', fields, live: left, file: right };
}

/** Whether the cluster's object says what the other one says, in the server's eyes. */
export function saysTheSame(live: ApiObject | undefined, wanted: ApiObject | undefined): boolean {
  if (live === undefined || wanted === undefined) return live === wanted;
  return compare(live, wanted).status === 'same';
}

export interface Drift {
  readonly differences: readonly Difference[];
  readonly counts: Readonly<Record<DifferenceStatus, number>>;
}

/**
 * Everything that differs between a cluster and files. Objects that Calico makes by itself are not missing from files; those in
 * `managed` were applied from files before, and are in none any more.
 */
export function driftBetween(
  live: readonly ApiObject[],
  files: readonly ApiObject[],
  managed: ReadonlySet<string> = new Set(),
): Drift {
  const wanted = new Map(files.map((object) => [keyOf(refOf(object)), object]));
  const found = new Map(live.map((object) => [keyOf(refOf(object)), object]));
  const differences: Difference[] = files.map((object) => compare(found.get(keyOf(refOf(object))), object));
  for (const [key, object] of found) {
    if (wanted.has(key) || isMadeByCalico(object.kind, object.metadata.name)) continue;
    const status = managed.has(key) ? 'removed' : 'unmanaged';
    differences.push({ ref: refOf(object), status, fields: [], live: normalised(object) });
  }
  const counts = { added: 0, changed: 0, same: 0, removed: 0, unmanaged: 0 };
  for (const { status } of differences) counts[status] += 1;
  return { differences, counts };
}

/** The text that an object is shown as: the same keys in the same order on both sides. */
export function textOf(object: ApiObject | undefined): string {
  return object === undefined ? '' : stringify(object, { aliasDuplicateObjects: false, lineWidth: 0 });
}

export function changesBetween(
  before: Json | undefined,
  after: Json | undefined,
  path: readonly (string | number)[] = [],
): readonly FieldChange[] {
  if (same(before, after)) return [];
  if (isMapping(before) && isMapping(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => changesBetween(before[key], after[key], [...path, key]));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((item: Json, index) => changesBetween(item, after[index] as Json, [...path, index]));
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

/** `spec.bgp.asNumber`, `spec.ingress[0].action`, `metadata.labels["a/b"]`. */
export function shownPath(path: readonly (string | number)[]): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[\w-]+$/.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}
