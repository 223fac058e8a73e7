import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Call, replaying } from './replay.ts';
import { errors } from './story-errors.ts';
import { reflectors } from './story-reflectors.ts';

const FOLDER = new URL('transcripts/', import.meta.url);
const recordings = readdirSync(FOLDER).sort();

function callsOf(file: string): readonly Call[] {
  return JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
}

test('there are recordings of calicoctl 3.31 and of a newer one', () => {
  assert.ok(recordings.some((file) => file.startsWith('v3.31.')));
  assert.ok(recordings.some((file) => !file.startsWith('v3.31.')));
});

for (const file of recordings) {
  if (file.endsWith('-reflectors.json'))
    test(`${file}: from nothing to reflectors, cut short, resumed, and back to the byte`, async () => {
      const runner = replaying(callsOf(file));
      await reflectors(runner);
      assert.equal(runner.left(), 0);
    });
  if (file.endsWith('-errors.json'))
    test(`${file}: every error is told in a sentence of its own`, async () => {
      const runner = replaying(callsOf(file));
      await errors((circumstance) => ({
        run: (command) => runner.run({ ...command, args: [`# ${circumstance}`, ...command.args] }),
      }));
      assert.equal(runner.left(), 0);
    });
}
