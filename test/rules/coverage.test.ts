import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Finding } from '../../server/src/engine/findings.ts';
import { unyielding } from '../../server/src/engine/yielding.ts';
import { RULES } from '../../server/src/rules/registry.ts';
import type { Rule } from '../../server/src/rules/rule.ts';
import type { Doc } from '../../server/src/syntax/document.ts';
import { parseYaml } from '../../server/src/syntax/yaml.ts';
import { ABSENT, coverage, items, PROMISED, silences, UNANSWERED, WITHOUT_FIX } from './coverage.ts';

const rows = coverage();
const ids = new Set(PROMISED.map(({ id }) => id));

describe('the catalogue is what users are promised', () => {
  it('every promised rule exists, or says why it does not', () => {
    for (const { promised, rule } of rows)
      assert.equal(rule === undefined, ABSENT[promised.id] !== undefined, `${promised.id} is neither here nor excused`);
  });

  it('no rule exists that is not promised', () => {
    assert.deepEqual(
      RULES.filter(({ id }) => !ids.has(id)).map(({ id }) => id),
      [],
    );
  });

  it('severities are those of the catalogue', () => {
    assert.deepEqual(
      rows.flatMap(({ rule }) => (rule === undefined ? [] : [[rule.id, rule.severity]])),
      rows.flatMap(({ promised, rule }) => (rule === undefined ? [] : [[promised.id, promised.severity]])),
    );
  });

  it('every rule has a text that it must find and one that it must leave alone', () => {
    for (const { rule, bad, good } of rows)
      if (rule !== undefined) assert.ok(bad > 0 && good > 0, `${rule.id}: ${bad} bad, ${good} good`);
  });

  it('a rule that is promised with a fix offers one, and shows what it does', () => {
    const without = rows.filter(({ promised, rule, fixes }) => rule && promised.fix !== 'none' && fixes.size === 0);
    for (const { promised } of without)
      assert.ok(WITHOUT_FIX[promised.id] !== undefined, `${promised.id} offers no fix and says not why`);
    for (const { rule, fixes, fixed } of rows)
      if (rule !== undefined && fixes.size > 0) assert.ok(fixed > 0, `${rule.id} shows no repaired text`);
  });

  it('every item is answered by a rule or has a reason, and not both', () => {
    for (const item of items()) {
      const answered = PROMISED.some(({ sources }) => sources.includes(item));
      assert.notEqual(answered, UNANSWERED[item] !== undefined, item);
    }
  });
});

describe('one cause, one finding', () => {
  it('rules give way to rules of the catalogue only, and never to each other', () => {
    const pairs = silences();
    for (const [silent, because] of pairs) {
      assert.ok(ids.has(because), `${silent} gives way to ${because}, which is no rule`);
      assert.ok(!reaches(because, silent, pairs), `${silent} and ${because} silence each other`);
    }
  });

  for (const [silent, because] of silences()) {
    const other = ruleOf(because);
    if (other === undefined) continue;
    it(`${silent} is silent beside ${because}, and only there`, () => {
      const beside = [findingOf(ruleOf(silent)!, [2, 6]), findingOf(other, [4, 8])];
      assert.deepEqual(
        unyielding(beside).map(({ rule }) => rule.id),
        [because],
      );
      const apart = [findingOf(ruleOf(silent)!, [2, 4]), findingOf(other, [4, 8])];
      assert.equal(unyielding(apart).length, 2);
    });
  }
});

function ruleOf(id: string): Rule | undefined {
  return RULES.find((rule) => rule.id === id);
}

function reaches(from: string, to: string, pairs: ReturnType<typeof silences>, passed = new Set<string>()): boolean {
  if (from === to) return true;
  if (passed.has(from)) return false;
  passed.add(from);
  return pairs.some(([silent, because]) => silent === from && reaches(because, to, pairs, passed));
}

function findingOf(rule: Rule, span: readonly [number, number]): Finding {
  const text = 'a: 1234567890\n';
  const doc: Doc = {
    file: 'file:///a.yaml',
    format: 'yaml',
    text,
    base: 0,
    tree: { format: 'yaml', yaml: parseYaml(text) },
  };
  const message = { en: 'x', 'zh-cn': 'x' };
  return { rule, severity: rule.severity, place: { doc, span }, message, related: [], fixes: [] };
}
