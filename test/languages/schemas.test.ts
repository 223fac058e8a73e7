import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../lsp/editor.ts';
import { CHINESE, codeIn } from './literals.ts';

interface Described {
  readonly description?: string;
  readonly 'x-description-zh-cn'?: string;
}

function* described(value: unknown, path = ''): Generator<[path: string, words: Described]> {
  if (typeof value !== 'object' || value === null) return;
  const words = value as Described;
  if (typeof words.description === 'string' || words['x-description-zh-cn'] !== undefined) yield [path, words];
  for (const [key, inner] of Object.entries(value)) yield* described(inner, `${path}/${key}`);
}

test('every description of every schema is in both languages', () => {
  const files = readdirSync(join(root, 'schemas'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  );
  let count = 0;
  for (const file of files)
    for (const [path, words] of described(JSON.parse(readFileSync(join(root, 'schemas', file), 'utf8')))) {
      const where = `${file}${path}`;
      const [en, zh] = [words.description ?? '', words['x-description-zh-cn'] ?? ''];
      count++;
      assert.ok(en !== '' && zh !== '', where);
      assert.doesNotMatch(en, CHINESE, where);
      assert.match(zh, CHINESE, `${where}: ${zh}`);
      assert.deepEqual([...codeIn(zh)].sort(), [...codeIn(en)].sort(), where);
    }
  assert.ok(count > 1000, `only ${count} descriptions were found`);
});
