import pc from 'picocolors';
import { atLeast, type Report, type ReportedFinding } from '../check/report.ts';
import { type Terminal, wantsColour } from '../terminal.ts';
import { summaryLine } from './summary.ts';
import { shown, widthOf, wrapped } from './width.ts';

type Colours = ReturnType<typeof pc.createColors>;

/** For people: each finding with the lines around it, what to do, and a closing line. */
export function text(report: Report, terminal: Terminal): string {
  const colours = pc.createColors(wantsColour(terminal));
  const columns = Math.max(40, Math.min(terminal.columns ?? 100, 120));
  const blocks = report.findings.map((finding) => block(finding, report, colours, columns));
  const failed = report.findings.some(({ severity }) => atLeast(severity, report.threshold));
  const paint = failed ? colours.red : report.findings.length > 0 ? colours.yellow : colours.green;
  return `${blocks.map((one) => `${one}\n\n`).join('')}${paint(summaryLine(report))}\n`;
}

const SEVERITY_WORDS = {
  en: { error: 'error', warning: 'warning', information: 'information', hint: 'hint' },
  'zh-cn': { error: '错误', warning: '警告', information: '信息', hint: '提示' },
} as const;

const FIXABLE = { en: 'fixable with --fix: ', 'zh-cn': '可用 --fix 修复：' };
const CHOICE = { en: 'possible fix: ', 'zh-cn': '可选修复：' };

function block(finding: ReportedFinding, report: Report, colours: Colours, columns: number): string {
  const { severity, range, code, message, related, fixes } = finding;
  const { language } = report;
  const paint = { error: colours.red, warning: colours.yellow, information: colours.blue, hint: colours.cyan }[
    severity
  ];
  const at = place(finding.file, range.start);
  const title = `${colours.bold(at)} ${paint(SEVERITY_WORDS[language][severity])} ${colours.dim(code)}`;
  const indented = (line: string): string => `  ${line}`;
  const safe = fixes.filter(({ kind }) => kind === 'safe').map((fix) => `${FIXABLE[language]}${shown(fix.title)}`);
  const picks = fixes.filter(({ kind }) => kind === 'pick').map((fix) => `${CHOICE[language]}${shown(fix.title)}`);
  return [
    title,
    ...frame(report.textOf(finding.uri), finding, colours, paint, columns),
    ...wrapped(shown(message), columns - 2).map(indented),
    ...related.map((other) => `  ${colours.dim('→')} ${place(other.file, other.range.start)} ${shown(other.message)}`),
    ...[...safe, ...picks].map((line) => `  ${colours.green(line)}`),
  ].join('\n');
}

function place(file: string, { line, character }: { readonly line: number; readonly character: number }): string {
  return `${shown(file)}:${line + 1}:${character + 1}`;
}

/** The line of a finding with its token underlined, and the line above for company. */
function frame(
  source: string,
  { range }: ReportedFinding,
  colours: Colours,
  paint: (text: string) => string,
  columns: number,
): readonly string[] {
  const lines = source.split('\n', range.start.line + 1).map((line) => line.replace(/\r$/, ''));
  const line = lines[range.start.line];
  if (line === undefined) return [];
  const gutter = String(range.start.line + 1).length;
  const room = columns - gutter - 5;
  const end = range.end.line === range.start.line ? Math.min(range.end.character, line.length) : line.length;
  const from = windowStart(line, range.start.character, room);
  const token = shown(line.slice(range.start.character, end));
  const indent = ' '.repeat(widthOf(shown(line.slice(from, range.start.character))));
  const carets = '^'.repeat(Math.max(1, Math.min(widthOf(token), room - indent.length)));
  const numbered = (number: string, content: string): string =>
    `  ${colours.dim(`${number.padStart(gutter)} │`)} ${content}`.trimEnd();
  const above = from === 0 ? lines[range.start.line - 1] : undefined;
  return [
    ...(above === undefined || above.trim() === '' ? [] : [numbered(String(range.start.line), cut(above, 0, room))]),
    numbered(String(range.start.line + 1), cut(line, from, room)),
    numbered('', `${indent}${paint(carets)}`),
  ];
}

/** Where to begin showing a line that is longer than the terminal is wide. */
function windowStart(line: string, character: number, room: number): number {
  return widthOf(line.slice(0, character)) < room - 8 ? 0 : Math.max(0, character - (room >> 2));
}

function cut(line: string, from: number, room: number): string {
  const visible = shown(line.slice(from, from + room));
  let end = visible.length;
  while (end > 0 && widthOf(visible.slice(0, end)) > room) end--;
  return visible.slice(0, end);
}
