import type { Prediction } from '../network/bgp/predict.ts';
import type { Router } from '../network/bgp/types.ts';
import type { Text } from '../text.ts';

/** What BGP does in one state of the network, in a form in which two states can be compared. */
export interface BgpState {
  /** By the two ends, in order of name: whether any session between them comes up. */
  readonly sessions: ReadonlyMap<string, SessionFacts>;
  /** Prefixes that each router has a usable path to. */
  readonly prefixes: ReadonlyMap<string, ReadonlySet<string>>;
  /** Too large to be compared session by session. */
  readonly coarse: boolean;
}

export interface SessionFacts {
  readonly state: 'up' | 'down' | 'unknown';
  readonly ends: readonly [string, string];
  /** How it came about: another way means that it is torn down and set up again. */
  readonly by: string;
  /** Ends that are nodes of the cluster. */
  readonly nodes: readonly string[];
}

export interface Consequences {
  readonly lost: readonly string[];
  readonly gained: readonly string[];
  readonly reset: readonly string[];
  /** Nodes that had a session before and have none after. */
  readonly isolated: readonly string[];
  readonly prefixesLost: readonly { readonly router: string; readonly prefixes: readonly string[] }[];
  readonly prefixesGained: readonly { readonly router: string; readonly prefixes: readonly string[] }[];
  /** Sessions of which nothing can be said after. */
  readonly unknown: readonly string[];
}

/** More mesh sessions or routers than this are not compared one by one. */
const LARGEST_MESH = 250;
const LARGEST_TABLES = 120;

export function bgpState(prediction: Prediction): BgpState {
  const { routers } = prediction.fabric;
  const coarse = routers.filter(({ inMesh }) => inMesh).length > LARGEST_MESH;
  const sessions = new Map<string, SessionFacts>();
  for (const { router, peer, peerAddress, state, neighbour } of coarse ? prediction.stated : prediction.sessions) {
    const ends = [router.name, peer?.name ?? peerAddress].sort() as [string, string];
    const key = ends.join(' – ');
    const now = state === 'established' ? 'up' : state;
    const known = sessions.get(key);
    const by = neighbour.peering === 'mesh' ? 'mesh' : 'stated';
    if (known === undefined || rank(now) > rank(known.state))
      sessions.set(key, {
        state: now,
        ends,
        by,
        nodes: [router, peer].flatMap((one) => (isNode(one) ? [one.name] : [])),
      });
  }
  const prefixes = new Map<string, ReadonlySet<string>>();
  if (!coarse && routers.length <= LARGEST_TABLES)
    for (const router of routers) {
      if (router.asn === undefined) continue;
      const usable = prediction.routesAt(router).filter(({ usable, best }) => usable && best !== 'no');
      prefixes.set(router.name, new Set(usable.map(({ prefix }) => prefix)));
    }
  return { sessions, prefixes, coarse };
}

function isNode(router: Router | undefined): router is Router {
  return router?.kind === 'calico';
}

function rank(state: SessionFacts['state']): number {
  return { down: 0, unknown: 1, up: 2 }[state];
}

/** What goes and comes between two states. What is unknown on either side is neither lost nor gained. */
export function consequencesOf(before: BgpState, after: BgpState): Consequences {
  const stateOf = (state: BgpState, key: string): SessionFacts['state'] => state.sessions.get(key)?.state ?? 'down';
  const keys = [...new Set([...before.sessions.keys(), ...after.sessions.keys()])].sort();
  const moved = (from: SessionFacts['state'], to: SessionFacts['state']): string[] =>
    keys.filter((key) => stateOf(before, key) === from && stateOf(after, key) === to);
  return {
    lost: moved('up', 'down'),
    gained: moved('down', 'up'),
    reset: moved('up', 'up').filter((key) => before.sessions.get(key)?.by !== after.sessions.get(key)?.by),
    isolated: [...nodesUp(before)].filter((node) => !nodesUp(after, ['up', 'unknown']).has(node)).sort(),
    prefixesLost: prefixesMissing(before, after),
    prefixesGained: prefixesMissing(after, before),
    unknown: keys.filter((key) => stateOf(after, key) === 'unknown' && stateOf(before, key) !== 'unknown'),
  };
}

/** Cluster nodes with at least one session in one of these states. */
function nodesUp({ sessions }: BgpState, states: readonly string[] = ['up']): ReadonlySet<string> {
  const nodes = new Set<string>();
  for (const { state, nodes: ends } of sessions.values())
    if (states.includes(state)) for (const node of ends) nodes.add(node);
  return nodes;
}

function prefixesMissing(have: BgpState, lack: BgpState): Consequences['prefixesLost'] {
  const missing: { router: string; prefixes: readonly string[] }[] = [];
  for (const [router, prefixes] of have.prefixes) {
    const others = lack.prefixes.get(router);
    if (others === undefined) continue;
    const gone = [...prefixes].filter((prefix) => !others.has(prefix));
    if (gone.length > 0) missing.push({ router, prefixes: gone });
  }
  return missing;
}

/** Whether a state between lacks something that both ends have: a session, a node's last session, or a prefix at a router. */
export function worseThanBoth(between: BgpState, first: BgpState, last: BgpState): Consequences | undefined {
  const fromFirst = consequencesOf(first, between);
  const fromLast = consequencesOf(last, between);
  const both = (a: readonly string[], b: readonly string[]): string[] => a.filter((one) => b.includes(one));
  const lost = both(fromFirst.lost, fromLast.lost);
  const isolated = both(fromFirst.isolated, fromLast.isolated);
  const prefixesLost = fromFirst.prefixesLost.flatMap(({ router, prefixes }) => {
    const other = fromLast.prefixesLost.find((one) => one.router === router)?.prefixes ?? [];
    const shared = both(prefixes, other);
    return shared.length === 0 ? [] : [{ router, prefixes: shared }];
  });
  if (lost.length === 0 && isolated.length === 0 && prefixesLost.length === 0) return undefined;
  return { ...NOTHING, lost, isolated, prefixesLost };
}

/** How bad a state between is: isolated nodes first, then prefixes, then sessions. Zero when it is no worse than both ends. */
export function badness(worse: Consequences | undefined): number {
  if (worse === undefined) return 0;
  const prefixes = worse.prefixesLost.reduce((sum, { prefixes: list }) => sum + list.length, 0);
  return worse.isolated.length * 1_000_000 + prefixes * 1000 + worse.lost.length;
}

export const NOTHING: Consequences = {
  lost: [],
  gained: [],
  reset: [],
  isolated: [],
  prefixesLost: [],
  prefixesGained: [],
  unknown: [],
};

const MOST = 6;

/** The consequences in sentences, worst first; empty when BGP stays as it is. */
export function sentences(found: Consequences): readonly Text[] {
  const said: Text[] = [];
  const { isolated, lost, gained, reset, prefixesLost, prefixesGained, unknown } = found;
  if (isolated.length > 0)
    said.push({
      en: `${count(isolated, 'node loses its', 'nodes lose their')} last BGP session: ${list(isolated)}.`,
      'zh-cn': `${isolated.length} 个节点失去最后一个 BGP 会话：${list(isolated, '、')}。`,
    });
  if (lost.length > 0)
    said.push({
      en: `${count(lost, 'session goes', 'sessions go')} down: ${list(lost)}.`,
      'zh-cn': `${lost.length} 个会话断开：${list(lost, '、')}。`,
    });
  if (prefixesLost.length > 0)
    said.push({
      en: `Prefixes disappear at ${list(prefixesLost.map(told), '; ')}.`,
      'zh-cn': `前缀消失：${list(prefixesLost.map(told), '；')}。`,
    });
  if (reset.length > 0)
    said.push({
      en: `${count(reset, 'session is', 'sessions are')} torn down and set up again another way: ${list(reset)}.`,
      'zh-cn': `${reset.length} 个会话将以另一种方式重新建立：${list(reset, '、')}。`,
    });
  if (gained.length > 0)
    said.push({
      en: `${count(gained, 'session comes', 'sessions come')} up: ${list(gained)}.`,
      'zh-cn': `${gained.length} 个会话建立：${list(gained, '、')}。`,
    });
  if (prefixesGained.length > 0)
    said.push({
      en: `Prefixes appear at ${list(prefixesGained.map(told), '; ')}.`,
      'zh-cn': `前缀出现：${list(prefixesGained.map(told), '；')}。`,
    });
  if (unknown.length > 0)
    said.push({
      en: `Not known from the files: ${list(unknown)}.`,
      'zh-cn': `无法从文件得知：${list(unknown, '、')}。`,
    });
  return said;
}

/** `d12.node: 10.20.0.0/16 (d13.node, d14.node)`: a prefix that several nodes announce a part of is written once. */
function told({ router, prefixes }: { readonly router: string; readonly prefixes: readonly string[] }): string {
  const owners = new Map<string, string[]>();
  for (const one of prefixes) {
    const [prefix = one, owner] = one.split('#');
    const of = owners.get(prefix) ?? [];
    owners.set(prefix, owner === undefined ? of : [...of, owner]);
  }
  const written = [...owners].map(([prefix, of]) => (of.length === 0 ? prefix : `${prefix} (${list(of)})`));
  return `${router}: ${list(written)}`;
}

function count(items: readonly string[], one: string, many: string): string {
  return items.length === 1 ? `1 ${one}` : `${items.length} ${many}`;
}

function list(items: readonly string[], comma = ', '): string {
  const more = items.length - MOST;
  return more > 0 ? `${items.slice(0, MOST).join(comma)} … (+${more})` : items.join(comma);
}
