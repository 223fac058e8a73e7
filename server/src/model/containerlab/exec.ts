import type { Field, Place } from '../../syntax/document.ts';
import { type Segment, segmented } from '../../syntax/embedding.ts';
import { isTemplated } from '../../syntax/scalar.ts';
import { commandsOf, parseShell, type ShellWord } from '../../syntax/shell.ts';
import type { Span } from '../../syntax/span.ts';
import { rawText } from '../part.ts';
import type { Reader } from '../reader.ts';
import { type IpCommand, ipCommand } from './ip-command.ts';

/** One line of `exec:` with what it does to addresses, routes and links. */
export interface ExecLine {
  readonly text: Field<string>;
  readonly ipCommands: readonly IpCommand[];
}

export function readExecLine(reader: Reader): ExecLine | undefined {
  const text = reader.string();
  if (text === undefined) return undefined;
  return { text, ipCommands: ipCommandsOf(rawText(reader) ?? '', reader.place) };
}

/**
 * The `ip` commands of a command line, also inside `sh -c "…"`. `place` is the scalar that holds the line; every word's
 * span counts inside it.
 */
export function ipCommandsOf(text: string, place: Place): readonly IpCommand[] {
  return commandsIn(text, (span) => ({ ...place, span }), 0);
}

/** `sh -c "sh -c '…'"` deeper than this is nobody's topology. */
const DEEPEST = 3;

function commandsIn(text: string, placed: (span: Span) => Place, depth: number): readonly IpCommand[] {
  return commandsOf(parseShell(withoutTemplateBlanks(text))).flatMap(({ words }) => {
    const script = scriptOf(words);
    if (script !== undefined)
      return depth >= DEEPEST ? [] : commandsIn(script.text, (span) => placed(outerSpan(script, span)), depth + 1);
    const command = ipCommand(words.map((word) => wordField(word, text, placed)));
    return command === undefined ? [] : [command];
  });
}

/** The script of `sh -c …`, `bash -lc …` and the like. */
function scriptOf(words: readonly ShellWord[]): ShellWord | undefined {
  if (!/(^|\/)(ba|da|a|k|z)?sh$/.test(words[0]?.text ?? '')) return undefined;
  const option = words.findIndex((word, index) => index > 0 && /^-\w*c\w*$/.test(word.text));
  return option === -1 ? undefined : words[option + 1];
}

function wordField(word: ShellWord, text: string, placed: (span: Span) => Place): Field<string> {
  const span = unquotedSpan(word);
  const known = !word.dynamic && !isTemplated(word.text) && !isTemplated(text.slice(span[0], span[1]));
  return { value: known ? word.text : undefined, place: placed(span) };
}

/** The characters of a word without the quotes around it. */
function unquotedSpan(word: ShellWord): Span {
  const first = word.segments[0];
  const last = word.segments.at(-1);
  return first === undefined || last === undefined
    ? word.span
    : [first.outer, last.outer + (last.width ?? last.length)];
}

function outerSpan(script: { readonly segments: readonly Segment[] }, span: Span): Span {
  const map = segmented(script.segments, (text) => text);
  const start = map.outer(span[0]);
  return [start, span[1] > span[0] ? map.outerEnd(span[1]) : start];
}

/** `{{ .Address }}` must stay one word: its blanks are masked, so that all offsets stay. */
function withoutTemplateBlanks(text: string): string {
  return text.includes('{{')
    ? text.replace(/\{\{.*?\}\}/gs, (template) => template.replace(/[\s'"|;&()<>]/g, '_'))
    : text;
}
