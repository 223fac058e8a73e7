import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resourcesOf } from '../../server/src/model/resources.ts';
import type { ShellScript } from '../../server/src/model/shell/script.ts';
import type { Doc } from '../../server/src/syntax/document.ts';
import { parseShell } from '../../server/src/syntax/shell.ts';

function scriptOf(text: string): ShellScript | undefined {
  const doc: Doc = {
    file: 'file:///a.sh',
    format: 'shell',
    text,
    base: 0,
    tree: { format: 'shell', shell: parseShell(text) },
  };
  return resourcesOf(doc)[0] as ShellScript | undefined;
}

const routes = (text: string) =>
  scriptOf(text)?.routes.map(({ form, action, destination, via }) => [
    form,
    action,
    destination.value,
    ...via.map(({ value }) => value),
  ]);

test('a script that does nothing to the network is no resource', () => {
  assert.equal(scriptOf('set -e\nkubectl apply -f a.yaml\nip addr show\nroute -n\niptables -L -n\n'), undefined);
});

test('routes of both commands, and of one with the words of the other', () => {
  assert.deepEqual(routes('sudo ip r add 10.0.0.0/8 via 10.1.1.1\n'), [['ip', 'add', '10.0.0.0/8', '10.1.1.1']]);
  assert.deepEqual(routes('route add -net 10.0.0.0 netmask 255.240.0.0 gw 10.1.1.1\n'), [
    ['route', 'add', '10.0.0.0/12', '10.1.1.1'],
  ]);
  assert.deepEqual(routes('route -n add -net 10.0.0.0/8 10.1.1.1\n'), [['route', 'add', '10.0.0.0/8', '10.1.1.1']]);
  assert.deepEqual(routes('ip route del -net 10.0.0.0/8 gw 10.1.1.1\n'), [
    ['mixed', 'delete', '10.0.0.0/8', '10.1.1.1'],
  ]);
  assert.deepEqual(routes('route add -net 10.0.0.0 netmask 255.0.255.0 gw 10.1.1.1\n'), [
    ['route', 'add', undefined, '10.1.1.1'],
  ]);
});

test('what the shell fills in is not known', () => {
  assert.deepEqual(routes('ip route add $PODS via "$NODE"\n'), [['ip', 'add', undefined, undefined]]);
});

test('a pasted table, and which networks it shows as connected', () => {
  const script = scriptOf(
    '[root@a ~]# ip route\ndefault via 10.0.0.1 dev eth0\n10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.5\nblackhole 10.9.0.0/26 proto bird\n10.9.0.1 dev cali1 scope link\n',
  );
  assert.deepEqual(
    script?.routes.map((route) => [route.form, route.destination.value, route.connected]),
    [
      ['listing', 'default', false],
      ['listing', '10.0.0.0/24', true],
      ['listing', '10.9.0.0/26', false],
      ['listing', '10.9.0.1', false],
    ],
  );
});

test('routes of another table or name space are not those of this machine', () => {
  assert.equal(
    routes('ip route add 10.0.0.0/8 via 10.1.1.1 table 100\nip -n blue route add 10.0.0.0/8 via 10.1.1.1\n'),
    undefined,
  );
});

test('iptables: rules added, deleted by number, and listed; a negated side is not known', () => {
  const rules = scriptOf(
    'iptables -t nat -A POSTROUTING -s 10.1.0.0/16 ! -d 10.2.0.0/16 -o eth0 -j MASQUERADE -w\niptables -t nat -D POSTROUTING 4\n4 MASQUERADE all -- 10.3.0.0/16 0.0.0.0/0\n',
  )?.iptables.map((rule) => [
    rule.action,
    rule.chain?.value,
    rule.number?.value,
    rule.source?.value,
    rule.destination && (rule.destination.value ?? '?'),
    rule.jump?.value,
  ]);
  assert.deepEqual(rules, [
    ['add', 'POSTROUTING', undefined, '10.1.0.0/16', '?', 'MASQUERADE'],
    ['delete', 'POSTROUTING', '4', undefined, undefined, undefined],
    ['listed', undefined, undefined, '10.3.0.0/16', '0.0.0.0/0', 'MASQUERADE'],
  ]);
});

test('patches on the command line: kind, name and the JSON itself', () => {
  const text = `calicoctl patch bgpconfiguration default -p '{"spec": {"nodeToNodeMeshEnabled": false}}'\nkubectl -n kube-system patch ippool/pods --type=merge --patch='{"spec":{}}'\nkubectl patch -f a.yaml --patch-file b.yaml\n`;
  const patches = scriptOf(text)?.patches ?? [];
  assert.deepEqual(
    patches.map(({ tool, kind, name, type }) => [tool, kind.value, name.value, type]),
    [
      ['calicoctl', 'bgpconfiguration', 'default', 'merge'],
      ['kubectl', 'ippool', 'pods', 'merge'],
    ],
  );
  const [mesh] = patches;
  assert.equal(text.slice(...(mesh?.patch.place.span ?? [0, 0])), mesh?.patch.value);
});
