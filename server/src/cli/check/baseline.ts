import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { refuse } from '../refusal.ts';
import { compareTexts, type ReportedFinding } from './report.ts';

/** Findings that are known and tolerated: how many of a rule about a subject. */
export type Baseline = ReadonlyMap<string, number>;

const keyOf = (rule: string, subject: string): string => `${rule} ${subject}`;

export function baselineOf(findings: readonly ReportedFinding[]): string {
  const counts = new Map<string, { rule: string; subject: string; count: number }>();
  for (const { code, subject } of findings) {
    const key = keyOf(code, subject);
    const entry = counts.get(key);
    if (entry === undefined) counts.set(key, { rule: code, subject, count: 1 });
    else entry.count++;
  }
  const known = [...counts].sort(([one], [other]) => compareTexts(one, other)).map(([, entry]) => entry);
  return `${JSON.stringify({ version: 1, findings: known }, null, 2)}\n`;
}

/** Reads a baseline file. Refuses one that is missing or that `--write-baseline` did not write. */
export function readBaseline(path: string, cwd: string): Baseline {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, path), 'utf8');
  } catch {
    refuse({
      en: `The baseline ${path} cannot be read. Write one with --write-baseline ${path}.`,
      'zh-cn': `无法读取基线 ${path}。可用 --write-baseline ${path} 生成。`,
    });
  }
  const entries = entriesOf(text);
  if (entries === undefined)
    refuse({
      en: `${path} is no baseline: it must be what --write-baseline writes.`,
      'zh-cn': `${path} 不是基线文件：应为 --write-baseline 所生成的内容。`,
    });
  return new Map(entries.map(({ rule, subject, count }) => [keyOf(rule, subject), count]));
}

interface Entry {
  readonly rule: string;
  readonly subject: string;
  readonly count: number;
}

function entriesOf(text: string): readonly Entry[] | undefined {
  try {
    const { version, findings } = JSON.parse(text) as { version?: unknown; findings?: unknown };
    return version === 1 && Array.isArray(findings) && findings.every(isEntry) ? findings : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { rule, subject, count } = value as Partial<Entry>;
  return typeof rule === 'string' && typeof subject === 'string' && typeof count === 'number';
}

/** Whether a finding is new, asked of each finding in order: of more than the baseline knows, the last ones are new. */
export function newTo(baseline: Baseline): (finding: ReportedFinding) => boolean {
  const left = new Map(baseline);
  return ({ code, subject }) => {
    const key = keyOf(code, subject);
    const count = left.get(key) ?? 0;
    if (count === 0) return true;
    left.set(key, count - 1);
    return false;
  };
}
