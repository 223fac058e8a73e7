import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { CommandRunner } from '../../server/src/apply/command-runner.ts';
import { type Call, replaying } from './replay.ts';
import { errors, kubernetesErrors } from './story-errors.ts';
import { kubectlErrors } from './story-kubectl-errors.ts';
import { lab } from './story-lab.ts';
import { reflectors } from './story-reflectors.ts';
import { spiderpool } from './story-spiderpool.ts';

const FOLDER = new URL('transcripts/', import.meta.url);
const recordings = readdirSync(FOLDER).sort();

function callsOf(file: string): readonly Call[] {
  return JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
}

/** Plays a story of errors, each call in the circumstance that it was recorded in. */
async function inCircumstances(
  file: string,
  story: (runnerFor: (circumstance: string) => CommandRunner) => Promise<void>,
): Promise<void> {
  const runner = replaying(callsOf(file));
  await story((circumstance) => ({
    run: (command) => runner.run({ ...command, args: [`# ${circumstance}`, ...command.args] }),
  }));
  assert.equal(runner.left(), 0);
}

async function played(file: string, story: (runner: CommandRunner) => Promise<void>): Promise<void> {
  const runner = replaying(callsOf(file));
  await story(runner);
  assert.equal(runner.left(), 0);
}

/** The stories by what stands at the end of a recording's name. */
const STORIES: Readonly<Record<string, readonly [string, (file: string) => Promise<void>]>> = {
  reflectors: [
    'from nothing to reflectors, cut short, resumed, and back to the byte',
    (file) => played(file, (runner) => reflectors(runner, 'etcd')),
  ],
  'kubernetes-reflectors': [
    'a cluster to reflectors, cut short, resumed, and back to the byte',
    (file) => played(file, (runner) => reflectors(runner, 'kubernetes')),
  ],
  errors: ['every error is told in a sentence of its own', (file) => inCircumstances(file, errors)],
  'kubernetes-errors': [
    'every error of Kubernetes is told in a sentence of its own',
    (file) => inCircumstances(file, kubernetesErrors),
  ],
  spiderpool: ['from nothing, changed, cut short, resumed, and back to the byte', (file) => played(file, spiderpool)],
  lab: [
    'deployed, grown, a node lost, destroyed',
    (file) =>
      inCircumstances(file, (runnerFor) => lab(runnerFor, { topology: '/trial/two.clab.yml', event: async () => {} })),
  ],
  'kubectl-errors': [
    'every error of kubectl is told in a sentence of its own',
    (file) => inCircumstances(file, kubectlErrors),
  ],
};

test('there are recordings of calicoctl 3.31 and of a newer one, on etcd and on Kubernetes, of kubectl and of containerlab', () => {
  for (const story of ['reflectors', 'errors', 'kubernetes-reflectors', 'kubernetes-errors']) {
    const of = recordings.filter((file) => storyOf(file) === story);
    assert.ok(of.some((file) => file.startsWith('v3.31.')) && of.some((file) => !file.startsWith('v3.31.')), story);
  }
  for (const story of ['spiderpool', 'kubectl-errors', 'lab'])
    assert.ok(recordings.some((file) => storyOf(file) === story));
});

test('no recording tells of the machine that it was made on', () => {
  const telling = recordings.filter((file) =>
    /\/(?:tmp|home|root|work|Users)\/|-token|BEGIN /.test(readFileSync(new URL(file, FOLDER), 'utf8')),
  );
  assert.deepEqual(telling, []);
});

for (const file of recordings) {
  const [title, play] = STORIES[storyOf(file)] ?? ['no story is known for it', () => assert.fail(file)];
  test(`${file}: ${title}`, () => play(file));
}

function storyOf(file: string): string {
  return file.replace(/^(?:kubectl-|containerlab-)?v[\d.]+-/, '').replace(/\.json$/, '');
}
