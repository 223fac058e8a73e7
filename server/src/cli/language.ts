import { Option } from 'commander';
import type { Language, Text } from '../text.ts';
import type { Context } from './command.ts';

export const LANGUAGES: readonly Language[] = ['en', 'zh-cn'];

/**
 * The language to speak: `--lang` wherever it stands, else the locale of the environment. As in POSIX, the first of
 * LC_ALL, LC_MESSAGES and LANG that is not empty decides.
 */
export function languageOf(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Language {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const asked = args[at]?.startsWith('--lang=') ? args[at]!.slice('--lang='.length) : args[at + 1];
  if (at !== -1) return asked === 'zh-cn' ? 'zh-cn' : 'en';
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^zh\b|^zh_/i.test(locale) ? 'zh-cn' : 'en';
}

const DESCRIPTION: Text = {
  en: 'language of messages (default: that of the locale)',
  'zh-cn': '消息语言（默认取自区域设置）',
};

export function languageOption({ say }: Context): Option {
  return new Option('--lang <language>', say(DESCRIPTION)).choices(LANGUAGES);
}
