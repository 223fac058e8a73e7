import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CalicoCluster } from '../../server/src/network/bgp/calico.ts';
import type { Neighbour, NeighbourFamily, Router } from '../../server/src/network/bgp/types.ts';
import { device, frr, is, type Lab, lab, neighbour, node, peer } from './lab.ts';

interface Variant {
  /** Leaves towards their nodes. */
  readonly toNodes?: NeighbourFamily;
  readonly toFabric?: NeighbourFamily;
  readonly fromSpines?: NeighbourFamily;
  readonly leafAs?: readonly [number, number];
  readonly gateways?: boolean;
  readonly cluster?: Partial<CalicoCluster>;
  readonly relax?: boolean;
  /** Changes one router after all is put together. */
  readonly change?: (router: Router) => Router;
}

const CLIENT: NeighbourFamily = { reflectorClient: true, nextHop: 'self' };

/** Two racks of two nodes, two leaves that reflect, two spines of an AS each. */
function clos(variant: Variant = {}): Lab {
  const {
    toNodes = CLIENT,
    toFabric = {},
    fromSpines = {},
    leafAs = [65005, 65008],
    relax = true,
    change = (r) => r,
  } = variant;
  const [a, b] = leafAs;
  const common = { multipathRelax: relax };
  const rack = (n: number, asn: number, gateway: string) => ({
    on: `rack${n}`,
    asn,
    labels: new Map([['rack', `rack${n}`]]),
    ...((variant.gateways ?? true) ? { gateway } : {}),
  });
  const nodes = [
    node('cp', '10.1.5.10/24', '10.244.81.64/26', rack(0, a, '10.1.5.1')),
    node('worker', '10.1.5.11/24', '10.244.205.64/26', rack(0, a, '10.1.5.1')),
    node('worker2', '10.1.8.10/24', '10.244.192.0/26', rack(1, b, '10.1.8.1')),
    node('worker3', '10.1.8.11/24', '10.244.210.64/26', rack(1, b, '10.1.8.1')),
  ];
  const routers = [
    frr(
      'leaf0',
      a,
      { eth1: '10.1.10.1/24@s0l0', eth2: '10.1.12.1/24@s1l0', eth3: '10.1.5.1/24@rack0' },
      [
        neighbour('10.1.5.10', a, toNodes),
        neighbour('10.1.5.11', a, toNodes),
        neighbour('10.1.10.2', 500, toFabric),
        neighbour('10.1.12.2', 800, toFabric),
      ],
      { ...common, routerId: '10.1.5.1', networks: ['10.1.5.0/24', '10.1.10.0/24', '10.1.12.0/24'] },
    ),
    frr(
      'leaf1',
      b,
      { eth1: '10.1.34.1/24@s0l1', eth2: '10.1.11.1/24@s1l1', eth3: '10.1.8.1/24@rack1' },
      [
        neighbour('10.1.8.10', b, toNodes),
        neighbour('10.1.8.11', b, toNodes),
        neighbour('10.1.34.2', 500, toFabric),
        neighbour('10.1.11.2', 800, toFabric),
      ],
      { ...common, routerId: '10.1.8.1', networks: ['10.1.8.0/24', '10.1.11.0/24', '10.1.34.0/24'] },
    ),
    frr(
      'spine0',
      500,
      { eth1: '10.1.10.2/24@s0l0', eth2: '10.1.34.2/24@s0l1' },
      [neighbour('10.1.10.1', a, fromSpines), neighbour('10.1.34.1', b, fromSpines)],
      { ...common, networks: ['10.1.10.0/24', '10.1.34.0/24'] },
    ),
    frr(
      'spine1',
      800,
      { eth1: '10.1.12.2/24@s1l0', eth2: '10.1.11.2/24@s1l1' },
      [neighbour('10.1.12.1', a, fromSpines), neighbour('10.1.11.1', b, fromSpines)],
      { ...common, routerId: '10.1.8.1', networks: ['10.1.11.0/24', '10.1.12.0/24'] },
    ),
  ];
  return lab(
    {
      nodes,
      peers: [
        peer('rack0', { nodeSelector: is('rack', 'rack0'), peerIP: '10.1.5.1', asn: a }),
        peer('rack1', { nodeSelector: is('rack', 'rack1'), peerIP: '10.1.8.1', asn: b }),
      ],
      ...variant.cluster,
    },
    routers.map(change),
  );
}

const on = (name: string, change: (router: Router) => Partial<Router>) => (router: Router) =>
  router.name === name ? { ...router, ...change(router) } : router;

const changed = (address: string, change: Partial<Neighbour>) => (router: Router) => ({
  neighbours: router.neighbours.map((entry) => (entry.address === address ? { ...entry, ...change } : entry)),
});

const blocks = (it: Lab, name: string) => it.prefixes(name).filter((prefix) => prefix.startsWith('10.244.'));

describe('spines, reflecting leaves and racks of nodes (lab B)', () => {
  test('B1: everything is up; the leaf uses both spines; a neighbour in the rack is its own next hop', () => {
    const it = clos();
    assert.equal(it.prediction.sessions.length, 16);
    assert.deepEqual(it.down(), []);
    assert.deepEqual(
      it.learned('leaf0').filter((line) => line.startsWith('10.244.192.0')),
      ['10.244.192.0/26 via 10.1.12.2 [800 65008] =', '10.244.192.0/26 via 10.1.10.2 [500 65008] ='],
    );
    const cp = it.learned('cp');
    assert.ok(cp.includes('10.244.192.0/26 via 10.1.5.1 [800 65008] *'));
    assert.ok(cp.includes('10.244.205.64/26 via 10.1.5.11 [] *'));
  });

  test('B1: a leaf passes on its best path only, so one spine hears less than the other', () => {
    const it = clos();
    const from = (spine: string, leaf: string) =>
      it.prediction.routesAt(it.router(spine)).filter((route) => route.from === leaf).length;
    assert.deepEqual([from('spine0', 'leaf0'), from('spine0', 'leaf1')], [9, 9]);
    assert.deepEqual([from('spine1', 'leaf0'), from('spine1', 'leaf1')], [6, 6]);
  });

  test('B8: next-hop-self force also takes over reflected routes', () => {
    const it = clos({ toNodes: { reflectorClient: true, nextHop: 'force' } });
    assert.ok(it.learned('cp').includes('10.244.205.64/26 via 10.1.5.1 [] *'));
  });

  test('B2: without the client flag two nodes of one rack lose each other, and only they', () => {
    const it = clos({
      change: on('leaf0', (leaf) => ({
        neighbours: leaf.neighbours.map((entry) =>
          entry.remoteAs === 65005 ? { ...entry, families: { ipv4: { nextHop: 'self' } } } : entry,
        ),
      })),
    });
    assert.deepEqual(it.down(), []);
    assert.ok(!blocks(it, 'cp').includes('10.244.205.64/26'));
    assert.equal(blocks(it, 'worker2').length, 4);
  });

  test('B2b: one client flag of two changes nothing', () => {
    const it = clos({ change: on('leaf0', changed('10.1.5.10', { families: { ipv4: { nextHop: 'self' } } })) });
    assert.deepEqual(it.learned('cp'), clos().learned('cp'));
    assert.deepEqual(it.learned('worker'), clos().learned('worker'));
  });

  test('B3: a wrong AS on one spine costs redundancy, no prefix', () => {
    const it = clos({ change: on('spine0', changed('10.1.10.1', { remoteAs: 65006 })) });
    assert.deepEqual(it.down(), ['leaf0 10.1.10.2 as-mismatch', 'spine0 10.1.10.1 as-mismatch!']);
    assert.ok(it.learned('leaf0').includes('10.244.192.0/26 via 10.1.12.2 [800 65008] *'));
    assert.ok(it.learned('spine0').includes('10.244.81.64/26 via 10.1.34.1 [65008 800 65005] *'));
  });

  test('B4: a typo in a neighbour address: the leaf points at nobody, the node is not listed', () => {
    const it = clos({ change: on('leaf0', changed('10.1.5.11', { address: '10.1.5.12' })) });
    assert.deepEqual(it.down(), ['worker 10.1.5.1 half-open!', 'leaf0 10.1.5.12 unknown-peer!']);
    assert.ok(!blocks(it, 'cp').includes('10.244.205.64/26'));
  });

  test('B5: without next-hop-self BIRD keeps remote routes it cannot use', () => {
    const it = clos({ toNodes: { reflectorClient: true } });
    assert.deepEqual(it.down(), []);
    assert.deepEqual(blocks(it, 'cp'), ['10.244.81.64/26', '10.244.205.64/26']);
    const remote = it.prediction.routesAt(it.router('cp')).find((route) => route.prefix === '10.244.192.0/26');
    assert.deepEqual([remote?.nextHop, remote?.usable, remote?.best], ['10.1.12.2', false, 'yes']);
  });

  test('B5e: link networks not announced but a default route: BIRD resolves through it', () => {
    const quiet = (router: Router): Router =>
      router.kind === 'frr'
        ? {
            ...router,
            announcements: router.announcements.filter(
              (entry) => entry.prefix === '10.1.5.0/24' || entry.prefix === '10.1.8.0/24',
            ),
          }
        : router;
    const it = clos({ toNodes: { reflectorClient: true }, change: quiet });
    assert.equal(blocks(it, 'cp').length, 4);
    const bare = clos({ toNodes: { reflectorClient: true }, change: quiet, gateways: false });
    assert.equal(blocks(bare, 'cp').length, 2);
  });

  test('B5d, B5f: FRR resolves through BGP, and through a default route from version 10 on', () => {
    const host = (version: readonly [number, number], announced: boolean) => {
      const routers = [
        frr('host', 65005, { eth1: '10.1.5.10/24@rack0' }, [neighbour('10.1.5.1', 65005)], {
          version,
          routes: [{ prefix: '0.0.0.0/0', via: '10.1.5.1' }],
        }),
        frr(
          'leaf',
          65005,
          { eth1: '10.1.5.1/24@rack0', eth2: '10.1.12.1/24@up' },
          [neighbour('10.1.5.10', 65005, { reflectorClient: true }), neighbour('10.1.12.2', 800)],
          { networks: announced ? ['10.1.12.0/24'] : [] },
        ),
        frr('spine', 800, { eth1: '10.1.12.2/24@up' }, [neighbour('10.1.12.1', 65005)], {
          networks: ['10.244.192.0/26'],
        }),
      ];
      return lab({}, routers)
        .learned('host')
        .some((line) => line.startsWith('10.244.192.0/26 via 10.1.12.2'));
    };
    assert.equal(host([8, 4], true), true);
    assert.equal(host([8, 4], false), false);
    assert.equal(host([10, 3], false), true);
  });

  test('B7: the mesh left on turns into eBGP between racks, and the shorter path leads nowhere', () => {
    const it = clos({ cluster: { mesh: true } });
    assert.equal(it.prediction.sessions.length, 28);
    assert.deepEqual(it.down(), []);
    assert.deepEqual(blocks(it, 'cp'), ['10.244.81.64/26', '10.244.205.64/26']);
  });

  test('B9: without multipath-relax the second spine is equal but not used', () => {
    const routes = (relax: boolean) => {
      const it = clos({ relax });
      return it.prediction.routesAt(it.router('leaf0')).filter((route) => route.prefix === '10.244.192.0/26');
    };
    assert.deepEqual(
      routes(true).map((route) => route.multipath),
      [true, true],
    );
    assert.deepEqual(
      routes(false).map((route) => [route.best, route.multipath]),
      [
        ['tied', true],
        ['tied', false],
      ],
    );
  });

  test('B11: active in no family is down; active in another one is up and moves nothing', () => {
    const none = clos({ change: on('leaf0', changed('10.1.5.10', { families: {} })) });
    assert.deepEqual(none.down(), ['cp 10.1.5.1 family-not-active', 'leaf0 10.1.5.10 family-not-active!']);
    const other = clos({ change: on('leaf0', changed('10.1.5.10', { families: { ipv6: {} } })) });
    assert.deepEqual(other.down(), []);
    assert.deepEqual(other.learned('cp'), []);
  });

  test('B12: a cable in the wrong segment', () => {
    const it = clos({
      change: on('leaf1', (leaf) => ({
        interfaces: leaf.interfaces.map((entry) =>
          entry.name === 'eth1' ? { ...entry, segment: 'elsewhere' } : entry,
        ),
      })),
    });
    assert.deepEqual(it.down(), ['leaf1 10.1.34.2 not-connected!', 'spine0 10.1.34.1 not-connected!']);
  });

  test('B13: `network` that nothing backs: announced without the check, silently dropped with it', () => {
    const spare = (importCheck: boolean) =>
      clos({
        change: on('leaf0', (leaf) => ({
          importCheck,
          announcements: [...leaf.announcements, { prefix: '10.99.0.0/24', kind: 'network' as const }],
        })),
      });
    assert.ok(spare(false).prefixes('worker2').includes('10.99.0.0/24'));
    assert.ok(!spare(true).prefixes('worker2').includes('10.99.0.0/24'));
    assert.ok(spare(true).prefixes('worker2').includes('10.1.5.0/24'));
  });

  test('B16: a leaf mask that leaves its nodes out', () => {
    const it = clos({
      change: on('leaf0', (leaf) => ({
        interfaces: leaf.interfaces.map((entry) =>
          entry.name === 'eth3' ? { ...entry, addresses: ['10.1.5.1/29'] } : entry,
        ),
      })),
    });
    assert.deepEqual(it.down(), [
      'cp 10.1.5.1 not-connected',
      'worker 10.1.5.1 not-connected',
      'leaf0 10.1.5.10 not-connected!',
      'leaf0 10.1.5.11 not-connected!',
    ]);
    assert.equal(it.session('leaf0', '10.1.5.10').blamed, true);
    assert.equal(it.session('cp', '10.1.5.1').blamed, false);
  });

  test('B18: a BGPPeer without nodeSelector gives the other rack sessions that stay down', () => {
    const it = clos({
      cluster: {
        peers: [
          peer('rack0', { peerIP: '10.1.5.1', asn: 65005 }),
          peer('rack1', { nodeSelector: is('rack', 'rack1'), peerIP: '10.1.8.1', asn: 65008 }),
        ],
      },
    });
    assert.deepEqual(it.down(), ['worker2 10.1.5.1 half-open!', 'worker3 10.1.5.1 half-open!']);
    assert.equal(blocks(it, 'cp').length, 4);
  });

  test('D1: equal leaf AS: the leaves drop each other, and each cure reaches as far as it was seen to', () => {
    const same = { leafAs: [65005, 65005] as const };
    assert.deepEqual(blocks(clos(same), 'leaf0').length, 2);
    const leaves = clos({ ...same, toFabric: { allowOwnAs: 3 } });
    assert.equal(blocks(leaves, 'leaf0').length, 4);
    assert.equal(blocks(leaves, 'cp').length, 2);
    // A spine sends to both leaves what it sends to one: the leaf gets its own routes back, by the spine.
    assert.ok(leaves.learned('leaf0').includes('10.244.81.64/26 via 10.1.10.2 [500 65005]'));
    const spines = clos({ ...same, fromSpines: { asOverride: true } });
    assert.equal(blocks(spines, 'cp').length, 4);
    assert.ok(spines.learned('leaf0').includes('10.244.192.0/26 via 10.1.10.2 [500 500] ='));
  });

  test('D6: one block on two nodes: each rack keeps to its own', () => {
    const it = clos({
      cluster: {
        nodes: [
          node('cp', '10.1.5.10/24', '10.244.81.64/26', {
            on: 'rack0',
            asn: 65005,
            labels: new Map([['rack', 'rack0']]),
          }),
          node('worker2', '10.1.8.10/24', '10.244.81.64/26', {
            on: 'rack1',
            asn: 65008,
            labels: new Map([['rack', 'rack1']]),
          }),
        ],
      },
    });
    const best = (name: string) =>
      it.learned(name).filter((line) => line.startsWith('10.244.81.64') && line.endsWith('*'));
    assert.deepEqual(best('leaf0'), ['10.244.81.64/26 via 10.1.5.10 [] *']);
    assert.deepEqual(best('leaf1'), ['10.244.81.64/26 via 10.1.8.10 [] *']);
  });
});

describe('sessions across a router (lab D2)', () => {
  const far = (one: Partial<Neighbour>, two: Partial<Neighbour>, asn = 65002) =>
    lab({}, [
      frr('r1', 65001, { eth1: '10.0.1.1/24@a' }, [neighbour('10.0.2.2', asn, {}, one)], {
        routes: [{ prefix: '10.0.2.0/24', via: '10.0.1.254' }],
      }),
      device('mid', { eth1: '10.0.1.254/24@a', eth2: '10.0.2.254/24@b' }),
      frr('r2', asn, { eth1: '10.0.2.2/24@b' }, [neighbour('10.0.1.1', 65001, {}, two)], {
        routes: [{ prefix: '10.0.1.0/24', via: '10.0.2.254' }],
      }),
    ]);

  test('D2, D2c, D2d: eBGP needs ebgp-multihop on both ends; disable-connected-check does not cross a router', () => {
    assert.equal(far({}, {}).down().length, 2);
    assert.equal(far({ multihop: 255 }, {}).down().length, 2);
    assert.equal(far({ noConnectedCheck: true }, { noConnectedCheck: true }).down().length, 2);
    assert.deepEqual(far({ multihop: 2 }, { multihop: 2 }).down(), []);
  });

  test('a default route is enough for a multihop session, also on FRR 8', () => {
    const it = lab({}, [
      frr('r1', 65001, { eth1: '10.0.1.1/24@a' }, [neighbour('10.0.2.2', 65002, {}, { multihop: 2 })], {
        routes: [{ prefix: '0.0.0.0/0', via: '10.0.1.254' }],
      }),
      device('mid', { eth1: '10.0.1.254/24@a', eth2: '10.0.2.254/24@b' }),
      frr('r2', 65002, { eth1: '10.0.2.2/24@b' }, [neighbour('10.0.1.1', 65001, {}, { multihop: 2 })], {
        routes: [{ prefix: '10.0.1.0/24', via: '10.0.2.254' }],
      }),
    ]);
    assert.deepEqual(it.down(), []);
  });

  test('local-as: the neighbour sees it before the real AS, or instead of it', () => {
    const shown = (rest: Partial<Neighbour>) =>
      lab({}, [
        frr('r1', 65001, { eth1: '10.0.0.1/30@a' }, [neighbour('10.0.0.2', 65002, {}, { localAs: 65100, ...rest })], {
          networks: ['192.0.2.0/24'],
        }),
        frr('r2', 65002, { eth1: '10.0.0.2/30@a' }, [neighbour('10.0.0.1', 65100)]),
      ]).learned('r2');
    assert.deepEqual(shown({}), ['192.0.2.0/24 via 10.0.0.1 [65100 65001] *']);
    assert.deepEqual(shown({ localAsReplaces: true }), ['192.0.2.0/24 via 10.0.0.1 [65100] *']);
  });

  test('two FRRs without a common family refuse each other', () => {
    const it = lab({}, [
      frr('r1', 65001, { eth1: '10.0.0.1/30@a' }, [neighbour('10.0.0.2', 65002)]),
      frr('r2', 65002, { eth1: '10.0.0.2/30@a' }, [{ address: '10.0.0.1', remoteAs: 65001, families: { ipv6: {} } }]),
    ]);
    assert.deepEqual(it.down(), ['r1 10.0.0.2 family-not-active!', 'r2 10.0.0.1 family-not-active!']);
  });

  test('D2g: iBGP needs nothing', () => {
    assert.deepEqual(far({}, {}, 65001).down(), []);
  });

  test('D10: passive on both ends', () => {
    const both = far({ multihop: 2, passive: true }, { multihop: 2, passive: true });
    assert.deepEqual(both.down(), ['r1 10.0.2.2 passive-both!', 'r2 10.0.1.1 passive-both!']);
  });
});
