/**
 * Work that can be cut short and continued, in slices, so that edits and cancellations get in between: `refuse` throws when
 * nobody wants the result any more. What was worked out is remembered by the engine, and slices grow, so the work ends.
 */
export async function sliced<T>(refuse: () => void, work: (isCancelled: () => boolean) => T): Promise<T> {
  for (let slice = 40; ; slice *= 2) {
    refuse();
    const end = performance.now() + slice;
    let cut = false;
    const result = work(() => {
      cut ||= performance.now() > end;
      return cut;
    });
    if (!cut) return result;
    await nextTurn();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
