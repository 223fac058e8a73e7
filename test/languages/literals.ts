import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lsp/editor.ts';

export const CHINESE = /[\u3400-\u9fff]/;

/** A string or template literal of a source: its text with every `${…}` as one HOLE, and what stands in the holes. */
export interface Literal {
  readonly text: string;
  readonly holes: readonly string[];
  readonly end: number;
}

export const HOLE = '\u0001';

/** The TypeScript files below a folder of the package, generated ones left out; path and text. */
export function sourcesIn(folder: string): readonly (readonly [name: string, text: string])[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('generated'))
    .map((name) => [`${folder}/${name.replaceAll('\\', '/')}`, readFileSync(join(root, folder, name), 'utf8')]);
}

/** The literal that begins at an offset with its quote. */
export function literalAt(source: string, start: number): Literal {
  const quote = source[start];
  const holes: string[] = [];
  let text = '';
  let at = start + 1;
  while (at < source.length && source[at] !== quote) {
    if (source[at] === '\\') {
      text += source[at + 1] === 'n' ? '\n' : source[at + 1];
      at += 2;
    } else if (quote === '`' && source.startsWith('${', at)) {
      const end = endOfHole(source, at + 2);
      holes.push(source.slice(at + 2, end).trim());
      text += HOLE;
      at = end + 1;
    } else text += source[at++];
  }
  return { text, holes, end: at + 1 };
}

function endOfHole(source: string, start: number): number {
  let depth = 1;
  for (let at = start; at < source.length; at++) {
    const char = source[at]!;
    if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at;
    else if (char === "'" || char === '"' || char === '`') at = literalAt(source, at).end - 1;
  }
  return source.length;
}

export interface Sentence {
  readonly where: string;
  readonly en: Literal;
  readonly chinese: Literal;
}

const ENGLISH = /(?<![\w'"-])en:\s*(?=['"`])/g;
const CHINESE_NEXT = /^\s*,?\s*(?:\/\/[^\n]*\n\s*)*'zh-cn':\s*/;

/** Every `{ en: '…', 'zh-cn': '…' }` that is written out in the sources of a folder. */
export function sentencesIn(folder: string): readonly Sentence[] {
  return sourcesIn(folder).flatMap(([name, source]) =>
    [...source.matchAll(ENGLISH)].flatMap((match): Sentence[] => {
      const en = literalAt(source, match.index + match[0].length);
      const next = CHINESE_NEXT.exec(source.slice(en.end));
      const start = en.end + (next?.[0].length ?? 0);
      // The compiler asks for both; what is not written beside the English is worked out elsewhere.
      if (next === null || !/['"`]/.test(source[start] ?? '')) return [];
      const line = source.slice(0, match.index).split('\n').length;
      return [{ where: `${name}:${line}`, en, chinese: literalAt(source, start) }];
    }),
  );
}

/** What a text sets in backticks. */
export function codeIn(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]*)`/g)].map((match) => match[1]!);
}

/** What of the English is wrong or missing in the Chinese, in words; undefined when nothing is. */
export function faultOf(
  en: Pick<Literal, 'text' | 'holes'>,
  chinese: Pick<Literal, 'text' | 'holes'>,
): string | undefined {
  const words = en.text.replace(/`[^`]*`/g, '').replaceAll(HOLE, '');
  if (en.text.trim() !== '' && chinese.text.trim() === '') return 'the Chinese is empty';
  if (CHINESE.test(en.text)) return 'there is Chinese in the English';
  if (/[A-Za-z][a-z]+ [a-z]+ [a-z]+/.test(words) && chinese.text === en.text) return 'it was never translated';
  // A name alone, such as `IPPool`, is the same in both.
  if (/[a-z]{3}/.test(words) && !CHINESE.test(chinese.text) && chinese.text.trim() !== en.text.trim())
    return 'the Chinese holds no Chinese';
  if (en.holes.length > 0 && chinese.holes.length === 0) return `the Chinese lacks ${en.holes.join(', ')}`;
  const code = codeIn(chinese.text);
  // `node.<name>` may be `node.<名称>`.
  const local = code.filter((one) => CHINESE.test(one)).length;
  const missing = new Set(codeIn(en.text).filter((one) => !one.includes(HOLE) && !code.includes(one)));
  return missing.size > local ? `the Chinese lacks ${[...missing].map((one) => `\`${one}\``).join(', ')}` : undefined;
}
