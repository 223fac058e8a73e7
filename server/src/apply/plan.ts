import type { Text } from '../text.ts';
import { type Change, changeFor, seenVersion } from './change.ts';
import { type BgpState, badness, type Consequences, consequencesOf, worseThanBoth } from './consequences.ts';
import { type Isolation, type NewlyIsolated, newlyIsolated } from './isolation.ts';
import type { ToolName } from './kinds.ts';
import { type ApiObject, keyOf, refOf, shownRef } from './objects.ts';
import { inOrder, mustPrecede } from './order.ts';
import { type Risk, riskOf, worst } from './risk.ts';
import type { Target } from './tool.ts';

/** One change, with what it does. */
export interface Step extends Change {
  readonly risk: Risk;
  readonly reasons: readonly Text[];
  /** What BGP does from this step; absent when it was not or could not be predicted. */
  readonly consequences?: Consequences;
  /** What is missing right after this step though both the beginning and the end have it. */
  readonly worse?: Consequences;
  /** Pods that this step closes; empty where the Pods are not known. */
  readonly closed: readonly NewlyIsolated[];
}

/** What to do, in which order, to which cluster as it was seen. */
export interface Plan {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly made: number;
  readonly targets: Readonly<Partial<Record<ToolName, Target>>>;
  readonly steps: readonly Step[];
  readonly risk: Risk;
  /** From the first state to the last. */
  readonly whole?: Consequences;
  readonly closed: readonly NewlyIsolated[];
  readonly notes: readonly Text[];
}

export interface PlanInput {
  readonly id: string;
  readonly made: number;
  readonly targets: Plan['targets'];
  /** Every object of the cluster that was read. */
  readonly live: readonly ApiObject[];
  readonly changes: readonly Change[];
  /** Predicts BGP for a set of cluster objects; absent or undefined where nothing is known of the network. */
  readonly predict?: (objects: readonly ApiObject[]) => BgpState | undefined;
  /** What policies do to Pods for a set of cluster objects; absent or undefined where no Pod is known. */
  readonly isolate?: (objects: readonly ApiObject[]) => Isolation | undefined;
}

/** More steps than this keep the order by kind: trying every other one would take too long. */
const MOST_TRIED = 10;

/**
 * Orders the changes so that no state between is worse than both ends, and says of every step what it does. Pure: the same
 * input gives the same plan.
 */
export function makePlan(input: PlanInput): Plan {
  const { id, made, targets, live, changes, predict, isolate } = input;
  const states = new Map<string, BgpState | undefined>();
  const stateAfter = (done: readonly Change[]): BgpState | undefined => {
    if (predict === undefined || changes.length === 0) return undefined;
    const key = done
      .map(({ ref }) => keyOf(ref))
      .sort()
      .join('\n');
    if (!states.has(key)) states.set(key, predict(applied(live, done)));
    return states.get(key);
  };
  const ordered = bestOrder(inOrder(changes), stateAfter);
  const closedBetween = (from: number, to: number): readonly NewlyIsolated[] => {
    if (isolate === undefined || !ordered.slice(from, to).some(({ ref }) => CLOSING.has(ref.kind))) return [];
    return newlyIsolated(isolate(applied(live, ordered.slice(0, from))), isolate(applied(live, ordered.slice(0, to))));
  };
  const first = stateAfter([]);
  const last = stateAfter(ordered);
  const steps = ordered.map((change, index): Step => {
    const before = stateAfter(ordered.slice(0, index));
    const after = stateAfter(ordered.slice(0, index + 1));
    const consequences = before === undefined || after === undefined ? undefined : consequencesOf(before, after);
    const worse =
      after === undefined || first === undefined || last === undefined ? undefined : worseThanBoth(after, first, last);
    const closed = closedBetween(index, index + 1);
    return {
      ...change,
      ...riskOf(change, consequences, closed),
      closed,
      ...(consequences !== undefined && { consequences }),
      ...(worse !== undefined && { worse }),
    };
  });
  const whole = first === undefined || last === undefined ? undefined : consequencesOf(first, last);
  return {
    id,
    made,
    targets,
    steps,
    risk: worst(steps.map(({ risk }) => risk)),
    ...(whole !== undefined && { whole }),
    closed: closedBetween(0, ordered.length),
    notes: [
      ...(first === undefined && changes.some(({ tool }) => tool === 'calicoctl') ? [NOT_PREDICTED] : []),
      ...(first?.coarse ? [COARSE] : []),
    ],
  };
}

const CLOSING = new Set(['Tier', 'NetworkPolicy', 'GlobalNetworkPolicy']);

/** The order by kind, unless another one has states between that are less bad. What names something never comes before it. */
function bestOrder(
  ordered: readonly Change[],
  stateAfter: (done: readonly Change[]) => BgpState | undefined,
): readonly Change[] {
  const first = stateAfter([]);
  const last = stateAfter(ordered);
  if (first === undefined || last === undefined || ordered.length > MOST_TRIED) return ordered;
  const badnessAfter = (done: readonly Change[]): number => {
    const state = stateAfter(done);
    return state === undefined ? 0 : badness(worseThanBoth(state, first, last));
  };
  const total = (order: readonly Change[]): number =>
    order.reduce((sum, _, index) => sum + badnessAfter(order.slice(0, index + 1)), 0);
  const inKinds = total(ordered);
  if (inKinds === 0) return ordered;
  const greedy: Change[] = [];
  const left = [...ordered];
  while (left.length > 0) {
    const free = left.filter((change) => !left.some((other) => other !== change && mustPrecede(other, change)));
    const candidates = free.length === 0 ? left.slice(0, 1) : free;
    let best = candidates[0]!;
    let least = Number.POSITIVE_INFINITY;
    for (const candidate of candidates) {
      const bad = badnessAfter([...greedy, candidate]);
      if (bad >= least) continue;
      best = candidate;
      least = bad;
    }
    greedy.push(best);
    left.splice(left.indexOf(best), 1);
  }
  return total(greedy) < inKinds ? greedy : ordered;
}

/** The cluster after these changes. */
export function applied(live: readonly ApiObject[], changes: readonly Change[]): readonly ApiObject[] {
  const objects = new Map(live.map((object) => [keyOf(refOf(object)), object]));
  for (const { ref, after } of changes) {
    if (after === undefined) objects.delete(keyOf(ref));
    else objects.set(keyOf(ref), after);
  }
  return [...objects.values()];
}

/** What turns a cluster that was seen into the one that is wanted. */
export function changesTo(
  live: readonly ApiObject[],
  wanted: readonly { readonly tool: ToolName; readonly object: ApiObject }[],
  removed: readonly { readonly tool: ToolName; readonly object: ApiObject }[] = [],
): readonly Change[] {
  const found = new Map(live.map((object) => [keyOf(refOf(object)), object]));
  return [
    ...wanted.flatMap(({ tool, object }) => changeFor(tool, found.get(keyOf(refOf(object))), object) ?? []),
    ...removed.flatMap(({ tool, object }) => changeFor(tool, object, undefined) ?? []),
  ];
}

/** Why a plan no longer fits the cluster: objects that are not what they were when it was made. */
export function staleness(plan: Plan, now: ReadonlyMap<string, ApiObject | undefined>): readonly Text[] {
  return plan.steps.flatMap((step) => {
    const object = now.get(keyOf(step.ref));
    const name = shownRef(step.ref);
    if (step.action === 'create') return object === undefined ? [] : [appeared(name)];
    if (object === undefined) return [vanished(name)];
    return object.metadata.resourceVersion === seenVersion(step) ? [] : [moved(name)];
  });
}

/** The plan with a note on the errors that rules find in the files, and that applying leaves as they are. */
export function withRemaining(plan: Plan, errors: number): Plan {
  return errors === 0 ? plan : { ...plan, notes: [...plan.notes, remaining(errors)] };
}

const remaining = (errors: number): Text => ({
  en: `Selvage reports ${errors === 1 ? '1 error' : `${errors} errors`} in these files: \`selvage check\` or the Problems panel shows them.`,
  'zh-cn': `Selvage 在这些文件中报告了 ${errors} 个错误：\`selvage check\` 或“问题”面板会列出它们。`,
});

const appeared = (name: string): Text => ({
  en: `${name} exists now; it did not when the plan was made.`,
  'zh-cn': `${name} 现已存在；制定计划时它还不存在。`,
});
const vanished = (name: string): Text => ({
  en: `${name} is gone; it existed when the plan was made.`,
  'zh-cn': `${name} 已不存在；制定计划时它还存在。`,
});
const moved = (name: string): Text => ({
  en: `${name} was changed after the plan was made.`,
  'zh-cn': `${name} 在制定计划之后被修改。`,
});

const NOT_PREDICTED: Text = {
  en: 'What this does to BGP could not be predicted: no node of the cluster is known.',
  'zh-cn': '无法预测对 BGP 的影响：没有已知的集群节点。',
};
const COARSE: Text = {
  en: 'The mesh is too large to compare session by session; only stated sessions are compared.',
  'zh-cn': '全互联规模过大，无法逐个会话比较；只比较显式声明的会话。',
};
