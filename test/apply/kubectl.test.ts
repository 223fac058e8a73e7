import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiObject, Json } from '../../server/src/apply/objects.ts';
import { withoutLeftovers } from '../../server/src/apply/tools/field-owners.ts';
import { kubectl } from '../../server/src/apply/tools/kubectl.ts';
import { fieldConflicts } from '../../server/src/apply/tools/kubectl-errors.ts';
import { always, exited } from './replay.ts';

const SERVER = { server: 'https://127.0.0.1:6443', context: 'lab' };

test('a kubectl that is too old, one that is none, and one that is missing are told', async () => {
  const told = async (runner: ReturnType<typeof always>) => {
    const target = await kubectl(runner, SERVER).target();
    return 'failure' in target && `${target.failure.code}: ${target.failure.text.en}`;
  };
  const version = (gitVersion: string) => always(exited(0, JSON.stringify({ clientVersion: { gitVersion } })));
  assert.match(`${await told(version('v1.18.20'))}`, /^too-old: kubectl v1\.18\.20 is too old: Selvage needs 1\.22/);
  assert.match(`${await told(always(exited(0, 'hello')))}`, /^garbage: /);
  assert.match(
    `${await told(always({ kind: 'missing' }))}`,
    /^missing: kubectl was not found on this machine\. Install/,
  );
});

test('no name out of a file becomes a part of a path, and a kuberc changes nothing', async () => {
  const runner = always(exited(0, ''));
  const tool = kubectl(runner, SERVER);
  const hostile = ['../../secrets/x', 'a/b', '--all', 'x?dryRun=All', 'a b', ''];
  for (const name of hostile) {
    const removed = await tool.remove({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name }, '1');
    assert.equal('failure' in removed && removed.failure.code, 'refused');
    const elsewhere = await tool.remove({ apiVersion: 'v1', kind: 'ConfigMap', namespace: name, name: 'x' }, '1');
    assert.equal('failure' in elsewhere && elsewhere.failure.code, 'refused');
  }
  const workload = await tool.remove({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'x' }, '1');
  assert.equal('failure' in workload && workload.failure.code, 'refused');
  assert.equal(runner.asked.length, 0);
  await tool.remove({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'x' }, '7');
  const [asked] = runner.asked;
  assert.deepEqual(asked?.args.slice(0, 2), ['delete', '--raw=/api/v1/namespaces/shop/configmaps/x']);
  assert.match(asked?.input ?? '', /"preconditions":\{"resourceVersion":"7"\}/);
  assert.equal(asked?.env?.KUBECTL_KUBERC, 'false');
});

test('whose fields would be overwritten is read from one manager and from several', () => {
  assert.deepEqual(
    fieldConflicts('error: Apply failed with 1 conflict: conflict with "operator" using v1: .data.a\nPlease'),
    [{ manager: 'operator', fields: ['data.a'] }],
  );
  const several = `error: Apply failed with 3 conflicts: conflicts with "helm" using v1:
- .data.a
- .data.b
conflicts with "argocd-controller" using v1:
- .metadata.labels.app
Please review the fields above`;
  assert.deepEqual(fieldConflicts(several), [
    { manager: 'helm', fields: ['data.a', 'data.b'] },
    { manager: 'argocd-controller', fields: ['metadata.labels.app'] },
  ]);
  assert.deepEqual(fieldConflicts('Error from server (NotFound): namespaces "x" not found'), []);
});

test('what only people wrote and the file does not say goes: in mappings, in lists by key, in sets; nothing of others', () => {
  const port = 'k:{"port":80,"protocol":"TCP"}';
  const object = owned(
    {
      ports: [
        { port: 80, protocol: 'TCP', name: 'old' },
        { port: 81, protocol: 'TCP' },
      ],
      set: ['a', 'b'],
      whole: [1],
      theirs: 1,
    },
    [
      [
        'kubectl-client-side-apply',
        'Update',
        { 'f:ports': { '.': {}, [port]: { '.': {}, 'f:name': {}, 'f:port': {} } } },
      ],
      ['kubectl-edit', 'Update', { 'f:set': { 'v:"a"': {}, 'v:"b"': {} }, 'f:whole': {}, 'f:theirs': {} }],
      ['operator', 'Update', { 'f:theirs': {} }],
      ['selvage', 'Apply', { 'f:ports': { 'k:{"port":81,"protocol":"TCP"}': { '.': {} } }, 'f:set': { 'v:"b"': {} } }],
    ],
  );
  assert.deepEqual(withoutLeftovers(object, 'selvage')?.spec, {
    ports: [{ port: 81, protocol: 'TCP' }],
    set: ['b'],
    theirs: 1,
  });
});

test('an item that others have a part in stays, with what it is found by', () => {
  const object = owned({ ports: [{ port: 80, name: 'http', nodePort: 30000 }] }, [
    ['kubectl', 'Apply', { 'f:ports': { 'k:{"port":80}': { '.': {}, 'f:port': {}, 'f:name': {} } } }],
    ['cloud', 'Update', { 'f:ports': { 'k:{"port":80}': { 'f:nodePort': {} } } }],
  ]);
  assert.deepEqual(withoutLeftovers(object, 'selvage')?.spec, { ports: [{ port: 80, nodePort: 30000 }] });
});

test('nothing goes that the file says, that an operator wrote, or that stands in a status', () => {
  const object = owned({ a: 1, b: { c: 2 } }, [
    ['kubectl', 'Apply', { 'f:a': {}, 'f:b': { '.': {}, 'f:c': {} } }],
    ['operator', 'Update', { 'f:b': { 'f:c': {} } }],
    ['selvage', 'Apply', { 'f:a': {} }],
  ]);
  assert.equal(withoutLeftovers(object, 'selvage'), undefined);
});

type Owner = readonly [manager: string, operation: string, spec: { readonly [key: string]: Json }];

function owned(spec: Json, owners: readonly Owner[]): ApiObject {
  const managedFields = owners.map(([manager, operation, fields]) => ({
    manager,
    operation,
    fieldsV1: { 'f:spec': fields },
  }));
  return {
    apiVersion: 'example.org/v1',
    kind: 'Thing',
    metadata: { name: 'x', managedFields: managedFields as Json },
    spec,
  };
}
