import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CodeLens } from 'vscode-languageserver';
import { type GraphChanges, withChanges } from '../../server/src/network/graph/changes.ts';
import type { ShownGraph } from '../../server/src/network/graph/shown.ts';
import { type Editor, startEditor, until } from './editor.ts';

const LAB = `name: two
topology:
  nodes:
    leaf1: {kind: linux, image: "frrouting/frr:v8.4.1", binds: ["frr.conf:/etc/frr/frr.conf"]}
    leaf2: {kind: linux, image: alpine, exec: ["ip addr add 10.0.0.2/24 dev eth1"]}
  links:
    - endpoints: ["leaf1:eth1", "leaf2:eth1"]
`;
const FRR = `hostname leaf1
interface eth1
 ip address 10.0.0.1/24
exit
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 network 10.0.0.0/24
`;

interface Snapshot {
  readonly revision: number;
  readonly sites: readonly string[];
  readonly graph: ShownGraph | null;
}

let editor: Editor;
const told: { panel: string; revision: number; changes: GraphChanges }[] = [];
before(async () => {
  const files = { 'two.clab.yml': LAB, 'frr.conf': FRR };
  editor = await startEditor({ files, initializationOptions: { opensTopology: true } });
  editor.connection.onNotification('selvage/graphChanged', (message: (typeof told)[number]) => void told.push(message));
  await editor.ready();
  await editor.open('two.clab.yml', LAB);
});
after(() => editor.stop());

const ask = (params: object): Promise<Snapshot> => editor.connection.sendRequest('selvage/graph', params);

test('a lens above the lab opens its cables', async () => {
  const textDocument = { uri: editor.uri('two.clab.yml') };
  const lenses = await editor.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument });
  assert.deepEqual(
    lenses.map(({ range, command }) => [range.start.line, command?.command, command?.arguments]),
    [[0, 'selvage.openTopology', ['physical']]],
  );
});

test('a panel gets the picture whole, then only what a key stroke changes, and both make the same', async () => {
  const { graph, revision } = await ask({ panel: 'a', view: 'physical' });
  assert.deepEqual(graph!.nodes.map(({ label }) => label).sort(), ['leaf1', 'leaf2']);
  told.length = 0;
  const typed = LAB.replace('  links:', '    leaf3: {kind: linux, image: alpine}\n  links:');
  await editor.type('two.clab.yml', 2, typed);
  const begun = performance.now();
  await until(() => told.some(({ panel }) => panel === 'a'), 'nothing was told');
  assert.ok(performance.now() - begun < 200, `${performance.now() - begun} ms`);
  const { changes, revision: next } = told.find(({ panel }) => panel === 'a')!;
  assert.equal(next, revision + 1);
  assert.deepEqual(
    changes.nodes.put.map(({ label }) => label),
    ['leaf3'],
  );
  assert.deepEqual([changes.nodes.gone, changes.edges.gone], [[], []]);

  let after = graph!;
  await until(() => told.length > 0, 'told');
  await new Promise((resolve) => setTimeout(resolve, 400));
  for (const one of told) if (one.panel === 'a') after = withChanges(after, one.changes);
  const again = await ask({ panel: 'a', view: 'physical' });
  assert.deepEqual(after, again.graph);
  for (const { id, x, y } of graph!.nodes) {
    const now = after.nodes.find((node) => node.id === id)!;
    assert.deepEqual([now.x, now.y], [x, y], `${id} stays where it was`);
  }
});

test('a comment changes no picture, only where things are written', async () => {
  await ask({ panel: 'b', view: 'physical' });
  told.length = 0;
  await editor.type('two.clab.yml', 3, `# a comment\n${LAB}`);
  await until(() => told.some(({ panel }) => panel === 'b'), 'lines moved, but nothing was told');
  await new Promise((resolve) => setTimeout(resolve, 400));
  const { graph } = await ask({ panel: 'b', view: 'physical' });
  assert.equal(graph!.nodes.find(({ label }) => label === 'leaf1')!.source!.range.start.line, 4);
});

test('the cursor finds the element, and the element its token', async () => {
  await editor.type('two.clab.yml', 4, LAB);
  const { graph } = await ask({ panel: 'c', view: 'physical' });
  const at = (path: string, line: number, character: number): Promise<string[]> =>
    editor.connection.sendRequest('selvage/graphAt', {
      panel: 'c',
      uri: editor.uri(path),
      position: { line, character },
    });
  const label = (id: string | undefined) => [...graph!.nodes, ...graph!.edges].find((one) => one.id === id);
  assert.equal(label((await at('two.clab.yml', 4, 20))[0])?.label, 'leaf2');
  assert.deepEqual(await at('two.clab.yml', 6, 24), [graph!.edges[0]!.id]);
  assert.equal(label((await at('frr.conf', 2, 6))[0])?.label, 'leaf1');
  const source = graph!.nodes.find(({ label }) => label === 'leaf2')!.source!;
  assert.deepEqual(source.range, { start: { line: 4, character: 4 }, end: { line: 4, character: 9 } });
  assert.equal(source.file, editor.uri('two.clab.yml'));
});

test('a session that cannot come up says why, and a route where it is announced', async () => {
  const { graph } = await ask({ panel: 'd', view: 'bgp' });
  const leaf = graph!.nodes.find(({ label }) => label === 'leaf1')!;
  const [session] = graph!.edges;
  assert.notEqual(session!.state, 'up');
  assert.ok(session!.facts.some(([name]) => name === 'why'));
  const path = await editor.connection.sendRequest<{ verdict: string; hops: { node: string }[] }>('selvage/graphPath', {
    panel: 'd',
    router: leaf.id,
    prefix: '10.0.0.0/24',
  });
  assert.equal(path.verdict, 'announced-here');
  assert.deepEqual(
    path.hops.map(({ node }) => node),
    [leaf.id],
  );
});

test('pictures as texts are those that the panel shows', async () => {
  const pins = { 'host/leaf1': [-900, 70] };
  await ask({ panel: 'e', view: 'physical', pins });
  const text = await editor.connection.sendRequest<string>('selvage/graphText', { panel: 'e', format: 'json' });
  const { nodes } = JSON.parse(text) as ShownGraph;
  const { x, y } = nodes.find(({ id }) => id === 'host/leaf1')!;
  assert.deepEqual([x, y], [-900, 70]);
});

test('nonsense is answered, and a closed panel hears nothing', async () => {
  for (const params of [null, 7, {}, { panel: 5 }, { panel: 'x', view: 'none', pins: 'no' }])
    await ask(params as never);
  assert.equal(await editor.connection.sendRequest('selvage/graphPath', null), null);
  assert.deepEqual(await editor.connection.sendRequest('selvage/graphAt', { panel: 'nobody' }), []);
  for (const panel of ['a', 'b', 'c', 'd', 'e', 'x'])
    await editor.connection.sendNotification('selvage/graphClosed', { panel });
  // An answer behind them: the server has heard of it, and what it told before has come.
  await editor.connection.sendRequest('selvage/graphAt', { panel: 'nobody' });
  told.length = 0;
  await editor.type('two.clab.yml', 5, LAB.replace('leaf2', 'leaf7'));
  await new Promise((resolve) => setTimeout(resolve, 400));
  assert.deepEqual(told, []);
});
