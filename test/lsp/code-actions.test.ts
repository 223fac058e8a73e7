import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeAction, Diagnostic, FullDocumentDiagnosticReport } from 'vscode-languageserver/node';
import { applied, type Editor, MODERN, type Options, startEditor } from './editor.ts';
import { LONELY_PEER, pool } from './texts.ts';

async function withEditor(options: Options, story: (editor: Editor) => Promise<void>): Promise<void> {
  const editor = await startEditor(options);
  try {
    await story(editor);
  } finally {
    await editor.stop();
  }
}

async function opened(editor: Editor, path: string, text: string, language?: string): Promise<readonly Diagnostic[]> {
  await editor.open(path, text, language);
  return ((await editor.pull(path)) as FullDocumentDiagnosticReport).items;
}

async function titled(editor: Editor, path: string, at: Diagnostic, title: RegExp): Promise<CodeAction | undefined> {
  const action = (await editor.actions(path, at)).find((one) => title.test(one.title));
  return action === undefined ? undefined : editor.resolve(action);
}

test('the one right fix is preferred, and its edit is worked out when it is asked for', () =>
  withEditor({}, async (editor) => {
    const text = pool('p', '10.1.2.3/16');
    const [diagnostic] = await opened(editor, 'p.yaml', text);
    const actions = await editor.actions('p.yaml', diagnostic!);
    const fix = actions.find(({ isPreferred }) => isPreferred)!;
    assert.equal(fix.kind, 'quickfix');
    assert.equal(fix.edit, undefined);
    assert.equal(fix.diagnostics?.[0]?.code, 'ipam/host-bits');
    const { edit } = await editor.resolve(fix);
    const [change] = edit?.documentChanges ?? [];
    assert.deepEqual(change && 'textDocument' in change && change.textDocument, {
      uri: editor.uri('p.yaml'),
      version: 1,
    });
    assert.equal(applied(text, edit, editor.uri('p.yaml')), pool('p', '10.1.0.0/16'));
  }));

test('an editor that cannot resolve gets the edit with the action, and plain changes when it knows nothing better', () =>
  withEditor({ capabilities: { textDocument: { diagnostic: {} } } }, async (editor) => {
    const text = pool('p', '10.1.2.3/16');
    const [diagnostic] = await opened(editor, 'p.yaml', text);
    const fix = (await editor.actions('p.yaml', diagnostic!))[0]!;
    assert.ok(fix.edit?.changes !== undefined);
    assert.equal(applied(text, fix.edit, editor.uri('p.yaml')), pool('p', '10.1.0.0/16'));
  }));

test('fix-all applies every safe fix of the file, keeps Windows line ends, and leaves the server’s view as it was', () =>
  withEditor({}, async (editor) => {
    const text = `${pool('p', '10.1.2.3/16')}---\n${pool('q', '10.2.2.3/16')}---\n${LONELY_PEER}`.replaceAll(
      '\n',
      '\r\n',
    );
    await opened(editor, 'all.yaml', text);
    const everything = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const [fixAll] = await editor.actions('all.yaml', everything, ['source.fixAll']);
    assert.equal(fixAll?.kind, 'source.fixAll.selvage');
    const { edit } = await editor.resolve(fixAll);
    const expected = text.replace('10.1.2.3', '10.1.0.0').replace('10.2.2.3', '10.2.0.0');
    assert.equal(applied(text, edit, editor.uri('all.yaml')), expected);
    assert.deepEqual(await editor.codes('all.yaml'), ['ipam/host-bits', 'ipam/host-bits', 'bgp/peer-without-target']);
  }));

test('“ignore here” writes a comment above the line, at its indentation, and the finding is gone', () =>
  withEditor({}, async (editor) => {
    const [diagnostic] = await opened(editor, 'p.yaml', LONELY_PEER);
    const action = await titled(editor, 'p.yaml', diagnostic!, /^Ignore .* here$/);
    const text = applied(LONELY_PEER, action?.edit, editor.uri('p.yaml'));
    assert.equal(text.split('\n')[3], '  # selvage-ignore bgp/peer-without-target');
    await editor.type('p.yaml', 2, text);
    assert.deepEqual(await editor.codes('p.yaml'), []);
  }));

test('“ignore in this file” goes below the first line of a script, in a comment of the shell', () =>
  withEditor({}, async (editor) => {
    const script = `#!/bin/bash\ncat <<EOF | calicoctl apply -f -\n${LONELY_PEER}EOF\n`;
    const [diagnostic] = await opened(editor, 'apply.sh', script, 'shellscript');
    const here = await titled(editor, 'apply.sh', diagnostic!, /^Ignore .* here$/);
    const text = applied(script, here?.edit, editor.uri('apply.sh'));
    assert.match(text, /metadata:\n {2}# selvage-ignore bgp\/peer-without-target\n {2}name: lonely/);
    const whole = await titled(editor, 'apply.sh', diagnostic!, /in this file$/);
    assert.match(applied(script, whole?.edit, editor.uri('apply.sh')), /^#!\/bin\/bash\n# selvage-ignore-file bgp\//);
  }));

test('JSON has no comments, so none is offered', () =>
  withEditor({}, async (editor) => {
    const json = `{\n  "apiVersion": "projectcalico.org/v3",\n  "kind": "IPPool",\n  "metadata": {"name": "p"},\n  "spec": {"cidr": "10.1.2.3/16"}\n}\n`;
    const [diagnostic] = await opened(editor, 'p.json', json, 'json');
    const actions = await editor.actions('p.json', diagnostic!);
    assert.deepEqual(
      actions.filter(({ title }) => /Ignore/.test(title)),
      [],
    );
    const { edit } = await editor.resolve(actions[0]!);
    assert.match(applied(json, edit, editor.uri('p.json')), /"cidr": "10\.1\.0\.0\/16"/);
  }));

test('the rule’s page is offered to editors that can show it, and says what the rule knows', () =>
  withEditor({ initializationOptions: { showsRules: true }, capabilities: MODERN, locale: 'zh-cn' }, async (editor) => {
    const [diagnostic] = await opened(editor, 'p.yaml', LONELY_PEER);
    const page = (await editor.actions('p.yaml', diagnostic!)).find(({ command }) => command !== undefined);
    assert.deepEqual(page?.command?.arguments, ['bgp/peer-without-target']);
    const rule = await editor.connection.sendRequest<{ summary: string }>('selvage/rule', {
      id: 'bgp/peer-without-target',
    });
    assert.match(rule.summary, /既没有/);
    assert.equal(await editor.connection.sendRequest('selvage/rule', { id: 'no/such' }), null);
  }));

test('an action whose finding is gone resolves to no edit', () =>
  withEditor({}, async (editor) => {
    const [diagnostic] = await opened(editor, 'p.yaml', pool('p', '10.1.2.3/16'));
    const [action] = await editor.actions('p.yaml', diagnostic!);
    await editor.type('p.yaml', 2, pool('p', '10.1.0.0/16'));
    assert.equal((await editor.resolve(action!)).edit, undefined);
  }));
