import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manifest, read } from './grammar.ts';

test('each language has a grammar, a configuration and an activation event', () => {
  for (const { id, configuration } of manifest.contributes.languages) {
    assert.ok(JSON.parse(read(configuration)).comments, id);
    const grammar = manifest.contributes.grammars.find(({ language }) => language === id);
    assert.equal(JSON.parse(read(grammar!.path)).scopeName, grammar!.scopeName);
    assert.ok(manifest.activationEvents.includes(`onLanguage:${id}`), id);
  }
});

test('a first line tells FRR, VyOS and BIRD, and nothing else', () => {
  const [frr, vyos, bird] = manifest.contributes.languages.map(({ firstLine }) => new RegExp(firstLine));
  for (const line of ['frr version 10.2', 'frr defaults traditional', '! FRRouting']) assert.match(line, frr!);
  for (const line of ['interfaces {', 'set interfaces ethernet eth0 address 10.0.0.1/24']) assert.match(line, vyos!);
  for (const line of ['router id 10.0.0.1;', 'protocol bgp spine0 from t {', 'protocol device {'])
    assert.match(line, bird!);
  for (const line of ['[system]', 'server {', 'set -e', 'hostname = a', '! comment', 'service: nginx']) {
    assert.doesNotMatch(line, frr!);
    assert.doesNotMatch(line, vyos!);
    assert.doesNotMatch(line, bird!);
  }
});
