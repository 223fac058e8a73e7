import type { Place } from '../syntax/document.ts';
import { fileSpan } from '../syntax/place.ts';
import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { addressHover } from './address-hover.ts';
import { asHover } from './as-hover.ts';
import { bgpHover } from './bgp-hover.ts';
import { fieldHover } from './field-hover.ts';
import { labelSelectorHover } from './label-selector-hover.ts';
import { nodeHover } from './node-hover.ts';
import { poolHover } from './pool-hover.ts';
import { routerWordHover } from './router-word-hover.ts';
import { ruleHover } from './rule-hover.ts';
import { selectorHover } from './selector-hover.ts';

/** What is to be said of a token: Markdown in every language. */
export interface HoverPart {
  readonly place: Place;
  readonly text: Text;
}

/** What one topic has to say about an offset of a file in one of its networks. */
export type HoverSource = (file: FileState, offset: number, site: Site) => HoverPart | undefined;

/** In the order in which they are shown. */
const SOURCES: readonly HoverSource[] = [
  bgpHover,
  poolHover,
  ruleHover,
  selectorHover,
  labelSelectorHover,
  nodeHover,
  addressHover,
  asHover,
];

/** Everything there is to say about an offset, each topic once for all networks that the file belongs to. */
export function hoverAt(file: FileState, offset: number, sites: readonly Site[]): readonly HoverPart[] {
  const parts: HoverPart[] = [];
  for (const source of SOURCES)
    for (const site of sites) {
      const part = source(file, offset, site);
      if (part !== undefined && !parts.some(({ text }) => text.en === part.text.en)) parts.push(part);
    }
  // Over a value that the network tells something of, what its field is for goes without saying.
  const field = fieldHover(file, offset) ?? routerWordHover(file, offset);
  if (field !== undefined && (field.place.part === 'key' || parts.length === 0)) parts.push(field);
  return parts;
}

/** Whether an offset is in a token or at its end, where the cursor stands after it was typed. */
export function covers(place: Place, offset: number): boolean {
  const [start, end] = fileSpan(place);
  return start <= offset && offset <= end;
}
