import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { FrrConfiguration } from './frr-configuration.ts';
import { addressOf, type Best, type Path, prefixOf, type RouterOutcome } from './outcome.ts';
import { isDefault } from './prediction.ts';
import { type Daemons, run } from './processes.ts';
import { until } from './until.ts';

const PROGRAMS = '/usr/lib/frr';
const SOCKETS = '/var/run/frr';
/** Since FRR 9.1 static routes are written through a daemon of its own, where older ones have none. */
const DAEMONS = ['mgmtd', 'zebra', 'staticd', 'bgpd'].filter(
  (program) => program !== 'mgmtd' || existsSync(join(PROGRAMS, program)),
);

/** Starts FRR's daemons in a namespace, and has vtysh load the configuration as it stands. */
export async function startFrr(
  daemons: Daemons,
  namespace: string,
  folder: string,
  { text }: FrrConfiguration,
): Promise<() => void> {
  const sockets = join(SOCKETS, namespace);
  const owner = userCalled('frr');
  for (const path of [folder, sockets]) {
    mkdirSync(path, { recursive: true });
    chownSync(path, ...owner);
    chmodSync(path, 0o755);
  }
  for (const program of DAEMONS) {
    const log = join(folder, `${program}.log`);
    const pid = join(sockets, `${program}.pid`);
    daemons.start(namespace, log, join(PROGRAMS, program), ['-N', namespace, '-P', '0', '-i', pid]);
    // vtysh passes over a daemon that does not listen yet, which is some time after its process id is written.
    await until(() => isListening(join(sockets, `${program}.vty`)), `${program} of ${namespace} does not start`);
  }
  const config = join(folder, 'frr.conf');
  writeFileSync(config, text);
  const said = await run('vtysh', ['-N', namespace, '-f', config]);
  // It takes what it understands, says the rest, and ends with success.
  if (/Unknown command|% /.test(said)) throw new Error(`FRR refuses ${namespace}'s configuration: ${said}`);
  return () => rmSync(sockets, { recursive: true, force: true });
}

/**
 * Makes a router choose anew between paths that only their age tells apart. Age is an accident of how fast the machine was;
 * without it the lower router id wins, as it does when everything arrives at once.
 */
export async function forgetAges(namespace: string, { text, comparesRouterId }: FrrConfiguration): Promise<void> {
  const router = /^router bgp \d+$/m.exec(text)?.[0];
  if (comparesRouterId || router === undefined) return;
  for (const no of ['', 'no '])
    await run('vtysh', [
      ...['-N', namespace, '-d', 'bgpd', '-c', 'configure terminal', '-c', router],
      ...['-c', `${no}bgp bestpath compare-routerid`],
    ]);
}

/** Ends every session of a router at once; they come up again among daemons that have all been running for a while. */
export async function startAgain(namespace: string): Promise<void> {
  await run('vtysh', ['-N', namespace, '-d', 'bgpd', '-c', 'clear bgp *']);
}

export async function frrVersion(): Promise<string> {
  const said = await run(join(PROGRAMS, 'bgpd'), ['--version']);
  return /version (\d+(?:\.\d+)*)/.exec(said)![1]!;
}

interface Peer {
  readonly state: string;
}

interface BgpPath {
  readonly valid?: boolean;
  readonly bestpath?: boolean;
  readonly multipath?: boolean;
  readonly pathFrom?: string;
  readonly path?: string;
  readonly peerId?: string;
  readonly metric?: number;
  readonly locPrf?: number;
  readonly weight?: number;
  readonly nexthops?: readonly { readonly ip?: string; readonly scope?: string; readonly used?: boolean }[];
}

/** Sessions and paths as `show bgp` tells them. */
export async function readFrr(
  namespace: string,
  { neighbours, comparesRouterId }: FrrConfiguration,
): Promise<RouterOutcome> {
  const commands = ['show bgp summary json', 'show bgp ipv4 unicast json', 'show bgp ipv6 unicast json'];
  const said = await run('vtysh', ['-N', namespace, '-d', 'bgpd', ...commands.flatMap((command) => ['-c', command])]);
  const [summary, ...tables] = objectsIn(said) as [
    Record<string, { peers?: Record<string, Peer> }>,
    ...{ routes?: Record<string, readonly BgpPath[] | { readonly paths: readonly BgpPath[] }> }[],
  ];
  const sessions = new Map<string, 'established' | 'down'>(neighbours.map((peer) => [addressOf(peer), 'down']));
  for (const { peers = {} } of Object.values(summary))
    for (const [peer, { state }] of Object.entries(peers)) {
      const isUp = state === 'Established';
      if (isUp || sessions.has(addressOf(peer))) sessions.set(addressOf(peer), isUp ? 'established' : 'down');
    }
  const paths = tables.flatMap(({ routes = {} }) =>
    Object.entries(routes).flatMap(([prefix, found]) =>
      isDefault(prefix) ? [] : pathsTo(prefix, 'paths' in found ? found.paths : found, comparesRouterId),
    ),
  );
  return { sessions, paths };
}

function pathsTo(prefix: string, paths: readonly BgpPath[], comparesRouterId: boolean): Path[] {
  const learned = paths.filter(({ peerId }) => !peerId?.startsWith('('));
  const best = learned.find((path) => path.bestpath);
  const equals = learned.filter((path) => path === best || (best !== undefined && isEqual(path, best)));
  const allUsed = equals.every((path) => (path.bestpath || path.multipath) && path.pathFrom === 'external');
  const word: Best = equals.length === 1 ? 'yes' : allUsed && !comparesRouterId ? 'tied' : 'any';
  return learned.map((path) => ({
    prefix: prefixOf(prefix),
    nextHop: nextHopOf(path),
    asPath: asPathOf(path),
    usable: path.valid === true,
    best: equals.includes(path) ? word : 'no',
  }));
}

/** Whether only age or the router id decides between the two. */
function isEqual(path: BgpPath, best: BgpPath): boolean {
  if (path.valid !== true || best.valid !== true) return false;
  const rank = ({ weight = 0, locPrf = 100, pathFrom }: BgpPath) => `${weight} ${locPrf} ${pathFrom}`;
  if (rank(path) !== rank(best) || asPathOf(path).length !== asPathOf(best).length) return false;
  return asPathOf(path)[0] !== asPathOf(best)[0] || (path.metric ?? 0) === (best.metric ?? 0);
}

function asPathOf({ path = '' }: BgpPath): number[] {
  return path
    .split(' ')
    .filter((word) => /^\d+$/.test(word))
    .map(Number);
}

function nextHopOf({ nexthops = [] }: BgpPath): string {
  const global = nexthops.find(({ ip, scope }) => ip !== undefined && scope !== 'link-local' && !ip.startsWith('fe80'));
  return addressOf(global?.ip ?? '');
}

/** JSON objects that follow each other. */
function objectsIn(text: string): unknown[] {
  const found: unknown[] = [];
  let depth = 0;
  let begin = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (isQuoted && sign === '\\') at++;
    else if (sign === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (sign === '{' && depth++ === 0) begin = at;
    else if (sign === '}' && --depth === 0) found.push(JSON.parse(text.slice(begin, at + 1)));
  }
  return found;
}

function isListening(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const client = connect(socket);
    client.once('connect', () => {
      client.destroy();
      resolve(true);
    });
    client.once('error', () => resolve(false));
  });
}

function userCalled(name: string): [number, number] {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${name}:`));
  if (line === undefined) throw new Error(`There is no user ${name}; the package frr makes one.`);
  const [, , user, group] = line.split(':');
  return [Number(user), Number(group)];
}
