import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { VERSION } from '../../server/src/cli/version.ts';
import { fixture, folderWith, RULES, selvage } from './site.ts';

/** Compares with a file of golden/; `UPDATE=1` writes it instead. */
function matchesGolden(name: string, output: string): void {
  const actual = output.replace(`"semanticVersion": "${VERSION}"`, '"semanticVersion": "…"');
  const file = fileURLToPath(new URL(`golden/${name}`, import.meta.url));
  if (process.env.UPDATE) writeFileSync(file, actual);
  assert.equal(actual, readFileSync(file, 'utf8'));
}

const only = ['--rule', ...RULES];

for (const format of ['text', 'json', 'sarif', 'github', 'gitlab', 'junit'])
  test(`the ${format} report of the fixture`, async () => {
    const { code, out } = await selvage(fixture(), ['check', '--format', format, ...only]);
    assert.equal(code, 1);
    matchesGolden(`report.${format}`, out);
  });

test('the text report speaks Chinese, in the colours of a terminal of 60 columns', async () => {
  const { out } = await selvage(fixture(), ['check', '--lang', 'zh-cn', ...only], { columns: 60 });
  matchesGolden('report.zh-cn.ansi', out);
});

test('NO_COLOR takes the colours off a terminal, FORCE_COLOR gives them to a pipe', async () => {
  const folder = fixture();
  const ansi = '\u001B[';
  const colourless = await selvage(folder, ['check'], { columns: 80, env: { NO_COLOR: '1' } });
  assert.ok(!colourless.out.includes(ansi));
  assert.ok((await selvage(folder, ['check'], { env: { FORCE_COLOR: '1' } })).out.includes(ansi));
  assert.ok(!(await selvage(folder, ['check'])).out.includes(ansi));
});

test('the JSON report has the documented fields, sorted by file, position and code', async () => {
  const { out } = await selvage(fixture(), ['check', '--format', 'json']);
  const { version, diagnostics, summary } = JSON.parse(out);
  assert.equal(version, 1);
  assert.deepEqual(Object.keys(diagnostics[0]), [
    'file',
    'range',
    'severity',
    'code',
    'message',
    'site',
    'related',
    'fixes',
  ]);
  const keys = diagnostics.map(({ file, range, code }: { file: string; range: Range; code: string }) => [
    file,
    range.start.line,
    range.start.character,
    code,
  ]);
  type Range = { start: { line: number; character: number } };
  const sorted = [...keys].sort((one, other) => {
    for (let i = 0; i < 4; i++) if (one[i] !== other[i]) return one[i] < other[i] ? -1 : 1;
    return 0;
  });
  assert.deepEqual(keys, sorted);
  assert.equal(summary.files, 3);
});

test('control characters of a checked file do not reach the terminal', async () => {
  const folder = folderWith({
    'evil.yaml':
      'apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: "a\u001B]0;owned\u0007"}\nspec: {}\n',
  });
  const { out } = await selvage(folder, ['check', '--rule', 'bgp/peer-without-target']);
  assert.match(out, /peer-without-target/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
  assert.doesNotMatch(out, /[\u0000-\u0009\u000B-\u001F]/);
});

test('a GitHub annotation escapes what its syntax uses, and counts paths from the checkout', async () => {
  const folder = folderWith({
    'sub/a,b%.yaml': 'apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: x}\nspec: {}\n',
  });
  const args = ['check', '--format', 'github', '--rule', 'bgp/peer-without-target'];
  const { out } = await selvage(join(folder, 'sub'), args, { env: { GITHUB_WORKSPACE: folder } });
  assert.match(
    out,
    /^::error file=sub\/a%2Cb%25\.yaml,line=3,endLine=3,col=\d+,endColumn=\d+,title=bgp\/peer-without-target::/,
  );
  assert.equal(out.split('\n').length, 2);
});

test('JUnit stays XML whatever a file is called', async () => {
  const folder = folderWith({
    'a<&">.yaml': 'apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: x}\nspec: {}\n',
  });
  const { out } = await selvage(folder, ['check', '--format', 'junit']);
  assert.match(out, /name="a&lt;&amp;&quot;&gt;\.yaml"/);
});

test('a SARIF fingerprint survives lines inserted above and another order of peers', async () => {
  const peer = (name: string): string =>
    `apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata:\n  name: ${name}\nspec: {}\n`;
  const prints = async (text: string): Promise<ReadonlyMap<string, string>> => {
    const { out } = await selvage(folderWith({ 'p.yaml': text }), ['check', '--format', 'sarif', ...only]);
    type Result = {
      locations: { physicalLocation: { region: { startLine: number } } }[];
      partialFingerprints: Record<string, string>;
    };
    const lines = text.split('\n');
    return new Map(
      (JSON.parse(out).runs[0].results as Result[]).map(({ locations, partialFingerprints }) => [
        lines[locations[0]!.physicalLocation.region.startLine - 1]!.trim(),
        partialFingerprints['selvage/v1']!,
      ]),
    );
  };
  const before = await prints(`${peer('a')}---\n${peer('b')}`);
  const after = await prints(`# new\n# lines\n${peer('b')}---\n# and here\n${peer('a')}`);
  assert.equal(before.size, 2);
  assert.notEqual(before.get('name: a'), before.get('name: b'));
  assert.deepEqual([...after].sort(), [...before].sort());
});
