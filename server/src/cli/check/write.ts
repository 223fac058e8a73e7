import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Text } from '../../text.ts';

/**
 * Writes a text over a file in one step, so that nobody ever sees half of it; keeps its encoding, its permissions, and
 * the file behind a symbolic link. `before` is what was read: a file that says something else by now is left alone.
 * Returns why it was not written, or undefined.
 */
export function writeAtomically(path: string, before: string | undefined, after: string): Text | undefined {
  try {
    if (before === undefined) {
      if (existsSync(path)) return CHANGED;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, after, { flag: 'wx' });
      return undefined;
    }
    const target = realpathSync(path);
    const bytes = readFileSync(target);
    const encode = ENCODINGS.find((encoding) => encoding(before).equals(bytes));
    if (encode === undefined) return CHANGED;
    const draft = `${target}.selvage-${process.pid}`;
    try {
      writeFileSync(draft, encode(after), { flag: 'wx' });
      chmodSync(draft, statSync(target).mode);
      renameSync(draft, target);
    } finally {
      rmSync(draft, { force: true });
    }
    return undefined;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    return { en: `it cannot be written (${code})`, 'zh-cn': `无法写入（${code}）` };
  }
}

const MARK = '\uFEFF';

/** The encodings that files are read in. A file whose bytes are none of them for its text would be damaged by writing. */
const ENCODINGS: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(text, 'utf8'),
  (text) => Buffer.from(MARK + text, 'utf16le'),
  (text) => Buffer.from(MARK + text, 'utf16le').swap16(),
];

const CHANGED: Text = {
  en: 'it changed meanwhile, or is not valid UTF-8',
  'zh-cn': '文件已被改动，或不是有效的 UTF-8',
};
