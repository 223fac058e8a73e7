import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBird, startBird } from './bird.ts';
import { forgetAges, readFrr, startAgain, startFrr } from './frr.ts';
import { wire } from './namespaces.ts';
import { compare, type Outcome, type RouterOutcome } from './outcome.ts';
import { readPlan } from './plan.ts';
import { Daemons } from './processes.ts';
import { pause } from './until.ts';

/** In seconds. A session that is down at `settled` has had a dozen attempts. */
interface Patience {
  readonly settled: number;
  readonly quiet: number;
  readonly most: number;
}

/** Long enough for every attempt; `awaited` is only whom the lab waits for longer, never what it answers. */
const PATIENCE: Patience = { settled: 10, quiet: 3, most: 60 };

let labs = 0;

/**
 * Runs a workspace on real daemons until nothing changes any more, and tells what they did. When that is not what was
 * awaited, it is given more time, so that a slow machine is not taken for a wrong prediction.
 */
export async function measure(workspace: string, awaited: Outcome, patience = PATIENCE): Promise<Outcome> {
  const plan = readPlan(workspace);
  const folder = mkdtempSync(join(tmpdir(), 'selvage-lab-'));
  chmodSync(folder, 0o755);
  const daemons = new Daemons();
  const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const wiring = await wire(plan, `sv${process.pid.toString(36)}${(labs++).toString(36)}`, folder);
    ends.unshift(wiring.remove);
    ends.unshift(() => daemons.stop());
    const readers = await Promise.all(
      plan.machines.flatMap(({ name, daemon }) => {
        if (daemon === undefined) return [];
        const own = join(folder, name);
        const namespace = wiring.namespaceOf(name);
        return [
          (async () => {
            if (daemon.kind === 'bird') {
              await startBird(daemons, namespace, own, daemon);
              return { name, read: () => readBird(own, daemon), shake: [] };
            }
            ends.push(await startFrr(daemons, namespace, own, daemon));
            return {
              name,
              read: () => readFrr(namespace, daemon),
              shake: [() => forgetAges(namespace, daemon), () => startAgain(namespace)],
            };
          })(),
        ];
      }),
    );
    const look = async (): Promise<Outcome> => {
      const found = await Promise.all(
        readers.map(async ({ name, read }): Promise<[string, RouterOutcome]> => [name, await read()]),
      );
      if (daemons.died !== undefined) throw new Error(`A daemon ended by itself: ${daemons.died}`);
      return new Map(found);
    };
    const shake = (time: number): Promise<unknown> => Promise.all(readers.map((reader) => reader.shake[time % 2]?.()));
    return await settled(look, shake, awaited, patience);
  } finally {
    for (const end of ends) await end();
  }
}

async function settled(
  look: () => Promise<Outcome>,
  shake: (time: number) => Promise<unknown>,
  awaited: Outcome,
  patience: Patience,
): Promise<Outcome> {
  const begun = performance.now();
  const since = (time: number): number => (performance.now() - time) / 1000;
  let last = '';
  let times = 0;
  let changed = begun;
  await pause(patience.settled * 500);
  for (;;) {
    const outcome = await look();
    const now = JSON.stringify([...outcome].map(([name, { sessions, paths }]) => [name, [...sessions], [...paths]]));
    if (now !== last) changed = performance.now();
    last = now;
    const isQuiet = since(begun) >= patience.settled && since(changed) >= patience.quiet;
    if (isQuiet && compare(outcome, awaited).differences.length === 0) return outcome;
    if (since(begun) >= patience.most) return outcome;
    if (isQuiet) {
      // A network with equal paths has several states in which it rests, and chance chose one. The one to compare is that
      // of a start at one moment: once without the ages of paths, then by starting the sessions again.
      await shake(times++);
      changed = performance.now();
    }
    await pause(700);
  }
}
