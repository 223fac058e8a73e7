import assert from 'node:assert/strict';
import type { CommandRunner } from '../../server/src/apply/command-runner.ts';
import type { FailureCode, Outcome } from '../../server/src/apply/failure.ts';
import type { ApiObject } from '../../server/src/apply/objects.ts';
import { calicoctl } from '../../server/src/apply/tools/calicoctl.ts';
import { DATASTORE, okOf } from './story-reflectors.ts';

const peerOf = (name: string, spec: ApiObject['spec']): ApiObject => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'BGPPeer',
  metadata: { name },
  spec,
});

/** What is set up around calicoctl for one error: the recording does it really, replays need nothing. */
export type Circumstance =
  | 'etcd'
  | 'mismatch'
  | 'locked'
  | 'kubernetes-down'
  | 'kubernetes-nothing'
  | 'unknown-datastore'
  | 'etcd-down'
  | 'etcd-auth';

/** Every error that the real calicoctl can be brought to, and what Selvage makes of it. */
export async function errors(
  runnerFor: (circumstance: Circumstance) => CommandRunner,
  program = 'calicoctl',
): Promise<void> {
  const tool = (circumstance: Circumstance, more: { config?: string; context?: string; timeout?: number } = {}) =>
    calicoctl(runnerFor(circumstance), { program, datastore: DATASTORE, versions: 'must match', ...more });
  const own = tool('etcd');

  const peer = peerOf('p1', { peerIP: '10.0.0.1', asNumber: 64512 });
  okOf(await own.create(peer));
  fails(await own.create(peer), 'exists', /exists already/);
  const seen = okOf(await own.get({ apiVersion: peer.apiVersion, kind: 'BGPPeer', name: 'p1' }))!;
  const version = seen.metadata.resourceVersion!;
  okOf(await own.replace(peerOf('p1', { peerIP: '10.0.0.2', asNumber: 64512 }), version));
  fails(await own.replace(peerOf('p1', { peerIP: '10.0.0.3', asNumber: 64512 }), version), 'conflict', /Plan again/);
  fails(await own.remove({ apiVersion: peer.apiVersion, kind: 'BGPPeer', name: 'p1' }, version), 'conflict');
  fails(await own.replace(peerOf('gone', { peerIP: '10.0.0.3', asNumber: 64512 }), '1'), 'not-found');
  assert.equal(okOf(await own.get({ apiVersion: peer.apiVersion, kind: 'BGPPeer', name: 'gone' })), undefined);

  fails(await own.create(peerOf('bad', { nodeSelector: 'all(' })), 'refused', /`NodeSelector` = `all\(`|nodeSelector/i);
  fails(await own.create(peerOf('bad', { nodeSelector: 'all(', node: 'x' })), 'refused', /refuses/);
  fails(await own.create(peerOf('bad', { nodeSelectr: 'all()' })), 'refused', /nodeSelectr/);
  fails(
    await own.create({ ...peerOf('bad', { natOutgoing: 'maybe', cidr: '10.0.0.0/16' }), kind: 'IPPool' }),
    'refused',
  );
  fails(await own.create({ ...peer, kind: 'BGPFoo' }), 'too-old', /BGPFoo/);
  fails(
    await own.replace({ ...peerOf('default', { calicoVersion: 'v3.0.0' }), kind: 'ClusterInformation' }, ''),
    'unsupported',
    /ClusterInformation/,
  );

  fails(await tool('mismatch').target(), 'version-mismatch', /the cluster runs 3\.1\.0.*never switches the check off/);
  fails(await tool('mismatch').create(peerOf('p2', { peerIP: '10.0.0.1', asNumber: 1 })), 'version-mismatch');
  fails(await tool('locked').target(), 'locked', /unlocked/);
  fails(
    await tool('etcd', { config: '/nowhere/calicoctl.cfg' }).target(),
    'misconfigured',
    /\/nowhere\/calicoctl\.cfg/,
  );
  fails(await tool('kubernetes-nothing').target(), 'misconfigured', /which cluster/);
  fails(await tool('unknown-datastore').target(), 'misconfigured', /unknown datastore type/);
  fails(await tool('kubernetes-down').target(), 'unreachable', /does not answer/);
  fails(await tool('kubernetes-down', { context: 'nowhere' }).target(), 'misconfigured');
  // calicoctl waits for etcd for ever: only our own limit ends it.
  fails(await tool('etcd-down', { timeout: 4000 }).target(), 'timeout', /within 4 seconds/);
  fails(await tool('etcd-auth').target(), 'unauthorised', /credentials/);
}

/** What is set up around calicoctl where Calico keeps its objects in Kubernetes. */
export type KubernetesCircumstance = 'cluster' | 'viewer' | 'stranger' | 'no-kinds' | 'untrusted' | 'mismatch';

/** The errors that only the Kubernetes datastore knows. */
export async function kubernetesErrors(
  runnerFor: (circumstance: KubernetesCircumstance) => CommandRunner,
  program = 'calicoctl',
): Promise<void> {
  const datastore = { type: 'kubernetes', server: 'https://127.0.0.1:6443' };
  const tool = (circumstance: KubernetesCircumstance) =>
    calicoctl(runnerFor(circumstance), { program, datastore, versions: 'must match' });
  const own = tool('cluster');

  const peer = peerOf('p1', { peerIP: '10.0.0.1', asNumber: 64512 });
  const ref = { apiVersion: peer.apiVersion, kind: 'BGPPeer', name: 'p1' };
  okOf(await own.create(peer));
  fails(await own.create(peer), 'exists', /exists already/);
  const version = okOf(await own.get(ref))!.metadata.resourceVersion!;
  okOf(await own.replace(peerOf('p1', { peerIP: '10.0.0.2', asNumber: 64512 }), version));
  fails(await own.replace(peerOf('p1', { peerIP: '10.0.0.3', asNumber: 64512 }), version), 'conflict', /Plan again/);
  fails(await own.remove(ref, version), 'conflict', /Plan again/);
  okOf(await own.remove(ref, okOf(await own.get(ref))!.metadata.resourceVersion!));
  assert.equal(okOf(await own.get(ref)), undefined);
  fails(await own.replace(peer, version), 'not-found');
  fails(await own.remove(ref, version), 'not-found');

  // Nodes, and what follows from Kubernetes' own objects, are not Calico's to make.
  const node: ApiObject = { apiVersion: peer.apiVersion, kind: 'Node', metadata: { name: 'n9' }, spec: {} };
  fails(await own.create(node), 'unsupported', /Kubernetes owns that object/);
  const known = okOf(await own.get({ ...ref, kind: 'Node', name: 'n1' }))!;
  fails(
    await own.remove({ ...ref, kind: 'Node', name: 'n1' }, known.metadata.resourceVersion!),
    'unsupported',
    /Kubernetes owns them/,
  );
  fails(await own.create(peerOf('bad', { nodeSelector: 'all(' })), 'refused', /nodeSelector|NodeSelector/);
  fails(
    await own.create(peerOf('Upper', { peerIP: '10.0.0.1', asNumber: 1 })),
    'refused',
    /[Uu]pper|lowercase|lower case/,
  );
  const policy = {
    ...peer,
    kind: 'NetworkPolicy',
    metadata: { name: 'x', namespace: 'nowhere' },
    spec: { selector: 'all()' },
  };
  fails(await own.create(policy), 'not-found', /no namespace nowhere/);

  fails(await tool('viewer').target(), 'not-allowed', /viewer may not (get|list) clusterinformations/);
  fails(await tool('viewer').create(peer), 'not-allowed', /viewer may not/);
  fails(await tool('stranger').target(), 'unauthorised', /credentials/);
  fails(await tool('untrusted').target(), 'unauthorised', /credentials/);
  fails(await tool('no-kinds').target(), 'too-old', /Calico/);
  fails(await tool('mismatch').target(), 'version-mismatch', /the cluster runs v?3\.1\.0/);
}

function fails(outcome: Outcome<unknown>, code: FailureCode, text?: RegExp): void {
  assert.ok('failure' in outcome, 'it should have failed');
  assert.equal(outcome.failure.code, code, outcome.failure.text.en);
  if (text !== undefined) assert.match(outcome.failure.text.en, text);
  assert.notEqual(outcome.failure.text['zh-cn'], '');
  assert.doesNotMatch(outcome.failure.text.en, /\n|Usage:|goroutine/);
}
