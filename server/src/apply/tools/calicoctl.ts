import type { Command, CommandResult, CommandRunner } from '../command-runner.ts';
import { type Failure, failed, garbage, type Outcome, runFailure } from '../failure.ts';
import { CALICO_API, calicoKind, WORKLOAD_ENDPOINT } from '../kinds.ts';
import type { LivePool, LiveSession } from '../live/live.ts';
import { poolRows, statusSessions } from '../live/tables.ts';
import { type ApiObject, keyOf, type ObjectRef, refOf, refusalOf, valueAt, versionOf } from '../objects.ts';
import type { Listing, Target, Tool } from '../tool.ts';
import { calicoctlFailure } from './calicoctl-errors.ts';
import { objectsIn } from './output.ts';

/** How calicoctl is called. All of it comes from the machine's settings, the command line or the environment; never from a workspace. */
export interface CalicoctlSettings {
  /** Name or absolute path; `calicoctl` when absent. */
  readonly program?: string;
  /** A CalicoAPIConfig file; calicoctl itself looks at its usual place, then at the environment. */
  readonly config?: string;
  readonly context?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where calicoctl would write to, as far as its configuration tells. */
  readonly datastore: { readonly type: string; readonly server: string; readonly context?: string };
  /** The user has said that another version than the cluster's may be used. */
  readonly versions: 'must match' | 'may differ';
  /** Milliseconds for one call. */
  readonly timeout?: number;
}

const TIMEOUT = 30_000;
const LIMIT = 64 * 1024 * 1024;
/** Kinds that are read at the same time. */
const AT_ONCE = 4;

export interface Calicoctl extends Tool {
  /** The sessions of the node that this machine is. */
  nodeStatus(signal?: AbortSignal): Promise<Outcome<readonly LiveSession[]>>;
  poolUse(signal?: AbortSignal): Promise<Outcome<readonly LivePool[]>>;
}

/**
 * calicoctl behind an interface. Objects go in by standard input and one at a time, so that every error is about one object
 * and no name out of a file is ever an argument.
 */
export function calicoctl(runner: CommandRunner, settings: CalicoctlSettings): Calicoctl {
  const timeout = settings.timeout ?? TIMEOUT;
  const options = [
    ...(settings.config === undefined ? [] : [`--config=${settings.config}`]),
    ...(settings.context === undefined ? [] : [`--context=${settings.context}`]),
  ];
  const mismatch = settings.versions === 'may differ' ? ['--allow-version-mismatch'] : [];

  async function call(
    args: readonly string[],
    input: string | undefined,
    signal?: AbortSignal,
  ): Promise<Outcome<string>> {
    const command: Command = {
      program: settings.program ?? 'calicoctl',
      args,
      timeout,
      limit: LIMIT,
      ...(input !== undefined && { input }),
      ...(settings.env !== undefined && { env: settings.env }),
      ...(signal !== undefined && { signal }),
    };
    const result: CommandResult = await runner.run(command);
    const failure = runFailure('calicoctl', result, timeout);
    if (failure !== undefined) return { failure };
    if (result.kind !== 'exited') return { failure: garbage('calicoctl') };
    if (result.code !== 0) return { failure: calicoctlFailure(result.code, result.stdout, result.stderr) };
    return { ok: result.stdout };
  }

  async function read(
    args: readonly string[],
    input?: string,
    signal?: AbortSignal,
  ): Promise<Outcome<readonly ApiObject[]>> {
    const answer = await call(['get', ...args, '--output=yaml', ...options, ...mismatch], input, signal);
    if ('failure' in answer) return answer;
    const objects = objectsIn(answer.ok);
    return objects === undefined ? { failure: garbage('calicoctl') } : { ok: objects };
  }

  async function write(verb: string, object: ApiObject, signal?: AbortSignal): Promise<Outcome<void>> {
    const refusal = refusalOf(refOf(object));
    if (refusal !== undefined) return { failure: { code: 'refused', text: refusal } };
    const answer = await call([verb, '--filename=-', ...options, ...mismatch], documentOf(object), signal);
    if ('failure' in answer) return answer;
    return SUCCESS.test(answer.ok) ? { ok: undefined } : { failure: { ...garbage('calicoctl'), unsure: true } };
  }

  async function get(ref: ObjectRef, signal?: AbortSignal): Promise<Outcome<ApiObject | undefined>> {
    const refusal = refusalOf(ref);
    if (refusal !== undefined) return failed('refused', refusal);
    const answer = await read(['--filename=-'], documentOf(bare(ref)), signal);
    if ('failure' in answer) return answer.failure.code === 'not-found' ? { ok: undefined } : answer;
    const found = answer.ok.find((object) => keyOf(refOf(object)) === keyOf(ref));
    return found === undefined ? { failure: garbage('calicoctl') } : { ok: found };
  }

  return {
    name: 'calicoctl',

    async target(signal) {
      const tool = await call(['version', '--client'], undefined, signal);
      if ('failure' in tool) return tool.failure.code === 'unknown' ? { failure: garbage('calicoctl') } : tool;
      const toolVersion = /Client Version:[ \t]*(\S*)/.exec(tool.ok);
      if (toolVersion === null) return { failure: garbage('calicoctl') };
      if (isOld(toolVersion[1] ?? '')) return { failure: tooOld(toolVersion[1]!) };
      const answer = await call(
        ['get', 'clusterinformation', '--output=yaml', ...options, ...mismatch],
        undefined,
        signal,
      );
      if ('failure' in answer) return answer;
      const found = objectsIn(answer.ok);
      if (found === undefined) return { failure: garbage('calicoctl') };
      // Of kinds that the cluster does not have at all, calicoctl prints an empty list too, but one without a version.
      if (settings.datastore.type === 'kubernetes' && !/\bresourceVersion"?:/.test(answer.ok))
        return { failure: calicoctlFailure(1, '', 'the server could not find the requested resource') };
      const information = found.find(({ metadata }) => metadata.name === 'default');
      const locked = valueAt(information, ['spec', 'datastoreReady']) === false;
      if (locked) return { failure: calicoctlFailure(1, '', 'datastore is locked') };
      const cluster = valueAt(information, ['spec', 'clusterGUID']);
      const clusterVersion = valueAt(information, ['spec', 'calicoVersion']);
      const { type, server, context } = settings.datastore;
      return {
        ok: {
          tool: 'calicoctl',
          datastore: type,
          server,
          ...(context !== undefined && { context }),
          ...(typeof cluster === 'string' && { cluster }),
          ...(toolVersion[1] !== '' && { toolVersion: toolVersion[1]! }),
          ...(typeof clusterVersion === 'string' && clusterVersion !== '' && { clusterVersion }),
        } satisfies Target,
      };
    },

    async list(kinds, signal): Promise<Outcome<Listing>> {
      const objects: ApiObject[] = [];
      const unknownKinds: string[] = [];
      const wanted = kinds.flatMap((name) =>
        name === WORKLOAD_ENDPOINT.kind ? [WORKLOAD_ENDPOINT] : (calicoKind(CALICO_API, name) ?? []),
      );
      for (let from = 0; from < wanted.length; from += AT_ONCE) {
        const some = wanted.slice(from, from + AT_ONCE);
        const answers = await Promise.all(
          some.map(({ resource, namespaced }) =>
            read([resource, ...(namespaced ? ['--all-namespaces'] : [])], undefined, signal),
          ),
        );
        for (const [index, answer] of answers.entries()) {
          if ('ok' in answer) objects.push(...answer.ok);
          else if (answer.failure.code === 'too-old' || answer.failure.code === 'unsupported')
            unknownKinds.push(some[index]!.kind);
          else return answer;
        }
      }
      return { ok: { objects, unknownKinds } };
    },

    get,

    create: (object, signal) => write('create', object, signal),

    replace: (object, resourceVersion, signal) =>
      // Not `apply`, which would bring back an object that was deleted meanwhile.
      write('replace', { ...object, metadata: { ...object.metadata, resourceVersion } }, signal),

    async remove(ref, resourceVersion, signal) {
      const object = bare(ref);
      if (settings.datastore.type === 'kubernetes') {
        // There calicoctl deletes whatever stands under the name: it is looked at right before.
        const found = await get(ref, signal);
        if ('failure' in found) return found;
        if (versionOf(found.ok) !== resourceVersion)
          return {
            failure: calicoctlFailure(1, '', found.ok === undefined ? 'resource does not exist' : 'update conflict'),
          };
      }
      return write('delete', { ...object, metadata: { ...object.metadata, resourceVersion } }, signal);
    },

    async nodeStatus(signal) {
      const answer = await call(['node', 'status'], undefined, signal);
      if ('failure' in answer) return answer;
      const sessions = statusSessions(answer.ok);
      return sessions === undefined ? { failure: garbage('calicoctl') } : { ok: sessions };
    },

    async poolUse(signal) {
      const answer = await call(['ipam', 'show', ...options, ...mismatch], undefined, signal);
      if ('failure' in answer) return answer;
      const pools = poolRows(answer.ok);
      return pools === undefined ? { failure: garbage('calicoctl') } : { ok: pools };
    },
  };
}

const SUCCESS = /^Successfully (created|applied|replaced|deleted) 1 /m;

function bare({ apiVersion, kind, name, namespace }: ObjectRef): ApiObject {
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
}

/** As JSON, which is YAML that no reader can take for anything else: in YAML 1.1 `n` is a boolean, and `---` ends a document. */
export function documentOf(object: ApiObject): string {
  return JSON.stringify(object);
}

/** Before 3.10 `create` of existing objects and resourceVersion checks differ; nobody has clusters of that age to test with. */
function isOld(version: string): boolean {
  const match = /^v?(\d+)\.(\d+)\./.exec(version);
  return match !== null && (Number(match[1]) < 3 || (Number(match[1]) === 3 && Number(match[2]) < 10));
}

function tooOld(version: string): Failure {
  return {
    code: 'too-old',
    text: {
      en: `calicoctl ${version} is too old: Selvage needs 3.10 or newer, best the release of the cluster.`,
      'zh-cn': `calicoctl ${version} 版本过旧：Selvage 需要 3.10 或更高版本，最好与集群版本一致。`,
    },
  };
}
