import assert from 'node:assert/strict';
import type { CommandRunner } from '../../server/src/apply/command-runner.ts';
import type { Outcome } from '../../server/src/apply/failure.ts';
import { inspectLab, type LabNode, labVersion } from '../../server/src/apply/tools/containerlab.ts';
import { okOf } from './story-reflectors.ts';

/** Who asks: somebody with a container runtime, without one, and without the right to use it. */
export type LabCircumstance = 'docker' | 'no-docker' | 'no-rights';

/** What happens to the lab in between; a replay has nothing to do there. */
export type LabEvent = 'deployed' | 'a node is written' | 'applied' | 'a node stops' | 'destroyed' | 'the file breaks';

export const LAB = (nodes: readonly string[]): string => `name: two
mgmt: {external-access: false}
topology:
  nodes:
${nodes.map((name) => `    ${name}: {kind: linux, image: "selvage-test:1", cmd: "sleep 3600"}\n`).join('')}  links:
    - endpoints: ["r1:eth1", "r2:eth1"]
`;

/** A lab of two nodes that is deployed, grows, loses a node, and goes. */
export async function lab(
  runnerFor: (circumstance: LabCircumstance) => CommandRunner,
  { topology, event, program = 'containerlab' }: LabStage,
): Promise<void> {
  const nodes = async (circumstance: LabCircumstance = 'docker'): Promise<Outcome<readonly LabNode[]>> =>
    inspectLab(runnerFor(circumstance), { program }, topology);
  const seen = async (): Promise<unknown> =>
    okOf(await nodes()).map(({ name, state, addresses }) => [name, state, ...addresses]);
  const said = async (circumstance: LabCircumstance = 'docker'): Promise<readonly string[]> => {
    const found = await nodes(circumstance);
    return 'failure' in found ? [found.failure.code, found.failure.text.en] : ['ok'];
  };
  const [R1, R2] = [
    ['clab-two-r1', 'running', '172.20.20.2/24', '3fff:172:20:20::2/64'],
    ['clab-two-r2', 'running', '172.20.20.3/24', '3fff:172:20:20::3/64'],
  ];

  assert.match(okOf(await labVersion(runnerFor('docker'), { program }, 'apply')), /^0\.\d+\.\d+$/);
  assert.deepEqual(await seen(), []);
  await event('deployed');
  assert.deepEqual(await seen(), [R1, R2]);
  await event('a node is written');
  assert.deepEqual(await seen(), [R1, R2]);
  await event('applied');
  assert.deepEqual(await seen(), [R1, R2, ['clab-two-r3', 'running', '172.20.20.4/24', '3fff:172:20:20::4/64']]);
  await event('a node stops');
  assert.deepEqual(await seen(), [
    R1,
    ['clab-two-r2', 'exited'],
    ['clab-two-r3', 'running', '172.20.20.4/24', '3fff:172:20:20::4/64'],
  ]);
  assert.deepEqual(await said('no-docker'), [
    'unreachable',
    'containerlab cannot reach the container runtime. Is Docker running?',
  ]);
  assert.equal((await said('no-rights'))[0], 'unauthorised');
  await event('destroyed');
  assert.deepEqual(await seen(), []);
  await event('the file breaks');
  const [code, text] = await said();
  assert.equal(code, 'unknown');
  assert.match(
    text!,
    /^containerlab failed \(exit code 1\): “Constructing node "r1": kind "nokind" is not supported\. /,
  );
}

export interface LabStage {
  readonly topology: string;
  readonly event: (event: LabEvent) => Promise<void>;
  readonly program?: string;
}
