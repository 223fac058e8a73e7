import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { RULES } from '../../server/src/rules/registry.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const trial = mkdtempSync(join(tmpdir(), 'selvage-vsix-'));
let files: Readonly<Record<string, Uint8Array>> = {};
const names = () => Object.keys(files).sort();
const text = (name: string) => new TextDecoder().decode(files[name]);

before(() => {
  let vsix = process.env.SELVAGE_VSIX ?? '';
  if (!existsSync(vsix)) {
    vsix = join(trial, 'selvage.vsix');
    const packed = spawnSync(process.execPath, ['scripts/package.mjs', '--out', vsix], { cwd: root, encoding: 'utf8' });
    assert.equal(packed.status, 0, packed.stdout + packed.stderr);
  }
  files = unzipSync(readFileSync(vsix));
});
after(() => rmSync(trial, { recursive: true, force: true }));

test('the extension holds what it needs to run and nothing that is not named here', () => {
  const expected = [
    /^\[Content_Types\]\.xml$/,
    /^extension\.vsixmanifest$/,
    /^extension\/package\.json$/,
    /^extension\/package\.nls(\.zh-cn)?\.json$/,
    /^extension\/l10n\/bundle\.l10n\.[a-z-]+\.json$/,
    /^extension\/(LICENSE\.txt|readme\.md|README\.zh-cn\.md|changelog\.md|icon\.png)$/,
    /^extension\/dist\/(cli|server|language-server|yaml|mcp-protocol|schemas|rule-docs|client|view|browser-server|browser-client)\.js$/,
    /^extension\/dist\/package\.json$/,
    /^extension\/docs\/rules\/.*\.md$/,
    /^extension\/syntaxes\/.*\.json$/,
    // Pictures of the first steps, and networks to open.
    /^extension\/docs\/images\/steps-[a-z]+\.png$/,
    /^extension\/examples\/[\w./-]+$/,
  ];
  assert.deepEqual(
    names().filter((name) => !expected.some((pattern) => pattern.test(name))),
    [],
  );
  for (const needed of ['package.json', 'package.nls.json', 'package.nls.zh-cn.json', 'icon.png', 'LICENSE.txt'])
    assert.ok(names().includes(`extension/${needed}`), needed);
  for (const bundle of [
    'client.js',
    'server.js',
    'language-server.js',
    'cli.js',
    'mcp-protocol.js',
    'schemas.js',
    'yaml.js',
    'rule-docs.js',
  ])
    assert.ok(names().includes(`extension/dist/${bundle}`), bundle);
});

test('the manifest does not say that it is made of ES modules: in a browser VS Code would refuse it', () => {
  const manifest = JSON.parse(text('extension/package.json')) as Record<string, unknown>;
  assert.equal(manifest.type, undefined);
  assert.equal(manifest.browser, './dist/browser-client.js');
});

test('no source, no source map and no secret is inside', () => {
  assert.deepEqual(
    names().filter((name) => /\.(ts|mts|map|tsbuildinfo|npmrc|env|pem|key|vsix)$|node_modules|\.git\b/.test(name)),
    [],
  );
  for (const name of names().filter((name) => name.endsWith('.js'))) {
    assert.doesNotMatch(text(name), /sourceMappingURL=/, name);
    assert.doesNotMatch(text(name), /-----BEGIN [A-Z ]*PRIVATE KEY-----|npm_[A-Za-z0-9]{36}|ghp_[A-Za-z0-9]{36}/, name);
    assert.ok(!text(name).includes(root), `${name} names the folder that it was built in`);
  }
});

test('what VS Code reads in the manifest is there: entries, icon, and a text for every placeholder', () => {
  const manifest = text('extension/package.json');
  const { main, browser, icon } = JSON.parse(manifest) as { main: string; browser?: string; icon: string };
  for (const path of [main, browser, icon].filter((path) => path !== undefined))
    assert.ok(names().includes(join('extension', path)), path);
  const placeholders = [...manifest.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]!).sort();
  for (const language of ['package.nls.json', 'package.nls.zh-cn.json']) {
    const texts = JSON.parse(text(`extension/${language}`)) as Record<string, string>;
    assert.deepEqual(Object.keys(texts).sort(), [...new Set(placeholders)].sort(), language);
  }
});

test('the packed command runs by itself, without node_modules, on every Node of this machine', () => {
  const packed = join(trial, 'unpacked');
  for (const name of names().filter(
    (name) => name.startsWith('extension/dist/') || name === 'extension/package.json',
  )) {
    mkdirSync(dirname(join(packed, name)), { recursive: true });
    writeFileSync(join(packed, name), files[name]!);
  }
  const { version } = JSON.parse(text('extension/package.json')) as { version: string };
  const cli = join(packed, 'extension', 'dist', 'cli.js');
  for (const node of nodes()) {
    const { stdout, stderr } = spawnSync(node, [cli, '--version'], { cwd: trial, encoding: 'utf8' });
    assert.equal(stdout.trim(), version, `${node}\n${stderr}`);
  }
});

test('what the built command reads on demand is what the sources say', () => {
  const cli = join(trial, 'unpacked', 'extension', 'dist', 'cli.js');
  const { stdout } = spawnSync(process.execPath, [cli, 'rules', '--format', 'json', '--lang', 'en'], {
    encoding: 'utf8',
  });
  const { rules } = JSON.parse(stdout) as {
    readonly rules: readonly { readonly id: string; readonly why: string; readonly source: string }[];
  };
  const said = new Map(rules.map((rule) => [rule.id, rule]));
  for (const { id, docs } of RULES) {
    assert.equal(said.get(id)?.why, docs.why.en, id);
    assert.equal(said.get(id)?.source, docs.source, id);
  }
  const input =
    'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: a}\nspec: {cidr: 10.0.0.0/16, ipipMode: Nevr}\n';
  const checked = spawnSync(
    process.execPath,
    [cli, 'check', '--stdin', '--stdin-filename', 'a.yaml', '--format', 'json'],
    {
      input,
      encoding: 'utf8',
    },
  );
  assert.match(checked.stdout, /"code": ?"schema\/enum"/);
});

/** The pinned Node, and the one that a user of this machine would start. */
function nodes(): readonly string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return [process.execPath, ...folders.map((folder) => join(folder, 'node')).filter((node) => existsSync(node))];
}
