import { atLeast, type Report, type ReportedFinding } from '../check/report.ts';

/** JUnit XML as continuous integration systems read it: a suite a file, a failing case a finding at or above the threshold. */
export function junit(report: Report): string {
  const suites = report.checked.map((file) => suite(file, report)).join('');
  const failures = report.findings.filter((finding) => atLeast(finding.severity, report.threshold)).length;
  const clean = report.checked.filter((file) => !report.findings.some((finding) => finding.file === file)).length;
  const tests = report.findings.length + clean;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="selvage" tests="${tests}" failures="${failures}" errors="0">\n${suites}</testsuites>\n`;
}

function suite(file: string, report: Report): string {
  const findings = report.findings.filter((finding) => finding.file === file);
  const failing = findings.filter((finding) => atLeast(finding.severity, report.threshold));
  const cases =
    findings.length === 0
      ? `    <testcase classname="${escapeXml(file)}" name="selvage"/>\n`
      : findings.map((finding) => testCase(finding, failing.includes(finding))).join('');
  const tests = Math.max(findings.length, 1);
  return `  <testsuite name="${escapeXml(file)}" tests="${tests}" failures="${failing.length}" errors="0">\n${cases}  </testsuite>\n`;
}

function testCase({ file, code, range, severity, message }: ReportedFinding, fails: boolean): string {
  const at = `${range.start.line + 1}:${range.start.character + 1}`;
  const open = `    <testcase classname="${escapeXml(file)}" name="${escapeXml(`${code} at ${at}`)}">`;
  const told = escapeXml(`${file}:${at} ${message}`);
  const body = fails
    ? `<failure type="${severity}" message="${escapeXml(message)}">${told}</failure>`
    : `<system-out>${severity}: ${told}</system-out>`;
  return `${open}\n      ${body}\n    </testcase>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
  '\r': '&#13;',
};

/** Escapes for element text and attributes; characters that XML 1.0 forbids in any form become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"\n\t\r]/g, (char) => ENTITIES[char]!);
}
