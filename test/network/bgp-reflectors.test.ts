import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CalicoNode, CalicoPeer } from '../../server/src/network/bgp/calico.ts';
import { frr, has, is, type Lab, lab, lacks, neighbour, node, peer } from './lab.ts';

const RR = new Map([['route-reflector', 'true']]);
const REFLECTOR = { labels: RR, clusterId: '172.16.20.1' };
const CLIENTS = peer('clients-to-rr', { nodeSelector: lacks('route-reflector'), peerSelector: has('route-reflector') });
const RR_MESH = peer('rr-mesh', { nodeSelector: has('route-reflector'), peerSelector: has('route-reflector') });

function nodes(one: Partial<CalicoNode> = REFLECTOR, two: Partial<CalicoNode> = REFLECTOR): CalicoNode[] {
  return [1, 2, 3, 4, 5].map((n) =>
    node(`n${n}`, `172.16.0.1${n}/19`, `10.244.${n}.0/26`, n === 1 ? one : n === 2 ? two : {}),
  );
}

function cluster(members: readonly CalicoNode[], peers: readonly CalicoPeer[], mesh = false): Lab {
  return lab({ asn: 63400, nodes: members, peers, mesh }, []);
}

/** The pairs of nodes of which the first does not learn the second's block. */
function missing(it: Lab): string[] {
  const names = ['n1', 'n2', 'n3', 'n4', 'n5'];
  return names.flatMap((a) =>
    names.filter((b) => a !== b && !it.prefixes(a).includes(`10.244.${b[1]}.0/26`)).map((b) => `${a}:${b}`),
  );
}

describe('route reflectors inside the cluster (lab C)', () => {
  test('C1: two reflectors with one cluster id and five nodes: everybody has every block', () => {
    const it = cluster(nodes(), [CLIENTS, RR_MESH]);
    assert.equal(it.prediction.sessions.length, 14);
    assert.deepEqual(it.down(), []);
    assert.deepEqual(missing(it), []);
  });

  test('C3: different cluster ids reach as far', () => {
    const it = cluster(nodes(REFLECTOR, { labels: RR, clusterId: '172.16.20.2' }), [CLIENTS, RR_MESH]);
    assert.deepEqual(missing(it), []);
  });

  test('C4: without a session between the reflectors only their own blocks are lost to each other', () => {
    assert.deepEqual(missing(cluster(nodes(), [CLIENTS])), ['n1:n2', 'n2:n1']);
  });

  test('C5: without cluster ids every session is up and the clients do not learn each other', () => {
    const it = cluster(nodes({ labels: RR }, { labels: RR }), [CLIENTS, RR_MESH]);
    assert.deepEqual(it.down(), []);
    assert.deepEqual(missing(it), ['n3:n4', 'n3:n5', 'n4:n3', 'n4:n5', 'n5:n3', 'n5:n4']);
  });

  test('C5b: one reflector without an id leaves the other to do all the work', () => {
    assert.deepEqual(missing(cluster(nodes(REFLECTOR, { labels: RR }), [CLIENTS, RR_MESH])), []);
  });

  test('C6: a selector that no node has leaves only the session between the reflectors', () => {
    const it = cluster(nodes(), [
      peer('clients', { nodeSelector: has('worker'), peerSelector: has('route-reflector') }),
      RR_MESH,
    ]);
    assert.equal(it.prediction.sessions.length, 2);
    assert.equal(missing(it).length, 18);
  });

  test('C6d: has() takes the label for itself, whatever its value', () => {
    const members = nodes().map((member) =>
      member.name === 'n3' ? { ...member, labels: new Map([['route-reflector', 'false']]) } : member,
    );
    const it = cluster(members, [CLIENTS, RR_MESH]);
    assert.deepEqual(missing(it), []);
    assert.equal(it.prediction.sessionsOf(it.router('n4')).length, 3);
  });

  test('C7b: a cluster id takes a node out of the mesh, before any BGPPeer takes it in', () => {
    const it = cluster(nodes(), [], true);
    assert.equal(it.prediction.sessionsOf(it.router('n1')).length, 0);
    assert.equal(missing(it).length, 14);
  });

  test('C9: mesh off and no peers: nobody knows anything', () => {
    assert.equal(missing(cluster(nodes({}, {}), [])).length, 20);
  });

  test('C10: one cluster id, each client on one reflector only: the two clients lose each other', () => {
    const split = (second: string) => {
      const members = nodes(
        {
          clusterId: '172.16.20.1',
          labels: new Map([
            ['route-reflector', 'true'],
            ['rr', 'a'],
          ]),
        },
        {
          clusterId: second,
          labels: new Map([
            ['route-reflector', 'true'],
            ['rr', 'b'],
          ]),
        },
      ).map((member) =>
        member.name === 'n3'
          ? { ...member, labels: new Map([['side', 'a']]) }
          : member.name === 'n4'
            ? { ...member, labels: new Map([['side', 'b']]) }
            : member,
      );
      return cluster(members, [
        peer('a', { nodeSelector: is('side', 'a'), peerSelector: is('rr', 'a') }),
        peer('b', { nodeSelector: is('side', 'b'), peerSelector: is('rr', 'b') }),
        peer('rest', { nodeSelector: { op: 'and', operands: [lacks('side'), lacks('rr')] }, peerSelector: has('rr') }),
        RR_MESH,
      ]);
    };
    assert.deepEqual(missing(split('172.16.20.1')), ['n3:n4', 'n4:n3']);
    assert.deepEqual(missing(split('172.16.20.2')), []);
  });

  test('C11: towards an eBGP router the reflector is the next hop, unless it keeps the original one', () => {
    const tor = (keepOriginalNextHop: boolean) =>
      lab(
        {
          asn: 63400,
          nodes: nodes(),
          peers: [CLIENTS, RR_MESH, peer('tor', { node: 'n1', peerIP: '172.16.0.1', asn: 65000, keepOriginalNextHop })],
        },
        [frr('tor', 65000, { eth1: '172.16.0.1/19@lan' }, [neighbour('172.16.0.11', 63400)])],
      );
    const own = tor(false).learned('tor');
    assert.equal(own.length, 5);
    assert.ok(own.every((line) => line.includes('via 172.16.0.11 [63400]')));
    const kept = tor(true).learned('tor');
    assert.ok(kept.some((line) => line.startsWith('10.244.4.0/26 via 172.16.0.14 [63400]')));
  });

  test('C12: an iBGP router learns all blocks from a reflector and one from a plain client', () => {
    const at = (name: string, address: string) =>
      lab(
        {
          asn: 63400,
          nodes: nodes(),
          peers: [CLIENTS, RR_MESH, peer('tor', { node: name, peerIP: '172.16.0.1', asn: 63400 })],
        },
        [frr('tor', 63400, { eth1: '172.16.0.1/19@lan' }, [neighbour(address, 63400)])],
      ).learned('tor');
    assert.deepEqual(
      at('n1', '172.16.0.11').map((line) => line.split(' ').slice(0, 3).join(' ')),
      [1, 2, 3, 4, 5].map((n) => `10.244.${n}.0/26 via 172.16.0.1${n}`),
    );
    assert.deepEqual(at('n3', '172.16.0.13'), ['10.244.3.0/26 via 172.16.0.13 [] *']);
  });

  test('D4, D4g: a shared router id breaks iBGP between the two, and between two clients only their routes', () => {
    const members = nodes().map((member) =>
      member.name === 'n3' || member.name === 'n4' ? { ...member, routerId: '9.9.9.9' } : member,
    );
    const reflected = cluster(members, [CLIENTS, RR_MESH]);
    assert.deepEqual(reflected.down(), []);
    assert.deepEqual(missing(reflected), ['n3:n4', 'n4:n3']);
    const mesh = cluster(nodes({ routerId: '9.9.9.9' }, { routerId: '9.9.9.9' }), [], true);
    assert.deepEqual(mesh.down(), ['n1 172.16.0.12 duplicate-router-id!', 'n2 172.16.0.11 duplicate-router-id!']);
  });

  test('two BGPPeers for one node and address are one session and one doubt', () => {
    const it = lab(
      {
        asn: 63400,
        nodes: nodes({}, {}),
        peers: [
          peer('a', { node: 'n1', peerIP: '172.16.0.1', asn: 1 }),
          peer('b', { node: 'n1', peerIP: '172.16.0.1', asn: 2 }),
        ],
      },
      [],
    );
    assert.equal(it.prediction.sessionsOf(it.router('n1')).length, 1);
    assert.equal(it.session('n1', '172.16.0.1').neighbour.remoteAs, 1);
  });
});
