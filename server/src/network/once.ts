/**
 * A function that remembers what it made of each object, for as long as the object lives. For pure functions of objects that
 * keep their identity while they say the same: resources, hosts, routers.
 */
export function once<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before.value;
    const value = compute(key);
    known.set(key, { value });
    return value;
  };
}

/** A value that is worked out when it is first asked for. */
export function lazily<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}

/** Whether two lists hold the very same things in the same order. */
export function sameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

/** The list as it was, when the new one holds the very same things: whoever compares lists by identity sees no change. */
export function keptItems<T>(before: readonly T[] | undefined, now: readonly T[]): readonly T[] {
  return before !== undefined && sameItems(before, now) ? before : now;
}
