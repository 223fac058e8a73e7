/** Edit distance with swapped neighbours counted as one change, given up (as `limit + 1`) once it exceeds `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      row.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

/** The candidate closest to what was written, if it is close enough to be a slip; ties go to the first in order. */
export function nearest(written: string, candidates: Iterable<string>, limit = slack(written)): string | undefined {
  let found: string | undefined;
  let reach = limit;
  for (const candidate of candidates) {
    if (candidate === written) continue;
    const distance = editDistance(written.toLowerCase(), candidate.toLowerCase(), reach);
    if (distance > reach) continue;
    found = candidate;
    if (distance === 0) return found;
    reach = distance - 1;
    if (reach < 0) break;
  }
  return found;
}

function slack(text: string): number {
  return text.length < 4 ? 1 : text.length < 9 ? 2 : 3;
}
