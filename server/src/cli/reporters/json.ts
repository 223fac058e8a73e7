import type { Report } from '../check/report.ts';

/** The stable form for programs: positions are zero-based and in UTF-16 units, as in the language server protocol. */
export function json({ findings, summary }: Report): string {
  const diagnostics = findings.map(({ file, range, severity, code, message, site, related, fixes }) => ({
    file,
    range,
    severity,
    code,
    message,
    site,
    related: related.map((place) => ({ file: place.file, range: place.range, message: place.message })),
    fixes,
  }));
  return `${JSON.stringify({ version: 1, diagnostics, summary }, null, 2)}\n`;
}
