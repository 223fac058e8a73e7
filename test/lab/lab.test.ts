import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { birdVersion } from './bird.ts';
import { frrVersion } from './frr.ts';
import { measure } from './measure.ts';
import { compare } from './outcome.ts';
import { predictionOf } from './prediction.ts';
import { type Daemons, recordingOf } from './recording.ts';
import { layOut, recordingFile, scenarios } from './scenarios.ts';

/**
 * `SELVAGE_LAB` chooses scenarios by parts of their names, `@core` those of every test run; `SELVAGE_LAB_RECORD=1` writes
 * what was measured.
 */
const { SELVAGE_LAB: asked = '', SELVAGE_LAB_RECORD: record } = process.env;
/** Daemons mostly wait for each other, so more scenarios than processors fit. */
const AT_ONCE = Number(process.env.SELVAGE_LAB_JOBS ?? 6);

const words = asked.split(' ').filter(Boolean);
const chosen = scenarios().filter(({ name, core, recordedOnly }) => {
  if (recordedOnly) return false;
  return words.length === 0 || words.some((word) => (word === '@core' ? core : name.includes(word)));
});
const total = { scenarios: 0, sessions: 0, routes: 0 };
let daemons: Daemons;

before(async () => {
  daemons = { frr: await frrVersion(), bird: birdVersion() };
  console.log(`${chosen.length} scenarios on FRR ${daemons.frr} and BIRD ${daemons.bird}`);
});
after(() =>
  console.log(`${total.scenarios} scenarios agree: ${total.sessions} sessions and ${total.routes} routes compared`),
);

describe('real daemons do what is predicted', { concurrency: AT_ONCE }, () => {
  for (const scenario of chosen)
    test(`${scenario.name}: ${scenario.shows}`, { timeout: 180_000 }, async () => {
      const { folder, remove } = layOut(scenario, daemons.frr);
      try {
        const predicted = await predictionOf(folder);
        const measured = await measure(folder, predicted);
        if (record !== undefined) writeFileSync(recordingFile(scenario), recordingOf(measured, daemons));
        const { sessions, routes, differences } = compare(measured, predicted);
        assert.deepEqual(differences, []);
        assert.ok(sessions > 0, 'something was compared');
        total.scenarios++;
        total.sessions += sessions;
        total.routes += routes;
      } finally {
        remove();
      }
    });
});
