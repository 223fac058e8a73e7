import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { compare } from '../lab/outcome.ts';
import { predictionOf } from '../lab/prediction.ts';
import { readRecording } from '../lab/recording.ts';
import { layOut, recordingFile, scenarios } from '../lab/scenarios.ts';

describe('what daemons did when they were asked is predicted', () => {
  for (const scenario of scenarios())
    test(`${scenario.name}: ${scenario.shows}`, async () => {
      const file = recordingFile(scenario);
      assert.ok(existsSync(file), `it was never measured: npm run lab -- ${scenario.name} --record`);
      const { outcome, daemons } = readRecording(readFileSync(file, 'utf8'));
      const { folder, remove } = layOut(scenario, daemons.frr);
      try {
        const { sessions, differences } = compare(outcome, await predictionOf(folder));
        assert.deepEqual(differences, []);
        assert.ok(sessions > 0, 'something was compared');
      } finally {
        remove();
      }
    });
});
