import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderWith, selvage } from './site.ts';

const TWO_ROUTERS = {
  'fabric.clab.yml': `name: fabric
topology:
  nodes:
    r1: {kind: linux, image: "quay.io/frrouting/frr:10.3", binds: ["r1/frr.conf:/etc/frr/frr.conf"]}
    r2: {kind: linux, image: "quay.io/frrouting/frr:10.3", binds: ["r2/frr.conf:/etc/frr/frr.conf"]}
  links:
    - endpoints: ["r1:eth1", "r2:eth1"]
`,
  'r1/frr.conf': `interface eth1
 ip address 10.0.0.1/30
exit
router bgp 65001
 no bgp ebgp-requires-policy
 neighbor 10.0.0.2 remote-as 65002
exit
`,
  'r2/frr.conf': `ip route 192.0.2.0/24 blackhole
interface eth1
 ip address 10.0.0.2/30
exit
router bgp 65002
 no bgp ebgp-requires-policy
 neighbor 10.0.0.1 remote-as 65001
 neighbor 10.0.0.9 remote-as 65009
 address-family ipv4 unicast
  network 192.0.2.0/24
 exit-address-family
exit
`,
};

test('selvage bgp --format json tells every session and route', async () => {
  const { code, out } = await selvage(folderWith(TWO_ROUTERS), ['bgp', '.', '--format', 'json']);
  assert.equal(code, 0);
  const answer = JSON.parse(out);
  assert.equal(answer.version, 1);
  assert.deepEqual(answer.routers[0], {
    name: 'r1',
    asn: 65001,
    routerId: '10.0.0.1',
    file: 'r1/frr.conf',
    sessions: [
      {
        peer: 'r2',
        localAddress: '10.0.0.1',
        peerAddress: '10.0.0.2',
        localAs: 65001,
        peerAs: 65002,
        families: ['ipv4'],
        state: 'established',
        reason: null,
      },
    ],
    routes: [{ prefix: '192.0.2.0/24', nextHop: '10.0.0.2', asPath: [65002], from: 'r2', usable: true, best: 'yes' }],
  });
  const lost = answer.routers[1].sessions[1];
  assert.deepEqual([lost.peerAddress, lost.state, lost.reason], ['10.0.0.9', 'down', 'unknown-peer']);
});

test('selvage bgp in words, in both languages', async () => {
  const folder = folderWith(TWO_ROUTERS);
  const english = await selvage(folder, ['bgp', '--lang', 'en']);
  assert.match(
    english.out,
    /r1 {2}AS 65001\n {2}up +10\.0\.0\.2 \(r2\)\n {2}\* 192\.0\.2\.0\/24 {2}10\.0\.0\.2 \[65002\] r2/,
  );
  assert.match(english.out, /down +10\.0\.0\.9: the peer address belongs to no known router \[unknown-peer\]/);
  const chinese = await selvage(folder, ['bgp', '--lang', 'zh-cn']);
  assert.match(chinese.out, /未建立 {2}10\.0\.0\.9/);
});

test('selvage explain route walks from the origin, or says where the way ends', async () => {
  const folder = folderWith(TWO_ROUTERS);
  const arrives = await selvage(folder, ['explain', 'route', 'r1', '192.0.2.7', '--lang', 'en']);
  assert.equal(
    arrives.out,
    'r1 has a route to 192.0.2.0/24.\n  r2 announces it\n  r1 learns it from r2, next hop 10.0.0.2, AS path 65002\n',
  );
  const nowhere = await selvage(folder, ['explain', 'route', 'r1', '198.51.100.0/24', '--lang', 'en']);
  assert.equal(nowhere.out, 'Nobody here announces 198.51.100.0/24.\n');
  assert.equal((await selvage(folder, ['explain', 'route', 'r9', '192.0.2.0/24'])).code, 2);
});

test('where a route stops, both ends are told with file and line', async () => {
  const { 'r1/frr.conf': r1, ...others } = TWO_ROUTERS;
  const folder = folderWith({ ...others, 'r1/frr.conf': r1.replace('remote-as 65002', 'remote-as 65003') });
  const english = await selvage(folder, ['explain', 'route', 'r1', '192.0.2.0/24', '--lang', 'en']);
  assert.equal(
    english.out,
    [
      'r1 does not learn 192.0.2.0/24.',
      '  r2 announces it',
      '  r2 → r1: one end expects another AS number than the other end has [as-mismatch]',
      '    r1/frr.conf:6  `r1` (AS 65001) asks 10.0.0.2 from 10.0.0.1 and expects AS 65003.',
      '    r2/frr.conf:7  `r2` (AS 65002) expects AS 65001 at 10.0.0.1.',
      '',
    ].join('\n'),
  );
  const chinese = await selvage(folder, ['explain', 'route', 'r1', '192.0.2.0/24', '--lang', 'zh-cn']);
  assert.match(chinese.out, /^r1 没有学到 192\.0\.2\.0\/24。\n {2}r2 通告该路由\n/);
});
