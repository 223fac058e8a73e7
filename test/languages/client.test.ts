import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../lsp/editor.ts';
import { CHINESE, codeIn, literalAt, sourcesIn } from './literals.ts';

const bundle = JSON.parse(readFileSync(join(root, 'l10n', 'bundle.l10n.zh-cn.json'), 'utf8')) as Record<string, string>;
const sources = sourcesIn('client/src');

/** The first argument of every `vscode.l10n.t(…)`; undefined where it is no plain string, which VS Code could not look up. */
const asked = sources.flatMap(([name, source]) =>
  [...source.matchAll(/l10n\.t\(\s*/g)].map((match) => {
    const start = match.index + match[0].length;
    const where = `${name}:${source.slice(0, match.index).split('\n').length}`;
    const quote = source[start];
    return { where, text: quote === "'" || quote === '"' ? literalAt(source, start).text : undefined };
  }),
);

test('every sentence of the VS Code client has its Chinese, and no Chinese is left over', () => {
  assert.deepEqual(
    asked.filter(({ text }) => text === undefined),
    [],
  );
  assert.deepEqual(Object.keys(bundle).sort(), [...new Set(asked.map(({ text }) => text))].sort());
  for (const [sentence, chinese] of Object.entries(bundle)) {
    assert.match(chinese, CHINESE, sentence);
    const holes = (text: string): readonly string[] => [...(text.match(/\{\d\}/g) ?? [])].sort();
    assert.deepEqual(holes(chinese), holes(sentence), sentence);
    assert.deepEqual([...codeIn(chinese)].sort(), [...codeIn(sentence)].sort(), sentence);
  }
});

test('nothing is said to a user past the translation', () => {
  const SAID =
    /\b(?:show(?:Information|Warning|Error)Message|setStatusBarMessage|withProgress|createWebviewPanel)\(\s*(?:['"]|`[^$])|\b(?:placeHolder|prompt|openLabel|saveLabel|detail|tooltip)\s*[:=]\s*['"`][A-Za-z]{2}|(?:title|label|text|message)\s*[:=]\s*['"`][A-Z][a-z]+ [a-z]/g;
  const said = sources
    // The topology's page has its sentences in texts.ts, in both languages.
    .filter(([name]) => !name.includes('/topology/view/'))
    .flatMap(([name, source]) =>
      [...source.matchAll(SAID)].map(({ index }) => `${name}:${source.slice(0, index).split('\n').length}`),
    );
  assert.deepEqual(said, []);
});
