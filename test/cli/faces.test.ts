import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startEditor } from '../lsp/editor.ts';
import { selvage } from './site.ts';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const SEVERITIES = ['', 'error', 'warning', 'information', 'hint'];

interface Told {
  readonly file: string;
  readonly range: unknown;
  readonly severity: string;
  readonly code: string;
  readonly message: string;
}

function filesIn(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}

function ordered(findings: readonly Told[]): readonly string[] {
  return findings
    .map(({ file, range, severity, code, message }) => JSON.stringify({ file, range, severity, code, message }))
    .sort();
}

for (const example of readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory()))
  test(`the language server and the command line say the same of examples/${example.name}`, async () => {
    const editor = await startEditor({ files: filesIn(join(examples, example.name)), folders: [''], locale: 'en' });
    try {
      await editor.ready();
      const base = `${pathToFileURL(editor.folder).href}/`;
      const served = (await editor.pullAll()).items.flatMap((report) =>
        report.kind !== 'full'
          ? []
          : report.items.map(
              ({ range, severity, code, message }): Told => ({
                file: decodeURIComponent(report.uri.slice(base.length)),
                range,
                severity: SEVERITIES[severity ?? 0]!,
                code: String(code),
                message: typeof message === 'string' ? message : message.value,
              }),
            ),
      );
      const { out } = await selvage(editor.folder, ['check', '--format', 'json']);
      const { diagnostics } = JSON.parse(out) as { diagnostics: readonly Told[] };
      assert.deepEqual(ordered(served), ordered(diagnostics));
      if (example.name.startsWith('broken')) assert.ok(diagnostics.length > 10);
    } finally {
      await editor.stop();
    }
  });
