import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainRoute } from '../../server/src/network/bgp/explain.ts';
import { frr, has, type Lab, lab, lacks, neighbour, node, peer } from './lab.ts';

const EDGE = { eth1: '172.16.13.1/24@lan' };

function explain(it: Lab, router: string, prefix: string) {
  const { verdict, hops, stops } = explainRoute(it.prediction, it.router(router), prefix);
  return {
    verdict,
    hops: hops.map((hop) => hop.router.name).join(' > '),
    stops: stops.map((stop) => `${stop.from.name} > ${stop.to.name} ${stop.code}`),
  };
}

const nodes = [node('node1', '172.16.13.11/24', '10.244.1.0/26'), node('node2', '172.16.13.21/24', '10.244.2.0/26')];
const peers = [peer('router', { peerIP: '172.16.13.1', asn: 23000 })];
const neighbours = [neighbour('172.16.13.11', 64512), neighbour('172.16.13.21', 64512)];

test('a route that arrives is told from its origin on; an address is enough to ask', () => {
  const it = lab({ nodes, peers }, [frr('router', 23000, EDGE, neighbours)]);
  assert.deepEqual(explain(it, 'router', '10.244.1.17'), { verdict: 'arrives', hops: 'node1 > router', stops: [] });
  assert.equal(explain(it, 'node1', '10.244.1.0/26').verdict, 'announced-here');
  assert.equal(explain(it, 'node1', '192.0.2.1').verdict, 'announced-nowhere');
});

test('eBGP through one router does not join nodes of one AS: the second node drops the path', () => {
  const it = lab({ nodes, peers }, [frr('router', 23000, EDGE, neighbours)]);
  assert.deepEqual(explain(it, 'node2', '10.244.1.0/26'), {
    verdict: 'missing',
    hops: 'node1 > router',
    stops: ['router > node2 own-as'],
  });
});

test('RFC 8212 stops it at the router, and a session that is down says why', () => {
  const strict = lab({ nodes, peers }, [frr('router', 23000, EDGE, neighbours, { requiresPolicy: true })]);
  assert.deepEqual(explain(strict, 'router', '10.244.1.0/26').stops, ['node1 > router requires-policy']);
  const wrong = lab({ nodes, peers }, [frr('router', 23000, EDGE, [neighbour('172.16.13.11', 65001)])]);
  assert.deepEqual(explain(wrong, 'router', '10.244.1.0/26').stops, ['node1 > router as-mismatch']);
});

test('a reflector without a cluster id is where its clients lose each other (C5)', () => {
  const rr = { labels: new Map([['rr', 'true']]) };
  const members = [
    node('rr', '172.16.0.11/24', '10.244.1.0/26', rr),
    node('n2', '172.16.0.12/24', '10.244.2.0/26'),
    node('n3', '172.16.0.13/24', '10.244.3.0/26'),
  ];
  const it = lab(
    { nodes: members, peers: [peer('clients', { nodeSelector: lacks('rr'), peerSelector: has('rr') })] },
    [],
  );
  assert.deepEqual(explain(it, 'n3', '10.244.2.0/26'), {
    verdict: 'missing',
    hops: 'n2 > rr',
    stops: ['rr > n3 not-reflected'],
  });
});
