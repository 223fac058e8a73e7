import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completionsAt, nascentRouter, pathCompletionsAt } from '../../../server/src/engine/completion.ts';
import { Engine } from '../../../server/src/engine.ts';
import { ROOT, workspaceOf } from '../../workspace/texts.ts';
import { offered } from './marked.ts';

const snippets = (name: string) =>
  offered({ [name]: '|' })
    .items.filter(({ kind }) => kind === 'snippet')
    .map(({ label }) => label);

test('whole objects in an empty document, by what the file is for', () => {
  assert.deepEqual(snippets('x.clab.yml'), ['Clos lab']);
  assert.deepEqual(snippets('selvage.yaml'), ['Two sites']);
  assert.deepEqual(snippets('compose.yaml'), []);
  assert.deepEqual(snippets('values.yaml'), []);
  const all = snippets('new.yaml');
  for (const name of [
    'IPPool',
    'BGPConfiguration: mesh off',
    'BGPPeer: top-of-rack router',
    'Route reflectors',
    'Spiderpool with Calico',
  ])
    assert.ok(all.includes(name), name);
});

test('only where the document is empty', () => {
  const pool = 'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: a}\nspec: {cidr: 10.1.0.0/16}\n';
  const second = offered({ 'p.yaml': `${pool}---\nIPP|` });
  assert.match(second.accept('IPPool'), /---\napiVersion: projectcalico\.org\/v3\nkind: IPPool\n/);
  assert.match(second.accept('IPPool'), /cidr: 10\.0\.0\.0\/16\n/);
  assert.deepEqual(
    offered({ 'p.yaml': `${pool}x|` }).items.filter(({ kind }) => kind === 'snippet'),
    [],
  );
  assert.deepEqual(offered({ 'p.yaml': '  |' }).items, []);
});

test('their ranges are free and their peers the network’s', () => {
  const router =
    'hostname tor\ninterface eth1\n ip address 10.9.0.1/24\nexit\nrouter bgp 65009\n neighbor 10.9.0.2 remote-as 64512\nexit\n';
  const peer = offered({ 'tor/frr.conf': router, 'new.yaml': '|' }).accept('BGPPeer: top-of-rack router');
  assert.match(peer, /peerIP: 10\.9\.0\.1\n {2}asNumber: 65009\n/);
});

/** A node that is no reflector: without one there is nobody to reflect to. */
const CLIENT =
  'apiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {name: node3}\nspec: {bgp: {ipv4Address: 192.168.0.13/24}}\n';

for (const name of snippets('new.yaml'))
  test(`“${name}” has no fault as it is`, () => {
    const text = offered({ 'new.yaml': '|' }).accept(name).replaceAll('|', '');
    const file = name === 'Clos lab' ? 'x.clab.yml' : 'new.yaml';
    const engine = new Engine(workspaceOf({ [file]: text, 'client.yaml': CLIENT }));
    const found = engine
      .diagnose(`${ROOT}/${file}`)
      .filter(({ severity }) => severity === 'error' || severity === 'warning');
    assert.deepEqual(
      found.map(({ code, message }) => `${code}: ${message.en}`),
      [],
    );
  });

test('a router in an empty frr.conf is named for its folder, and FRR takes it', () => {
  const uri = `${ROOT}/leaf7/frr.conf`;
  const file = nascentRouter(uri, '')!;
  const [router] = completionsAt(file, 0, []).filter(({ kind }) => kind === 'snippet');
  const text = router!.insert.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');
  assert.match(text, /hostname leaf7\n/);
  const engine = new Engine(workspaceOf({ 'leaf7/frr.conf': text }));
  assert.deepEqual(
    engine.diagnose(uri).map(({ code }) => code),
    [],
  );
  assert.equal(nascentRouter(`${ROOT}/notes.txt`, ''), undefined);
});

test('files and folders where a topology binds them', async () => {
  const list = async (folder: string) =>
    folder === ROOT
      ? [
          { name: 'leaf0', kind: 'directory' as const },
          { name: '.git', kind: 'directory' as const },
          { name: 'license.key', kind: 'file' as const },
        ]
      : folder === `${ROOT}/leaf0`
        ? [{ name: 'frr.conf', kind: 'file' as const }]
        : [];
  const at = async (line: string): Promise<readonly string[]> => {
    const marked = `name: x\ntopology:\n  nodes:\n    leaf0:\n      ${line}\n`;
    const offset = marked.indexOf('|');
    const text = marked.replace('|', '');
    const workspace = workspaceOf({ 'x.clab.yml': text });
    const found = await pathCompletionsAt(workspace.file(`${ROOT}/x.clab.yml`)!, offset, list);
    return found.map(
      ({ insert, span }) =>
        text
          .slice(offset - 20, span[0])
          .split(/\s/)
          .at(-1)! + insert.join(''),
    );
  };
  assert.deepEqual(await at('startup-config: |'), ['leaf0/', 'license.key']);
  assert.deepEqual(await at('startup-config: leaf0/f|'), ['leaf0/frr.conf']);
  assert.deepEqual(await at('binds: ["leaf0/|"]'), ['["leaf0/frr.conf:/etc/frr/frr.conf']);
  assert.deepEqual(await at('binds: ["leaf0/|:/etc/frr/frr.conf"]'), ['["leaf0/frr.conf']);
  assert.deepEqual(await at('binds: ["leaf0/frr.conf:/etc|"]'), []);
  assert.deepEqual(await at('license: /etc/|'), []);
  assert.deepEqual(await at('image: |'), []);
});
