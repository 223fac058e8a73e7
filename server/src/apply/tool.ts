import type { Outcome } from './failure.ts';
import type { ToolName } from './kinds.ts';
import type { ApiObject, ObjectRef } from './objects.ts';

/** Where a tool would write to. Shown before anything is written, and pinned: what was planned for one is applied to no other. */
export interface Target {
  readonly tool: ToolName;
  /** `etcdv3` or `kubernetes`. */
  readonly datastore: string;
  /** Addresses of the server, without credentials. */
  readonly server: string;
  readonly context?: string;
  /** What the cluster says it is: Calico's clusterGUID, or the uid of the namespace kube-system. */
  readonly cluster?: string;
  readonly toolVersion?: string;
  readonly clusterVersion?: string;
}

/** What was read of a cluster. */
export interface Listing {
  readonly objects: readonly ApiObject[];
  /** Kinds that this tool or cluster does not know. */
  readonly unknownKinds: readonly string[];
}

/** One tool, pointed at one target. Every write is about one object, so that an error is about that object. */
export interface Tool {
  readonly name: ToolName;
  /** Looks where the tool points and whether the cluster answers. Refuses a tool whose version is not the cluster's. */
  target(signal?: AbortSignal): Promise<Outcome<Target>>;
  list(kinds: readonly string[], signal?: AbortSignal): Promise<Outcome<Listing>>;
  /** The object as it is now; undefined when there is none. */
  get(ref: ObjectRef, signal?: AbortSignal): Promise<Outcome<ApiObject | undefined>>;
  /** Refuses (`exists`) when there is one of this name. */
  create(object: ApiObject, signal?: AbortSignal): Promise<Outcome<void>>;
  /** Refuses (`conflict`) when the object is not the one of this resourceVersion any more. */
  replace(object: ApiObject, resourceVersion: string, signal?: AbortSignal): Promise<Outcome<void>>;
  remove(ref: ObjectRef, resourceVersion: string, signal?: AbortSignal): Promise<Outcome<void>>;
}

/** Whether two targets are one: a new cluster may have become known by name in between, but never by another. */
export function sameTarget(a: Target, b: Target): boolean {
  const same = a.tool === b.tool && a.datastore === b.datastore && a.server === b.server && a.context === b.context;
  return same && (a.cluster === b.cluster || a.cluster === undefined);
}

/** `etcd http://10.0.0.1:2379`, `kubernetes prod (https://10.0.0.1:6443)`. */
export function shownTarget({ datastore, server, context }: Target): string {
  const kind = datastore === 'etcdv3' ? 'etcd' : datastore;
  return context === undefined ? `${kind} ${server}` : `${kind} ${context} (${server})`;
}

/** What a person types to accept a red step: the context's name, or the server's. */
export function targetName({ context, server }: Target): string {
  return context ?? server.replace(/^\w+:\/\//, '').split(',')[0]!;
}

type Targets = Readonly<Partial<Record<ToolName, Target>>>;

/** Whether something was done to one of these targets. */
export function sharesTarget({ targets: done }: { readonly targets: Targets }, targets: Targets): boolean {
  return Object.entries(targets).some(([name, target]) => {
    const other = done[name as ToolName];
    return other !== undefined && (sameTarget(other, target) || sameTarget(target, other));
  });
}
