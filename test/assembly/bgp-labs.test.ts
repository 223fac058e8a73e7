import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bgpOf } from '../../server/src/engine/bgp.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

/** Two FRR routers, cabled back to back; the second one's address and AS may be left to another lab. */
function labOf(
  name: string,
  routers: readonly { readonly name: string; readonly own: string; readonly peer: string }[],
) {
  const [first, second] = routers;
  const nodes = routers.map(
    (one) =>
      `    ${one.name}: {kind: linux, image: "quay.io/frrouting/frr:8.4.4", binds: ["${one.name}.conf:/etc/frr/frr.conf"]}`,
  );
  const link =
    second === undefined ? `["${first!.name}:eth1", "host:${name}"]` : `["${first!.name}:eth1", "${second.name}:eth1"]`;
  return [
    [
      `${name}.clab.yml`,
      `name: ${name}\ntopology:\n  nodes:\n${nodes.join('\n')}\n  links:\n    - endpoints: ${link}\n`,
    ],
    ...routers.map((one) => [
      `${one.name}.conf`,
      `frr defaults datacenter\nhostname ${one.name}\ninterface eth1\n ip address ${one.own}/30\nexit\nrouter bgp 65001\n neighbor ${one.peer} remote-as internal\nexit\n`,
    ]),
  ] as [string, string][];
}

/** `router > address: state reason` of every session. */
function sessions(files: readonly [string, string][]): string[] {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: 'file:///w' }]);
  for (const [path, text] of files) workspace.setFile(`file:///w/${path}`, text);
  const sites = [...workspace.sites()];
  assert.equal(sites.length, 1);
  return sites.flatMap((site) =>
    bgpOf(site).routers.flatMap(({ name, sessions }) =>
      sessions.map(({ peerAddress, state, reason }) => `${name} > ${peerAddress}: ${state} ${reason ?? ''}`.trim()),
    ),
  );
}

test('labs that lie side by side may use the same addresses', () => {
  const ends = (tail: string) => [
    { name: `a${tail}`, own: '10.0.0.1', peer: '10.0.0.2' },
    { name: `b${tail}`, own: '10.0.0.2', peer: '10.0.0.1' },
  ];
  assert.deepEqual(sessions([...labOf('one', ends('1')), ...labOf('two', ends('2'))]), [
    'a1 > 10.0.0.2: established',
    'a2 > 10.0.0.2: established',
    'b1 > 10.0.0.1: established',
    'b2 > 10.0.0.1: established',
  ]);
});

test('a router of another lab is no peer, and its having the address does not make the session wrong', () => {
  const files = [
    ...labOf('one', [{ name: 'a', own: '10.0.0.1', peer: '10.0.0.2' }]),
    ...labOf('two', [{ name: 'b', own: '10.0.0.2', peer: '10.0.0.1' }]),
  ];
  assert.deepEqual(sessions(files), ['a > 10.0.0.2: unknown unknown-peer', 'b > 10.0.0.1: unknown unknown-peer']);
});
