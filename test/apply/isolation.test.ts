import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isolationIn } from '../../server/src/apply/isolation.ts';
import type { ApiObject, Json } from '../../server/src/apply/objects.ts';
import { changesTo, makePlan, type Plan } from '../../server/src/apply/plan.ts';
import { shownPlan } from '../../server/src/apply/shown.ts';

const API = 'projectcalico.org/v3';
const pod = (name: string, app: string, namespace = 'shop'): ApiObject => ({
  apiVersion: API,
  kind: 'WorkloadEndpoint',
  metadata: { name: `n1-k8s-${name}-eth0`, namespace, labels: { app } },
  spec: { pod: name },
});
const policy = (name: string, spec: Record<string, Json>, namespace = 'shop'): ApiObject => ({
  apiVersion: API,
  kind: 'NetworkPolicy',
  metadata: { name, namespace, resourceVersion: '1' },
  spec,
});
const everywhere = (name: string, spec: Record<string, Json>): ApiObject => ({
  apiVersion: API,
  kind: 'GlobalNetworkPolicy',
  metadata: { name, resourceVersion: '1' },
  spec,
});
const PODS = [pod('web-1', 'web'), pod('web-2', 'web'), pod('db-1', 'db'), pod('web-9', 'web', 'other')];
const ALLOW_WEB: Json = { action: 'Allow', protocol: 'TCP', destination: { ports: [80] } };

function planned(live: readonly ApiObject[], ...wanted: readonly ApiObject[]): Plan {
  return makePlan({
    id: 'x',
    made: 0,
    targets: {},
    live,
    changes: changesTo(
      live,
      wanted.map((object) => ({ tool: 'calicoctl', object })),
    ),
    isolate: isolationIn,
  });
}
const said = (plan: Plan): readonly string[] => shownPlan(plan, (text) => text.en).consequences;

test('a policy that allows something isolates the Pods that it selects, and only in its namespace', () => {
  const plan = planned(PODS, policy('web', { selector: "app == 'web'", ingress: [ALLOW_WEB] }));
  assert.deepEqual(said(plan), [
    '2 pods are newly isolated for ingress; only what the rules allow passes: shop/web-1, shop/web-2.',
  ]);
  assert.equal(plan.risk, 'amber');
});

test('a policy without rules cuts them off, which is red', () => {
  const plan = planned(PODS, policy('none', { selector: "app == 'db'", types: ['Ingress', 'Egress'] }));
  assert.deepEqual(said(plan), [
    '1 pod is cut off for ingress, for no rule allows anything: shop/db-1.',
    '1 pod is cut off for egress, for no rule allows anything: shop/db-1.',
  ]);
  assert.equal(plan.risk, 'red');
  assert.deepEqual(shownPlan(plan, (text) => text['zh-cn']).steps[0]?.reasons, ['有 Pod 的流量被切断']);
});

test('Pods that another policy closes already are not newly isolated; those that it leaves are', () => {
  const before = policy('web', { selector: "app == 'web'", ingress: [ALLOW_WEB] });
  const plan = planned([...PODS, before], policy('all', { selector: 'all()', ingress: [ALLOW_WEB] }));
  assert.deepEqual(said(plan), ['1 pod is newly isolated for ingress; only what the rules allow passes: shop/db-1.']);
});

test('taking the last allowing rule away cuts off', () => {
  const before = policy('web', { selector: "app == 'web'", ingress: [ALLOW_WEB] });
  const plan = planned([...PODS, before], policy('web', { selector: "app == 'web'", ingress: [{ action: 'Deny' }] }));
  assert.match(said(plan)[0]!, /^2 pods are cut off for ingress/);
});

test('a policy that allows everything, is staged, or stands in a tier that passes on isolates nobody', () => {
  assert.deepEqual(said(planned(PODS, policy('open', { selector: 'all()', ingress: [{ action: 'Allow' }] }))), []);
  const staged = { ...policy('staged', { selector: 'all()', types: ['Ingress'] }), kind: 'StagedNetworkPolicy' };
  assert.deepEqual(said(planned(PODS, staged)), []);
  const tier = { apiVersion: API, kind: 'Tier', metadata: { name: 'ops' }, spec: { defaultAction: 'Pass' } };
  assert.deepEqual(said(planned([...PODS, tier], everywhere('ops.x', { tier: 'ops', types: ['Ingress'] }))), []);
});

test('whom a namespace selector selects is not known, and nothing is claimed', () => {
  const plan = planned(PODS, everywhere('some', { namespaceSelector: "team == 'a'", types: ['Ingress'] }));
  assert.deepEqual(said(plan), []);
  assert.deepEqual(
    said(planned([], everywhere('all', { types: ['Ingress'] }))).filter((one) => /pod/.test(one)),
    [],
  );
});
