import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type BgpNeighbor, type RouterConfig, routerConfigOf } from '../../server/src/model/router/config.ts';
import { parseBird } from '../../server/src/syntax/bird.ts';

function bird(text: string): RouterConfig {
  const tree = { format: 'bird', bird: parseBird(text) } as const;
  return routerConfigOf({ file: 'file:///r1/bird.conf', format: 'bird', text, tree, base: 0 })!;
}

function peer(router: RouterConfig, address: string): BgpNeighbor {
  return router.bgp[0]!.neighbors.find((neighbor) => neighbor.peer.value === address)!;
}

/** A policy as lines: `permit 10.0.0.0/8 le 32 & deny …`. */
function policy(router: RouterConfig, name: string | undefined): string[] {
  return router.routeMaps
    .filter((entry) => entry.name.value === name)
    .map(({ action, match }) => {
      const sets = match.map(({ words }) =>
        words[0] !== 'ip'
          ? 'unknown'
          : router.prefixLists
              .filter((entry) => entry.name.value === words.at(-1))
              .map(({ action: how, prefix, ge, le }) =>
                [how?.value, prefix?.value, ge && `ge ${ge.value}`, le && `le ${le.value}`].filter(Boolean).join(' '),
              )
              .join(', '),
      );
      return `${action?.value}: ${sets.join(' & ') || 'all'}`;
    });
}

const PEERS = `
router id 1.1.1.1;
define OWN = 65001;
define NETS = [ 10.0.0.0/8{16,24}, 192.0.2.0/24+ ];
template bgp peers {
  local 10.0.0.1 as OWN;
  multihop;
  password "secret";
  ipv4 { import where net ~ NETS; export none; next hop self; };
}
protocol bgp a from peers {
  neighbor 10.0.0.2 port 1179 as 65002;
  passive;
  allow local as 2;
  ipv4 { export all; };
}
protocol bgp b from peers {
  neighbor 10.0.0.3 internal;
  source address 10.0.0.9;
  rr client; rr cluster id 7.7.7.7;
  ipv4 { next hop self ebgp; };
}
protocol bgp range1 { local as OWN; neighbor range 10.9.0.0/24 as 65009; ipv6 { import all; export all; }; }
`;

test('a session has what its template says, unless it says something else', () => {
  const router = bird(PEERS);
  const a = peer(router, '10.0.0.2');
  assert.equal(router.bgp[0]!.asn?.value, 65001);
  assert.equal(router.bgp[0]!.routerId?.value, '1.1.1.1');
  assert.equal(a.remoteAs?.value, 65002);
  assert.equal(a.port?.value, 1179);
  assert.equal(a.ebgpMultihop?.value, 64);
  assert.equal(a.updateSource?.value, '10.0.0.1');
  assert.equal(a.password?.value, 'secret');
  assert.equal(a.passive?.value, true);
  assert.equal(a.families.ipv4?.nextHopSelf?.value, 'force');
  assert.equal(a.families.ipv4?.allowasIn?.value, 2);
  assert.equal(a.families.ipv4?.routeMapOut, undefined, 'export all');
  assert.deepEqual(policy(router, a.families.ipv4?.routeMapIn?.value), [
    'permit: permit 10.0.0.0/8 ge 16 le 24, permit 192.0.2.0/24 le 32',
  ]);

  const b = peer(router, '10.0.0.3');
  assert.equal(b.remoteAs?.value, 'internal');
  assert.equal(b.updateSource?.value, '10.0.0.9');
  assert.equal(b.families.ipv4?.routeReflectorClient?.value, true);
  assert.equal(b.clusterId?.value, '7.7.7.7');
  assert.equal(b.families.ipv4?.nextHopSelf?.value, 'self');
  assert.deepEqual(policy(router, b.families.ipv4?.routeMapOut?.value), ['deny: all'], 'export none');
});

test('a range is a listen range with a group of its own', () => {
  const [bgp] = bird(PEERS).bgp;
  assert.deepEqual(
    bgp!.listenRanges.map(({ prefix, peerGroup }) => [prefix.value, peerGroup?.value]),
    [['10.9.0.0/24', 'range1']],
  );
  assert.equal(bgp!.peerGroups[0]?.remoteAs?.value, 65009);
  assert.deepEqual(Object.keys(bgp!.peerGroups[0]!.families), ['ipv6']);
});

const filter = (body: string): string[] => {
  const router = bird(
    `filter f { ${body} } protocol bgp x { local as 1; neighbor 10.0.0.2 as 2; ipv4 { import filter f; export all; }; }`,
  );
  return policy(router, peer(router, '10.0.0.2').families.ipv4?.routeMapIn?.value);
};

test('filters that look at the prefix only are read step by step', () => {
  assert.deepEqual(filter('if net ~ 10.0.0.0/8 then reject; accept;'), [
    'deny: permit 10.0.0.0/8 le 32',
    'permit: all',
  ]);
  assert.deepEqual(filter('if net = 10.0.0.0/8 then { print "x"; accept; } else reject;'), [
    'permit: permit 10.0.0.0/8',
    'deny: all',
  ]);
  assert.deepEqual(filter('if net !~ [ 10.0.0.0/8+ ] then reject; else { accept; }'), [
    'deny: deny 10.0.0.0/8 le 32, permit any, permit any',
    'permit: all',
  ]);
  assert.deepEqual(filter('if (net = 10.1.0.0/16 || net = 10.2.0.0/16) && net ~ 10.0.0.0/8 then accept;'), [
    'permit: permit 10.1.0.0/16 & permit 10.0.0.0/8 le 32',
    'permit: permit 10.2.0.0/16 & permit 10.0.0.0/8 le 32',
  ]);
  assert.deepEqual(filter(''), ['deny: all'], 'BIRD rejects what a filter does not decide about');
});

test('of any other filter nothing is known, and it lets everything through', () => {
  for (const body of [
    'bgp_local_pref = 200; accept;',
    'if source = RTS_STATIC then accept; reject;',
    'if net ~ [ 10.0.0.0/8- ] then accept;',
    'if net ~ UNDEFINED then accept;',
    'if check() then reject; accept;',
    'case net.type { NET_IP4: accept; else: reject; }',
    'if net.len > 24 then reject; accept;',
    'if net ~ 10.0.0.0/8 then if net ~ 10.1.0.0/16 then accept; else reject;',
  ])
    assert.deepEqual(filter(body), ['permit: unknown'], body);
  const router = bird(
    'protocol bgp x { local as 1; neighbor 10.0.0.2 as 2; ipv4 { import filter elsewhere; export all; }; }',
  );
  assert.deepEqual(policy(router, 'filter elsewhere'), ['permit: unknown']);
});

const unjudged = (session: string): boolean => {
  const router = bird(`protocol bgp x { ${session} }`);
  const [neighbor] = router.bgp[0]!.neighbors;
  return neighbor === undefined ? router.partial : neighbor.remoteAs?.value === undefined;
};

test('sessions that BIRD would refuse, or that are not understood, are judged by nobody', () => {
  const both = 'ipv4 { import all; export all; };';
  assert.equal(unjudged(`local as 1; neighbor 10.0.0.2 as 2; ${both}`), false);
  assert.equal(unjudged('local as 1; neighbor 10.0.0.2 as 1; ipv4;'), false, 'iBGP needs no policy');
  for (const session of [
    'local as 1; neighbor 10.0.0.2 as 2; ipv4 { import all; };',
    'local as 1; neighbor 10.0.0.2 as 2; ipv4;',
    `neighbor 10.0.0.2 as 2; ${both}`,
    `local as 1; neighbor 10.0.0.2; ${both}`,
    'local as 1; neighbor 10.0.0.2 as 2;',
    `local as 1; neighbor fe80::1%eth0 as 2; ${both}`,
    `local as 1; neighbor PEER as 2; ${both}`,
    `local as 1; neighbor 10.0.0.2 as 2; interface "eth0"; ${both}`,
    'local as 1; neighbor 10.0.0.2 as 2; import all; export all;',
    `include "more.conf"; local as 1; neighbor 10.0.0.2 as 2; ${both}`,
  ])
    assert.equal(unjudged(session), true, session);
});

test('a template that stands elsewhere or goes in circles leaves the session open', () => {
  const router = bird(`
    template bgp one from two { local as 1; }
    template bgp two from one { ipv4 { import all; export all; }; }
    protocol bgp x from one { neighbor 10.0.0.2 as 2; }
    protocol bgp y from missing { local as 1; neighbor 10.0.0.3 as 2; ipv4 { import all; export all; }; }`);
  for (const neighbor of router.bgp[0]!.neighbors) assert.equal(neighbor.remoteAs?.value, undefined);
});

test('static routes, interfaces and the kernel are announced as far as their protocols take them in', () => {
  const router = bird(`
    protocol direct { ipv4; interface -"cali*", "eth*"; }
    protocol direct { ipv6; disabled; }
    protocol kernel { learn; ipv4 { export all; }; }
    protocol static { ipv4; route 10.1.0.0/16 blackhole; route 10.2.0.0/16 via 10.0.0.9; route 2001:db8::/32 blackhole; }
    protocol static { disabled; ipv4; route 10.3.0.0/16 blackhole; }
    protocol bgp x { local as 1; neighbor 10.0.0.2 as 1; ipv4 { export all; }; }`);
  assert.deepEqual(
    router.bgp[0]!.redistribute.map(({ family, protocol, interfaces }) => [family, protocol.value, interfaces]),
    [
      ['ipv4', 'connected', ['-cali*', 'eth*']],
      ['ipv4', 'static', undefined],
      ['ipv4', 'kernel', undefined],
    ],
  );
  assert.deepEqual(
    router.staticRoutes.map(({ prefix, nextHop, blackhole }) => [prefix.value, nextHop?.value ?? blackhole?.value]),
    [
      ['10.1.0.0/16', true],
      ['10.2.0.0/16', '10.0.0.9'],
    ],
  );
});

test('constants that double each other do not grow without end', () => {
  const lines = Array.from({ length: 60 }, (_, n) => `define x${n + 1} = x${n} x${n};`);
  assert.equal(bird(`define x0 = 1;\n${lines.join('\n')}\nrouter id x60;`).bgp.length, 0);
});

test('any configuration is read without fail', () => {
  const words = fc.constantFrom(
    ...'protocol template bgp filter define include static direct x from local as neighbor range 10.0.0.2 65001 internal ipv4 import export where net ~ = ! & | ( ) [ ] { } ; , 10.0.0.0/8 + if then else accept reject rr client next hop self multihop route via interface "eth0"'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 80 }), (pieces) => void bird(pieces.join(' '))),
    { numRuns: 500 },
  );
});
