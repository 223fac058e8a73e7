import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Range } from '../../engine.ts';
import type { Report, ReportedFinding } from '../check/report.ts';
import { isWithin, slashed } from '../scope.ts';
import { VERSION } from '../version.ts';

const LEVELS = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const;

/** SARIF 2.1.0 (OASIS), for code scanning. Paths count from the repository, fingerprints do not count lines. */
export function sarif(report: Report): string {
  const root = repositoryOf(report.cwd);
  const { rules, language } = report;
  const used = rules.filter(({ id }) => report.findings.some(({ code }) => code === id));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Selvage',
            semanticVersion: VERSION,
            rules: used.map(({ id, severity, docs }) => ({
              id,
              shortDescription: { text: docs.summary[language] },
              fullDescription: { text: docs.why[language] },
              help: { text: `${docs.summary[language]}\n\n${docs.why[language]}` },
              defaultConfiguration: { level: LEVELS[severity] },
              properties: { tags: [id.slice(0, id.indexOf('/'))] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { ROOT: { description: { text: 'The root of the repository.' } } },
        results: results(report, root, used),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function results(report: Report, root: string, used: Report['rules']): readonly object[] {
  const seen = new Map<string, number>();
  return report.findings.map((finding) => {
    const { code, severity, message, range, uri, related } = finding;
    const print = fingerprint(finding, seen);
    return {
      ruleId: code,
      ruleIndex: used.findIndex(({ id }) => id === code),
      level: LEVELS[severity],
      message: { text: message },
      locations: [{ physicalLocation: location(uri, range, root) }],
      ...(related.length > 0 && {
        relatedLocations: related.map((place, index) => ({
          id: index,
          physicalLocation: location(place.uri, place.range, root),
          message: { text: place.message },
        })),
      }),
      partialFingerprints: { 'selvage/v1': print },
    };
  });
}

/** Rule and subject, and which of several about the same subject. */
function fingerprint({ code, subject }: ReportedFinding, seen: Map<string, number>): string {
  const key = `${code} ${subject}`;
  const nth = seen.get(key) ?? 0;
  seen.set(key, nth + 1);
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return nth === 0 ? digest : `${digest}:${nth}`;
}

function location(uri: string, range: Range, root: string): object {
  const path = fileURLToPath(uri);
  const inside = isWithin(root, path);
  const relativeUri = slashed(relative(root, path)).split('/').map(encodeURIComponent).join('/');
  return {
    artifactLocation: inside ? { uri: relativeUri, uriBaseId: 'ROOT' } : { uri },
    region: {
      startLine: range.start.line + 1,
      startColumn: range.start.character + 1,
      endLine: range.end.line + 1,
      endColumn: range.end.character + 1,
    },
  };
}

/** The nearest folder with a repository, or the working directory where there is none. */
function repositoryOf(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return cwd;
  }
}
