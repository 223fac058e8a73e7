import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CalicoPeer } from '../../server/src/network/bgp/calico.ts';
import { lab, lacks, node, peer } from './lab.ts';

const nodes = [
  node('one', '10.0.0.1/24', undefined, { asn: 64512, labels: new Map([['rr', 'true']]) }),
  node('two', '10.0.0.2/24', undefined, { asn: 64600 }),
];

/** What `one` says of `two`. */
function ofTwo(settings: Partial<CalicoPeer>) {
  const { prediction } = lab({ nodes, peers: [peer('p', settings)], mesh: false }, []);
  const one = prediction.fabric.routers.find(({ name }) => name === 'one')!;
  const [neighbour] = prediction.sessionsOf(one).map((session) => session.neighbour);
  const { ipv4 } = neighbour!.families;
  return { localAs: neighbour!.localAs, allowOwnAs: ipv4?.allowOwnAs, nextHop: ipv4?.nextHop };
}

const twoByLabel = { node: 'one', peerSelector: lacks('rr') };
const twoByAddress = { node: 'one', peerIP: '10.0.0.2', asn: 64600 };

test('the local AS and the allowed own ones reach an address, and no node that is selected', () => {
  const settings = { localAs: 65001, allowOwnAs: 2 };
  assert.deepEqual(ofTwo({ ...twoByAddress, ...settings }), { localAs: 65001, allowOwnAs: 2, nextHop: undefined });
  assert.deepEqual(ofTwo({ ...twoByLabel, ...settings }), {
    localAs: undefined,
    allowOwnAs: undefined,
    nextHop: undefined,
  });
});

test('the next hop is kept towards a node of another AS, however it was named', () => {
  assert.equal(ofTwo({ ...twoByAddress, keepOriginalNextHop: true }).nextHop, 'unchanged');
  assert.equal(ofTwo({ ...twoByLabel, keepOriginalNextHop: true }).nextHop, 'unchanged');
  assert.equal(ofTwo({ ...twoByLabel, keepOriginalNextHop: true, nextHopMode: 'Self' }).nextHop, 'self');
});

test('what answers a peer by itself carries no local AS', () => {
  assert.equal(ofTwo({ node: 'two', peerIP: '10.0.0.1', asn: 64512, localAs: 65001 }).localAs, undefined);
});
