import type { Around } from '../../apply/cluster.ts';
import { keyOf, type ObjectRef } from '../../apply/objects.ts';
import { type LeftAside, type WantedObject, wantedIn } from '../../apply/wanted.ts';
import type { Text } from '../../text.ts';
import type { Session } from '../session.ts';

/** What a command is about: a file, one object of it, or (neither) the whole network that the editor's file belongs to. */
export interface Question {
  readonly uri?: string;
  readonly object?: ObjectRef;
  /** The whole network and not only this file. */
  readonly all?: boolean;
}

export interface Selection {
  readonly wanted: readonly WantedObject[];
  readonly aside: readonly LeftAside[];
  readonly around: Around;
}

export function questionFrom(given: unknown): Question {
  if (typeof given !== 'object' || given === null) return {};
  const { uri, object, all } = given as Record<string, unknown>;
  const ref = refFrom(object);
  return {
    ...(typeof uri === 'string' && { uri }),
    ...(ref !== undefined && { object: ref }),
    ...(all === true && { all: true }),
  };
}

export function refFrom(given: unknown): ObjectRef | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { apiVersion, kind, namespace, name } = given as Record<string, unknown>;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') return undefined;
  return { apiVersion, kind, name, ...(typeof namespace === 'string' && { namespace }) };
}

export function refsFrom(given: unknown): readonly ObjectRef[] {
  return Array.isArray(given) ? given.flatMap((one) => refFrom(one) ?? []) : [];
}

/** The objects that a question is about, with their network; a sentence when there are none or too many networks. */
export function select({ workspace, uris }: Session, { uri, object, all }: Question): Selection | Text {
  const known = uri === undefined ? undefined : uris.known(uri);
  const sites = (known === undefined ? workspace.sites() : workspace.sitesOf(known)).map((site) => {
    const files = [...workspace.filesOf(site)].flatMap((one) => workspace.file(one) ?? []);
    const asked = known === undefined || all ? files : files.filter((file) => file.uri === known);
    return { around: { site, files }, found: wantedIn(asked) };
  });
  const some = sites.filter(({ found }) => found.objects.length + found.aside.length > 0);
  const [first] = some;
  if (first === undefined) return NOTHING;
  // A file may be part of several networks; a cluster is compared with one.
  if (some.length > 1 && known === undefined) return SEVERAL;
  const { around, found } = first;
  const wanted = object === undefined ? found.objects : found.objects.filter(({ ref }) => keyOf(ref) === keyOf(object));
  return wanted.length === 0 && found.aside.length === 0 ? NOTHING : { wanted, aside: found.aside, around };
}

const NOTHING: Text = {
  en: 'There is nothing here that calicoctl or kubectl could apply.',
  'zh-cn': '这里没有 calicoctl 或 kubectl 可以应用的对象。',
};
const SEVERAL: Text = {
  en: 'There are several networks here; a cluster is one. Open a file of the one that is meant.',
  'zh-cn': '这里有多张网络，而一个集群只有一张。请打开所指网络的文件。',
};
