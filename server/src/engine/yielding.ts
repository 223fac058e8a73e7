import { fileSpan } from '../syntax/place.ts';
import type { Span } from '../syntax/span.ts';
import type { Finding } from './findings.ts';

/** Leaves out findings that another rule's finding on the same token explains better. */
export function unyielding(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length === 0) return findings;
  const wanted = new Set(findings.flatMap((finding) => finding.rule.yieldsTo ?? []));
  if (wanted.size === 0) return findings;
  const spans = new Map<string, Span[]>();
  for (const finding of findings) {
    if (!wanted.has(finding.rule.id)) continue;
    const list = spans.get(finding.rule.id);
    if (list === undefined) spans.set(finding.rule.id, [fileSpan(finding.place)]);
    else list.push(fileSpan(finding.place));
  }
  if (spans.size === 0) return findings;
  const overlaps = new Map([...spans].map(([id, list]) => [id, overlapWith(list)] as const));
  return findings.filter((finding) => {
    const yieldsTo = finding.rule.yieldsTo?.filter((id) => overlaps.has(id)) ?? [];
    if (yieldsTo.length === 0) return true;
    const own = fileSpan(finding.place);
    return !yieldsTo.some((id) => overlaps.get(id)!(own));
  });
}

/** Answers whether a span overlaps one of many, in logarithmic time: a broken file can have thousands of findings. */
function overlapWith(spans: readonly Span[]): (span: Span) => boolean {
  const sorted = [...spans].sort((one, other) => one[0] - other[0]);
  /** The farthest end of the spans up to each one. */
  const reach: number[] = [];
  for (const [, end] of sorted) reach.push(Math.max(end, reach.at(-1) ?? 0));
  return ([start, end]) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]![0] < end) low = middle + 1;
      else high = middle;
    }
    return low > 0 && reach[low - 1]! > start;
  };
}
