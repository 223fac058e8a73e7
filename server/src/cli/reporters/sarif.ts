import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Range } from '../../engine.ts';
import type { Report } from '../check/report.ts';
import { isWithin, slashed } from '../scope.ts';
import { VERSION } from '../version.ts';
import { fingerprints } from './fingerprint.ts';
import { repositoryOf } from './repository.ts';

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
  const prints = fingerprints(report.findings);
  return report.findings.map((finding, nth) => {
    const { code, severity, message, range, uri, related } = finding;
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
      partialFingerprints: { 'selvage/v1': prints[nth] },
    };
  });
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
