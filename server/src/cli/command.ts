import type { Command } from 'commander';
import type { Language, Text } from '../text.ts';
import type { Terminal } from './terminal.ts';

/** What a command is given to work with. */
export interface Context {
  readonly terminal: Terminal;
  readonly language: Language;
  /** A text in the user's language. */
  say(text: Text): string;
  /** Ends the program with this code once the command is done: 0 nothing to report, 1 findings, 2 refused. */
  exitWith(code: 0 | 1 | 2): void;
}

/** Adds one command to the program. */
export type Register = (program: Command, context: Context) => void;
