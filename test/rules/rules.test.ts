import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { applyEdits } from '../../server/src/engine/file-edits.ts';
import { type Diagnostic, Engine } from '../../server/src/engine.ts';
import { RULES } from '../../server/src/rules/registry.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { type Fixture, parseFixture } from './fixture.ts';

const ROOT = 'file:///fixture';
const only = process.env.RULE;

function open(files: ReadonlyMap<string, string>): Engine {
  const present = new Set([...files.keys()].map((file) => `${ROOT}/${file}`));
  const workspace = new Workspace({
    list: async () => [],
    read: async () => ({ unreadable: { en: '', 'zh-cn': '' } }),
    exists: (path) => present.has(path) || [...present].some((file) => file.startsWith(`${path}/`)),
  });
  workspace.setFolders([{ uri: ROOT }]);
  for (const [file, text] of files) workspace.setFile(`${ROOT}/${file}`, text);
  return new Engine(workspace);
}

function shown(diagnostics: readonly Diagnostic[], codes: ReadonlySet<string>): readonly string[] {
  return diagnostics
    .filter((one) => codes.has(one.code))
    .map(
      (one) =>
        `${one.file.slice(ROOT.length + 1)}:${one.range.start.line + 1}:${one.range.start.character}-${one.range.end.character} ${one.code}`,
    )
    .sort();
}

function expectedOf(fixture: Fixture): readonly string[] {
  return fixture.expected.map((one) => `${one.file}:${one.line + 1}:${one.start}-${one.end} ${one.code}`).sort();
}

function checkFindings(fixture: Fixture, rule: string): void {
  const codes = new Set([rule, ...fixture.expected.map((one) => one.code)]);
  const diagnostics = open(fixture.files).diagnoseAll();
  assert.deepEqual(shown(diagnostics, codes), expectedOf(fixture));
  for (const expected of fixture.expected) {
    if (expected.message === undefined) continue;
    const message = expected.message;
    const said = diagnostics.filter((one) => one.code === expected.code && one.range.start.line === expected.line);
    assert.ok(
      said.some((one) => one.message.en.includes(message)),
      `no message holds «${message}»: ${said.map((one) => one.message.en).join(' | ')}`,
    );
  }
  for (const one of diagnostics.filter((diagnostic) => diagnostic.code === rule)) {
    assert.notEqual(one.message['zh-cn'], one.message.en, 'both languages');
    assert.ok(one.range.start.line === one.range.end.line, `${rule} spans several lines`);
  }
}

function checkFix(fixture: Fixture, fixed: Fixture['fixed'][number], rule: string): void {
  let files = new Map(fixture.files);
  for (let round = 0; round < 30; round++) {
    const engine = open(files);
    const diagnostic = engine.diagnoseAll().find((one) => one.code === rule && one.fixes.length > 0);
    if (diagnostic === undefined) break;
    const { title } = fixed;
    const fix =
      title === undefined
        ? diagnostic.finding.fixes[0]
        : diagnostic.finding.fixes.find((one) => one.title.en.includes(title));
    assert.ok(fix, `no fix «${title}» among: ${diagnostic.fixes.map((one) => one.title.en).join(' | ')}`);
    const edits = engine.editsOf(fix);
    assert.ok(edits.length > 0, `the fix «${fix.title.en}» changes nothing`);
    const next = new Map(files);
    for (const file of new Set(edits.map((edit) => edit.file))) {
      const name = file.slice(ROOT.length + 1);
      next.set(
        name,
        applyEdits(
          files.get(name) ?? '',
          edits.filter((edit) => edit.file === file),
        ),
      );
    }
    files = next;
  }
  for (const [file, text] of fixed.files) assert.equal(files.get(file), text, file);
  const left = open(files)
    .diagnoseAll()
    .filter((one) => one.code === rule || one.severity === 'error');
  const before = new Set(
    open(fixture.files)
      .diagnoseAll()
      .map((one) => one.code),
  );
  assert.deepEqual(
    left.filter((one) => one.code === rule || !before.has(one.code)).map((one) => `${one.code} ${one.message.en}`),
    [],
    'the fixed files check clean',
  );
}

for (const rule of RULES) {
  if (only !== undefined && !rule.id.includes(only)) continue;
  describe(rule.id, () => {
    const folder = join(import.meta.dirname, rule.id);
    const names = existsSync(folder) ? readdirSync(folder) : [];
    it('has a bad and a good fixture', () => {
      assert.ok(
        names.some((name) => name.startsWith('bad')),
        'a fixture that begins with «bad»',
      );
      assert.ok(
        names.some((name) => name.startsWith('good')),
        'a fixture that begins with «good»',
      );
    });
    let offersFix = false;
    let showsFix = false;
    for (const name of names) {
      const fixture = parseFixture(readFileSync(join(folder, name), 'utf8'));
      it(`${name}: its findings`, () => {
        if (name.startsWith('bad'))
          assert.ok(
            fixture.expected.some((one) => one.code === rule.id),
            'marks a finding of this rule',
          );
        else
          assert.ok(
            fixture.expected.every((one) => one.code !== rule.id),
            'marks no finding of this rule',
          );
        checkFindings(fixture, rule.id);
        offersFix ||= open(fixture.files)
          .diagnoseAll()
          .some((one) => one.code === rule.id && one.fixes.length > 0);
      });
      for (const fixed of fixture.fixed) {
        showsFix = true;
        it(`${name}: fixed${fixed.title === undefined ? '' : ` by «${fixed.title}»`}`, () =>
          checkFix(fixture, fixed, rule.id));
      }
    }
    it('shows what its fixes do', () => assert.equal(showsFix || !offersFix, true, 'a fixture with «--- fixed ---»'));
  });
}
