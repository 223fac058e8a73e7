import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { get, request } from 'node:http';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { networkOf } from '../../server/src/cli/graph/network.ts';
import { type GraphServer, serveView } from '../../server/src/cli/graph/serve.ts';
import { readScope } from '../../server/src/cli/read.ts';
import { scopeOf } from '../../server/src/cli/scope.ts';
import { GRAPH_FORMATS, GRAPH_VIEWS } from '../../server/src/engine/graph.ts';
import { folderWith, selvage } from './site.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const LAB = `name: two
topology:
  nodes:
    leaf1: {kind: linux, image: "frrouting/frr:v8.4.1"}
    server1: {kind: linux, image: alpine}
  links:
    - endpoints: ["leaf1:eth1", "server1:eth1"]
    - endpoints: ["leaf1:eth2", "nobody:eth1"]
`;

interface Drawn {
  nodes: {
    id: string;
    label: string;
    role: string;
    x: number;
    source?: { file: string; range: { start: { line: number } } };
    findings: { code: string }[];
  }[];
  edges: { id: string; from: string; to: string; state: string }[];
}

test('the JSON says what stands where, what is named and not defined, and where each is written', async () => {
  const folder = folderWith({ 'two.clab.yml': LAB });
  const { code, out } = await selvage(folder, ['graph']);
  assert.equal(code, 0);
  const { nodes, edges } = JSON.parse(out) as Drawn;
  assert.deepEqual(
    nodes.map(({ label, role }) => `${label} ${role}`).sort(),
    ['leaf1 machine', 'nobody missing', 'server1 machine'].sort(),
  );
  const leaf = nodes.find(({ label }) => label === 'leaf1')!;
  assert.equal(leaf.source?.file, 'two.clab.yml');
  assert.equal(leaf.source?.range.start.line, 3);
  const missing = nodes.find(({ label }) => label === 'nobody')!;
  assert.deepEqual(
    missing.findings.map(({ code }) => code),
    ['clab/unknown-node'],
  );
  assert.equal(edges.find(({ to }) => to === missing.id)?.state, 'unknown');
});

test('every example gives every view in every format, the same each time', async () => {
  for (const view of GRAPH_VIEWS)
    for (const format of GRAPH_FORMATS) {
      const one = await selvage(join(root, 'examples', 'broken-fabric'), ['graph', '--view', view, '--format', format]);
      assert.equal(one.code, 0, one.error);
      const shape = {
        json: /^\{/,
        svg: /^<svg[\s\S]*<\/svg>\n$/,
        mermaid: /^flowchart /,
        dot: /^graph "/,
        drawio: /<mxfile[\s\S]*<\/mxfile>/,
      }[format];
      assert.match(one.out, shape);
    }
  const args = ['graph', '--view', 'bgp', '--format', 'svg'];
  const folder = join(root, 'examples', '004-leaf-spine');
  assert.equal((await selvage(folder, args)).out, (await selvage(folder, args)).out);
});

test('a file that is being begun is drawn as far as it goes', async () => {
  for (const text of [
    'name: x\n',
    'topology:\n  nodes:\n',
    `${LAB}    - endpoints: ["leaf1:`,
    'topology:\n  nodes:\n    a:\n  links:\n    - \n    - endpoints:\n',
  ]) {
    const folder = folderWith({ 'x.clab.yml': text });
    for (const view of GRAPH_VIEWS) {
      const { code, error } = await selvage(folder, ['graph', '--view', view, '--format', 'svg']);
      assert.equal(code, 0, `${view} of ${JSON.stringify(text)}: ${error}`);
    }
  }
});

test('names from files cannot break out of a picture', async () => {
  const evil = '<script>alert(1)</script>"]; end';
  const folder = folderWith({ 'x.clab.yml': `name: x\ntopology:\n  nodes:\n    '${evil}': {kind: bridge}\n` });
  for (const format of ['svg', 'drawio'] as const) {
    const { out } = await selvage(folder, ['graph', '--format', format]);
    assert.doesNotMatch(out, /<script/);
  }
  const { out } = await selvage(folder, ['graph', '--format', 'mermaid']);
  assert.doesNotMatch(out, /<script|"\]; end/);
});

test('a network that is not there is refused in one sentence', async () => {
  const { code, error } = await selvage(folderWith({ 'two.clab.yml': LAB }), ['graph', '--site', 'nowhere']);
  assert.equal(code, 2);
  assert.match(error, /^selvage: There is no network nowhere here/);
});

before(() => {
  if (existsSync(join(root, 'dist', 'view.js'))) return;
  spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root });
});

async function served(folder: string, story: (server: GraphServer) => Promise<void>): Promise<void> {
  const server = await serveView(networkOf(await readScope(scopeOf([], folder))), 'en', 'physical');
  try {
    await story(server);
  } finally {
    await server.close();
  }
}

test('the view in a browser: our page and script, strict policy, and only for who has the address', () =>
  served(folderWith({ 'two.clab.yml': LAB }), async ({ address }) => {
    const { hostname, origin } = new URL(address);
    assert.equal(hostname, '127.0.0.1');
    const page = await fetch(address);
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.doesNotMatch(await page.text(), /<style|\son[a-z]+="/);
    assert.equal((await fetch(`${address}view.js`)).status, 200);
    assert.equal((await fetch(`${origin}/`)).status, 404);
    assert.equal((await fetch(`${origin}/${'x'.repeat(24)}/`)).status, 404);
    assert.equal((await fetch(`${address}../../etc/passwd`)).status, 404);
    assert.equal(
      (await fetch(`${address}ask/graph`, { method: 'POST', headers: { origin: 'http://evil.example' }, body: '{}' }))
        .status,
      404,
    );
    assert.equal(await statusWithHost(address, 'evil.example'), 404);
  }));

test('the browser hears of a change on disk: only of what changed', () =>
  served(folderWith({ 'two.clab.yml': LAB }), async ({ address }) => {
    const ask = async (params: object) =>
      (await (await fetch(`${address}ask/graph`, { method: 'POST', body: JSON.stringify(params) })).json()) as {
        revision: number;
        graph: Drawn;
      };
    const { graph } = await ask({ panel: 'one', view: 'physical' });
    assert.equal(graph.nodes.length, 3);
    const heard = nextEvent(`${address}events?panel=one`);
    await heard.open;
    const { file } = graph.nodes[0]!.source!;
    writeFileSync(fileURLToPath(file), LAB.replace('nobody', 'server1'));
    const message = JSON.parse(await heard.event) as {
      type: string;
      changes: { nodes: { put: unknown[]; gone: string[] } };
    };
    assert.equal(message.type, 'changes');
    assert.deepEqual(message.changes.nodes.gone.length, 1);
  }));

function statusWithHost(address: string, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(address, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

function nextEvent(address: string): { open: Promise<void>; event: Promise<string> } {
  let opened = (): void => {};
  const open = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const event = new Promise<string>((resolve, reject) => {
    const asked = get(address, (response) => {
      opened();
      response.setEncoding('utf8').on('data', (text: string) => {
        const data = /^data: (.*)$/m.exec(text)?.[1];
        if (data === undefined) return;
        resolve(data);
        asked.destroy();
      });
    }).on('error', reject);
  });
  return { open, event };
}
