import type { Text } from '../text.ts';
import type { Connection } from './connect.ts';
import type { Failure, Outcome } from './failure.ts';
import { kubectlKind } from './kinds.ts';
import { type ApiObject, refOf, shownRef } from './objects.ts';
import type { Preview } from './tools/kubectl.ts';
import type { WantedObject } from './wanted.ts';

/** A wanted object as the server sees it: what there is now, and what would become of it. */
export interface Seen {
  readonly live: ApiObject | undefined;
  readonly wanted: WantedObject;
  readonly notes: readonly Text[];
}

/** Calls of kubectl at the same time. */
const AT_ONCE = 4;

/** Reads the objects that kubectl drives, and asks the server what would become of each. Fails at the first that it refuses. */
export async function previewAll(
  wanted: readonly WantedObject[],
  { kubectl, namespace }: Connection,
  signal?: AbortSignal,
): Promise<Outcome<readonly Seen[]>> {
  const placed = wanted.map((one) => inNamespace(one, namespace));
  const isSpace = ({ ref }: WantedObject): boolean => ref.kind === 'Namespace';
  const seen: Seen[] = [];
  const see = async (some: readonly WantedObject[], coming: ReadonlySet<string>): Promise<Outcome<void>> => {
    for (let from = 0; from < some.length; from += AT_ONCE) {
      const answers = await Promise.all(
        some.slice(from, from + AT_ONCE).map(async (one) => {
          const answer = await preview(one, coming, kubectl, signal);
          return 'failure' in answer ? { failure: named(one, answer.failure) } : answer;
        }),
      );
      for (const answer of answers) {
        if ('failure' in answer) return answer;
        seen.push(answer.ok);
      }
    }
    return { ok: undefined };
  };
  const spaces = await see(placed.filter(isSpace), new Set());
  if ('failure' in spaces) return spaces;
  const coming = new Set(seen.filter(({ live }) => live === undefined).map(({ wanted: { ref } }) => ref.name));
  const rest = await see(
    placed.filter((one) => !isSpace(one)),
    coming,
  );
  return 'failure' in rest ? rest : { ok: seen };
}

async function preview(
  wanted: WantedObject,
  coming: ReadonlySet<string>,
  kubectl: Connection['kubectl'],
  signal?: AbortSignal,
): Promise<Outcome<Seen>> {
  const { ref, object } = wanted;
  const isComing = ref.namespace !== undefined && coming.has(ref.namespace);
  const live = isComing ? { ok: undefined } : await kubectl.get(ref, signal);
  if ('failure' in live) return live;
  const dry = isComing ? await elsewhere(object, kubectl, signal) : await kubectl.dryRun(object, signal);
  if ('failure' in dry) return dry;
  return { ok: { live: live.ok, wanted: { ...wanted, object: dry.ok.object }, notes: dry.ok.notes } };
}

const STAND_IN = 'default';

/**
 * What becomes of an object whose namespace the same plan makes: the server takes nothing for a namespace that is not there yet,
 * so it is asked about the namespace `default`. Where that cannot be asked the object is taken as it stands in the file.
 */
async function elsewhere(
  object: ApiObject,
  kubectl: Connection['kubectl'],
  signal?: AbortSignal,
): Promise<Outcome<Preview>> {
  const { namespace } = object.metadata;
  const moved = { ...object, metadata: { ...object.metadata, namespace: STAND_IN } };
  const there = await kubectl.get(refOf(moved), signal);
  if ('failure' in there || there.ok !== undefined) return { ok: { object, notes: [] } };
  const dry = await kubectl.dryRun(moved, signal);
  if ('failure' in dry) return dry.failure.code === 'not-allowed' ? { ok: { object, notes: [] } } : dry;
  const back = { ...dry.ok.object.metadata, ...(namespace !== undefined && { namespace }) };
  return { ok: { ...dry.ok, object: { ...dry.ok.object, metadata: back } } };
}

/**
 * The object where kubectl puts it: in the context's namespace when it names none, in no namespace when its kind has none (the
 * server drops it).
 */
function inNamespace(wanted: WantedObject, namespace: string): WantedObject {
  const { object } = wanted;
  const kind = kubectlKind(object.apiVersion, object.kind);
  const { namespace: own, ...metadata } = object.metadata;
  const place = kind?.namespaced === false ? undefined : (own ?? namespace);
  const next = { ...object, metadata: { ...metadata, name: object.metadata.name, ...(place && { namespace: place }) } };
  return { ...wanted, object: next, ref: refOf(next) };
}

function named({ ref }: WantedObject, failure: Failure): Failure {
  const name = shownRef(ref);
  const { text } = failure;
  return { ...failure, text: { en: `${name}: ${text.en}`, 'zh-cn': `${name}：${text['zh-cn']}` } };
}
