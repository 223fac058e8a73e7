import { parseAddress } from '../address.ts';
import { containsPrefix, hostPrefix, type Prefix, parsePrefix, sameNetwork } from '../prefix.ts';
import type { Attributes } from './path.ts';
import type { ExportPool, FilterRule, Match, Policy, PrefixRule } from './types.ts';

/** What a chain of policies makes of a route: its attributes, changed or not, or undefined when it is denied. */
export function applyPolicies(
  policies: readonly Policy[] | undefined,
  prefix: Prefix,
  attributes: Attributes,
): Attributes | undefined {
  let result: Attributes | undefined = attributes;
  for (const policy of policies ?? []) {
    result = applyPolicy(policy, prefix, result);
    if (result === undefined) return undefined;
  }
  return result;
}

/** Route-maps that call each other in a circle end here. */
const MOST_CALLS = 10;

function applyPolicy(policy: Policy, prefix: Prefix, attributes: Attributes, calls = 0): Attributes | undefined {
  let current = attributes;
  for (let at = 0; at < policy.steps.length; at++) {
    const step = policy.steps[at]!;
    if (!step.matches.every((match) => holds(match, step.permit, prefix, current))) continue;
    if (!step.permit) return undefined;
    for (const change of step.changes) {
      switch (change.kind) {
        case 'nextHop':
          current =
            change.address === 'unchanged'
              ? { ...current, nextHop: attributes.nextHop, nextHopSet: true }
              : { ...current, nextHop: change.address === 'self' ? '' : change.address, nextHopSet: true };
          break;
        case 'localPreference':
          current = { ...current, localPreference: change.value };
          break;
        case 'metric':
          current = { ...current, metric: change.value };
          break;
        case 'weight':
          current = { ...current, weight: change.value };
          break;
        case 'prepend':
          current = { ...current, asPath: [...change.asns, ...current.asPath] };
          break;
        case 'community':
          current = {
            ...current,
            communities: change.additive ? [...current.communities, ...change.communities] : change.communities,
          };
      }
    }
    if (step.call !== undefined && calls < MOST_CALLS) {
      const called = applyPolicy(step.call, prefix, current, calls + 1);
      if (called === undefined) return undefined;
      current = called;
    }
    if (step.goesOnAt === undefined) return current;
    at = Math.max(at, step.goesOnAt - 1);
  }
  // Also what went on and was then taken by no entry: FRR forgets that one permitted it (lab policies/on-match-next-denied).
  return undefined;
}

/** What cannot be decided here lets a route through: a permit matches, a deny does not. */
function holds(match: Match, permits: boolean, prefix: Prefix, attributes: Attributes): boolean {
  switch (match.kind) {
    case 'prefix':
      return listPermits(match.rules, prefix);
    case 'nextHop': {
      const address = parseAddress(attributes.nextHop);
      return address !== undefined && listPermits(match.rules, hostPrefix(address));
    }
    case 'asPath': {
      const path = attributes.asPath.join(' ');
      for (const rule of match.rules) if (expression(rule.pattern)?.test(path)) return rule.permit;
      return false;
    }
    case 'community':
      return match.communities.every((community) => attributes.communities.includes(community));
    case 'undefined':
      return false;
    case 'unknown':
      return permits;
  }
}

/** First matching rule of a prefix-list; without `ge` and `le` the length must be equal. An empty list permits. */
export function listPermits(rules: readonly PrefixRule[], prefix: Prefix): boolean {
  for (const rule of rules) {
    const base = parsePrefix(rule.prefix);
    if (base === undefined || !containsPrefix(base, prefix)) continue;
    const least = rule.ge ?? base.length;
    const most = rule.le ?? (rule.ge === undefined ? base.length : 128);
    if (prefix.length >= least && prefix.length <= most) return rule.permit;
  }
  return rules.length === 0;
}

const expressions = new Map<string, RegExp | undefined>();

/** FRR's regular expression over an AS path; `_` is a boundary. Undefined when it cannot be read. */
function expression(pattern: string): RegExp | undefined {
  if (!expressions.has(pattern)) {
    let compiled: RegExp | undefined;
    try {
      compiled = new RegExp(pattern.replaceAll('_', '(?:^|[ ,{}()]|$)'));
    } catch {
      compiled = undefined;
    }
    expressions.set(pattern, compiled);
  }
  return expressions.get(pattern);
}

/** The first BGPFilter rule that matches; undefined when none does. */
export function filterVerdict(
  rules: readonly FilterRule[],
  prefix: Prefix,
  learned: boolean,
  internal: boolean,
): FilterRule['action'] | undefined {
  return rules.find((rule) => ruleMatches(rule, prefix, learned, internal))?.action;
}

function ruleMatches(rule: FilterRule, prefix: Prefix, learned: boolean, internal: boolean): boolean {
  if (rule.source === 'RemotePeers' && !learned) return false;
  if (rule.peerType !== undefined && (rule.peerType === 'iBGP') !== internal) return false;
  // An interface is matched by routes that leave through it; which one that is, is not modelled.
  if (rule.interface !== undefined) return false;
  if (rule.cidr === undefined) return true;
  const cidr = parsePrefix(rule.cidr);
  if (cidr === undefined) return false;
  switch (rule.matchOperator) {
    case 'Equal':
      return sameNetwork(cidr, prefix);
    case 'NotEqual':
      return !sameNetwork(cidr, prefix);
    case 'NotIn':
      return !inside(cidr, prefix, rule);
    default:
      return inside(cidr, prefix, rule);
  }
}

function inside(cidr: Prefix, prefix: Prefix, rule: FilterRule): boolean {
  const { min, max } = rule.prefixLength ?? {};
  return containsPrefix(cidr, prefix) && prefix.length >= (min ?? 0) && prefix.length <= (max ?? 128);
}

/**
 * The answer of Calico's export filter after the BGPFilters: pools without export are out, own blocks go, nothing longer
 * inside them does, and whatever else lies in a pool is passed on, also when another node announced it (lab A8, D8).
 */
export function poolsLetThrough(
  pools: readonly ExportPool[],
  blocks: readonly Prefix[],
  text: string,
  prefix: Prefix,
): boolean {
  const verdict = poolVerdict(pools, text, prefix);
  if (verdict === 'withheld') return false;
  for (const block of blocks) if (containsPrefix(block, prefix)) return block.length === prefix.length;
  return verdict === 'inside';
}

type PoolVerdict = 'withheld' | 'inside' | 'outside';

const poolVerdicts = new WeakMap<readonly ExportPool[], Map<string, PoolVerdict>>();

interface PoolRange {
  readonly pool: ExportPool;
  readonly range: Prefix;
}

const poolRanges = new WeakMap<readonly ExportPool[], readonly PoolRange[]>();

/** Pools with their ranges read once: every block of every node is held against all of them. */
function rangesOf(pools: readonly ExportPool[]): readonly PoolRange[] {
  const known = poolRanges.get(pools);
  if (known !== undefined) return known;
  const ranges = pools.flatMap((pool) => {
    const range = parsePrefix(pool.cidr);
    return range === undefined ? [] : [{ pool, range }];
  });
  poolRanges.set(pools, ranges);
  return ranges;
}

function poolVerdict(pools: readonly ExportPool[], text: string, prefix: Prefix): PoolVerdict {
  let known = poolVerdicts.get(pools);
  if (known === undefined) {
    known = new Map();
    poolVerdicts.set(pools, known);
  }
  let verdict = known.get(text);
  if (verdict === undefined) {
    const containing = rangesOf(pools).filter(({ range }) => containsPrefix(range, prefix));
    verdict = containing.some(({ pool }) => pool.disableBGPExport)
      ? 'withheld'
      : containing.length > 0
        ? 'inside'
        : 'outside';
    known.set(text, verdict);
  }
  return verdict;
}
