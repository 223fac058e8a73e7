import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { root } from '../lsp/editor.ts';
import { CHINESE } from './literals.ts';

/** For people who build Selvage, who read its code as well. */
const FOR_BUILDERS = new Set(['docs/coverage-catalogue.md']);

const read = (name: string): string => readFileSync(join(root, name), 'utf8');

/** Pages for users, each with its Chinese twin: beside it as `x.zh-cn.md`, rules in a folder of their own. */
function pages(): readonly (readonly [english: string, chinese: string])[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.md') && !name.endsWith('.zh-cn.md') && !name.startsWith('docs/rules/zh-cn/'))
    .filter((name) => !FOR_BUILDERS.has(name));
  const twin = (name: string): string =>
    name.startsWith('docs/rules/')
      ? name.replace('docs/rules/', 'docs/rules/zh-cn/')
      : name.replace(/\.md$/, '.zh-cn.md');
  return ['README.md', ...docs].map((name) => [name, twin(name)]);
}

test('every page for users is there in Chinese, with the same sections, code and pictures', () => {
  const parts = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;
  for (const [english, chinese] of pages()) {
    assert.ok(existsSync(join(root, chinese)), `${english} has no ${chinese}`);
    const [en, zh] = [read(english), read(chinese)];
    assert.match(zh, CHINESE, chinese);
    for (const [what, pattern] of [
      ['headings', /^#{1,4} /gm],
      ['blocks of code', /^```/gm],
      ['rows of tables', /^\|/gm],
      ['pictures', /!\[/g],
    ] as const)
      assert.equal(parts(zh, pattern), parts(en, pattern), `${what} of ${chinese}`);
  }
});

test('the measured figures are the same in both languages', () => {
  const figures = (name: string): readonly string[] => {
    const [, block = ''] = /<!-- bench -->([\s\S]*)<!-- \/bench -->/.exec(read(name)) ?? [];
    return block.match(/\d[\d.,]*\d|\d/g) ?? [];
  };
  assert.ok(figures('README.md').length > 15);
  assert.deepEqual([...figures('README.zh-cn.md')].sort(), [...figures('README.md')].sort());
});

test('what a page links to is there', () => {
  for (const page of pages().flat())
    for (const [, target = ''] of read(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      assert.ok(existsSync(join(root, dirname(page), target)), `${page}: ${target}`);
    }
});
