import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, type Best, type Path, prefixOf, type RouterOutcome } from './outcome.ts';
import type { BirdConfiguration } from './plan.ts';
import { isDefault } from './prediction.ts';
import { type Daemons, run } from './processes.ts';
import { until } from './until.ts';

export async function startBird(
  daemons: Daemons,
  namespace: string,
  folder: string,
  { text }: BirdConfiguration,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'bird.conf');
  writeFileSync(config, text);
  await run('bird', ['-p', '-c', config]);
  daemons.start(namespace, join(folder, 'bird.log'), 'bird', ['-f', '-c', config, '-s', socketIn(folder)]);
  await until(() => existsSync(socketIn(folder)), `bird of ${namespace} does not start`);
}

export function birdVersion(): string {
  // It prints its version on the error stream.
  const { stdout, stderr } = spawnSync('bird', ['--version'], { encoding: 'utf8' });
  return /(\d+(?:\.\d+)+)/.exec(`${stdout}${stderr}`)?.[1] ?? 'of an unknown version';
}

function socketIn(folder: string): string {
  return join(folder, 'control');
}

interface Read {
  prefix: string;
  protocol: string;
  usable: boolean;
  best: boolean;
  nextHop: string;
  asPath: readonly number[];
  localPreference: string;
  metric: string;
}

/** Sessions and paths as `show protocols` and `show route` tell them. */
export async function readBird(folder: string, { neighbours }: BirdConfiguration): Promise<RouterOutcome> {
  const ask = (...words: string[]): Promise<string> => run('birdc', ['-r', '-s', socketIn(folder), ...words]);
  const sessions = new Map<string, 'established' | 'down'>(neighbours.map((peer) => [addressOf(peer), 'down']));
  const names = new Map<string, string>();
  let name = '';
  let isUp = false;
  for (const line of (await ask('show', 'protocols', 'all')).split('\n')) {
    const head = /^(\S+)\s+BGP\s/.exec(line);
    if (head !== null) name = head[1]!;
    const state = /^ +BGP state: +(\S+)/.exec(line);
    if (state !== null) isUp = state[1] === 'Established';
    const address = /^ +Neighbor address: (\S+)/.exec(line);
    if (address === null) continue;
    names.set(name, addressOf(address[1]!));
    if (isUp) sessions.set(addressOf(address[1]!), 'established');
  }
  const byPrefix = new Map<string, Read[]>();
  for (const read of routesIn(await ask('show', 'route', 'all'))) {
    if (isDefault(read.prefix)) continue;
    const list = byPrefix.get(read.prefix) ?? [];
    byPrefix.set(read.prefix, list);
    list.push(read);
  }
  return { sessions, paths: [...byPrefix].flatMap(([prefix, reads]) => pathsTo(prefix, reads, names)) };
}

function pathsTo(prefix: string, reads: readonly Read[], names: ReadonlyMap<string, string>): Path[] {
  const learned = reads.filter(({ protocol }) => names.has(protocol));
  const best = learned.find((read) => read.best);
  const rank = (read: Read) => `${read.localPreference} ${read.asPath.length}`;
  const isEqual = (read: Read): boolean =>
    read === best || (best?.usable === true && read.usable && rank(read) === rank(best));
  // Copies of one path that add-path brings are one.
  const keys = new Set(learned.filter(isEqual).map((read) => `${read.nextHop} ${read.asPath.join(' ')}`));
  const word: Best = keys.size === 1 ? 'yes' : 'any';
  return learned.map((read) => ({
    prefix: prefixOf(prefix),
    nextHop: addressOf(read.nextHop),
    asPath: read.asPath,
    usable: read.usable,
    best: isEqual(read) ? word : 'no',
  }));
}

function routesIn(text: string): Read[] {
  const routes: Read[] = [];
  let prefix = '';
  for (const line of text.split('\n')) {
    const head = /^(\S+)?\s+(\w+)(?: \([^)]*\))? \[(\S+) [^\]]*\] (\*)?/.exec(line);
    if (head !== null) {
      prefix = head[1] ?? prefix;
      const [, , destination, protocol, star] = head;
      routes.push({
        prefix,
        protocol: protocol!,
        usable: destination !== 'unreachable',
        best: star === '*',
        nextHop: '',
        asPath: [],
        localPreference: '100',
        metric: '0',
      });
      continue;
    }
    const attribute = /^\tBGP\.(\w+): ?(.*)$/.exec(line);
    const route = routes.at(-1);
    if (attribute === null || route === undefined) continue;
    const [, name, value] = attribute as unknown as [string, string, string];
    if (name === 'next_hop') route.nextHop = value.split(' ')[0]!;
    if (name === 'as_path') route.asPath = value.split(' ').filter(Boolean).map(Number);
    if (name === 'local_pref') route.localPreference = value;
    if (name === 'med') route.metric = value;
  }
  return routes;
}
