import type { Place } from '../syntax/document.ts';
import { fileSpan } from '../syntax/place.ts';
import type { Span } from '../syntax/span.ts';
import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { documentsWithin } from './documents-within.ts';
import { addressHints } from './inlay-addresses.ts';
import { asHints } from './inlay-as.ts';
import { blockHints } from './inlay-blocks.ts';
import { selectorHints } from './inlay-selectors.ts';
import { useHints } from './inlay-uses.ts';

/** A few words that an editor shows behind a token; what is not known for certain has none. */
export interface InlayHint {
  /** The hint stands at its end. */
  readonly place: Place;
  readonly label: Text;
  readonly tooltip?: Text;
}

/** What one topic has to say about a file in one of its networks. */
export type InlaySource = (file: FileState, site: Site) => readonly InlayHint[];

/** The topics by the name of the setting that switches each off. */
const SOURCES = {
  addresses: addressHints,
  blocks: blockHints,
  selectors: selectorHints,
  uses: useHints,
  asNumbers: asHints,
} as const satisfies Record<string, InlaySource>;

export type InlayTopic = keyof typeof SOURCES;
export const INLAY_TOPICS = Object.keys(SOURCES) as readonly InlayTopic[];

/** The hints of these topics inside a span of a file, in order of place, each once for all networks that the file belongs to. */
export function inlayHintsIn(
  file: FileState,
  sites: readonly Site[],
  within: Span,
  topics: readonly InlayTopic[],
): readonly (InlayHint & { readonly offset: number })[] {
  const shown: FileState = { ...file, all: documentsWithin(file, within) };
  const found = new Map<string, InlayHint & { readonly offset: number }>();
  for (const topic of topics)
    for (const site of sites)
      for (const hint of SOURCES[topic](shown, site)) {
        const offset = endOf(hint.place, file.text);
        if (hint.place.doc.file !== file.uri || offset < within[0] || offset > within[1]) continue;
        const key = `${offset} ${hint.label.en}`;
        if (!found.has(key)) found.set(key, { ...hint, offset });
      }
  return [...found.values()].sort((one, other) => one.offset - other.offset);
}

/** Behind a key means behind its colon. */
function endOf(place: Place, text: string): number {
  const [, end] = fileSpan(place);
  if (place.part !== 'key') return end;
  return end + (/^["']?[ \t]*:/.exec(text.slice(end, end + 20))?.[0].length ?? 0);
}
