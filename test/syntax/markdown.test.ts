import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fenceText, parseMarkdown } from '../../server/src/syntax/markdown.ts';

const languages = (text: string) => parseMarkdown(text).fences.map(({ language }) => language);

test('fences with their languages, whatever stands behind the first word', () => {
  assert.deepEqual(languages('# t\n```yaml title="a.yaml"\na: 1\n```\n~~~Bash\nls\n~~~\n```\nx\n```\n'), [
    'yaml',
    'bash',
    '',
  ]);
});

test('a longer fence holds a shorter one', () => {
  const text = '````md\n```yaml\na: 1\n```\n````\n';
  assert.deepEqual(languages(text), ['md']);
});

test('a fence that never closes is none, and code in a line is none', () => {
  assert.deepEqual(languages('```yaml\na: 1\n'), []);
  assert.deepEqual(languages('``` a `b` ``` c\n'), []);
});

test('inside a list the shared indentation is taken off, and places stay true', () => {
  const text = '1. do\n\n   ```yaml\n   kind: X\n     deep: 1\n\n   ```\n';
  const { fences } = parseMarkdown(text);
  const { text: inner, embedding } = fenceText(text, fences[0]!);
  assert.equal(inner, 'kind: X\n  deep: 1\n\n');
  const at = inner.indexOf('deep');
  assert.equal(text.slice(embedding.outer(at), embedding.outer(at) + 4), 'deep');
  assert.equal(embedding.encode('a\nb'), 'a\n   b');
});

test('an empty fence has an empty text', () => {
  const text = '```yaml\n```\n';
  assert.equal(fenceText(text, parseMarkdown(text).fences[0]!).text, '');
});
