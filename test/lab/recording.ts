import type { Best, Outcome, Path, RouterOutcome } from './outcome.ts';

/** The daemons that an outcome was measured on. */
export interface Daemons {
  readonly frr: string;
  readonly bird: string;
}

/** The file `measured.json` of a scenario: one line a session and a path, so that a change of it can be read. */
interface Recording extends Daemons {
  readonly routers: Readonly<
    Record<string, { readonly sessions: readonly string[]; readonly paths: readonly string[] }>
  >;
}

export function recordingOf(outcome: Outcome, daemons: Daemons): string {
  const routers = Object.fromEntries(
    [...outcome]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { sessions, paths }]) => [
        name,
        {
          sessions: [...sessions].map(([peer, state]) => `${peer} ${state}`).sort(),
          paths: [...new Set(paths.map(lineOf))].sort(),
        },
      ]),
  );
  return `${JSON.stringify({ ...daemons, routers } satisfies Recording, null, 1)}\n`;
}

export function readRecording(text: string): { readonly outcome: Outcome; readonly daemons: Daemons } {
  const { frr, bird, routers } = JSON.parse(text) as Recording;
  const outcome = new Map(
    Object.entries(routers).map(([name, { sessions, paths }]): [string, RouterOutcome] => [
      name,
      {
        sessions: new Map(sessions.map((line) => line.split(' ') as [string, 'established' | 'down'])),
        paths: paths.map(pathOf),
      },
    ]),
  );
  return { outcome, daemons: { frr, bird } };
}

function lineOf({ prefix, nextHop, asPath, usable, best }: Path): string {
  return `${prefix} via ${nextHop} [${asPath.join(' ')}] ${usable ? 'usable' : 'unusable'} ${best}`;
}

function pathOf(line: string): Path {
  const match = /^(\S+) via (\S*) \[([\d ]*)\] (usable|unusable) (\w+)$/.exec(line);
  if (match === null) throw new Error(`This is no path: ${line}`);
  const [, prefix, nextHop, asPath, usable, best] = match as unknown as string[];
  return {
    prefix: prefix!,
    nextHop: nextHop!,
    asPath: asPath!.split(' ').filter(Boolean).map(Number),
    usable: usable === 'usable',
    best: best as Best,
  };
}
