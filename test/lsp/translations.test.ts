import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './editor.ts';

test('every sentence of the VS Code client has its Chinese, and no Chinese is left over', () => {
  const sources = readdirSync(join(root, 'client', 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, 'client', 'src', name), 'utf8'));
  const used = sources.flatMap((source) => [...source.matchAll(/l10n\.t\(\s*'([^']+)'/g)].map((match) => match[1]!));
  const bundle = JSON.parse(readFileSync(join(root, 'l10n', 'bundle.l10n.zh-cn.json'), 'utf8')) as Record<
    string,
    string
  >;
  assert.deepEqual(Object.keys(bundle).sort(), [...new Set(used)].sort());
  for (const [sentence, chinese] of Object.entries(bundle)) {
    assert.match(chinese, /[\u4e00-\u9fff]/, sentence);
    const holes = (text: string): readonly string[] => [...(text.match(/\{\d\}/g) ?? [])].sort();
    assert.deepEqual(holes(chinese), holes(sentence), sentence);
  }
});
