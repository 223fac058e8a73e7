import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { root } from '../lsp/editor.ts';

const cli = join(root, 'dist', 'cli.js');
const trial = mkdtempSync(join(tmpdir(), 'selvage-mcp-'));
const folder = join(trial, 'broken-fabric');

before(() => {
  assert.ok(existsSync(cli), 'npm run build makes what this test speaks to');
  cpSync(join(root, 'examples', 'broken-fabric'), folder, { recursive: true });
});
after(() => rmSync(trial, { recursive: true, force: true, maxRetries: 5 }));

/** An assistant made of the protocol's own client. */
async function assistant(served: string, ...args: readonly string[]): Promise<Client> {
  const client = new Client({ name: 'a test', version: '1' });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [cli, 'mcp', served, ...args] }));
  after(() => client.close());
  return client;
}

interface Result {
  readonly isError?: boolean;
  readonly text: string;
  readonly value: Record<string, unknown>;
}

async function asked(client: Client, name: string, input: Record<string, unknown> = {}): Promise<Result> {
  const result = await client.callTool({ name, arguments: input });
  const [content] = result.content as readonly { readonly type: string; readonly text: string }[];
  return {
    ...(result.isError === true && { isError: true }),
    text: content?.text ?? '',
    value: (result.structuredContent ?? {}) as Record<string, unknown>,
  };
}

function write(base: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(base, name)), { recursive: true });
    writeFileSync(join(base, name), text);
  }
}

const PEER = `apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: lonely
spec:
  asNumber: 64512
`;

test('an assistant is told what there is to ask, and that none of it changes anything', async () => {
  const client = await assistant(folder);
  assert.equal(client.getServerVersion()?.name, 'selvage');
  assert.match(client.getInstructions() ?? '', /one network/);
  const { tools } = await client.listTools();
  assert.deepEqual(
    tools.map(({ name }) => name),
    ['check', 'explain_rule', 'predict_sessions', 'explain_route', 'address_plan'],
  );
  for (const { name, description, inputSchema, annotations } of tools) {
    assert.ok((description ?? '').length > 40, name);
    assert.equal(inputSchema.type, 'object', name);
    assert.deepEqual([annotations?.readOnlyHint, annotations?.openWorldHint], [true, false], name);
  }
});

test('from a finding to its reason to the route that is missing, and the files are checked anew after an edit', async () => {
  const client = await assistant(folder);
  const first = await asked(client, 'check', { path: 'frr/tor0', severity: 'error' });
  const findings = first.value.findings as readonly { at: string; rule: string; message: string }[];
  const mismatch = findings.find(({ rule }) => rule === 'bgp/as-mismatch');
  assert.match(mismatch?.at ?? '', /^frr\/tor0\/frr\.conf:31:32$/);
  assert.ok(findings.every(({ at }) => at.startsWith('frr/tor0/')));
  assert.deepEqual(JSON.parse(first.text), first.value);

  const why = await asked(client, 'explain_rule', { rule: mismatch!.rule });
  assert.match(String(why.value.why), /Bad Peer AS/);

  const down = await asked(client, 'predict_sessions', { router: 'tor0', state: 'down' });
  const sessions = down.value.sessions as readonly { router: string; peer: string; state: string; reason: string }[];
  assert.ok(sessions.some(({ peer, reason }) => peer === 'lab-worker' && reason === 'as-mismatch'));
  assert.ok(sessions.every(({ router, state }) => router === 'tor0' && state === 'down'));

  const route = await asked(client, 'explain_route', { router: 'tor0', prefix: '10.244.0.0/16' });
  const [explained] = route.value.routes as readonly { verdict: string; stops: readonly string[] }[];
  assert.equal(explained?.verdict, 'missing');
  assert.match(explained!.stops.join('\n'), /as-mismatch/);

  const plan = await asked(client, 'address_plan');
  const [site] = plan.value.sites as readonly { ranges: readonly { range: string; at?: string }[] }[];
  assert.ok(site!.ranges.some(({ range, at }) => range === '10.0.10.0/30' && at === 'vyos/core0/config.boot:3:17'));

  const frr = join(folder, 'frr/tor0/frr.conf');
  const lines = readFileSync(frr, 'utf8').split('\n');
  assert.match(lines[30]!, /remote-as/);
  lines[30] = lines[30]!.replace('65001', '65010');
  writeFileSync(frr, lines.join('\n'));
  const second = await asked(client, 'check', { path: 'frr/tor0', severity: 'error' });
  assert.ok(
    !(second.value.findings as typeof findings).some(({ at, rule }) => rule === mismatch!.rule && at === mismatch!.at),
  );
});

test('a wrong question is answered with a sentence that helps to ask a right one', async () => {
  const client = await assistant(folder);
  for (const [tool, input, sentence] of [
    ['check', { paht: 'frr' }, /There is no input `paht`; there are: path, severity, rule, limit\./],
    ['check', { severity: 'fatal' }, /`severity` must be one of error, warning, information, hint\./],
    ['check', { limit: 0 }, /`limit` must be a whole number from 1 to 1000\./],
    ['check', { path: 7 }, /`path` must be a text/],
    ['check', { path: 'no/such.yaml' }, /There is no file that Selvage reads at no\/such\.yaml\./],
    ['check', { rule: 'bgp/as-mismach' }, /Near it: bgp\/as-mismatch/],
    ['explain_rule', {}, /`rule` is missing/],
    ['explain_rule', { rule: 'constructor' }, /There is no rule constructor/],
    ['predict_sessions', { router: 'tor9' }, /No router here is called tor9; there are: .*tor0/],
    ['explain_route', { router: 'tor0', prefix: '$(id)' }, /neither a prefix nor an address/],
    ['address_plan', { site: 'west' }, /There is no network west here; there are: /],
    ['check', { __proto__: null, constructor: 'x' }, /There is no input `constructor`/],
  ] as const) {
    const result = await asked(client, tool, { ...input });
    assert.equal(result.isError, true, `${tool} ${JSON.stringify(input)}: ${result.text}`);
    assert.match(result.text, sentence);
  }
  await assert.rejects(client.callTool({ name: 'apply', arguments: {} }), /There is no tool apply/);
  // And it goes on answering.
  assert.equal((await asked(client, 'explain_rule', { rule: 'bgp/as-mismatch' })).isError, undefined);
});

test('nothing outside of the served folder is read: no path, no link', async () => {
  const outside = join(trial, 'outside');
  const inside = join(trial, 'inside');
  write(outside, { 'secret-peer.yaml': PEER, 'more/peer.yaml': PEER.replace('lonely', 'hidden') });
  write(inside, { 'peer.yaml': PEER.replace('lonely', 'shown') });
  symlinkSync(join(outside, 'secret-peer.yaml'), join(inside, 'linked.yaml'));
  symlinkSync(join(outside, 'more'), join(inside, 'linked'));
  const client = await assistant(inside);
  for (const path of [
    '..',
    '../outside',
    join(outside, 'secret-peer.yaml'),
    'a/../../outside',
    '/etc',
    'C:\\Windows',
  ]) {
    const result = await asked(client, 'check', { path });
    assert.equal(result.isError, true, path);
    assert.match(result.text, /outside of the open folder/, path);
  }
  const { value } = await asked(client, 'check');
  const findings = value.findings as readonly { at: string }[];
  assert.ok(findings.length > 0);
  assert.deepEqual([...new Set(findings.map(({ at }) => at.split(':')[0]))], ['peer.yaml']);
  assert.equal((await asked(client, 'check', { path: join(inside, 'peer.yaml') })).isError, undefined);
});

test('no answer holds a secret of the files', async () => {
  const secrets = ['hunter2-frr', 'hunter2-enable', 'hunter2-vyos', 'hunter2-data', 'hunter2-inline', '$6$hunter2'];
  const site = join(trial, 'secrets');
  write(site, {
    'frr/tor0/frr.conf': `frr version 9.1
enable password hunter2-enable
router bgp 65000
 neighbor 10.0.0.2 remote-as 65001
 neighbor 10.0.0.2 password hunter2-frr
 neighbor 10.0.0.9 pasword hunter2-frr
`,
    'vyos/core0/config.boot': `system {
    login {
        user vyos {
            authentication {
                encrypted-password $6$hunter2
                plaintext-password "hunter2-vyos"
            }
        }
    }
}
`,
    'secret.yaml': `apiVersion: v1
kind: Secret
metadata: {name: bgp, namespace: kube-system}
stringData: {peer: hunter2-data}
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: {name: tor0}
spec: {peerIP: 10.0.0.1, asNumber: 65000, password: hunter2-inline}
`,
  });
  const client = await assistant(site);
  const told = [
    await asked(client, 'check'),
    await asked(client, 'predict_sessions'),
    await asked(client, 'explain_route', { router: 'tor0', prefix: '10.0.0.0/24' }),
    await asked(client, 'address_plan'),
  ];
  assert.ok((told[0]!.value.found as number) > 0);
  for (const secret of secrets)
    for (const { text } of told) assert.ok(!text.includes(secret), `${secret} is told in ${text}`);
});

test('a question that is cancelled is dropped, and the next one is answered', async () => {
  const wide = join(trial, 'wide');
  const nodes = Array.from({ length: 1500 }, (_, i) => PEER.replace('lonely', `peer-${i}`));
  for (let i = 0; i < 60; i++) write(wide, { [`many/${i}.yaml`]: nodes.slice(i * 25, i * 25 + 25).join('---\n') });
  const client = await assistant(wide);
  const abort = new AbortController();
  const answer = client.callTool({ name: 'check', arguments: {} }, { signal: abort.signal });
  setTimeout(() => abort.abort(), 20);
  await assert.rejects(answer);
  assert.equal((await asked(client, 'explain_rule', { rule: 'bgp/as-mismatch' })).value.severity, 'error');
});

test('nothing is started, and nothing is written', async () => {
  const bin = join(trial, 'bin');
  const ran = join(trial, 'ran');
  for (const program of ['calicoctl', 'kubectl', 'containerlab', 'sh', 'git', 'docker']) {
    write(bin, { [program]: `#!/bin/sh\necho ${program} >> ${ran}\n` });
    spawnSync('/bin/chmod', ['+x', join(bin, program)]);
  }
  const before = snapshot(folder);
  const talk = wire(folder, { PATH: bin });
  await talk.ask('initialize', {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 't', version: '1' },
  });
  talk.tell('notifications/initialized', {});
  for (const name of ['check', 'predict_sessions', 'address_plan'])
    assert.ok((await talk.ask('tools/call', { name, arguments: {} })).result, name);
  assert.equal(await talk.end(), 0);
  assert.ok(!existsSync(ran), existsSync(ran) ? readFileSync(ran, 'utf8') : '');
  assert.deepEqual(snapshot(folder), before);
});

test('on the wire: the handshake, malformed lines, unknown methods, and the end of input', async () => {
  const talk = wire(folder, {});
  talk.raw('this is no JSON\n');
  talk.raw('{"jsonrpc":"2.0"}\n');
  const { result } = await talk.ask('initialize', {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 't', version: '1' },
  });
  assert.deepEqual(
    [
      result?.protocolVersion,
      (result?.serverInfo as { name?: string } | undefined)?.name,
      Object.keys(result?.capabilities as object),
    ],
    ['2025-06-18', 'selvage', ['tools']],
  );
  talk.tell('notifications/initialized', {});
  assert.equal((await talk.ask('resources/list', {})).error?.code, -32601);
  assert.equal((await talk.ask('tools/call', { arguments: {} })).error?.code, -32602);
  assert.deepEqual((await talk.ask('ping', {})).result, {});
  assert.equal(await talk.end(), 0);
  assert.deepEqual(talk.strays(), [], 'standard output holds the protocol and nothing else');
});

test('the folder must be there, and help and answers are in Chinese on request', async () => {
  const missing = spawnSync(process.execPath, [cli, 'mcp', join(trial, 'nowhere')], { encoding: 'utf8', input: '' });
  assert.equal(missing.status, 2);
  assert.match(missing.stderr, /There is no folder/);
  const client = await assistant(folder, '--lang', 'zh-cn');
  assert.match((await asked(client, 'explain_rule', { rule: 'bgp/as-mismatch' })).text, /[\u4e00-\u9fff]/);
  assert.match((await asked(client, 'check', { path: '..' })).text, /不在打开的文件夹内/);
});

interface Message {
  readonly id?: number;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: number };
}

/** The bytes themselves, without anybody's client. */
function wire(served: string, env: Readonly<Record<string, string>>) {
  const child: ChildProcess = spawn(process.execPath, [cli, 'mcp', served], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const waiting = new Map<number, (message: Message) => void>();
  const strays: string[] = [];
  createInterface({ input: child.stdout! }).on('line', (line) => {
    let message: Message | undefined;
    try {
      message = JSON.parse(line) as Message;
    } catch {
      strays.push(line);
    }
    if (message?.id !== undefined) waiting.get(message.id)?.(message);
  });
  let last = 0;
  const raw = (text: string): void => void child.stdin!.write(text);
  const send = (message: object): void => raw(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  return {
    raw,
    tell: (method: string, params: object): void => send({ method, params }),
    ask(method: string, params: object): Promise<Message> {
      const id = ++last;
      send({ id, method, params });
      return new Promise((resolve) => waiting.set(id, resolve));
    },
    strays: () => strays,
    end(): Promise<number | null> {
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
      child.stdin!.end();
      return ended;
    },
  };
}

function snapshot(base: string): readonly string[] {
  return readdirSync(base, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(
      (entry) => `${join(entry.parentPath, entry.name)}\n${readFileSync(join(entry.parentPath, entry.name), 'utf8')}`,
    )
    .sort();
}
