import { lineStart } from '../../syntax/yaml-line.ts';
import type { Text } from '../../text.ts';
import type { RouterQuestion } from './router-question.ts';
import { type RouterWord, word } from './router-words.ts';
import type { Spot } from './spot.ts';
import { type VyosSyntax, type VyosWord, vyosAnswer, vyosSyntax } from './vyos-grammar.ts';
import { VYOS_WORDS } from './vyos-words.ts';

const COMMANDS: readonly RouterWord[] = [
  word('set', 'adds to the configuration', '添加配置', 'set '),
  word('delete', 'takes away from it', '删除配置', 'delete '),
];

/** The words of VyOS' that may come at a place, and the few values of some, in braces or behind `set`. */
export function vyosWords({ doc, offset }: Spot, { words, token }: RouterQuestion): readonly RouterWord[] {
  if (doc.tree.format !== 'vyos') return [];
  const tree = doc.tree.vyos;
  const before = doc.text.slice(lineStart(doc.text, offset), token[0]);
  const isCommand = /^\s*(set|delete)\s/.test(before);
  if (!isCommand && tree.commands) return /^\s*$/.test(before) ? COMMANDS : [];
  const path = words === '' ? [] : words.split(' ');
  const answer = vyosAnswer(VYOS_WORDS, path, vyosSyntax(tree));
  if (answer === undefined) return [];
  if ('value' in answer) return answer.value.values.map((value) => word(value, '', ''));
  // In braces a word begins a line, or stands behind a brace.
  if (!isCommand && !/(^|[{}])\s*$/.test(before)) return [];
  const isAlone = /^[^\S\n]*(\n|$)/.test(doc.text.slice(token[1]));
  return answer.words.map((one) => ({
    word: one.name,
    detail: one.detail,
    ...(one.only && { releases: RELEASES[one.only] }),
    ...(isAlone && { insert: isCommand ? command(one) : block(one) }),
  }));
}

const RELEASES: Readonly<Record<VyosSyntax, Text>> = {
  old: { en: 'Up to VyOS 1.3.', 'zh-cn': 'VyOS 1.3 及更早版本。' },
  current: { en: 'From VyOS 1.4 on.', 'zh-cn': 'VyOS 1.4 起。' },
};

type Spelled = Pick<VyosWord, 'name' | 'sort'>;

function command({ name, sort }: Spelled): string {
  return sort === 'flag' ? name : `${name} `;
}

function block({ name, sort }: Spelled): string {
  if (sort === 'node') return `${name} {\n\t|\n}`;
  return sort === 'tag' ? `${name} | {\n}` : command({ name, sort });
}
