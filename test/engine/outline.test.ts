import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { outlineOf } from '../../server/src/engine/outline.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

const URI = 'file:///site/all.yaml';

const POOL = 'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: pods}\nspec:\n  cidr: 10.0.0.0/16\n';
const POLICY =
  'kind: NetworkPolicy\napiVersion: projectcalico.org/v3\nmetadata: {name: web, namespace: shop}\nspec:\n  ingress:\n    - action: Allow\n    - action: Deny\n  egress: [{action: Log}]\n';
const LAB = 'name: lab\ntopology:\n  nodes:\n    a: {kind: linux}\n  links:\n    - endpoints: ["a:eth1", "b:eth1"]\n';
const PLAIN = '# nothing of ours\nvalues:\n  - {name: one, list: [{name: two}]}\n';

/** Pieces that move documents, join and part them, and change what is in them. */
const PIECES = [
  '---\n',
  '---',
  '...\n',
  '\n',
  ' ',
  '# words\n',
  POOL,
  POLICY,
  LAB,
  PLAIN,
  'Allow',
  'spec:\n',
  '- {name: x}\n',
  '\r\n',
];

test('after any edits the outline is that of a file that is read for the first time', () => {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat(30),
    added: fc.constantFrom('', ...PIECES),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => {
      let text = [POOL, POLICY, LAB, PLAIN, POLICY].join('---\n');
      const workspace = new Workspace();
      workspace.setFile(URI, text);
      outlineOf(workspace.file(URI)!);
      for (const { at, removed, added } of edits) {
        const start = Math.floor(at * text.length);
        text = text.slice(0, start) + added + text.slice(start + removed);
        workspace.setFile(URI, text);
        const fresh = new Workspace();
        fresh.setFile('file:///fresh/all.yaml', text);
        assert.deepEqual(outlineOf(workspace.file(URI)!), outlineOf(fresh.file('file:///fresh/all.yaml')!));
      }
    }),
    { numRuns: 200 },
  );
});
