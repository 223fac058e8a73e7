import { type ApiObject, isMapping, type Json, type JsonMapping } from '../objects.ts';

/**
 * Who wrote which field, as the API server keeps it in `metadata.managedFields` (Kubernetes: Server-Side Apply, “Field
 * management”). A step is `f:name`, `k:{…}` for the item of a list with these keys, `v:…` for an item of a set.
 */
type FieldPath = readonly string[];

interface Owned {
  readonly path: FieldPath;
  /** The whole value is owned, whatever stands in it; else only that there is such a field. */
  readonly whole: boolean;
}

/** Managers through which people write whole objects: what such a one wrote and the file no longer says is meant to go. */
const WHOLE = /^(selvage|kubectl|kubectl-client-side-apply|kubectl-create|kubectl-replace)$/;

/** … and those through which they change a field by hand: in a spec that is drift, but labels and annotations are meant to stay. */
const BY_HAND = /^kubectl-(edit|patch|set)$/;

export function isPeoples(manager: string): boolean {
  return WHOLE.test(manager) || BY_HAND.test(manager);
}

/**
 * The object without what only people wrote and the file does not say: server-side apply alone would leave it, for it takes
 * away only what the same manager applied before. `object` is the server's answer to `applied`, with its managedFields.
 * Undefined when nothing is left behind.
 */
export function withoutLeftovers(object: ApiObject, applied: string): ApiObject | undefined {
  const own: Owned[] = [];
  const kept: Owned[] = [];
  const entries = Array.isArray(object.metadata.managedFields) ? (object.metadata.managedFields as Json[]) : [];
  for (const entry of entries) {
    if (!isMapping(entry) || !isMapping(entry.fieldsV1)) continue;
    const { manager, operation, subresource, fieldsV1 } = entry;
    const paths = pathsIn(fieldsV1);
    if (typeof manager !== 'string' || (manager === applied && operation === 'Apply')) kept.push(...paths);
    else if (subresource !== undefined && subresource !== '') kept.push(...paths);
    else if (WHOLE.test(manager)) own.push(...paths);
    else if (BY_HAND.test(manager)) own.push(...paths.filter(({ path }) => path[0] !== 'f:metadata'));
    else kept.push(...paths);
  }
  const stays = kept.map(({ path, whole }) => ({ text: textOf(path), whole }));
  const going = own.flatMap(({ path }) => {
    const text = textOf(path);
    const isKept = stays.some(
      (other) =>
        other.text === text ||
        other.text.startsWith(`${text}\n`) ||
        (other.whole && text.startsWith(`${other.text}\n`)),
    );
    return isKept || !isRemovable(path) ? [] : [path];
  });
  if (going.length === 0) return undefined;
  const next = structuredClone(object) as unknown as Record<string, unknown>;
  // An item of a list goes as a whole, while it still has the keys that it is found by.
  for (const path of going.sort((a, b) => a.length - b.length)) remove(next, path);
  return next as unknown as ApiObject;
}

function textOf(path: FieldPath): string {
  return path.join('\n');
}

/** `.` says that the field itself is owned, beside what stands in it. */
function pathsIn(fields: JsonMapping, path: FieldPath = []): readonly Owned[] {
  return Object.entries(fields).flatMap(([step, inner]) => {
    if (step === '.') return [{ path, whole: false }];
    const next = [...path, step];
    return isMapping(inner) && Object.keys(inner).length > 0 ? pathsIn(inner, next) : [{ path: next, whole: true }];
  });
}

function isRemovable(path: FieldPath): boolean {
  const [first, second, third] = path;
  const [item = '', field = ''] = path.slice(-2);
  // What an item of a list is found by goes only with the item.
  if (item.startsWith('k:') && Object.hasOwn(JSON.parse(item.slice(2)) as object, field.slice(2))) return false;
  if (first === 'f:status' || first === 'f:apiVersion' || first === 'f:kind') return false;
  if (first !== 'f:metadata') return true;
  if (second !== 'f:labels' && second !== 'f:annotations') return false;
  return third !== 'f:kubectl.kubernetes.io/last-applied-configuration';
}

function remove(root: Record<string, unknown>, path: FieldPath): void {
  let at: unknown = root;
  for (const step of path.slice(0, -1)) at = inside(at, step);
  const last = path.at(-1)!;
  if (last.startsWith('f:')) {
    if (isMapping(at)) delete (at as Record<string, unknown>)[last.slice(2)];
    return;
  }
  const item = inside(at, last);
  if (Array.isArray(at) && item !== undefined) at.splice(at.indexOf(item), 1);
}

function inside(value: unknown, step: string): unknown {
  const rest = step.slice(2);
  if (step.startsWith('f:')) return isMapping(value) ? value[rest] : undefined;
  if (!Array.isArray(value)) return undefined;
  if (step.startsWith('i:')) return value[Number(rest)];
  const wanted: unknown = JSON.parse(rest);
  if (step.startsWith('v:')) return value.find((item) => item === wanted);
  return value.find(
    (item) => isMapping(item) && isMapping(wanted) && Object.entries(wanted).every(([key, one]) => item[key] === one),
  );
}
