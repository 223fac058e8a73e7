import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { looksLikeNodeStatus, parseNodeStatus } from '../../server/src/syntax/node-status.ts';

const TABLE = [
  'Calico process is running.',
  '',
  'IPv4 BGP status',
  '+--------------+---------------+-------+----------+-------------+',
  '| PEER ADDRESS |   PEER TYPE   | STATE |  SINCE   |    INFO     |',
  '+--------------+---------------+-------+----------+-------------+',
  '| 10.0.0.251   | global        | up    | 05:43:51 | Established |',
  '| 10.0.0.252   | node specific | start | 05:43:51 | Passive     |',
  '+--------------+---------------+-------+----------+-------------+',
  '',
  'IPv6 BGP status',
  'No IPv6 peers found.',
  '',
].join('\n');

test('a table is read cell by cell, each with its place; line ends of Windows change nothing', () => {
  for (const text of [TABLE, TABLE.replaceAll('\n', '\r\n')]) {
    const { runs } = parseNodeStatus(text);
    assert.equal(runs.length, 1);
    assert.deepEqual(
      runs[0]!.rows.map(({ peer, state, info }) => [peer.text, state.text, info.text]),
      [
        ['10.0.0.251', 'up', 'Established'],
        ['10.0.0.252', 'start', 'Passive'],
      ],
    );
    for (const { peer, info } of runs[0]!.rows)
      for (const cell of [peer, info]) assert.equal(text.slice(...cell.span), cell.text);
  }
});

test('two runs pasted one after the other are two', () => {
  assert.equal(parseNodeStatus(TABLE + TABLE).runs.length, 2);
  assert.equal(looksLikeNodeStatus('| PEER ADDRESS | in a page about the command |'), false);
});

test('any text is read without fault, and every place lies inside it', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...TABLE.split('\n'), '|', '| | | | | |', 'x')), (lines) => {
      const text = lines.join('\n');
      for (const { heading, rows } of parseNodeStatus(text).runs)
        for (const span of [heading, ...rows.flatMap((row) => [row.peer.span, row.info.span])])
          assert.ok(span[0] >= 0 && span[0] <= span[1] && span[1] <= text.length);
    }),
  );
});
