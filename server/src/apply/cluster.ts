import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import type { Connection } from './connect.ts';
import { bgpState } from './consequences.ts';
import { type Drift, driftBetween } from './diff.ts';
import { failed, type Outcome } from './failure.ts';
import { isolationIn } from './isolation.ts';
import { CALICO_KINDS, type ToolName, WORKLOAD_ENDPOINT } from './kinds.ts';
import { type ApiObject, keyOf, type ObjectRef, refOf, shownRef } from './objects.ts';
import { changesTo, makePlan, type Plan, type PlanInput } from './plan.ts';
import { previewAll } from './preview.ts';
import { suppose } from './site-of.ts';
import type { Target } from './tool.ts';
import type { WantedObject } from './wanted.ts';

/** A cluster as it was read at one moment, for some objects that are wanted in it. */
export interface Snapshot {
  readonly targets: Readonly<Partial<Record<ToolName, Target>>>;
  readonly live: readonly ApiObject[];
  /** What each wanted object becomes: with kubectl what the server answered to a dry run, else the object itself. */
  readonly wanted: readonly WantedObject[];
  /** Kinds that the tool or the cluster does not know. */
  readonly unknownKinds: readonly string[];
  /** What is good to know before anything is written. */
  readonly notes: readonly Text[];
}

/** `network`: all that BGP follows from as well, for a plan. `everything`: all kinds, for drift. */
export type Extent = 'these' | 'network' | 'everything';

/** Reads what is needed to compare these objects with a cluster. Writes nothing. */
export async function readCluster(
  connection: Connection,
  wanted: readonly WantedObject[],
  extent: Extent,
  signal?: AbortSignal,
): Promise<Outcome<Snapshot>> {
  const targets: Partial<Record<ToolName, Target>> = {};
  const live = new Map<string, ApiObject>();
  const unknownKinds: string[] = [];
  const previews: WantedObject[] = [];
  const notes: Text[] = [];
  const names = new Set(wanted.map(({ tool }) => tool));
  if (extent !== 'these' && names.size === 0) names.add('calicoctl');
  for (const name of names) {
    const tool = connection.tools[name];
    if (tool === undefined) continue;
    const target = await tool.target(signal);
    if ('failure' in target) return target;
    targets[name] = target.ok;
    const own = wanted.filter((one) => one.tool === name);
    if (name === 'calicoctl') {
      // What a policy closes depends on all the others, and on who the Pods are.
      const closes =
        extent === 'network' && CALICO_KINDS.some((one) => one.closes && own.some(({ ref }) => ref.kind === one.kind));
      const kinds = CALICO_KINDS.filter(
        (one) =>
          extent === 'everything' ||
          (extent === 'network' && one.bgp === true) ||
          (closes && one.closes === true) ||
          own.some(({ ref }) => ref.kind === one.kind),
      ).map(({ kind }) => kind);
      if (closes) kinds.push(WORKLOAD_ENDPOINT.kind);
      const listed = await tool.list(kinds, signal);
      if ('failure' in listed) return listed;
      for (const object of listed.ok.objects) live.set(keyOf(refOf(object)), object);
      unknownKinds.push(...listed.ok.unknownKinds);
      previews.push(...own);
      continue;
    }
    const seen = await previewAll(own, connection, signal);
    if ('failure' in seen) return seen;
    for (const { wanted: one, live: found, notes: remarks } of seen.ok) {
      if (found !== undefined) live.set(keyOf(one.ref), found);
      previews.push(one);
      notes.push(...remarks);
    }
  }
  return { ok: { targets, live: [...live.values()], wanted: previews, unknownKinds, notes } };
}

/** What differs; `removed` and unmanaged objects count only when everything was read. `managed`: what was applied from here before. */
export function driftOf({ live, wanted }: Snapshot, extent: Extent, managed?: ReadonlySet<string>): Drift {
  const keys = new Set(wanted.map(({ ref }) => keyOf(ref)));
  const compared = extent === 'everything' ? live : live.filter((object) => keys.has(keyOf(refOf(object))));
  return driftBetween(
    compared,
    wanted.map(({ object }) => object),
    managed,
  );
}

/** Objects of the cluster that are to go: from what was read already, else read now. Refuses those that are not there. */
export async function findRemoved(
  refs: readonly ObjectRef[],
  { live }: Snapshot,
  { tools }: Connection,
): Promise<Outcome<readonly ApiObject[]>> {
  const removed: ApiObject[] = [];
  for (const ref of refs) {
    const known = live.find((object) => keyOf(refOf(object)) === keyOf(ref));
    const found = known === undefined ? await tools.calicoctl!.get(ref) : { ok: known };
    if ('failure' in found) return found;
    const name = shownRef(ref);
    if (found.ok === undefined)
      return failed('not-found', { en: `There is no ${name} in the cluster.`, 'zh-cn': `集群中没有 ${name}。` });
    removed.push(found.ok);
  }
  return { ok: removed };
}

export interface Around {
  readonly site: Site;
  readonly files: readonly FileState[];
}

/** Predicts BGP with other objects in the cluster; undefined where no node of it is known, for then nothing follows. */
export function predictorFor(around: Around | undefined): PlanInput['predict'] {
  if (around === undefined) return undefined;
  const supposed = suppose(around.site, around.files);
  return (objects) => {
    if (!objects.some(({ kind }) => kind === 'Node')) return undefined;
    return bgpState(supposed.bgpWith(objects));
  };
}

/** Plans to make the cluster say what is wanted, and to take out `removed`. */
export function planFor(
  snapshot: Snapshot,
  options: {
    readonly id: string;
    readonly made: number;
    readonly around: Around | undefined;
    readonly removed?: readonly ApiObject[];
  },
): Plan {
  const { id, made, around, removed = [] } = options;
  const predict = predictorFor(around);
  const plan = makePlan({
    id,
    made,
    targets: snapshot.targets,
    live: snapshot.live,
    changes: changesTo(
      snapshot.live,
      snapshot.wanted,
      removed.map((object) => ({ tool: 'calicoctl', object })),
    ),
    ...(predict !== undefined && { predict }),
    isolate: isolationIn,
  });
  return { ...plan, notes: [...plan.notes, ...snapshot.notes] };
}

/** An id that sorts by time and is nobody else's. */
export function newId(now: number, random: () => number = Math.random): string {
  const time = new Date(now)
    .toISOString()
    .replace(/[-:]|\.\d+Z/g, '')
    .replace('T', '-');
  return `${time}-${Math.floor(random() * 0x1000000)
    .toString(16)
    .padStart(6, '0')}`;
}
