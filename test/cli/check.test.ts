import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fixture, folderWith, selvage } from './site.ts';

const TARGETLESS = 'apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata:\n  name: x\nspec: {}\n';
const AMBIGUOUS = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    on: no\n';
const CLEAN = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: quiet\n';

test('exit codes: 0 for clean, 1 for findings at the threshold, 2 for what cannot be done', async () => {
  assert.equal((await selvage(folderWith({ 'a.yaml': CLEAN }), ['check'])).code, 0);
  const warned = folderWith({ 'a.yaml': AMBIGUOUS });
  assert.equal((await selvage(warned, ['check'])).code, 1);
  assert.equal((await selvage(warned, ['check', '--severity', 'warning'])).code, 1);
  const lenient = await selvage(warned, ['check', '--severity', 'error']);
  assert.deepEqual([lenient.code, lenient.out], [0, 'Nothing to report in 1 file (1 document).\n']);
  assert.equal((await selvage(warned, ['check', '--severity', 'fatal'])).code, 2);
});

test('what cannot be done is told in one sentence and never with a stack trace', async () => {
  const folder = fixture();
  const cases: readonly [args: readonly string[], sentence: RegExp][] = [
    [['check', 'calico', 'nowhere/x.yaml'], /no file or folder nowhere\/x\.yaml/],
    [['check', '--format', 'xml'], /--format <format> cannot be `xml`: it is one of text, json, sarif/],
    [['check', '--rule', 'bgp/no-such-thing'], /no rule bgp\/no-such-thing/],
    [['check', '--rule', 'bgp/peer-without-traget'], /Did you mean bgp\/peer-without-target/],
    [['check', '--baseline', 'none.json'], /baseline none\.json cannot be read/],
    [['check', '--stdin'], /--stdin wants --stdin-filename/],
    [['check', '--stdin-filename', 'a.yaml'], /give both/],
    [['check', '--colour'], /no option --colour/],
    [['chekc'], /no command chekc\. Did you mean check/],
    [['explain'], /<rule-id> is missing/],
    [['check', '--lang', 'fr'], /--lang <language> cannot be `fr`/],
  ];
  for (const [args, sentence] of cases) {
    const { code, out, error } = await selvage(folder, args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(out, '');
    assert.match(error, sentence);
    assert.match(error, /^selvage: [^\n]+\n$/);
  }
});

test('without arguments the help is shown, and that was not what a script meant', async () => {
  const { code, error } = await selvage(fixture(), []);
  assert.equal(code, 2);
  assert.match(error, /Usage: selvage/);
  const asked = await selvage(fixture(), ['--help']);
  assert.equal(asked.code, 0);
  assert.match(asked.out, /Examples:/);
});

test('a file named alone is checked with its network, and only its own findings are shown', async () => {
  const folder = folderWith({
    'a/pool.yaml': 'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: one}\nspec: {cidr: 10.1.0.0/16}\n',
    'b/pool.yaml':
      'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: two}\nspec: {cidr: 10.1.128.0/17}\n',
    'b/peer.yaml': TARGETLESS,
  });
  const { out, code } = await selvage(folder, [
    'check',
    'b/pool.yaml',
    '--format',
    'json',
    '--rule',
    'ipam/pool-overlap',
    'bgp/*',
  ]);
  const { diagnostics, summary } = JSON.parse(out);
  assert.equal(code, 1);
  assert.deepEqual(
    diagnostics.map(({ file, code }: { file: string; code: string }) => [file, code]),
    [['b/pool.yaml', 'ipam/pool-overlap']],
  );
  assert.equal(diagnostics[0].related[0].file, 'a/pool.yaml');
  assert.equal(summary.files, 1);
});

test('paths are shown from the working directory, also upwards', async () => {
  const folder = folderWith({ 'x/a.yaml': TARGETLESS, 'y/b.yaml': TARGETLESS.replace('x', 'y') });
  const { out } = await selvage(join(folder, 'y'), [
    'check',
    '../x',
    '.',
    '--format',
    'json',
    '--rule',
    'bgp/peer-without-target',
  ]);
  assert.deepEqual(
    JSON.parse(out).diagnostics.map(({ file }: { file: string }) => file),
    ['../x/a.yaml', 'b.yaml'],
  );
});

test('paths after --rule are paths', async () => {
  const folder = folderWith({ 'a.yaml': TARGETLESS, 'b.yaml': TARGETLESS.replace('x', 'y') });
  const { out } = await selvage(folder, ['check', '--format', 'json', '--rule', 'bgp/peer-without-target', 'b.yaml']);
  assert.deepEqual(
    JSON.parse(out).diagnostics.map(({ file }: { file: string }) => file),
    ['b.yaml'],
  );
});

test('a file named alone is read even where .gitignore leaves it out of its folder', async () => {
  const folder = folderWith({ '.gitignore': 'secret.yaml\n', 'secret.yaml': TARGETLESS });
  assert.equal((await selvage(folder, ['check'])).code, 0);
  assert.equal((await selvage(folder, ['check', 'secret.yaml'])).code, 1);
});

test('a file that is too large is a line on standard error and no reason to stop', async () => {
  const folder = folderWith({ 'a.yaml': TARGETLESS, 'b.yaml': `# ${'x'.repeat(4 * 1024 * 1024)}\n` });
  const { code, error } = await selvage(folder, ['check']);
  assert.equal(code, 1);
  assert.match(error, /^selvage: b\.yaml was left alone: larger than 4 MB\n$/);
});

test('a binary file is a line on standard error; a template only with --verbose', async () => {
  const folder = folderWith({ 'a.yaml': Buffer.from([1, 0, 2, 0, 0]), 'b.yaml': '{{ if .x }}\na: 1\n{{ end }}\n' });
  assert.equal((await selvage(folder, ['check'])).error, 'selvage: a.yaml was left alone: not a text file\n');
  assert.match((await selvage(folder, ['check', '--verbose'])).error, /b\.yaml was left alone: A Go template/);
  assert.match((await selvage(folder, ['check', 'b.yaml'])).error, /b\.yaml was left alone: A Go template/);
});

test('standard input stands in for the file that it is named after', async () => {
  const folder = folderWith({ 'a.yaml': CLEAN, 'b.yaml': TARGETLESS });
  const args = ['check', '--stdin', '--stdin-filename', 'a.yaml', '--format', 'json'];
  const { code, out } = await selvage(folder, args, { input: TARGETLESS.replace('x', 'typed') });
  assert.equal(code, 1);
  const { diagnostics } = JSON.parse(out);
  assert.deepEqual(
    diagnostics.map(({ file, code }: { file: string; code: string }) => [file, code]),
    [['a.yaml', 'bgp/peer-without-target']],
  );
  assert.equal(readFileSync(join(folder, 'a.yaml'), 'utf8'), CLEAN);
});

test('standard input with --fix prints the fixed text and nothing else', async () => {
  const folder = folderWith({});
  const input = AMBIGUOUS.replaceAll('\n', '\r\n');
  const args = ['check', '--stdin', '--stdin-filename', 'new/pod.yaml', '--fix', '--rule', 'yaml/ambiguous-scalar'];
  const { code, out } = await selvage(folder, args, { input: `\uFEFF${input}` });
  assert.equal(out, `\uFEFF${input.replace('on: no', 'on: "no"')}`);
  assert.equal(code, 0);
});

test('a baseline hides what is known, by object and field, and lets through what is new', async () => {
  const folder = folderWith({ 'peers.yaml': TARGETLESS });
  const rule = ['--rule', 'bgp/peer-without-target'];
  const written = await selvage(folder, ['check', '--write-baseline', 'known.json', ...rule]);
  assert.deepEqual([written.code, written.out], [0, 'Wrote known.json: 1 known finding.\n']);
  assert.deepEqual(JSON.parse(readFileSync(join(folder, 'known.json'), 'utf8')), {
    version: 1,
    findings: [{ rule: 'bgp/peer-without-target', subject: 'calico/BGPPeer/x#metadata.name', count: 1 }],
  });
  const again = ['check', '--baseline', 'known.json', '--format', 'json', ...rule];
  assert.equal((await selvage(folder, again)).code, 0);
  // The known one moves to another file and line; a new one comes.
  writeFileSync(join(folder, 'peers.yaml'), TARGETLESS.replace('name: x', 'name: fresh'));
  writeFileSync(join(folder, 'moved.yaml'), `# a\n\n${TARGETLESS}`);
  const { code, out } = await selvage(folder, again);
  assert.equal(code, 1);
  assert.deepEqual(
    JSON.parse(out).diagnostics.map(({ file }: { file: string }) => file),
    ['peers.yaml'],
  );
});

test('what is no baseline is refused', async () => {
  const folder = folderWith({ 'known.json': '{"version": 2}', 'a.yaml': CLEAN });
  const { code, error } = await selvage(folder, ['check', '--baseline', 'known.json']);
  assert.equal(code, 2);
  assert.match(error, /known\.json is no baseline/);
});

test('the locale decides the language, --lang overrules it', async () => {
  const folder = folderWith({ 'a.yaml': CLEAN });
  const summary = async (env: Record<string, string>, args: readonly string[] = []): Promise<string> =>
    (await selvage(folder, ['check', ...args], { env })).out;
  assert.match(await summary({ LANG: 'zh_CN.UTF-8' }), /没有问题/);
  assert.match(await summary({ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }), /Nothing to report/);
  assert.match(await summary({ LC_MESSAGES: 'zh_TW', LANG: 'C' }), /没有问题/);
  assert.match(await summary({ LANG: 'zh_CN' }, ['--lang', 'en']), /Nothing to report/);
  assert.match((await selvage(folder, ['--help'], { env: { LANG: 'zh_CN' } })).out, /用法/);
});

test('the command line’s Calico release wins over selvage.yaml', async () => {
  const folder = folderWith({
    'selvage.yaml': 'sites:\n  - name: old\n    include: ["**"]\n    calicoVersion: "3.20"\n',
    'filter.yaml': 'apiVersion: projectcalico.org/v3\nkind: BGPFilter\nmetadata: {name: f}\nspec: {}\n',
  });
  const args = ['check', '--rule', 'schema/*', '--severity', 'hint'];
  const configured = await selvage(folder, args);
  assert.match(configured.out, /BGPFilter/);
  const overruled = await selvage(folder, [...args, '--calico-version', '3.31']);
  assert.deepEqual([overruled.code, overruled.out], [0, 'Nothing to report in 2 files (2 documents).\n']);
});

test('explain and rules tell what every rule is about', async () => {
  const folder = folderWith({});
  const { out } = await selvage(folder, ['rules', '--format', 'json']);
  const { rules } = JSON.parse(out) as { rules: { id: string; summary: string; why: string }[] };
  assert.ok(rules.length > 0);
  for (const { id, summary } of rules) {
    const page = await selvage(folder, ['explain', id]);
    assert.equal(page.code, 0);
    assert.ok(page.out.replace(/\s+/g, ' ').includes(summary.replace(/\s+/g, ' ')), id);
  }
  assert.equal((await selvage(folder, ['rules'])).out.trim().split('\n').length, rules.length);
  assert.equal((await selvage(folder, ['rules', '--format', 'md'])).out.trim().split('\n').length, rules.length + 2);
  const unknown = await selvage(folder, ['explain', 'peer-without-target']);
  assert.equal(unknown.code, 2);
  assert.match(unknown.error, /Did you mean bgp\/peer-without-target/);
});
