import type { Text } from '../../text.ts';
import type { CommandResult, CommandRunner } from '../command-runner.ts';
import { type Failure, failed, garbage, type Outcome, runFailure } from '../failure.ts';
import { kubectlKind } from '../kinds.ts';
import { authored, withoutAllocated } from '../normalise.ts';
import {
  type ApiObject,
  isMapping,
  keyOf,
  type Metadata,
  type ObjectRef,
  refOf,
  refusalOf,
  shownRef,
  valueAt,
  versionOf,
} from '../objects.ts';
import type { Listing, Tool } from '../tool.ts';
import { isPeoples, withoutLeftovers } from './field-owners.ts';
import { fieldConflicts, kubectlFailure } from './kubectl-errors.ts';
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
/** In which kubectl got server-side apply and managedFields as they are now. */
const OLDEST = [1, 22] as const;

/** What the server would make of an object. */
export interface Preview {
  readonly object: ApiObject;
  /** What is good to know before it is written. */
  readonly notes: readonly Text[];
}

export interface Kubectl extends Tool {
  /**
   * What the cluster would hold if the object were applied: the server's defaults, its webhooks' changes and other software's
   * fields included, without what people wrote earlier and the object no longer says. Nothing is written.
   */
  dryRun(object: ApiObject, signal?: AbortSignal): Promise<Outcome<Preview>>;
}

/**
 * kubectl behind an interface: objects by standard input, one a call. What is new is created; what exists is replaced as a whole
 * by what the dry run answered, if it still is of the resourceVersion that was seen.
 */
export function kubectl(runner: CommandRunner, settings: KubectlSettings): Kubectl {
  const timeout = settings.timeout ?? TIMEOUT;
  const options = [
    `--request-timeout=${Math.max(1, Math.floor(timeout / 1000) - 5)}s`,
    ...(settings.kubeconfig === undefined ? [] : [`--kubeconfig=${settings.kubeconfig}`]),
    ...(settings.context === undefined ? [] : [`--context=${settings.context}`]),
  ];

  const run = (args: readonly string[], input: string | undefined, signal?: AbortSignal): Promise<CommandResult> =>
    runner.run({
      program: settings.program ?? 'kubectl',
      args: [...args, ...options],
      timeout,
      limit: LIMIT,
      // A kuberc may give commands other defaults, such as to ask before they delete.
      env: { KUBECTL_KUBERC: 'false' },
      ...(input !== undefined && { input }),
      ...(signal !== undefined && { signal }),
    });

  async function call(args: readonly string[], input?: string, signal?: AbortSignal): Promise<Outcome<string>> {
    return answerOf(await run(args, input, signal), timeout);
  }

  async function readVersion(signal?: AbortSignal): Promise<Outcome<string | undefined>> {
    const client = await call(['version', '--client', '--output=json'], undefined, signal);
    if ('failure' in client) return client;
    const version = parsed(client.ok);
    const name = isMapping(version) ? valueAt(version, ['clientVersion', 'gitVersion']) : undefined;
    if (typeof name !== 'string') return { failure: garbage('kubectl') };
    const match = /^v?(\d+)\.(\d+)/.exec(name);
    const isOld = match !== null && Number(match[1]) === OLDEST[0] && Number(match[2]) < OLDEST[1];
    return isOld ? { failure: tooOld(name) } : { ok: name };
  }

  async function clusterId(signal?: AbortSignal): Promise<Outcome<string | undefined>> {
    const space = await call(['get', 'namespace', 'kube-system', '--output=json'], undefined, signal);
    // Whoever may work in one namespace only may not read this one; the context and the server are pinned all the same.
    if ('failure' in space) return space.failure.code === 'not-allowed' ? { ok: undefined } : space;
    const id = valueAt(objectsIn(space.ok)?.[0], ['metadata', 'uid']);
    return typeof id === 'string' ? { ok: id } : { failure: garbage('kubectl') };
  }

  /** One object in, the server's one object out. */
  async function one(args: readonly string[], object: ApiObject, signal?: AbortSignal): Promise<Outcome<ApiObject>> {
    const answer = await call(args, JSON.stringify(object), signal);
    return 'failure' in answer ? answer : asAnswer(answer.ok, object);
  }

  async function get(ref: ObjectRef, signal?: AbortSignal): Promise<Outcome<ApiObject | undefined>> {
    const refusal = refusalOf(ref);
    if (refusal !== undefined) return failed('refused', refusal);
    const args = ['get', '--filename=-', '--ignore-not-found', '--output=json'];
    const answer = await call(args, JSON.stringify(bare(ref)), signal);
    if ('failure' in answer) return answer.failure.code === 'not-found' ? { ok: undefined } : answer;
    if (answer.ok.trim() === '') return { ok: undefined };
    const found = objectsIn(answer.ok)?.[0];
    return found === undefined ? { failure: garbage('kubectl') } : { ok: found };
  }

  const put = (object: ApiObject, parameters: string, signal?: AbortSignal): Promise<Outcome<ApiObject>> => {
    const path = pathOf(refOf(object));
    if (path === undefined) return Promise.resolve(failed('refused', NOT_OURS));
    const query = `?fieldManager=${MANAGER}&fieldValidation=Strict${parameters}`;
    return one(['replace', `--raw=${path}${query}`, '--filename=-'], object, signal);
  };

  /** As server-side apply would leave it, and whose fields it would overwrite. */
  async function merged(object: ApiObject, signal?: AbortSignal): Promise<Outcome<Preview>> {
    const args = [
      'apply',
      '--server-side',
      '--dry-run=server',
      `--field-manager=${MANAGER}`,
      '--show-managed-fields',
      '--filename=-',
      '--output=json',
    ];
    const gentle = await run(args, JSON.stringify(object), signal);
    const conflicts = gentle.kind === 'exited' && gentle.code !== 0 ? fieldConflicts(gentle.stderr) : [];
    const answer =
      conflicts.length === 0
        ? answerOf(gentle, timeout)
        : await call([...args, '--force-conflicts'], JSON.stringify(object), signal);
    if ('failure' in answer) return answer;
    const found = asAnswer(answer.ok, object);
    if ('failure' in found) return found;
    const name = shownRef(refOf(object));
    const others = conflicts.filter(({ manager }) => !isPeoples(manager));
    return { ok: { object: found.ok, notes: others.map(({ manager, fields }) => overwritten(name, manager, fields)) } };
  }

  /**
   * What the object would be in place of the one that is there, where the two do not go together: a Service whose port has another
   * number keeps the old port beside it until then, and no two may have one name. Else what was refused stays so.
   */
  async function instead(
    object: ApiObject,
    otherwise: Outcome<Preview>,
    signal?: AbortSignal,
  ): Promise<Outcome<Preview>> {
    const live = await get(refOf(object), signal);
    if ('failure' in live || live.ok === undefined) return otherwise;
    const { labels, annotations, finalizers } = live.ok.metadata;
    const metadata = {
      ...object.metadata,
      labels: { ...labels, ...object.metadata.labels },
      annotations: { ...annotations, ...object.metadata.annotations },
      ...(finalizers !== undefined && { finalizers }),
    };
    const answer = await put(withServerFields({ ...object, metadata }, live.ok), '&dryRun=All', signal);
    return 'failure' in answer ? otherwise : { ok: { object: withoutOwners(answer.ok), notes: [] } };
  }

  return {
    name: 'kubectl',

    async target(signal) {
      const version = await readVersion(signal);
      if ('failure' in version) return version;
      const cluster = await clusterId(signal);
      if ('failure' in cluster) return cluster;
      return {
        ok: {
          tool: 'kubectl',
          datastore: 'kubernetes',
          server: settings.server,
          ...(cluster.ok !== undefined && { cluster: cluster.ok }),
          ...(settings.context !== undefined && { context: settings.context }),
          ...(version.ok !== undefined && { toolVersion: version.ok }),
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

    get,

    async dryRun(object, signal) {
      const ref = refOf(object);
      const refusal = refusalOf(ref);
      if (refusal !== undefined) return failed('refused', refusal);
      const asked = withPlainData(authored(object));
      const preview = await merged(asked, signal);
      if ('failure' in preview) return preview.failure.code === 'refused' ? instead(asked, preview, signal) : preview;
      if (versionOf(preview.ok.object) === undefined)
        return { ok: { ...preview.ok, object: withoutAllocated(withoutOwners(preview.ok.object), asked) } };
      const less = withoutLeftovers(preview.ok.object, MANAGER);
      if (less === undefined) return { ok: { ...preview.ok, object: withoutOwners(preview.ok.object) } };
      // Without them the server may say something else, such as a default.
      const answer = await put(withoutOwners(less), '&dryRun=All', signal);
      return 'failure' in answer ? answer : { ok: { ...preview.ok, object: withoutOwners(answer.ok) } };
    },

    async create(object, signal) {
      const refusal = refusalOf(refOf(object));
      if (refusal !== undefined) return failed('refused', refusal);
      const args = ['create', `--field-manager=${MANAGER}`, '--filename=-', '--output=json'];
      return written(await one(args, object, signal));
    },

    async replace(object, resourceVersion, signal) {
      const found = await get(refOf(object), signal);
      if ('failure' in found) return found;
      if (versionOf(found.ok) !== resourceVersion) return { failure: movedOn(found.ok) };
      return written(await put(withServerFields(object, found.ok!), '', signal));
    },

    async remove(ref, resourceVersion, signal) {
      const path = pathOf(ref);
      if (refusalOf(ref) !== undefined || path === undefined) return failed('refused', refusalOf(ref) ?? NOT_OURS);
      const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { resourceVersion } };
      const answer = await call(['delete', `--raw=${path}`, '--filename=-'], JSON.stringify(body), signal);
      return 'failure' in answer ? answer : { ok: undefined };
    },
  };
}

function answerOf(result: CommandResult, timeout: number): Outcome<string> {
  const failure = runFailure('kubectl', result, timeout);
  if (failure !== undefined) return { failure };
  if (result.kind !== 'exited') return { failure: garbage('kubectl') };
  if (result.code !== 0) return { failure: kubectlFailure(result.code, result.stdout, result.stderr) };
  return { ok: result.stdout };
}

function asAnswer(text: string, asked: ApiObject): Outcome<ApiObject> {
  const found = objectsIn(text)?.find((got) => keyOf(refOf(got)) === keyOf(refOf(asked)));
  return found === undefined ? { failure: { ...garbage('kubectl'), unsure: true } } : { ok: found };
}

function written(answer: Outcome<ApiObject>): Outcome<void> {
  return 'failure' in answer ? answer : { ok: undefined };
}

/** Where the API has this object; every part is one that `refusalOf` lets pass. */
function pathOf(ref: ObjectRef): string | undefined {
  const { apiVersion, kind, namespace, name } = ref;
  const known = kubectlKind(apiVersion, kind);
  if (known === undefined || refusalOf(ref) !== undefined || known.namespaced !== (namespace !== undefined))
    return undefined;
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${root}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${known.resource}/${name}`;
}

function withoutOwners(object: ApiObject): ApiObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata: metadata as Metadata };
}

/** A Secret's `stringData` as the `data` that the server makes of it: server-side apply knows the owner of nothing else. */
function withPlainData(object: ApiObject): ApiObject {
  const { stringData, ...rest } = object;
  if (object.kind !== 'Secret' || object.apiVersion !== 'v1' || !isMapping(stringData)) return object;
  const texts = Object.entries(stringData).map(([key, text]) => [
    key,
    Buffer.from(String(text ?? '')).toString('base64'),
  ]);
  const data = isMapping(object.data) ? object.data : {};
  return { ...(rest as ApiObject), data: { ...data, ...Object.fromEntries(texts) } };
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object with what nobody writes into a file and a replacement would take away. */
function withServerFields(object: ApiObject, live: ApiObject): ApiObject {
  const { resourceVersion, uid, ownerReferences, annotations } = live.metadata;
  const last = annotations?.[LAST_APPLIED];
  const metadata: Metadata = {
    ...object.metadata,
    resourceVersion: resourceVersion!,
    ...(uid !== undefined && { uid }),
    ...(ownerReferences !== undefined && { ownerReferences }),
    ...(last !== undefined && { annotations: { ...object.metadata.annotations, [LAST_APPLIED]: last } }),
  };
  return { ...object, metadata, ...(live.status !== undefined && { status: live.status }) };
}

function movedOn(live: ApiObject | undefined): Failure {
  return kubectlFailure(1, '', live === undefined ? '(NotFound)' : '(Conflict)');
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

function tooOld(version: string): Failure {
  return {
    code: 'too-old',
    text: {
      en: `kubectl ${version} is too old: Selvage needs ${OLDEST.join('.')} or newer, best one within a minor release of the cluster’s.`,
      'zh-cn': `kubectl ${version} 版本过旧：Selvage 需要 ${OLDEST.join('.')} 或更高版本，最好与集群相差不超过一个次版本。`,
    },
  };
}

function overwritten(name: string, manager: string, fields: readonly string[]): Text {
  const listed = fields.map((field) => `\`${field}\``);
  return {
    en: `${name}: ${listed.join(', ')} ${listed.length === 1 ? 'was' : 'were'} written by ${manager}, which may write ${listed.length === 1 ? 'it' : 'them'} back.`,
    'zh-cn': `${name}：${listed.join('、')} 由 ${manager} 写入，可能会被它改回。`,
  };
}

const NOT_OURS: Text = {
  en: 'Selvage does not apply objects of this kind, or it stands in a namespace where its kind has none, or the other way round.',
  'zh-cn': 'Selvage 不应用此类型的对象，或其命名空间与该类型不符。',
};
