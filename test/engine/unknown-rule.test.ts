import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/engine/file-edits.ts';
import { Engine } from '../../server/src/engine.ts';
import { ROOT, workspaceOf } from '../workspace/texts.ts';

const CONFIGURATION = `rules:
  bgp/as-mismach: "off"
  'clab/unknown-nodes': hint
  bgp/*: warning
  clab/file-name: "off"
  selvage/unused-suppression: "off"
sites:
  - name: east
    include: [east]
    rules:
      clabs/*: "off"
`;

function told(texts: Readonly<Record<string, string>>, path: string) {
  const engine = new Engine(workspaceOf(texts));
  const found = engine.diagnose(`${ROOT}/${path}`).filter(({ code }) => code === 'selvage/unknown-rule');
  return { engine, found };
}

test('a rule in selvage.yaml that does not exist is told at its name, with the nearest ones to write', () => {
  const { engine, found } = told({ 'selvage.yaml': CONFIGURATION }, 'selvage.yaml');
  assert.deepEqual(
    found.map(({ range, severity }) => `${range.start.line}:${range.start.character} ${severity}`),
    ['1:2 warning', '2:2 warning', '10:6 warning'],
  );
  assert.match(found[0]!.message.en, /There is no rule bgp\/as-mismach; is bgp\/as-mismatch meant\?/);
  const mended = (index: number): string => {
    const [fix] = found[index]!.finding.fixes;
    return applyEdits(CONFIGURATION, engine.editsOf(fix!));
  };
  assert.match(mended(0), /^ {2}bgp\/as-mismatch: "off"$/m);
  assert.match(mended(1), /^ {2}'clab\/unknown-node': hint$/m);
});

test('it is told of nothing else that is called rules, and can be switched off itself', () => {
  const rules = 'rules:\n  bgp/as-mismach: "off"\n';
  assert.deepEqual(told({ 'values.yaml': rules }, 'values.yaml').found, []);
  const off = `${rules}  selvage/unknown-rule: "off"\n`;
  assert.deepEqual(told({ 'selvage.yaml': off }, 'selvage.yaml').found, []);
  const comment = rules.replace('"off"', '"off" # selvage-ignore selvage/unknown-rule');
  assert.deepEqual(told({ 'selvage.yaml': comment }, 'selvage.yaml').found, []);
});
