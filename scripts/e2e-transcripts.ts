import { mkdirSync, writeFileSync } from 'node:fs';
import type { Call } from '../test/apply/replay.ts';

/**
 * Keeps what a real program said for the tests that replay it, when `--record` is given. `trial`, the folder of this run, is not
 * told.
 */
export function keepTranscript(name: string, calls: readonly Call[], trial: string): void {
  if (!process.argv.includes('--record')) return;
  const folder = new URL('../test/apply/transcripts/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const text = JSON.stringify(calls, null, 1).replaceAll(trial, '/trial');
  writeFileSync(new URL(`${name}.json`, folder), `${text}\n`);
}
