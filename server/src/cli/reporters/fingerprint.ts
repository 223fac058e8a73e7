import { createHash } from 'node:crypto';
import type { ReportedFinding } from '../check/report.ts';

/**
 * A fingerprint for each finding, in their order: of its rule and its subject, and of which one it is of several about the
 * same subject. It counts no lines, so a finding stays the same one while its file grows.
 */
export function fingerprints(findings: readonly ReportedFinding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ code, subject }) => {
    const key = `${code} ${subject}`;
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    const digest = createHash('sha256').update(key).digest('hex').slice(0, 32);
    return nth === 0 ? digest : `${digest}:${nth}`;
  });
}
