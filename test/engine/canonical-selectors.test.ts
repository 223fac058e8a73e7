import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalSelectorEdits } from '../../server/src/engine/canonical-selectors.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

function rewritten(text: string, path = 'a.yaml'): string {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: 'file:///net' }]);
  workspace.setFile(`file:///net/${path}`, text);
  const edits = canonicalSelectorEdits(workspace.file(`file:///net/${path}`)!);
  return [...edits]
    .sort((one, other) => other.span[0] - one.span[0])
    .reduce((now, { span, text: by }) => now.slice(0, span[0]) + by + now.slice(span[1]), text);
}

const pool = (selector: string): string =>
  `apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata:\n  name: p\nspec:\n  nodeSelector: ${selector} # why\n`;
const becomes = (from: string, to: string): void => assert.equal(rewritten(pool(from)), pool(to));

test('spaces, quotes, sets and parentheses', () => {
  becomes("rack=='a'&&has( zone )", 'rack == "a" && has(zone)');
  becomes("rack in { 'b','a','b' }", 'rack in {"a", "b"}');
  becomes('((has(a)) && has(b)) || has(c)', '(has(a) && has(b)) || has(c)');
});

test('the quotes that YAML has around it stay, and the values take the others', () => {
  becomes('"rack==\'a\'"', '"rack == \'a\'"');
  becomes('\'rack=="a"\'', '\'rack == "a"\'');
  becomes('"rack in {\\"b\\",\\"a\\"}"', "\"rack in {'a', 'b'}\"");
});

test('where YAML would read a plain scalar as something else, it gets quotes', () => {
  becomes("(!has(a))  && b  == 'x'", '"!has(a) && b == \'x\'"');
});

test('a selector that is in its form, refused, empty, templated, or laid out over lines stays', () => {
  for (const selector of [
    'all()',
    '"rack == \'a\'"',
    'rack == "a"',
    'rack = "a"',
    '""',
    '"{{ .x  }}"',
    '>-\n    has(a)  &&\n    has(b)',
  ])
    becomes(selector, selector);
});

test('in a heredoc, in flow style and in JSON', () => {
  const flow = (selector: string): string =>
    `apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: p}\nspec: {nodeSelector: ${selector}, cidr: 10.0.0.0/8}\n`;
  assert.equal(rewritten(flow('has(a)&&has(b)')), flow('has(a) && has(b)'));
  assert.equal(rewritten(flow("\"a in {'x','y'}\"")), flow("\"a in {'x', 'y'}\""));
  const script = (text: string): string => `kubectl apply -f - <<EOF\n${text}EOF\n`;
  assert.equal(rewritten(script(flow('has(a)&&has(b)')), 'a.sh'), script(flow('has(a) && has(b)')));
  const json = (selector: string): string =>
    `{"apiVersion": "projectcalico.org/v3", "kind": "IPPool", "metadata": {"name": "p"}, "spec": {"nodeSelector": ${selector}}}`;
  assert.equal(rewritten(json('"a==\'x\'"'), 'a.json'), json('"a == \'x\'"'));
});
