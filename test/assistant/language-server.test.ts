import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEditor } from '../lsp/editor.ts';
import { LONELY_PEER, pool } from '../lsp/texts.ts';

test('an assistant in the editor is told of what is typed and not yet saved', async () => {
  const editor = await startEditor({
    files: { 'a/pool.yaml': pool('one', '10.1.0.0/16'), 'b/peer.yaml': LONELY_PEER },
  });
  try {
    await editor.ready();
    const ask = async (tool: string, input: unknown) => {
      const answer = await editor.connection.sendRequest<{ answer?: string; refused?: string }>('selvage/assistant', {
        tool,
        input,
      });
      return answer.answer === undefined ? answer.refused : (JSON.parse(answer.answer) as Record<string, unknown>);
    };
    const rules = (value: unknown) => (value as { findings: { at: string; rule: string }[] }).findings;
    assert.deepEqual(
      rules(await ask('check', { rule: 'ipam/*' })).map(({ rule }) => rule),
      [],
    );
    await editor.open('a/pool.yaml', pool('one', '10.1.0.7/16'));
    assert.deepEqual(
      rules(await ask('check', { path: 'a/pool.yaml', rule: 'ipam/host-bits' })).map(({ at }) => at),
      ['a/pool.yaml:6:9'],
    );
    assert.deepEqual(rules(await ask('check', { path: 'b', rule: 'bgp/peer-without-target' })).length, 1);
    assert.match(String(await ask('check', { path: '../../etc' })), /outside of the open folder/);
    assert.match(String(await ask('apply', {})), /There is no tool apply/);
    assert.match(String(await ask('check', 7)), /must be an object/);
  } finally {
    await editor.stop();
  }
});

test('with several folders a path begins with the folder’s name, and a Chinese editor reads Chinese', async () => {
  const editor = await startEditor({
    files: { 'east/pool.yaml': pool('one', '10.1.0.7/16'), 'west/pool.yaml': pool('two', '10.2.0.7/16') },
    folders: ['east', 'west'],
    locale: 'zh-cn',
  });
  try {
    await editor.ready();
    const ask = async (input: unknown) =>
      editor.connection.sendRequest<{ answer?: string; refused?: string }>('selvage/assistant', {
        tool: 'check',
        input,
      });
    const { answer } = await ask({ path: 'west', rule: 'ipam/host-bits' });
    const { findings } = JSON.parse(answer!) as { findings: { at: string; message: string }[] };
    assert.deepEqual(
      findings.map(({ at }) => at),
      ['west/pool.yaml:6:9'],
    );
    assert.match(findings[0]!.message, /[\u4e00-\u9fff]/);
    assert.match((await ask({ path: 'south/pool.yaml' })).refused ?? '', /不在打开的文件夹内/);
  } finally {
    await editor.stop();
  }
});
