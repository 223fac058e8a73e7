import type { Embedding, Segment } from './embedding.ts';
import { segmented } from './embedding.ts';
import type { Pipeline, Redirect, ShellCommand } from './shell.ts';
import type { ShellWord } from './shell-words.ts';
import { appendSegment, continuationAt, expansionLength } from './shell-words.ts';
import type { Span } from './span.ts';

/** A here-document: the text that the shell hands to a command's standard input. */
export interface Heredoc {
  /** The operator with its delimiter, e.g. `<<-'EOF'`. */
  readonly operator: Span;
  readonly delimiter: string;
  /** A quoted delimiter switches expansions and escapes off. */
  readonly quoted: boolean;
  /** `<<-`: leading tabs of every line are removed. */
  readonly stripTabs: boolean;
  /** The body as it stands in the script, without the line of the closing delimiter. */
  readonly body: Span;
  /** False when the script ends before the closing delimiter. */
  readonly closed: boolean;
  /** What the command reads, before expansions: tabs of `<<-` removed, escapes resolved. */
  readonly text: string;
  /** Where the characters of `text` stand in the script. */
  readonly segments: readonly Segment[];
  /** `$VAR`, `$(…)` and backticks in an unquoted body, as spans of `text`. */
  readonly expansions: readonly Span[];
  readonly pipeline: Pipeline;
  /** Index in the pipeline of the command that reads the body. */
  readonly stage: number;
  /**
   * The words of the command that makes use of the body, e.g. `calicoctl apply -f -`: behind `cat`, `tee` and `envsubst`
   * the next one in the pipe. `sudo` and leading assignments are left out. Absent when only a file is written.
   */
  readonly tool?: readonly string[];
  /** The file that the body is written to, by `> file` or `tee file`. */
  readonly target?: ShellWord;
}

/** Decodes a body: what the command reads, and where each of its characters comes from. */
export function decodeBody(
  script: string,
  body: Span,
  form: { readonly quoted: boolean; readonly stripTabs: boolean },
): Pick<Heredoc, 'text' | 'segments' | 'expansions'> {
  const segments: Segment[] = [];
  const expansions: Span[] = [];
  let text = '';
  let pos = body[0];
  const take = (length: number): void => {
    appendSegment(segments, { inner: text.length, outer: pos, length });
    text += script.slice(pos, pos + length);
    pos += length;
  };
  let lineStart = true;
  while (pos < body[1]) {
    const c = script[pos]!;
    if (lineStart && form.stripTabs && c === '\t') {
      pos += 1;
      continue;
    }
    lineStart = c === '\n';
    if (form.quoted) {
      take(1);
      continue;
    }
    const continuation = continuationAt(script, pos);
    if (continuation > 0) {
      pos += continuation;
      lineStart = true;
    } else if (c === '\\' && /[$`\\]/.test(script[pos + 1] ?? '') && pos + 1 < body[1]) {
      pos += 1;
      take(1);
    } else {
      const length = Math.min(expansionLength(script, pos), body[1] - pos);
      if (length > 1) expansions.push([text.length, text.length + length]);
      take(Math.max(length, 1));
    }
  }
  if (segments.length === 0) segments.push({ inner: 0, outer: body[0], length: 0 });
  return { text, segments, expansions };
}

/** The embedding of a here-document's text in its script: inserted lines get the tabs of `<<-` and the escapes of an unquoted body. */
export function heredocEmbedding(script: string, heredoc: Heredoc): Embedding {
  const tabs = heredoc.stripTabs ? (/^\t*/.exec(script.slice(...heredoc.body))?.[0] ?? '') : '';
  return segmented(heredoc.segments, (text) => {
    const escaped = heredoc.quoted ? text : text.replace(/[\\$`]/g, '\\$&');
    return tabs === '' ? escaped : escaped.replaceAll('\n', `\n${tabs}`);
  });
}

const WRAPPERS = new Set(['sudo', 'command', 'exec', 'nohup', 'time', 'env']);
const PASSES_ON = new Set(['cat', 'tee', 'envsubst']);

/** The words of a command behind `sudo` and the like, their options, and leading assignments. */
export function programWords(command: ShellCommand): readonly ShellWord[] {
  let from = 0;
  let wrapped = false;
  for (; from < command.words.length; from++) {
    const { text } = command.words[from]!;
    if (WRAPPERS.has(text)) wrapped = true;
    else if (!/^[A-Za-z_]\w*=/.test(text) && !(wrapped && text.startsWith('-'))) break;
  }
  return command.words.slice(from);
}

/** Which command makes use of a here-document, and which file it is written to. */
export function destination(pipeline: Pipeline, stage: number): Pick<Heredoc, 'tool' | 'target'> {
  let target: ShellWord | undefined;
  for (const command of pipeline.commands.slice(stage)) {
    const words = programWords(command);
    const name = words[0]?.text;
    if (name === 'tee') target ??= words.slice(1).find((word) => !word.text.startsWith('-'));
    target ??= command.redirects.find(writesFile)?.target;
    const passesOn = name === undefined || (PASSES_ON.has(name) && !(name === 'cat' && readsFile(words)));
    if (!passesOn) return { tool: words.map((word) => word.text), ...(target && { target }) };
  }
  return target ? { target } : {};
}

function writesFile(redirect: Redirect): boolean {
  return /^1?(>|>>|>\||&>|&>>)$/.test(redirect.operator) && redirect.target?.text !== '/dev/null';
}

function readsFile(words: readonly ShellWord[]): boolean {
  return words.slice(1).some((word) => !word.text.startsWith('-'));
}
