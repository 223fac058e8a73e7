import { type ParsedSelector, parseSelector } from '../syntax/selector.ts';

const parsed = new Map<string, ParsedSelector>();
const MOST = 4096;

/** A selector's tree, remembered by its text: one selector is asked of by many rules and stands in many manifests. */
export function selectorOf(text: string): ParsedSelector {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const selector = parseSelector(text);
  if (parsed.size >= MOST) parsed.clear();
  parsed.set(text, selector);
  return selector;
}
