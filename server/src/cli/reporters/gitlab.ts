import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../check/report.ts';
import { isWithin, slashed } from '../scope.ts';
import { fingerprints } from './fingerprint.ts';
import { repositoryOf } from './repository.ts';

const SEVERITIES = { error: 'major', warning: 'minor', information: 'info', hint: 'info' } as const;

/** GitLab's code quality report (a part of Code Climate's format). Paths count from the repository. */
export function gitlab({ findings, cwd }: Report): string {
  const root = repositoryOf(cwd);
  const prints = fingerprints(findings);
  const issues = findings.map(({ code, severity, message, range, uri, file }, index) => {
    const path = fileURLToPath(uri);
    return {
      description: message,
      check_name: code,
      fingerprint: prints[index],
      severity: SEVERITIES[severity],
      location: {
        path: isWithin(root, path) ? slashed(relative(root, path)) : file,
        lines: { begin: range.start.line + 1, end: range.end.line + 1 },
      },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}
