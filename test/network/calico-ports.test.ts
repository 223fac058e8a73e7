import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lab, node, peer } from './lab.ts';

/** What Calico's confd renders for `one`, as `address port`. */
function sessionsOfOne(cluster: Parameters<typeof lab>[0]): string[] {
  const { prediction, router } = { prediction: lab(cluster, []).prediction, router: 'one' };
  const one = prediction.fabric.routers.find(({ name }) => name === router)!;
  return prediction.sessionsOf(one).map(({ neighbour }) => `${neighbour.address} ${neighbour.port ?? 179}`);
}

const nodes = [node('one', '10.0.0.1/24', undefined), node('two', '10.0.0.2/24', undefined, { listenPort: 1179 })];

test('a peer that is a node is asked on the port the node listens on', () => {
  assert.deepEqual(sessionsOfOne({ nodes, peers: [peer('p', { peerIP: '10.0.0.2', asn: 64512 })] }), ['10.0.0.2 1179']);
});

test('an address with another AS than the node has is somebody else, on the usual port', () => {
  assert.deepEqual(sessionsOfOne({ nodes, peers: [peer('p', { peerIP: '10.0.0.2', asn: 64999 })] }), ['10.0.0.2 179']);
});

test('one address on two ports is two sessions', () => {
  const peers = [
    peer('a', { peerIP: '10.0.0.9:1179', asn: 65000 }),
    peer('b', { peerIP: '10.0.0.9', asn: 65000 }),
    peer('c', { peerIP: '10.0.0.9', asn: 65000 }),
  ];
  assert.deepEqual(sessionsOfOne({ nodes, peers }), ['10.0.0.9 1179', '10.0.0.9 179']);
});
