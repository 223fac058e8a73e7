import type { Place } from '../../syntax/document.ts';
import type { Edit } from '../../syntax/edit.ts';

/** Puts a word behind the one at a place of a script. */
export function insertAfterWord(place: Place, word: string): readonly Edit[] {
  const start = place.span?.[1] ?? 0;
  // Behind a closing quote.
  const end = start + (/^["']?/.exec(place.doc.text.slice(start))?.[0].length ?? 0);
  return [{ doc: place.doc, span: [end, end], text: ` ${word}` }];
}
