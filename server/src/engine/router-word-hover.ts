import type { Doc } from '../syntax/document.ts';
import type { Span } from '../syntax/span.ts';
import { lineStart } from '../syntax/yaml-line.ts';
import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import { routerQuestion } from './completion/router-question.ts';
import type { RouterWord } from './completion/router-words.ts';
import { routerWords } from './completion/routers.ts';
import { type Spot, spotAt } from './completion/spot.ts';
import type { HoverPart } from './hover.ts';

/** What a word of a router's own language means where it stands: one that completion would offer there. */
export function routerWordHover(file: FileState, offset: number): HoverPart | undefined {
  const spot = spotAt(file, offset);
  if (spot === undefined || !/^(frr|vyos|bird)$/.test(spot.doc.format)) return undefined;
  // Some commands are several words: the cursor may be in the last of them.
  for (const start of wordStarts(spot)) {
    const here: Spot = { ...spot, offset: start };
    const question = routerQuestion(here);
    const found = question && routerWords(here, question).find((one) => stands(spot.doc, start, one, spot.offset));
    if (found !== undefined) return { place: { doc: spot.doc, span: spanOf(start, found) }, text: textOf(found) };
  }
  return undefined;
}

/** Words in the longest command that is described. */
const LONGEST = 4;

/** Where the words of the line begin, from the cursor's to the left. */
function wordStarts({ doc, offset }: Spot): readonly number[] {
  const start = lineStart(doc.text, offset);
  const line = doc.text.slice(start, offset + 1);
  return [...line.matchAll(/[^\s{};]+/g)]
    .map(({ index }) => start + index)
    .reverse()
    .slice(0, LONGEST);
}

function stands({ text }: Doc, start: number, one: RouterWord, offset: number): boolean {
  const [, end] = spanOf(start, one);
  return (
    one.detail.en !== '' && offset <= end && text.slice(start, end) === one.word && /^[\s{};(]|^$/.test(text[end] ?? '')
  );
}

function spanOf(start: number, { word }: RouterWord): Span {
  return [start, start + word.length];
}

function textOf({ word, detail, releases }: RouterWord): Text {
  const name = `**${word}** — `;
  return {
    en: name + detail.en + (releases === undefined ? '' : `\n\n${releases.en}`),
    'zh-cn': name + detail['zh-cn'] + (releases === undefined ? '' : `\n\n${releases['zh-cn']}`),
  };
}
