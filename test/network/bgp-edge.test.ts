import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CalicoCluster } from '../../server/src/network/bgp/calico.ts';
import type { Router } from '../../server/src/network/bgp/types.ts';
import { frr, lab, neighbour, node, peer } from './lab.ts';

const WIRING = { eth1: '172.16.13.1/24@lan', eth2: '192.168.9.1/24@client' };

function edge(router: Partial<Router>, cluster: Partial<CalicoCluster> = {}, neighbours = router.neighbours) {
  return lab(
    {
      nodes: [
        node('node1', '172.16.13.11/24', '10.244.1.0/26', { gateway: '172.16.13.1' }),
        node('node2', '172.16.13.21/24', '10.244.2.0/26', { gateway: '172.16.13.1' }),
      ],
      peers: [peer('router', { peerIP: '172.16.13.1', asn: 23000 })],
      ...cluster,
    },
    [
      frr(
        'router',
        23000,
        WIRING,
        neighbours ?? [neighbour('172.16.13.11', 64512), neighbour('172.16.13.21', 64512)],
        router,
      ),
    ],
  );
}

const BOTH = ['10.244.1.0/26 via 172.16.13.11 [64512] *', '10.244.2.0/26 via 172.16.13.21 [64512] *'];

describe('an FRR router and two Calico nodes over eBGP (lab A)', () => {
  test('A1: both blocks arrive; the nodes drop the routes that carry their own AS', () => {
    const it = edge({});
    assert.deepEqual(it.down(), []);
    assert.deepEqual(it.learned('router'), BOTH);
    assert.deepEqual(it.learned('node1'), []);
  });

  test('A2, A6: without a policy the session is up and nothing moves in either direction', () => {
    const it = edge({ requiresPolicy: true, announcements: [{ prefix: '192.168.9.0/24', kind: 'network' }] });
    assert.deepEqual(it.down(), []);
    assert.deepEqual(it.learned('router'), []);
    assert.deepEqual(it.learned('node1'), []);
  });

  test('A10: a route-map that is not defined denies everything', () => {
    const policy = { name: 'PERM', steps: [], isUndefined: true };
    const both = { import: [policy], export: [policy] };
    const it = edge({ requiresPolicy: true }, {}, [
      neighbour('172.16.13.11', 64512, both),
      neighbour('172.16.13.21', 64512),
    ]);
    assert.deepEqual(it.down(), []);
    assert.deepEqual(it.learned('router'), []);
  });

  test('A11, A15: a wrong AS or the wrong keyword brings the session down, external does not', () => {
    for (const remoteAs of [64513, 'internal'] as const) {
      const it = edge({}, {}, [neighbour('172.16.13.11', remoteAs), neighbour('172.16.13.21', 64512)]);
      assert.deepEqual(it.down(), ['node1 172.16.13.1 as-mismatch', 'router 172.16.13.11 as-mismatch!']);
      assert.deepEqual(it.learned('router'), BOTH.slice(1));
    }
    const external = edge({}, {}, [neighbour('172.16.13.11', 'external'), neighbour('172.16.13.21', 64512)]);
    assert.deepEqual(external.down(), []);
  });

  test('A16: a neighbour that is active in no family stays down, and the router is to blame', () => {
    const it = edge({}, {}, [
      { address: '172.16.13.11', remoteAs: 64512, families: {} },
      neighbour('172.16.13.21', 64512),
    ]);
    assert.deepEqual(it.down(), ['node1 172.16.13.1 family-not-active', 'router 172.16.13.11 family-not-active!']);
  });

  test('A8: with the mesh on, the router is offered each block by both nodes', () => {
    const it = edge({}, { mesh: true });
    assert.deepEqual(it.down(), []);
    assert.deepEqual(it.learned('router').sort(), [
      '10.244.1.0/26 via 172.16.13.11 [64512] =',
      '10.244.1.0/26 via 172.16.13.21 [64512] =',
      '10.244.2.0/26 via 172.16.13.11 [64512] =',
      '10.244.2.0/26 via 172.16.13.21 [64512] =',
    ]);
  });

  test('A13: without block and pool Calico announces nothing', () => {
    const it = edge(
      {},
      {
        pools: [],
        nodes: [node('node1', '172.16.13.11/24', undefined), node('node2', '172.16.13.21/24', undefined)],
      },
    );
    assert.deepEqual(it.learned('router'), []);
  });

  test('a pool with disableBGPExport keeps its blocks at home', () => {
    const it = edge({}, { pools: [{ cidr: '10.244.0.0/16', disableBGPExport: true }] });
    assert.deepEqual(it.learned('router'), []);
  });

  test('a BGPFilter decides before the pools do', () => {
    const filter = {
      name: 'no-node1',
      import: { ipv4: [], ipv6: [] },
      export: {
        ipv4: [{ action: 'Reject', cidr: '10.244.1.0/24', matchOperator: 'In' } as const],
        ipv6: [],
      },
    };
    const it = edge({}, { peers: [peer('router', { peerIP: '172.16.13.1', asn: 23000, filters: [filter] })] });
    assert.deepEqual(it.learned('router'), BOTH.slice(1));
  });

  test('D9b: with allow-local-as a node learns the other block with the other node as next hop', () => {
    const it = edge({}, { peers: [peer('router', { peerIP: '172.16.13.1', asn: 23000, allowOwnAs: 1 })] });
    assert.deepEqual(it.learned('node1'), ['10.244.2.0/26 via 172.16.13.21 [23000 64512] *']);
  });

  test('D8: a node passes blocks on from the mesh, and never what the router announced', () => {
    const it = edge(
      { announcements: [{ prefix: '192.168.9.0/24', kind: 'network' }] },
      { mesh: true, peers: [peer('router', { node: 'node1', peerIP: '172.16.13.1', asn: 23000 })] },
      [neighbour('172.16.13.11', 64512)],
    );
    assert.deepEqual(it.learned('router'), [
      '10.244.1.0/26 via 172.16.13.11 [64512] *',
      '10.244.2.0/26 via 172.16.13.11 [64512] *',
    ]);
    assert.ok(it.prefixes('node1').includes('192.168.9.0/24'));
    assert.ok(!it.prefixes('node2').includes('192.168.9.0/24'));
  });

  test('D10b: a password on one side only', () => {
    const it = edge({}, {}, [
      neighbour('172.16.13.11', 64512, {}, { password: 's3cret' }),
      neighbour('172.16.13.21', 64512),
    ]);
    assert.deepEqual(it.down(), ['node1 172.16.13.1 password-mismatch!', 'router 172.16.13.11 password-mismatch']);
  });

  test('D4: a shared router id does not matter to eBGP', () => {
    assert.deepEqual(edge({ routerId: '172.16.13.11' }).down(), []);
  });

  test('a peer that asks for a neighbour which does not list it is half open', () => {
    const it = edge({}, {}, [neighbour('172.16.13.11', 64512)]);
    assert.deepEqual(it.down(), ['node2 172.16.13.1 half-open!']);
  });

  test('an address that belongs to nobody is wrong only where everybody is known', () => {
    const wrong = [neighbour('172.16.13.12', 64512), neighbour('172.16.13.21', 64512)];
    assert.equal(edge({}, {}, wrong).session('router', '172.16.13.12').state, 'down');
    const it = lab({}, [frr('router', 23000, WIRING, wrong)], { complete: false });
    assert.deepEqual(it.down(), ['router 172.16.13.12 unknown-peer!', 'router 172.16.13.21 unknown-peer!']);
    assert.equal(it.session('router', '172.16.13.12').state, 'unknown');
  });

  test('B6: a Node address that no interface has leaves the node without a source', () => {
    const it = edge(
      {},
      {
        nodes: [
          node('node1', '172.16.13.11/24', '10.244.1.0/26', { real: '172.16.13.99/24' }),
          node('node2', '172.16.13.21/24', '10.244.2.0/26'),
        ],
      },
    );
    assert.deepEqual(it.down(), ['node1 172.16.13.1 wrong-source!', 'router 172.16.13.11 wrong-source']);
  });

  test('B6c: Calico took the docker address; the router connects all the same, and the next hop is useless', () => {
    const machine = {
      interfaces: [
        { name: 'eth1', addresses: ['172.16.13.11/24'], segment: 'lan' },
        { name: 'eth0', addresses: ['172.18.0.3/16'], segment: null },
      ],
      complete: true,
      routes: [],
    };
    const it = edge(
      {},
      {
        nodes: [
          node('node1', '172.18.0.3/16', '10.244.1.0/26', { machine }),
          node('node2', '172.16.13.21/24', '10.244.2.0/26'),
        ],
      },
    );
    assert.deepEqual(it.down(), []);
    assert.deepEqual(it.learned('router'), BOTH.slice(1));
  });
});
