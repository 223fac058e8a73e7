import assert from 'node:assert/strict';
import { test } from 'node:test';
import { predict } from '../../server/src/network/bgp/predict.ts';
import type { Router } from '../../server/src/network/bgp/types.ts';
import { fabric, frr, has, is, Lab, lacks, neighbour, node, peer } from './lab.ts';

const address = (rack: number, host: number) => `10.${100 + (rack >> 8)}.${rack & 255}.${host}`;

/** 50 racks of 20 nodes, a reflecting leaf in each, two spines that reflect between the leaves. */
function racks() {
  const leaves = Array.from(
    { length: 50 },
    (_, rack): Router =>
      frr(
        `leaf${rack}`,
        64512,
        {
          eth1: `10.0.${rack}.1/30@up0-${rack}`,
          eth2: `10.1.${rack}.1/30@up1-${rack}`,
          eth3: `${address(rack, 1)}/24@rack${rack}`,
        },
        [
          ...Array.from({ length: 20 }, (_, i) =>
            neighbour(address(rack, 10 + i), 64512, { reflectorClient: true, nextHop: 'force' }),
          ),
          neighbour(`10.0.${rack}.2`, 64512, { nextHop: 'force' }),
          neighbour(`10.1.${rack}.2`, 64512, { nextHop: 'force' }),
        ],
        { routerId: `1.1.1.${rack}` },
      ),
  );
  const spines = [0, 1].map((spine) =>
    frr(
      `spine${spine}`,
      64512,
      Object.fromEntries(leaves.map((_, rack) => [`eth${rack}`, `10.${spine}.${rack}.2/30@up${spine}-${rack}`])),
      leaves.map((_, rack) => neighbour(`10.${spine}.${rack}.1`, 64512, { reflectorClient: true, nextHop: 'force' })),
      { routerId: `2.2.2.${spine}` },
    ),
  );
  const nodes = Array.from({ length: 1000 }, (_, i) => {
    const rack = Math.floor(i / 20);
    return node(`node${i}`, `${address(rack, 10 + (i % 20))}/24`, `10.244.${i >> 2}.${(i & 3) * 64}/26`, {
      on: `rack${rack}`,
      labels: new Map([['rack', `r${rack}`]]),
    });
  });
  const peers = leaves.map((_, rack) =>
    peer(`rack${rack}`, { nodeSelector: is('rack', `r${rack}`), peerIP: address(rack, 1), asn: 64512 }),
  );
  return fabric({ nodes, peers }, [...leaves, ...spines]);
}

test('a thousand nodes behind two tiers of reflectors are predicted within a second', () => {
  const network = racks();
  const started = performance.now();
  const prediction = predict(network);
  const elapsed = performance.now() - started;
  const it = new Lab(prediction);
  assert.deepEqual(it.down(), []);
  assert.equal(prediction.sessions.length, 2 * (1000 + 100));
  assert.equal(it.prefixes('node999').length, 1000);
  assert.equal(it.prefixes('spine0').length, 1000);
  assert.ok(elapsed < 1000 * slack(), `${elapsed} ms`);
});

test('a thousand nodes and two tiers of reflectors inside the cluster are predicted within a second', () => {
  const nodes = Array.from({ length: 1000 }, (_, i) => {
    const role = i < 2 ? 'top' : i < 12 ? 'middle' : undefined;
    return node(`node${i}`, `10.100.${i >> 8}.${i & 255}/16`, `10.244.${i >> 2}.${(i & 3) * 64}/26`, {
      labels: new Map(
        role === undefined
          ? [['side', `s${i % 5}`]]
          : [
              [role, `s${i % 5}`],
              ['rr', role],
            ],
      ),
      ...(role === undefined ? {} : { clusterId: role === 'top' ? '1.0.0.0' : `1.0.0.${1 + (i % 5)}` }),
    });
  });
  const peers = [
    ...[0, 1, 2, 3, 4].map((side) =>
      peer(`side${side}`, { nodeSelector: is('side', `s${side}`), peerSelector: is('middle', `s${side}`) }),
    ),
    peer('up', { nodeSelector: has('middle'), peerSelector: has('top') }),
    peer('tops', { nodeSelector: has('top'), peerSelector: has('top') }),
    peer('none', { nodeSelector: { op: 'and', operands: [lacks('side'), lacks('rr')] }, peerSelector: has('top') }),
  ];
  const started = performance.now();
  const network = fabric({ nodes, peers }, []);
  const prediction = predict(network);
  const elapsed = performance.now() - started;
  const it = new Lab(prediction);
  assert.deepEqual(it.down(), []);
  assert.equal(it.prefixes('node999').length, 1000);
  assert.deepEqual(prediction.unstable, []);
  assert.ok(elapsed < 1000 * slack(), `${elapsed} ms`);
});

/** Shared and slow machines get more time; a quadratic algorithm would need far more than this. */
function slack(): number {
  return 4;
}
