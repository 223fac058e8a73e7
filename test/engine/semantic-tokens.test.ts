import assert from 'node:assert/strict';
import { test } from 'node:test';
import { semanticTokensIn } from '../../server/src/engine/semantic-tokens.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

/** `text type` for each token, in order. */
function tokens(path: string, text: string, within: readonly [number, number] = [0, text.length]): readonly string[] {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: 'file:///net' }]);
  workspace.setFile(`file:///net/${path}`, text);
  const found = semanticTokensIn(workspace.file(`file:///net/${path}`)!, within);
  for (const [index, { start, length }] of found.entries()) {
    const next = found[index + 1];
    assert.ok(next === undefined || start + length <= next.start, 'no token lies over another');
    assert.doesNotMatch(text.slice(start, start + length), /\n/);
  }
  return found.map(({ start, length, type }) => `${text.slice(start, start + length)} ${type}`);
}

const pool = (selector: string): string =>
  `apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata:\n  name: p\nspec:\n  nodeSelector: ${selector}\n`;

test('a selector, plain, in quotes with an escape, and folded over lines', () => {
  const expected = ['has function', 'rack property', '&& operator', 'zone property', 'in operator'];
  assert.deepEqual(tokens('a.yaml', pool("has(rack) && zone in {'a'}")), [...expected, "'a' string"]);
  assert.deepEqual(tokens('a.yaml', pool('"has(rack) && zone in {\\"a\\"}"')), [...expected, '\\"a\\" string']);
  assert.deepEqual(tokens('a.yaml', pool('>-\n    has(rack) &&\n    zone in {"a"}')), [...expected, '"a" string']);
});

test('an unfinished selector is coloured as far as it goes; a template is left alone', () => {
  assert.deepEqual(tokens('a.yaml', pool('rack == ')), ['rack property', '== operator']);
  assert.deepEqual(tokens('a.yaml', pool('"{{ .Values.selector }}"')), []);
});

test('prefixes, addresses and ranges, but not versions, names and times', () => {
  const text = `apiVersion: spiderpool.spidernet.io/v2beta1
kind: SpiderIPPool
metadata: {name: p, labels: {version: 1.2.3, at: "12:30"}}
spec:
  subnet: 10.1.0.0/24
  ips: [10.1.0.10-10.1.0.20, "fd00::1"]
  gateway: 10.1.0.1
`;
  assert.deepEqual(tokens('a.yaml', text), [
    '10.1.0.0/24 number',
    '10.1.0.10 number',
    '- operator',
    '10.1.0.20 number',
    'fd00::1 number',
    '10.1.0.1 number',
  ]);
});

test('JSON in an annotation', () => {
  const text = `apiVersion: v1
kind: Pod
metadata:
  name: a
  annotations:
    ipam.spidernet.io/ippool: '{"ipv4": ["p1"], "enabled": true}'
spec: {containers: []}
`;
  assert.deepEqual(tokens('a.yaml', text), ['"ipv4" property', '"p1" string', '"enabled" property', 'true keyword']);
});

test('heredocs: YAML with a selector in it, and a router’s configuration', () => {
  const text = `#!/bin/bash
kubectl apply -f - <<'EOF'
${pool('rack == "a"').trim()}
EOF
cat > frr.conf <<'EOF'
frr version 10.2
router bgp 65000
 no bgp default ipv4-unicast
 neighbor TOR peer-group
 neighbor 10.0.0.1 remote-as 65001
exit
EOF
`;
  const found = tokens('a.sh', text);
  assert.deepEqual(found.slice(0, 4), [
    'apiVersion property',
    'projectcalico.org/v3 string',
    'kind property',
    'IPPool string',
  ]);
  assert.deepEqual(found.slice(8, 12), ['nodeSelector property', 'rack property', '== operator', '"a" string']);
  assert.deepEqual(found.slice(13), [
    'router keyword',
    '65000 number',
    'no operator',
    'bgp property',
    'neighbor property',
    'TOR type',
    'neighbor property',
    '10.0.0.1 number',
    '65001 number',
    'exit keyword',
  ]);
});

test('a range of a large file is answered from the documents in it', () => {
  const text = Array.from({ length: 400 }, (_, index) => pool(`rack == "r${index}"`)).join('---\n');
  const from = text.indexOf('r200');
  const found = tokens('a.yaml', text, [from - 10, from + 10]);
  assert.deepEqual(found, ['rack property', '== operator', '"r200" string']);
});

test('plain YAML of others, and configurations that have a grammar of their own, get nothing', () => {
  assert.deepEqual(tokens('a.yaml', 'hosts:\n  - 10.0.0.1\n'), []);
  assert.deepEqual(tokens('frr.conf', 'frr version 10\nrouter bgp 65000\n neighbor 10.0.0.1 remote-as 65001\n'), []);
});
