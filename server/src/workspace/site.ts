import type { KindKey, ResourceKinds } from '../model/kinds.ts';
import type { KubernetesObject, Resource } from '../model/resource.ts';
import type { Doc, Format } from '../syntax/document.ts';
import type { SiteSettings } from './settings.ts';

/**
 * A fact worked out from a site's resources and kept until something it looked at changes: a kind, or another fact. `before`
 * is the fact as it was: a derivation may hand on those of its parts that are still right, or the whole, so that what is made
 * of them keeps, too. It must never make the answer another one, and never change what it gave.
 */
export interface Derivation<T> {
  readonly name: string;
  compute(site: Site, before: T | undefined): T;
}

export function defineDerivation<T>(name: string, compute: (site: Site, before: T | undefined) => T): Derivation<T> {
  return { name, compute };
}

/**
 * One network: the files that must agree with each other. Everything that is asked of a site is recorded, so that a rule or
 * a derivation runs again only when something it looked at has changed.
 */
export interface Site {
  readonly name: string;
  /** URI of the folder that the site's paths are relative to. */
  readonly root: string;
  readonly settings: SiteSettings;
  /** Every resource of a kind, in order of file and position. */
  all<K extends KindKey>(kind: K): readonly ResourceKinds[K][];
  /** Every document of a format, embedded ones included. */
  documents(format: Format): readonly Doc[];
  /** YAML documents that hold no object of the model, such as a conflist. */
  objectless(): readonly Doc[];
  derive<T>(derivation: Derivation<T>): T;
  /** Whether a path (URI) exists; undefined when it cannot be known. */
  exists(uri: string): boolean | undefined;
  /** Path of a file as users know it: relative to the site's workspace folder. */
  pathOf(uri: string): string;
}

/** What a site is made of, as the workspace keeps it. */
export interface SiteSource {
  readonly name: string;
  readonly root: string;
  readonly settings: SiteSettings;
  /** URIs, in the order in which resources are told. */
  readonly files: readonly string[];
  /** What a file adds now. */
  file(uri: string): FileFacts | undefined;
  exists(uri: string): boolean | undefined;
  pathOf(uri: string): string;
}

/** What one file adds to its sites; replaced as a whole when the file changes. */
export interface FileFacts {
  readonly uri: string;
  byKind(kind: string): readonly Resource[];
  byFormat(format: Format | typeof OBJECTLESS): readonly Doc[];
  /** What there is anything of in the file. */
  readonly topics: readonly Topic[];
  /** It says what a cluster held: every other file knows better. */
  readonly isInventory?: boolean;
}

type Topic = string;

/** What a computation looked at: topics at their revision then, and derivations with the fact that they gave. */
interface Looked {
  readonly topics: Map<Topic, number>;
  readonly derived: Map<Derivation<unknown>, unknown>;
}

interface Remembered {
  readonly value: unknown;
  readonly looked: Looked;
  /** How many changes the site had seen when this was last known to be right. */
  rightAt: number;
}

/** A site with a memory. It is told what changed; everything else is pulled. */
export interface TrackedSite extends Site {
  /** The site is made of other files now, some of which changed in these topics. */
  renew(source: SiteSource, topics: Iterable<Topic>): void;
  /** One of its files changed in these topics. */
  touch(uri: string, topics: Iterable<Topic>): void;
  /** Runs `compute` unless nothing it looked at last time has changed since. `key` is the object that remembers. */
  remember<T>(key: object, compute: (site: Site, before: T | undefined) => T): T;
}

const FORMAT = 'format:';
/** Stands beside the formats for YAML documents that hold no object of the model. */
export const OBJECTLESS = 'objectless';
export const formatTopic = (format: Format | typeof OBJECTLESS): Topic => `${FORMAT}${format}`;
export const FILES_TOPIC: Topic = 'files';
export const SETTINGS_TOPIC: Topic = 'settings';

/** What a file has of a topic: resources of a kind, or documents of a format. */
function itemsIn(file: FileFacts | undefined, topic: Topic): readonly unknown[] {
  if (file === undefined) return [];
  return topic.startsWith(FORMAT) ? file.byFormat(topic.slice(FORMAT.length) as Format) : file.byKind(topic);
}

/** The objects of an inventory that no other file says. */
function unsaid(stored: readonly Resource[], said: readonly Resource[]): readonly Resource[] {
  const identity = (resource: Resource): string => {
    const { namespace } = resource as Partial<KubernetesObject>;
    return `${namespace?.value ?? 'default'}/${resource.name?.value ?? ''}`;
  };
  const known = new Set(said.map(identity));
  return stored.filter((resource) => !known.has(identity(resource)));
}

/** A list of the very same things is the same list. */
function kept<T>(before: T | undefined, now: T): T {
  return Array.isArray(before) &&
    Array.isArray(now) &&
    before.length === now.length &&
    before.every((item, index) => item === now[index])
    ? before
    : now;
}

export function trackedSite(initial: SiteSource): TrackedSite {
  let source = initial;
  const revisions = new Map<Topic, number>();
  const lists = new Map<Topic, { readonly revision: number; readonly list: readonly unknown[] }>();
  /** The files that have anything of a topic, in order: of thousands of files few concern one kind. */
  const holders = new Map<Topic, Set<string>>();
  const memory = new WeakMap<object, Remembered>();
  const readers: Looked[] = [];
  let changes = 0;

  const look = (topic: Topic): number => {
    const revision = revisions.get(topic) ?? 0;
    readers.at(-1)?.topics.set(topic, revision);
    return revision;
  };
  const holdersOf = (topic: Topic): ReadonlySet<string> => {
    if (holders.size === 0) {
      for (const uri of source.files)
        for (const held of source.file(uri)?.topics ?? []) {
          const uris = holders.get(held);
          if (uris === undefined) holders.set(held, new Set([uri]));
          else uris.add(uri);
        }
    }
    let known = holders.get(topic);
    if (known === undefined) {
      known = new Set(source.files.filter((uri) => itemsIn(source.file(uri), topic).length > 0));
      holders.set(topic, known);
    }
    return known;
  };
  const collect = (topic: Topic): readonly unknown[] => {
    const revision = look(topic);
    const known = lists.get(topic);
    if (known?.revision === revision) return known.list;
    const list: unknown[] = [];
    const stored: unknown[] = [];
    for (const uri of holdersOf(topic)) {
      const file = source.file(uri);
      const into = file?.isInventory && !topic.startsWith(FORMAT) ? stored : list;
      for (const item of itemsIn(file, topic)) into.push(item);
    }
    if (stored.length > 0) list.push(...unsaid(stored as Resource[], list as Resource[]));
    lists.set(topic, { revision, list });
    return list;
  };
  const bump = (topic: Topic): void => {
    revisions.set(topic, (revisions.get(topic) ?? 0) + 1);
    changes++;
  };
  const remember = <T>(key: object, compute: (site: Site, before: T | undefined) => T): T => {
    const known = memory.get(key);
    if (known !== undefined && isRight(known)) return known.value as T;
    const looked: Looked = { topics: new Map(), derived: new Map() };
    readers.push(looked);
    try {
      const value = kept(known?.value as T | undefined, compute(site, known?.value as T | undefined));
      memory.set(key, { value, looked, rightAt: changes });
      return value;
    } finally {
      readers.pop();
    }
  };
  const derive = <T>(derivation: Derivation<T>): T => {
    const value = remember<T>(derivation, derivation.compute);
    readers.at(-1)?.derived.set(derivation, value);
    return value;
  };
  /** A derivation that comes to the same fact again, whatever changed below it, gives nobody a reason to run again. */
  const isRight = (known: Remembered): boolean => {
    if (known.rightAt === changes) return true;
    for (const [topic, revision] of known.looked.topics) if ((revisions.get(topic) ?? 0) !== revision) return false;
    for (const [derivation, value] of known.looked.derived)
      if (remember(derivation, derivation.compute) !== value) return false;
    known.rightAt = changes;
    return true;
  };

  const site: TrackedSite = {
    get name() {
      return source.name;
    },
    get root() {
      return source.root;
    },
    get settings() {
      look(SETTINGS_TOPIC);
      return source.settings;
    },
    all: (kind) => collect(kind) as never,
    documents: (format) => collect(formatTopic(format)) as readonly Doc[],
    objectless: () => collect(formatTopic(OBJECTLESS)) as readonly Doc[],
    derive,
    exists(uri) {
      look(FILES_TOPIC);
      return source.exists(uri);
    },
    pathOf: (uri) => source.pathOf(uri),
    renew(next, topics) {
      source = next;
      holders.clear();
      for (const topic of topics) bump(topic);
    },
    touch(uri, topics) {
      for (const topic of topics) {
        const known = holders.get(topic);
        if (known !== undefined && known.has(uri) !== itemsIn(source.file(uri), topic).length > 0)
          holders.delete(topic);
        bump(topic);
      }
    },
    remember,
  };
  return site;
}
