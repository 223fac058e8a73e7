import { canonicalAddress } from '../../server/src/network/address.ts';
import { formatPrefix, parsePrefix } from '../../server/src/network/prefix.ts';

/** `any`: a tie that is broken by age or router id without multipath, so nobody can say which path wins. */
export type Best = 'yes' | 'no' | 'tied' | 'any';

export interface Path {
  readonly prefix: string;
  readonly nextHop: string;
  readonly asPath: readonly number[];
  readonly usable: boolean;
  readonly best: Best;
}

/** What became of one router: its sessions by the peer's address (or interface), and every path it learned by BGP. */
export interface RouterOutcome {
  readonly sessions: ReadonlyMap<string, 'established' | 'down'>;
  readonly paths: readonly Path[];
}

export type Outcome = ReadonlyMap<string, RouterOutcome>;

/** How many things were compared, and those that differ, in words. */
export interface Comparison {
  readonly sessions: number;
  readonly routes: number;
  readonly differences: readonly string[];
}

/**
 * Holds a prediction against what daemons did: established or not for each configured pair, and for each usable path the
 * next hop, the AS path and whether it is best. A path that is not usable may be listed or left out. What the daemons print
 * beyond that (down states, reset texts, copies that add-path brings) varies from run to run and is not compared.
 */
export function compare(measured: Outcome, predicted: Outcome): Comparison {
  const differences: string[] = [];
  let sessions = 0;
  let routes = 0;
  for (const [name, real] of measured) {
    const told = predicted.get(name) ?? { sessions: new Map(), paths: [] };
    for (const peer of new Set([...real.sessions.keys(), ...told.sessions.keys()])) {
      sessions++;
      const [is, said] = [real.sessions.get(peer), told.sessions.get(peer)];
      if (is !== said)
        differences.push(`${name} > ${peer}: ${is ?? 'not configured'}, predicted ${said ?? 'no session'}`);
    }
    const [are, saidPaths] = [usable(real.paths), usable(told.paths)];
    for (const key of new Set([...are.keys(), ...saidPaths.keys()])) {
      routes++;
      const [is, said] = [are.get(key), saidPaths.get(key)];
      if (is === said || (is === 'any' && said !== undefined)) continue;
      differences.push(`${name}: ${key}: ${shown(is)}, predicted ${shown(said)}`);
    }
  }
  for (const [name, told] of predicted)
    if (!measured.has(name) && told.sessions.size > 0) differences.push(`${name}: runs no BGP, predicted some`);
  return { sessions, routes, differences };
}

function shown(best: Best | undefined): string {
  return best === undefined ? 'not usable' : `usable, best ${best}`;
}

const RANK: Readonly<Record<Best, number>> = { no: 0, any: 1, tied: 2, yes: 3 };

/** Usable paths by what identifies them; a tie of which one kind of path is left is no tie. */
function usable(paths: readonly Path[]): ReadonlyMap<string, Best> {
  const byPrefix = new Map<string, Map<string, Best>>();
  for (const { prefix, nextHop, asPath, usable, best } of paths) {
    if (!usable) continue;
    const known = byPrefix.get(prefix) ?? new Map<string, Best>();
    byPrefix.set(prefix, known);
    const key = `${prefix} via ${nextHop} [${asPath.join(' ')}]`;
    if (RANK[best] >= RANK[known.get(key) ?? 'no']) known.set(key, best);
  }
  const all = new Map<string, Best>();
  for (const known of byPrefix.values()) {
    const tied = [...known].filter(([, best]) => best === 'tied');
    const isDecided = [...known.values()].includes('yes');
    for (const [key, best] of known) all.set(key, best === 'tied' && tied.length === 1 && !isDecided ? 'yes' : best);
  }
  return all;
}

/** An address in its shortest form; what is no address stays as it is. */
export function addressOf(text: string): string {
  return canonicalAddress(text);
}

export function prefixOf(text: string): string {
  const prefix = parsePrefix(text);
  return prefix === undefined ? text : formatPrefix(prefix);
}
