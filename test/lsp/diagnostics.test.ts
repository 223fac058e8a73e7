import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import type { FullDocumentDiagnosticReport } from 'vscode-languageserver/node';
import { BUILT_SERVER, type Editor, type Options, startEditor, until } from './editor.ts';
import { CIDR_LINE, LONELY_PEER, pool } from './texts.ts';

async function withEditor(options: Options, story: (editor: Editor) => Promise<void>): Promise<void> {
  const editor = await startEditor(options);
  try {
    await story(editor);
  } finally {
    await editor.stop();
  }
}

const overlapping = { 'a.yaml': pool('a', '10.1.0.0/16'), 'b.yaml': pool('b', '10.1.4.0/24') };

test('the built server: a mistake is on its token, in words, with its page; the mended text is clean', () =>
  withEditor({ server: BUILT_SERVER }, async (editor) => {
    assert.ok(existsSync(BUILT_SERVER), 'run scripts/build.mjs first');
    await editor.open('peer.yaml', LONELY_PEER);
    const report = (await editor.pull('peer.yaml')) as FullDocumentDiagnosticReport;
    const [diagnostic] = report.items;
    assert.equal(diagnostic?.code, 'bgp/peer-without-target');
    assert.equal(diagnostic.source, 'selvage');
    assert.equal(diagnostic.severity, 1);
    assert.deepEqual(diagnostic.range, { start: { line: 3, character: 8 }, end: { line: 3, character: 14 } });
    assert.match(diagnostic.codeDescription?.href ?? '', /^file:.*docs\/rules\/bgp\/peer-without-target\.md$/);
    await editor.type('peer.yaml', 2, '  peerIP: 10.0.0.1\n', {
      start: { line: 6, character: 0 },
      end: { line: 6, character: 0 },
    });
    assert.deepEqual(await editor.codes('peer.yaml'), []);
  }));

test('an answer that did not change is not sent again', () =>
  withEditor({}, async (editor) => {
    await editor.open('peer.yaml', LONELY_PEER);
    const first = await editor.pull('peer.yaml');
    const again = await editor.pull('peer.yaml', first.resultId);
    assert.deepEqual(again, { kind: 'unchanged', resultId: first.resultId });
    await editor.type('peer.yaml', 2, `# a comment moves everything\n${LONELY_PEER}`);
    const moved = await editor.pull('peer.yaml', first.resultId);
    assert.equal(moved.kind, 'full');
  }));

test('two files are one network: the finding names the other file, and typing in one asks for the other again', () =>
  withEditor({ files: overlapping }, async (editor) => {
    await editor.ready();
    await editor.open('b.yaml', overlapping['b.yaml']);
    const report = (await editor.pull('b.yaml')) as FullDocumentDiagnosticReport;
    assert.deepEqual(
      report.items.map(({ code }) => code),
      ['ipam/pool-overlap'],
    );
    assert.equal(report.items[0]?.relatedInformation?.[0]?.location.uri, editor.uri('a.yaml'));
    const before = editor.refreshes();
    await editor.open('a.yaml', overlapping['a.yaml']);
    await editor.type('a.yaml', 2, pool('a', '10.2.0.0/16'));
    await until(() => editor.refreshes() > before, 'no refresh although the other file is clean now');
    assert.deepEqual(await editor.codes('b.yaml'), []);
  }));

test('an answer about the whole folder is none about an open document, which VS Code asks for by itself', () =>
  withEditor({ files: overlapping }, async (editor) => {
    await editor.ready();
    await editor.open('b.yaml', overlapping['b.yaml']);
    assert.deepEqual(await editor.codes('b.yaml'), ['ipam/pool-overlap']);
    const before = editor.refreshes();
    await editor.open('a.yaml', overlapping['a.yaml']);
    await editor.type('a.yaml', 2, pool('a', '10.2.0.0/16'));
    assert.deepEqual((await editor.pullAll()).items, []);
    await until(() => editor.refreshes() > before, 'b.yaml keeps a finding that is mended');
  }));

test('while somebody types, new findings across files wait; those in the file itself do not; resolved ones go at once', () =>
  withEditor({ files: { ...overlapping, 'b.yaml': pool('b', '10.2.0.0/24') } }, async (editor) => {
    await editor.ready();
    await editor.open('b.yaml', pool('b', '10.2.0.0/24'));
    assert.deepEqual(await editor.codes('b.yaml'), []);
    await editor.type('b.yaml', 2, pool('b', '10.1.4.9/24'));
    assert.deepEqual(await editor.codes('b.yaml'), ['ipam/host-bits'], 'held back');
    await until(() => editor.refreshes() > 0, 'what was held back was never announced');
    assert.deepEqual(await editor.codes('b.yaml'), ['ipam/host-bits', 'ipam/pool-overlap']);
    await editor.type('b.yaml', 3, pool('b', '10.2.4.0/24'));
    assert.deepEqual(await editor.codes('b.yaml'), [], 'gone at once');
  }));

test('typing that changes nothing elsewhere asks for nothing', () =>
  withEditor({ files: overlapping }, async (editor) => {
    await editor.ready();
    await editor.open('b.yaml', overlapping['b.yaml']);
    await editor.codes('b.yaml');
    await new Promise((resolve) => setTimeout(resolve, 400));
    const before = editor.refreshes();
    for (let version = 2; version < 8; version++) {
      await editor.type('b.yaml', version, `${'# typing\n'.repeat(version)}${overlapping['b.yaml']}`);
      assert.deepEqual(await editor.codes('b.yaml'), ['ipam/pool-overlap'], 'the finding stays while its line moves');
    }
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.equal(editor.refreshes(), before);
  }));

test('the workspace report has every file with findings, and only what changed the second time', () =>
  withEditor(
    { files: { ...overlapping, 'peer.yaml': LONELY_PEER, 'good.yaml': pool('g', '10.9.0.0/16') } },
    async (editor) => {
      await editor.ready();
      const { items } = await editor.pullAll();
      assert.deepEqual(items.map(({ uri }) => uri).sort(), [editor.uri('b.yaml'), editor.uri('peer.yaml')]);
      editor.write('peer.yaml', LONELY_PEER.replace('asNumber', 'peerIP: 10.0.0.1\n  asNumber'));
      const before = editor.refreshes();
      await editor.watched(['peer.yaml', 'changed']);
      await until(() => editor.refreshes() > before, 'no refresh after a change on disk');
      const ids = items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' }));
      const second = await editor.pullAll(ids);
      const kinds = Object.fromEntries(second.items.map((item) => [item.uri, item]));
      assert.equal(kinds[editor.uri('b.yaml')]?.kind, 'unchanged');
      assert.deepEqual((kinds[editor.uri('peer.yaml')] as FullDocumentDiagnosticReport).items, []);
    },
  ));

test('an editor that cannot ask gets findings pushed, for open files and for those on disk', () =>
  withEditor(
    { files: { ...overlapping, 'peer.yaml': LONELY_PEER }, capabilities: { workspace: { configuration: true } } },
    async (editor) => {
      const codes = (path: string): readonly unknown[] =>
        editor.published.get(editor.uri(path))?.diagnostics.map(({ code }) => code) ?? [];
      await until(() => codes('b.yaml').length > 0 && codes('peer.yaml').length > 0, 'nothing was pushed');
      assert.deepEqual(codes('b.yaml'), ['ipam/pool-overlap']);
      await editor.open('a.yaml', overlapping['a.yaml']);
      await editor.type('a.yaml', 2, pool('a', '10.7.0.1/16'));
      await until(() => codes('a.yaml').includes('ipam/host-bits'), 'the typed file was not pushed');
      await until(() => codes('b.yaml').length === 0, 'the other file still shows what is resolved');
      assert.equal(editor.published.get(editor.uri('a.yaml'))?.version, 2);
      assert.equal(editor.refreshes(), 0);
    },
  ));

test('Chinese editors are told in Chinese', () =>
  withEditor({ locale: 'zh-Hans' }, async (editor) => {
    await editor.open('peer.yaml', LONELY_PEER);
    const report = (await editor.pull('peer.yaml')) as FullDocumentDiagnosticReport;
    assert.match(String(report.items[0]?.message), /没有/);
  }));

test('the syntax of open YAML files is left to the YAML extension while it is there', () =>
  withEditor({ initializationOptions: { yamlExtension: true } }, async (editor) => {
    await editor.open('twice.yaml', `${pool('a', '10.0.0.1/8')}kind: IPPool\n`);
    assert.deepEqual(await editor.codes('twice.yaml'), ['ipam/host-bits']);
    await editor.connection.sendNotification('selvage/yamlExtension', false);
    assert.ok((await editor.codes('twice.yaml')).includes('yaml/duplicate-key'));
  }));

test('settings switch a rule off and on without a restart', () =>
  withEditor({ settings: { rules: { 'bgp/peer-without-target': 'off' } } }, async (editor) => {
    await editor.open('peer.yaml', LONELY_PEER);
    assert.deepEqual(await editor.codes('peer.yaml'), []);
    editor.settings({ rules: { 'bgp/peer-without-target': 'hint' } });
    await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await until(async () => (await editor.codes('peer.yaml')).length === 1, 'the rule stays off');
    const report = (await editor.pull('peer.yaml')) as FullDocumentDiagnosticReport;
    assert.equal(report.items[0]?.severity, 4);
  }));

test('Windows line ends: positions are right and the finding is where it is', () =>
  withEditor({}, async (editor) => {
    await editor.open('p.yaml', pool('p', '10.1.2.3/16').replaceAll('\n', '\r\n'));
    const report = (await editor.pull('p.yaml')) as FullDocumentDiagnosticReport;
    assert.deepEqual(report.items[0]?.range, {
      start: { line: CIDR_LINE, character: 8 },
      end: { line: CIDR_LINE, character: 19 },
    });
  }));
