import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Engine } from '../../server/src/engine.ts';
import { defineRule, type Rule } from '../../server/src/rules/rule.ts';
import { defineDerivation } from '../../server/src/workspace/site.ts';
import { pool, ROOT, workspaceOf } from '../workspace/texts.ts';

/** A rule that counts how often it ran, and reports each pool. */
function probe(): { readonly rule: Rule; readonly runs: { across: number; documents: number } } {
  const runs = { across: 0, documents: 0 };
  const text = { en: 'here', 'zh-cn': '此处' };
  const rule = defineRule({
    id: 'test/probe',
    severity: 'warning',
    docs: { summary: text, why: text, source: 'this test' },
    document() {
      runs.documents++;
    },
    check({ site, report }) {
      runs.across++;
      for (const each of site.all('calico/IPPool')) report(each.name!.place, text);
    },
  });
  return { rule, runs };
}

const TWO = `${pool('one', '10.1.0.0/16')}---\n${pool('two', '10.2.0.0/16')}`;

test('a comment runs no cross-file rule again, and its findings move with the text', () => {
  const { rule, runs } = probe();
  const workspace = workspaceOf({ 'a.yaml': TWO, 'b.yaml': pool('three', '10.3.0.0/16') });
  const engine = new Engine(workspace, [rule]);
  const uri = `${ROOT}/a.yaml`;
  assert.deepEqual(
    engine.diagnose(uri).map(({ range }) => range.start),
    [
      { line: 3, character: 8 },
      { line: 10, character: 8 },
    ],
  );
  assert.deepEqual({ ...runs }, { across: 1, documents: 2 });
  workspace.setFile(uri, TWO.replace('kind: IPPool', '# a comment\n\nkind:  IPPool # here too'));
  assert.deepEqual(
    engine.diagnose(uri).map(({ range }) => range.start),
    [
      { line: 5, character: 8 },
      { line: 12, character: 8 },
    ],
  );
  assert.equal(runs.across, 1, 'no cross-file rule ran');
  assert.equal(runs.documents, 3, 'only the edited document was looked at');
});

test('a rule that asked for a kind runs again when an object of it changes, and not for another kind', () => {
  const { rule, runs } = probe();
  const workspace = workspaceOf({ 'a.yaml': TWO, 'c.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n' });
  const engine = new Engine(workspace, [rule]);
  engine.diagnoseAll();
  workspace.setFile(`${ROOT}/c.yaml`, 'apiVersion: v1\nkind: Namespace\nmetadata: {name: y}\n');
  engine.diagnoseAll();
  assert.equal(runs.across, 1);
  workspace.setFile(`${ROOT}/a.yaml`, TWO.replace('10.2.0.0', '10.9.0.0'));
  engine.diagnoseAll();
  assert.equal(runs.across, 2);
});

test('an edit in one network runs nothing in another', () => {
  const { rule, runs } = probe();
  const workspace = workspaceOf({ 'a/p.yaml': pool('pods', '10.1.0.0/16'), 'b/p.yaml': pool('pods', '10.2.0.0/16') });
  const engine = new Engine(workspace, [rule]);
  assert.equal(engine.diagnoseAll().length, 2);
  assert.equal(runs.across, 2);
  workspace.setFile(`${ROOT}/a/p.yaml`, pool('pods', '10.3.0.0/16'));
  engine.diagnoseAll();
  // Two files define `pods`, so the networks are grouped anew; the one that did not change is not checked again.
  assert.equal(runs.across, 3);
});

test('a level from settings applies at once, and off means that the rule does not run', () => {
  const { rule, runs } = probe();
  const workspace = workspaceOf({ 'a.yaml': TWO });
  const engine = new Engine(workspace, [rule]);
  // That selvage.yaml names a rule outside the catalogue is told, too.
  const said = () => engine.diagnoseAll().filter(({ code }) => code === rule.id);
  const levels = () => said().map(({ severity }) => severity);
  assert.deepEqual(levels(), ['warning', 'warning']);
  workspace.setFile(`${ROOT}/selvage.yaml`, 'rules: {test/probe: error}\n');
  assert.deepEqual(levels(), ['error', 'error']);
  workspace.setFile(`${ROOT}/selvage.yaml`, 'rules: {test/*: off}\n');
  const { across } = runs;
  assert.deepEqual(levels(), []);
  assert.equal(runs.across, across);
  workspace.removeFile(`${ROOT}/selvage.yaml`);
  assert.deepEqual(levels(), ['warning', 'warning']);
});

test('the same edits in any order end in the findings of a fresh engine', () => {
  const steps: readonly (readonly [name: string, text: string | undefined])[] = [
    ['a.yaml', TWO],
    ['b/p.yaml', pool('one', '10.1.0.0/16')],
    ['c/p.yaml', pool('one', '10.5.0.0/16')],
    ['b/p.yaml', pool('one', '10.5.0.0/16')],
    ['a.yaml', `# c\n${TWO}`],
    ['selvage.yaml', 'sites: [{name: s, include: [b]}]\n'],
    ['c/p.yaml', undefined],
    ['a.yaml', TWO.replace('two', 'drei')],
    ['selvage.yaml', undefined],
    ['a.yaml', ''],
  ];
  const { rule } = probe();
  const workspace = workspaceOf({});
  const engine = new Engine(workspace, [rule]);
  const now: Record<string, string> = {};
  for (const [name, text] of steps) {
    if (text === undefined) {
      workspace.removeFile(`${ROOT}/${name}`);
      delete now[name];
    } else {
      workspace.setFile(`${ROOT}/${name}`, text);
      now[name] = text;
    }
    const told = (from: Engine) => from.diagnoseAll().map(({ file, range, site }) => ({ file, range, site }));
    assert.deepEqual(told(engine), told(new Engine(workspaceOf(now), [rule])), `after ${name}`);
  }
});

test('what changes below a fact that comes out the same runs nothing above it', () => {
  const counts = { names: 0, rule: 0 };
  const NAMES = defineDerivation('names of pools', (site) => {
    counts.names++;
    return site.all('calico/IPPool').map(({ name }) => name?.value);
  });
  const { rule } = probe();
  const quiet = defineRule({
    ...rule,
    check({ site }) {
      site.derive(NAMES);
      counts.rule++;
    },
  });
  const workspace = workspaceOf({ 'a.yaml': TWO });
  const engine = new Engine(workspace, [quiet]);
  engine.diagnoseAll();
  workspace.setFile(`${ROOT}/a.yaml`, TWO.replace('10.2.0.0', '10.9.0.0'));
  engine.diagnoseAll();
  assert.deepEqual(counts, { names: 2, rule: 1 });
  workspace.setFile(`${ROOT}/a.yaml`, TWO.replace('two', 'drei'));
  engine.diagnoseAll();
  assert.deepEqual(counts, { names: 3, rule: 2 });
});
