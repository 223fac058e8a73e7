import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultOf, type Literal, sentencesIn } from './literals.ts';

const plain = (text: string): Literal => ({ text, holes: [], end: 0 });

test('a translation that is missing, forgotten or cut is noticed', () => {
  for (const [en, chinese, fault] of [
    ['Remove it.', '', /empty/],
    ['Remove the label.', 'Remove the label.', /never translated/],
    ['Remove the label.', 'Enlever.', /holds no Chinese/],
    ['Set `bgpd=yes`.', '请启用 bgpd。', /lacks `bgpd=yes`/],
    ['写 a value', '写一个值', /Chinese in the English/],
  ] as const)
    assert.match(faultOf(plain(en), plain(chinese)) ?? '', fault);
  assert.match(faultOf({ text: '\u0001 is down', holes: ['name'] }, plain('会话断开')) ?? '', /lacks name/);
  for (const [en, chinese] of [
    ['IPPool', 'IPPool'],
    ['Write `node.<name>`.', '请写 `node.<名称>`。'],
    ['Set `bgpd=yes`.', '请设置 `bgpd=yes`。'],
  ] as const)
    assert.equal(faultOf(plain(en), plain(chinese)), undefined);
});

for (const [folder, least] of [
  ['server/src', 1000],
  ['client/src', 30],
] as const)
  test(`every sentence of ${folder} is said in both languages, with the same code and values in it`, () => {
    const sentences = sentencesIn(folder);
    assert.ok(sentences.length > least, `only ${sentences.length} sentences were found`);
    const faults = sentences.flatMap(({ where, en, chinese }) => {
      const fault = faultOf(en, chinese);
      return fault === undefined ? [] : [`${where}: ${fault}\n  ${en.text}\n  ${chinese.text}`];
    });
    assert.deepEqual(faults, []);
  });
