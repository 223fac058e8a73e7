import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completionsAt } from '../../../server/src/engine/completion.ts';
import { fileOf } from '../../bench/manifests.ts';
import { ROOT, workspaceOf } from '../../workspace/texts.ts';

/** Milliseconds of the processor that an answer right after an edit may take: what an editor shows without a wait. */
const MOST = 10;

for (const [what, mark] of [
  ['a key', 'ipi|pMode: Never # here'],
  ['a value', 'ipipMode: | # here'],
  [
    'a range that is free',
    'ipipMode: Never # here\n---\napiVersion: projectcalico.org/v3\nkind: IPPool\nspec:\n  cidr: |',
  ],
  ['an address', 'ipipMode: Never # here\n---\napiVersion: projectcalico.org/v3\nkind: BGPPeer\nspec:\n  peerIP: |'],
] as const)
  test(`${what} in a file of 10,000 lines, asked right after an edit`, () => {
    const { text, before } = fileOf(10_000);
    const offset = text.indexOf(before) + mark.indexOf('|');
    const typed = text.replace(before, mark.replace('|', ''));
    const uri = `${ROOT}/big.yaml`;
    const workspace = workspaceOf({ 'big.yaml': text });
    const times = Array.from({ length: 9 }, (_, run) => {
      workspace.setFile(uri, run % 2 === 0 ? typed : text);
      workspace.setFile(uri, typed);
      const begun = process.cpuUsage();
      completionsAt(workspace.file(uri)!, offset, workspace.sitesOf(uri));
      const { user, system } = process.cpuUsage(begun);
      return (user + system) / 1000;
    });
    const median = times.sort((one, other) => one - other)[4]!;
    assert.ok(median <= MOST, `${median} ms`);
  });
