import assert from 'node:assert/strict';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folderWith, selvage } from './site.ts';

const POD = `apiVersion: v1
kind: Pod   # a comment
metadata:
    name: 'a'
    labels:
        canary: no  # to stay
        other: "yes"
`;
const FIXED = POD.replace('canary: no', 'canary: "no"');
const rule = ['--rule', 'yaml/ambiguous-scalar'];

const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');

test('--fix changes the tokens that are wrong and nothing else, and a second run changes nothing', async () => {
  const folder = folderWith({ 'pod.yaml': POD });
  const first = await selvage(folder, ['check', '--fix', ...rule]);
  assert.equal(first.code, 0);
  assert.match(first.error, /^fixed pod\.yaml:6 yaml\/ambiguous-scalar/);
  assert.equal(read(folder, 'pod.yaml'), FIXED);
  const before = statSync(join(folder, 'pod.yaml')).ino;
  const second = await selvage(folder, ['check', '--fix', ...rule]);
  assert.deepEqual([second.code, second.error], [0, '']);
  assert.equal(statSync(join(folder, 'pod.yaml')).ino, before);
});

test('--fix keeps CRLF, a byte-order mark, permissions and UTF-16', async () => {
  const crlf = `\uFEFF${POD.replaceAll('\n', '\r\n')}`;
  const folder = folderWith({
    'crlf.yaml': crlf,
    'wide.yaml': Buffer.from(`\uFEFF${POD.replace("'a'", 'b')}`, 'utf16le'),
  });
  chmodSync(join(folder, 'crlf.yaml'), 0o640);
  await selvage(folder, ['check', '--fix', ...rule]);
  assert.equal(read(folder, 'crlf.yaml'), `\uFEFF${FIXED.replaceAll('\n', '\r\n')}`);
  assert.equal(statSync(join(folder, 'crlf.yaml')).mode & 0o777, 0o640);
  assert.equal(readFileSync(join(folder, 'wide.yaml')).toString('utf16le'), `\uFEFF${FIXED.replace("'a'", 'b')}`);
  assert.deepEqual(readdirSync(folder).sort(), ['.git', 'crlf.yaml', 'wide.yaml']);
});

test('a file that is not UTF-8 is left alone rather than damaged', async () => {
  const bytes = Buffer.concat([Buffer.from(POD), Buffer.from([0x23, 0xe9, 0x0a])]);
  const folder = folderWith({ 'latin.yaml': bytes });
  const { error, code } = await selvage(folder, ['check', '--fix', ...rule]);
  assert.match(error, /latin\.yaml was not fixed: it changed meanwhile, or is not valid UTF-8/);
  assert.deepEqual(readFileSync(join(folder, 'latin.yaml')), bytes);
  assert.equal(code, 1);
});

test('--fix writes through a symbolic link', async () => {
  const folder = folderWith({ 'real/pod.yaml': POD });
  symlinkSync(join('real', 'pod.yaml'), join(folder, 'link.yaml'));
  await selvage(folder, ['check', 'link.yaml', '--fix', ...rule]);
  assert.ok(lstatSync(join(folder, 'link.yaml')).isSymbolicLink());
  assert.equal(read(folder, 'real/pod.yaml'), FIXED);
});

test('--fix touches only files inside the given paths', async () => {
  const folder = folderWith({ 'in/a.yaml': POD, 'out/b.yaml': POD.replace("'a'", 'b') });
  await selvage(folder, ['check', '--fix', 'in', ...rule]);
  assert.equal(read(folder, 'in/a.yaml'), FIXED);
  assert.equal(read(folder, 'out/b.yaml'), POD.replace("'a'", 'b'));
});

test('--unsafe-fixes makes a choice that --fix leaves to the user', async () => {
  const pool =
    'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: p}\nspec:\n  cidr: 10.0.0.0/16\n  ipipMode: Always\n  vxlanMode: Always\n';
  const folder = folderWith({ 'p.yaml': pool });
  const only = ['--rule', 'ipam/encapsulation'];
  assert.equal((await selvage(folder, ['check', '--fix', ...only])).code, 1);
  assert.equal(read(folder, 'p.yaml'), pool);
  assert.equal((await selvage(folder, ['check', '--unsafe-fixes', ...only])).code, 0);
  assert.notEqual(read(folder, 'p.yaml'), pool);
});
