import type { Report } from '../check/report.ts';
import type { Terminal } from '../terminal.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

/** A report as the text that goes to standard output. */
export type Reporter = (report: Report, terminal: Terminal) => string;

export const REPORTERS = { text, json, sarif, github, gitlab, junit } as const satisfies Record<string, Reporter>;
export type ReportFormat = keyof typeof REPORTERS;
