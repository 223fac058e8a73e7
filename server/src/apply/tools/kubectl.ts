import type { CommandRunner } from '../command-runner.ts';
import { failed, garbage, type Outcome, runFailure } from '../failure.ts';
import { type ApiObject, isMapping, keyOf, type ObjectRef, refOf, refusalOf, valueAt } from '../objects.ts';
import type { Listing, Tool } from '../tool.ts';
import { kubectlFailure } from './kubectl-errors.ts';
import { objectsIn } from './output.ts';

export interface KubectlSettings {
  readonly program?: string;
  readonly kubeconfig?: string;
  /** Pinned: the current context of a kubeconfig may change at any time. */
  readonly context?: string;
  readonly server: string;
  readonly timeout?: number;
}

const TIMEOUT = 30_000;
const LIMIT = 64 * 1024 * 1024;
/** Who owns the fields that Selvage writes, in the words of server-side apply. */
const MANAGER = 'selvage';

export interface Kubectl extends Tool {
  /** What the server would make of the object, its defaults and webhooks included; nothing is written. */
  dryRun(object: ApiObject, signal?: AbortSignal): Promise<Outcome<ApiObject>>;
}

/** kubectl behind an interface: objects by standard input, server-side apply, one object a call. */
export function kubectl(runner: CommandRunner, settings: KubectlSettings): Kubectl {
  const timeout = settings.timeout ?? TIMEOUT;
  const options = [
    `--request-timeout=${Math.max(1, Math.floor(timeout / 1000) - 5)}s`,
    ...(settings.kubeconfig === undefined ? [] : [`--kubeconfig=${settings.kubeconfig}`]),
    ...(settings.context === undefined ? [] : [`--context=${settings.context}`]),
  ];

  async function call(
    args: readonly string[],
    input: string | undefined,
    signal?: AbortSignal,
  ): Promise<Outcome<string>> {
    const result = await runner.run({
      program: settings.program ?? 'kubectl',
      args: [...args, ...options],
      timeout,
      limit: LIMIT,
      ...(input !== undefined && { input }),
      ...(signal !== undefined && { signal }),
    });
    const failure = runFailure('kubectl', result, timeout);
    if (failure !== undefined) return { failure };
    if (result.kind !== 'exited') return { failure: garbage('kubectl') };
    if (result.code !== 0) return { failure: kubectlFailure(result.code, result.stdout, result.stderr) };
    return { ok: result.stdout };
  }

  async function one(args: readonly string[], object: ApiObject, signal?: AbortSignal): Promise<Outcome<ApiObject>> {
    const refusal = refusalOf(refOf(object));
    if (refusal !== undefined) return failed('refused', refusal);
    const answer = await call([...args, '--filename=-', '--output=json'], JSON.stringify(object), signal);
    if ('failure' in answer) return answer;
    const found = objectsIn(answer.ok)?.find(
      (got) => keyOf(refOf(got)) === keyOf(refOf(object)) || !hasNamespace(object),
    );
    return found === undefined ? { failure: { ...garbage('kubectl'), unsure: true } } : { ok: found };
  }

  const done = async (answer: Promise<Outcome<ApiObject>>): Promise<Outcome<void>> => {
    const result = await answer;
    return 'failure' in result ? result : { ok: undefined };
  };
  const apply = ['apply', '--server-side', `--field-manager=${MANAGER}`];

  return {
    name: 'kubectl',

    async target(signal) {
      const client = await call(['version', '--client', '--output=json'], undefined, signal);
      if ('failure' in client) return client;
      const space = await call(['get', 'namespace', 'kube-system', '--output=json'], undefined, signal);
      if ('failure' in space) return space;
      const cluster = valueAt(objectsIn(space.ok)?.[0], ['metadata', 'uid']);
      const version = parsed(client.ok);
      const toolVersion = isMapping(version) ? valueAt(version, ['clientVersion', 'gitVersion']) : undefined;
      if (typeof cluster !== 'string') return { failure: garbage('kubectl') };
      return {
        ok: {
          tool: 'kubectl',
          datastore: 'kubernetes',
          server: settings.server,
          cluster,
          ...(settings.context !== undefined && { context: settings.context }),
          ...(typeof toolVersion === 'string' && { toolVersion }),
        },
      };
    },

    async list(kinds, signal): Promise<Outcome<Listing>> {
      const objects: ApiObject[] = [];
      const unknownKinds: string[] = [];
      for (const kind of kinds) {
        if (!/^[A-Za-z0-9.]+$/.test(kind)) continue;
        const answer = await call(['get', kind.toLowerCase(), '--all-namespaces', '--output=json'], undefined, signal);
        if ('failure' in answer) {
          if (answer.failure.code !== 'too-old') return answer;
          unknownKinds.push(kind);
          continue;
        }
        const found = objectsIn(answer.ok);
        if (found === undefined) return { failure: garbage('kubectl') };
        objects.push(...found);
      }
      return { ok: { objects, unknownKinds } };
    },

    async get(ref, signal) {
      const refusal = refusalOf(ref);
      if (refusal !== undefined) return failed('refused', refusal);
      const args = ['get', '--filename=-', '--ignore-not-found', '--output=json'];
      const answer = await call(args, JSON.stringify(bare(ref)), signal);
      if ('failure' in answer) return answer.failure.code === 'not-found' ? { ok: undefined } : answer;
      if (answer.ok.trim() === '') return { ok: undefined };
      const found = objectsIn(answer.ok)?.[0];
      return found === undefined ? { failure: garbage('kubectl') } : { ok: found };
    },

    dryRun: (object, signal) => one([...apply, '--dry-run=server'], object, signal),

    create: (object, signal) => done(one(['create', `--field-manager=${MANAGER}`], object, signal)),

    replace: (object, resourceVersion, signal) =>
      // With a resourceVersion, server-side apply refuses an object that somebody changed meanwhile.
      done(one(apply, { ...object, metadata: { ...object.metadata, resourceVersion } }, signal)),

    async remove(ref, resourceVersion, signal) {
      // kubectl has no precondition for deletion: it is looked at right before.
      const found = await this.get(ref, signal);
      if ('failure' in found) return found;
      if (found.ok?.metadata.resourceVersion !== resourceVersion)
        return { failure: kubectlFailure(1, '', found.ok === undefined ? '(NotFound)' : '(Conflict)') };
      const answer = await call(['delete', '--filename=-', '--wait=false'], JSON.stringify(bare(ref)), signal);
      return 'failure' in answer ? answer : { ok: undefined };
    },
  };
}

function hasNamespace({ metadata }: ApiObject): boolean {
  return metadata.namespace !== undefined;
}

function bare({ apiVersion, kind, name, namespace }: ObjectRef): ApiObject {
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
