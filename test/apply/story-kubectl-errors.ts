import assert from 'node:assert/strict';
import type { CommandRunner } from '../../server/src/apply/command-runner.ts';
import type { FailureCode, Outcome } from '../../server/src/apply/failure.ts';
import type { ApiObject } from '../../server/src/apply/objects.ts';
import { kubectl } from '../../server/src/apply/tools/kubectl.ts';
import { okOf } from './story-reflectors.ts';
import { CONTEXT } from './story-spiderpool.ts';

/** Who asks which server: the contexts of the recording's kubeconfig, and two kubeconfigs that are none. */
export type Setting =
  | 'lab'
  | 'viewer'
  | 'stranger'
  | 'nobody'
  | 'down'
  | 'untrusted'
  | 'silent'
  | 'nameless'
  | 'nothing'
  | 'broken';

const pool = (name: string, spec: ApiObject['spec']): ApiObject => ({
  apiVersion: 'spiderpool.spidernet.io/v2beta1',
  kind: 'SpiderIPPool',
  metadata: { name },
  spec,
});

const map = (namespace: string, name: string, more: object = {}): ApiObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  ...more,
});

/** Every error that the real kubectl and API server can be brought to, and what Selvage makes of it. */
export async function kubectlErrors(
  runnerFor: (setting: Setting) => CommandRunner,
  program = 'kubectl',
): Promise<void> {
  const tool = (setting: Setting, more: { context?: string; kubeconfig?: string; timeout?: number } = {}) => {
    const context = setting === 'lab' ? CONTEXT : setting;
    const named = ['nothing', 'broken'].includes(setting) ? {} : { context };
    return kubectl(runnerFor(setting), { program, server: 'https://127.0.0.1:6443', ...named, ...more });
  };
  const lab = tool('lab');

  // One object, twice; changed by somebody else; gone.
  const own = pool('p1', { subnet: '10.7.0.0/16', ips: ['10.7.0.1-10.7.0.9'] });
  okOf(await lab.create(own));
  fails(await lab.create(own), 'exists', /exists already/);
  const ref = { apiVersion: own.apiVersion, kind: own.kind, name: 'p1' };
  const version = okOf(await lab.get(ref))!.metadata.resourceVersion!;
  okOf(await lab.replace(pool('p1', { subnet: '10.7.0.0/16', ips: ['10.7.0.1-10.7.0.8'] }), version));
  fails(await lab.replace(own, version), 'conflict', /Plan again/);
  fails(await lab.remove(ref, version), 'conflict', /Plan again/);
  okOf(await lab.remove(ref, okOf(await lab.get(ref))!.metadata.resourceVersion!));
  assert.equal(okOf(await lab.get(ref)), undefined);
  fails(await lab.remove(ref, version), 'not-found');
  fails(await lab.replace(own, version), 'not-found');

  // What the schema, the server, a policy or a webhook refuses.
  const good = { subnet: '10.8.0.0/16', ips: ['10.8.0.1'] };
  fails(await lab.dryRun(pool('p2', { ...good, ips: 5 })), 'refused', /ips/);
  fails(await lab.dryRun(pool('p2', { ...good, ipz: [] })), 'refused', /ipz/);
  fails(await lab.dryRun(pool('p2', { ...good, ipVersion: 5 })), 'refused', /ipVersion.*supported values/);
  fails(await lab.dryRun(pool('p2', { ips: [] })), 'refused', /subnet/);
  fails(await lab.create(pool('p2', { ...good, ipz: [] })), 'refused', /ipz/);
  fails(await lab.dryRun({ ...map('shop', 'Upper'), data: { a: '1' } }), 'refused', /lowercase/);
  fails(await lab.dryRun(map('shop', 'fixed', { data: { a: '2' } })), 'refused', /immutable/);
  fails(await lab.dryRun(map('guarded', 'x', { data: {} })), 'refused', /no ConfigMaps here/);
  fails(await lab.create(map('crowded', 'x', { data: {} })), 'refused', /quota/);
  fails(await lab.create(map('ending', 'x', { data: {} })), 'refused', /being terminated/);
  fails(await lab.dryRun(pool('denied', good)), 'refused', /denied by the webhook of this test/);
  fails(await lab.dryRun(pool('unanswered', good)), 'unreachable', /webhook away\.example\.org.*does not answer/);

  // Kinds and namespaces that are not there.
  fails(
    await lab.dryRun({
      apiVersion: 'metallb.io/v1alpha1',
      kind: 'BGPPeer',
      metadata: { name: 'x', namespace: 'shop' },
    }),
    'too-old',
    /does not know the kind BGPPeer/,
  );
  fails(await lab.get({ apiVersion: 'metallb.io/v1alpha1', kind: 'BGPPeer', name: 'x', namespace: 'shop' }), 'too-old');
  fails(await lab.dryRun(map('nowhere', 'x', { data: {} })), 'not-found', /no namespace nowhere/);
  fails(await lab.create(map('nowhere', 'x', { data: {} })), 'not-found', /no namespace nowhere/);
  assert.equal(
    okOf(await lab.get({ apiVersion: 'v1', kind: 'ConfigMap', name: 'x', namespace: 'nowhere' })),
    undefined,
  );
  assert.deepEqual(okOf(await lab.list(['spiderippools', 'nosuchkind'])).unknownKinds, ['nosuchkind']);

  // Who may not: with a wrong token, with none, with a name that has few rights.
  fails(await tool('stranger').target(), 'unauthorised', /credentials/);
  fails(await tool('nobody').target(), 'unauthorised', /no credentials/);
  const viewer = tool('viewer');
  assert.equal(okOf(await viewer.target()).cluster, undefined);
  assert.equal(okOf(await viewer.get(ref)), undefined);
  fails(await viewer.dryRun(pool('p3', good)), 'not-allowed', /viewer may not (create|patch) spiderippools/);
  fails(await viewer.create(map('shop', 'x', { data: {} })), 'not-allowed', /viewer may not create configmaps .*shop/);
  fails(await viewer.get({ apiVersion: 'v1', kind: 'Secret', name: 'x', namespace: 'shop' }), 'not-allowed', /secrets/);

  // Servers that are not there, are another one, or say nothing.
  fails(await tool('down').target(), 'unreachable', /does not answer/);
  fails(await tool('nameless').target(), 'unreachable', /does not answer/);
  fails(await tool('untrusted').target(), 'unauthorised', /certificate/);
  fails(await tool('silent', { timeout: 2000 }).target(), 'timeout', /within 2 seconds/);
  fails(await tool('nothing').target(), 'misconfigured', /which cluster/);
  fails(await tool('broken').target(), 'misconfigured', /cannot be read/);
  fails(await tool('lab', { context: 'elsewhere' }).target(), 'misconfigured', /no context elsewhere/);
  fails(await tool('lab', { kubeconfig: '/nowhere/kubeconfig' }).target(), 'misconfigured', /\/nowhere\/kubeconfig/);
}

function fails(outcome: Outcome<unknown>, code: FailureCode, text?: RegExp): void {
  assert.ok('failure' in outcome, 'it should have failed');
  assert.equal(outcome.failure.code, code, outcome.failure.text.en);
  if (text !== undefined) assert.match(outcome.failure.text.en, text);
  assert.notEqual(outcome.failure.text['zh-cn'], '');
  assert.doesNotMatch(outcome.failure.text.en, /\n|Usage:|goroutine|Error from server/);
}
