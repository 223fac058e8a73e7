import type { Heredoc } from './shell-heredoc.ts';
import { decodeBody, destination } from './shell-heredoc.ts';
import type { Cursor, ShellWord } from './shell-words.ts';
import { continuationAt, isCarriageReturn, readWord } from './shell-words.ts';
import type { Problem, Span } from './span.ts';

export type { Heredoc } from './shell-heredoc.ts';
export { heredocEmbedding, programWords } from './shell-heredoc.ts';
export type { ShellWord } from './shell-words.ts';
export { wordEmbedding } from './shell-words.ts';

export interface Redirect {
  /** With its file descriptor where one is written: `>`, `2>`, `&>>`, `<`. */
  readonly operator: string;
  readonly span: Span;
  readonly target?: ShellWord;
}

/** A simple command: its words and redirections. Keywords such as `if` and `do` before it are left out. */
export interface ShellCommand {
  readonly words: readonly ShellWord[];
  readonly redirects: readonly Redirect[];
  readonly span: Span;
}

/** Commands joined by `|`. */
export interface Pipeline {
  readonly commands: readonly ShellCommand[];
  readonly span: Span;
}

/** A bash script: its pipelines in order of their ends (those of `$(…)` before the command around them) and its here-documents. */
export interface ShellTree {
  readonly text: string;
  /** Always empty: a shell script is not judged as such. */
  readonly problems: readonly Problem[];
  readonly pipelines: readonly Pipeline[];
  readonly heredocs: readonly Heredoc[];
  readonly comments: readonly Span[];
}

const KEYWORDS = new Set('if then elif else fi while until do done ! { } time esac'.split(' '));
/** `[root@host dir]# `, `user@host:dir$ ` and `$ ` before a command in a transcript. */
const PROMPT = /(?:\[[^\]\n]{0,80}@[^\]\n]{0,80}\][#$]|[\w.-]{1,64}@[\w.-]{1,64}:[^\s#$]{0,80}[#$]|\$)[ \t]+/y;
/** Deeper `$(…)` than this is read as plain characters. */
const MAX_DEPTH = 60;

interface CommandDraft {
  words: ShellWord[];
  redirects: Redirect[];
  heredocs: HeredocDraft[];
  start: number;
  end: number;
}

interface HeredocDraft {
  operator: Span;
  delimiter: string;
  quoted: boolean;
  stripTabs: boolean;
  pipeline?: Pipeline;
  stage: number;
  body: Span;
  closed: boolean;
}

interface Script {
  readonly pipelines: Pipeline[];
  readonly heredocs: HeredocDraft[];
  /** Here-documents whose bodies begin after the next line break. */
  pending: HeredocDraft[];
  readonly comments: Span[];
}

/** Reads a bash script: every simple command, pipe and here-document, with quotes and line continuations honoured. */
export function parseShell(text: string): ShellTree {
  const script: Script = { pipelines: [], heredocs: [], pending: [], comments: [] };
  readList({ text, pos: 0 }, script, 0);
  const heredocs = script.heredocs.map((draft): Heredoc => {
    const { pipeline = { commands: [], span: draft.operator }, stage, ...rest } = draft;
    return { ...rest, pipeline, stage, ...decodeBody(text, draft.body, draft), ...destination(pipeline, stage) };
  });
  return { text, problems: [], pipelines: script.pipelines, heredocs, comments: script.comments };
}

/** Every simple command of a script, in order. */
export function commandsOf(tree: ShellTree): readonly ShellCommand[] {
  return tree.pipelines.flatMap((pipeline) => pipeline.commands);
}

/** Reads commands to the end of the text or, at a depth above 0, to the `)` that closes the substitution. */
function readList(cursor: Cursor, script: Script, depth: number): void {
  const { text } = cursor;
  let stages: CommandDraft[] = [];
  let command = newCommand();
  let parens = 0;
  let afterPipe = false;
  let lineStart = true;

  const endCommand = (): void => {
    if (command.words.length > 0 || command.redirects.length > 0 || command.heredocs.length > 0) stages.push(command);
    command = newCommand();
  };
  const endPipeline = (): void => {
    endCommand();
    afterPipe = false;
    if (stages.length === 0) return;
    const pipeline: Pipeline = {
      commands: stages.map(({ words, redirects, start, end }) => ({ words, redirects, span: [start, end] })),
      span: [stages[0]!.start, stages.at(-1)!.end],
    };
    stages.forEach((stage, index) => {
      for (const heredoc of stage.heredocs) {
        heredoc.pipeline = pipeline;
        heredoc.stage = index;
      }
    });
    script.pipelines.push(pipeline);
    stages = [];
  };
  const extend = (start: number): void => {
    if (command.start < 0) command.start = start;
    command.end = cursor.pos;
    afterPipe = false;
  };
  const substitution = (inner: Cursor): void => {
    if (depth < MAX_DEPTH) readList(inner, script, depth + 1);
  };

  while (cursor.pos < text.length) {
    const start = cursor.pos;
    const c = text[start]!;
    const continuation = continuationAt(text, start);
    if (lineStart && skipPrompt(cursor)) continue;
    if (c !== ' ' && c !== '\t') lineStart = false;
    if (continuation > 0) cursor.pos += continuation;
    else if (c === ' ' || c === '\t' || isCarriageReturn(text, start)) cursor.pos += 1;
    else if (c === '\n') {
      cursor.pos += 1;
      lineStart = true;
      if (!afterPipe) endPipeline();
      readBodies(cursor, script);
    } else if (c === '#') {
      cursor.pos = lineEnd(text, start);
      script.comments.push([start, cursor.pos]);
    } else if (c === '|') {
      cursor.pos += text[start + 1] === '|' || text[start + 1] === '&' ? 2 : 1;
      if (text[start + 1] === '|') endPipeline();
      else {
        endCommand();
        afterPipe = true;
      }
    } else if (c === '(') {
      if (text.startsWith('((', start) && command.words.length === 0) {
        const close = text.indexOf('))', start);
        cursor.pos = close < 0 ? start + 1 : close + 2;
      } else {
        cursor.pos += 1;
        parens += 1;
        endPipeline();
      }
    } else if (c === ')') {
      cursor.pos += 1;
      endPipeline();
      if (parens === 0 && depth > 0) return;
      parens = Math.max(0, parens - 1);
    } else if (isRedirect(text, start)) {
      readRedirect(cursor, command, script, substitution);
      extend(start);
    } else if (c === ';' || c === '&') {
      cursor.pos += 1;
      endPipeline();
    } else {
      const word = readWord(cursor, substitution);
      if (word === undefined) cursor.pos = start + 1;
      else if (command.words.length > 0 || word.quoted || !KEYWORDS.has(word.text)) {
        command.words.push(word);
        extend(start);
      }
    }
  }
  endPipeline();
  if (depth === 0) readBodies(cursor, script);
}

function newCommand(): CommandDraft {
  return { words: [], redirects: [], heredocs: [], start: -1, end: -1 };
}

function skipPrompt(cursor: Cursor): boolean {
  PROMPT.lastIndex = cursor.pos;
  if (!PROMPT.test(cursor.text)) return false;
  cursor.pos = PROMPT.lastIndex;
  return true;
}

function isRedirect(text: string, pos: number): boolean {
  return redirectAt(text, pos) !== undefined;
}

function redirectAt(text: string, pos: number): string | undefined {
  const pattern = /\d*(?:<<-|<<<|<<|<>|<&|>>|>&|>\||<|>)|&>>|&>/y;
  pattern.lastIndex = pos;
  return pattern.exec(text)?.[0];
}

function readRedirect(
  cursor: Cursor,
  command: CommandDraft,
  script: Script,
  substitution: (inner: Cursor) => void,
): void {
  const start = cursor.pos;
  const operator = redirectAt(cursor.text, start)!;
  cursor.pos += operator.length;
  if (cursor.text[cursor.pos] === '(' && /^[<>]$/.test(operator)) {
    // Process substitution: its commands count, the word itself is a file nobody can name.
    cursor.pos += 1;
    substitution(cursor);
    return;
  }
  const at = cursor.pos;
  while (cursor.text[cursor.pos] === ' ' || cursor.text[cursor.pos] === '\t') cursor.pos += 1;
  const target = readWord(cursor, substitution);
  if (target === undefined) cursor.pos = at;
  const span: Span = [start, cursor.pos];
  const kind = operator.replace(/^\d+/, '');
  if (target !== undefined && (kind === '<<' || kind === '<<-')) {
    const heredoc: HeredocDraft = {
      operator: span,
      delimiter: target.text,
      quoted: target.quoted,
      stripTabs: kind === '<<-',
      stage: 0,
      body: [cursor.text.length, cursor.text.length],
      closed: false,
    };
    command.heredocs.push(heredoc);
    script.heredocs.push(heredoc);
    script.pending.push(heredoc);
    return;
  }
  command.redirects.push({ operator, span, ...(target && { target }) });
}

/** Reads the bodies that begin here, in the order of their operators. */
function readBodies(cursor: Cursor, script: Script): void {
  const { text } = cursor;
  const { pending } = script;
  script.pending = [];
  for (const heredoc of pending) {
    const start = cursor.pos;
    heredoc.body = [start, text.length];
    while (cursor.pos < text.length) {
      const line = cursor.pos;
      const end = lineEnd(text, line);
      cursor.pos = Math.min(end + 1, text.length);
      const raw = text.slice(line, end).replace(/\r$/, '');
      if ((heredoc.stripTabs ? raw.replace(/^\t+/, '') : raw) !== heredoc.delimiter) continue;
      heredoc.body = [start, line];
      heredoc.closed = true;
      break;
    }
  }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
