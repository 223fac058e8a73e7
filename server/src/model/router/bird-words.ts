import type { BirdStatement, BirdToken, BirdTree } from '../../syntax/bird.ts';
import type { Doc, Field } from '../../syntax/document.ts';
import { placeOf } from './fields.ts';

/** A BIRD configuration with its constants: `define NAME = value;`, which may stand wherever a value may. */
export interface BirdText {
  readonly doc: Doc;
  /** A statement's words with the constants among them put in; what is put in keeps the place where it is used. */
  readonly wordsOf: (statement: BirdStatement) => readonly BirdToken[];
}

/** Constants made of constants can grow without end; nobody writes longer ones. */
const LONGEST = 5_000;

export function birdText(doc: Doc, { statements }: BirdTree): BirdText {
  const constants = new Map<string, readonly BirdToken[]>();
  const expanded = (words: readonly BirdToken[]): readonly BirdToken[] => {
    if (!words.some((word) => word.kind === 'word' && constants.has(word.text))) return words;
    const result = words.flatMap((word) => {
      const constant = word.kind === 'word' ? constants.get(word.text) : undefined;
      return constant?.map((token) => ({ ...token, span: word.span })) ?? [word];
    });
    return result.length > LONGEST ? words : result;
  };
  for (const { words } of statements)
    if (words[0]?.text === 'define' && words[1] !== undefined && words[2]?.text === '=')
      constants.set(words[1].text, expanded(words.slice(3)));
  return { doc, wordsOf: ({ words }) => expanded(words) };
}

/** Whether a statement begins with these words. */
export function begins(words: readonly BirdToken[], ...texts: readonly string[]): boolean {
  return texts.every((text, at) => words[at]?.text === text);
}

/** `on`, `yes`, `1` or nothing at all mean yes; anything but their opposites is not known. */
export function switchField(doc: Doc, keyword: BirdToken, value: BirdToken | undefined): Field<boolean> {
  const text = value?.text;
  const isOn = text === undefined || /^(on|yes|1|true)$/.test(text);
  return {
    value: isOn ? true : /^(off|no|0|false)$/.test(text) ? false : undefined,
    place: placeOf(doc, keyword.span),
  };
}
