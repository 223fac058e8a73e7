import type { KindKey, ResourceKinds } from '../model/kinds.ts';
import type { Resource } from '../model/resource.ts';
import type { Doc, Format } from '../syntax/document.ts';
import type { SiteSettings } from './settings.ts';

/**
 * A fact worked out from a site's resources and kept until one of the kinds it looked at changes. `before` is the fact as it
 * was: a derivation may hand on those of its parts that are still right, so that what is made of them keeps, too. It must
 * never make the answer another one.
 */
export interface Derivation<T> {
  readonly name: string;
  readonly compute: (site: Site, before: T | undefined) => T;
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
  readonly files: readonly FileFacts[];
  exists(uri: string): boolean | undefined;
  pathOf(uri: string): string;
}

/** What one file adds to its sites; replaced as a whole when the file changes. */
export interface FileFacts {
  readonly uri: string;
  byKind(kind: string): readonly Resource[];
  byFormat(format: Format): readonly Doc[];
}

type Topic = string;

interface Remembered {
  readonly value: unknown;
  readonly topics: ReadonlyMap<Topic, number>;
}

/** A site with a memory. `touch` says that resources of a topic changed; everything else is pulled. */
export interface TrackedSite extends Site {
  /** The files are other ones now, or some of them changed in these topics. */
  renew(source: SiteSource, topics: Iterable<Topic>): void;
  /** Runs `compute` unless nothing it looked at last time has changed since. `key` is the object that remembers. */
  remember<T>(key: object, compute: (site: Site, before: T | undefined) => T): T;
}

export const formatTopic = (format: Format): Topic => `format:${format}`;
export const FILES_TOPIC: Topic = 'files';
export const SETTINGS_TOPIC: Topic = 'settings';

export function trackedSite(initial: SiteSource): TrackedSite {
  let source = initial;
  const revisions = new Map<Topic, number>();
  const lists = new Map<Topic, { readonly revision: number; readonly list: readonly unknown[] }>();
  const memory = new WeakMap<object, Remembered>();
  const readers: Map<Topic, number>[] = [];

  const look = (topic: Topic): number => {
    const revision = revisions.get(topic) ?? 0;
    readers.at(-1)?.set(topic, revision);
    return revision;
  };
  const collect = <T>(topic: Topic, gather: (file: FileFacts) => readonly T[]): readonly T[] => {
    const revision = look(topic);
    const known = lists.get(topic);
    if (known?.revision === revision) return known.list as readonly T[];
    const list: T[] = [];
    for (const file of source.files) for (const item of gather(file)) list.push(item);
    lists.set(topic, { revision, list });
    return list;
  };
  const remember = <T>(key: object, compute: (site: Site, before: T | undefined) => T): T => {
    const known = memory.get(key);
    if (known !== undefined && isFresh(known)) {
      for (const [topic, revision] of known.topics) readers.at(-1)?.set(topic, revision);
      return known.value as T;
    }
    const topics = new Map<Topic, number>();
    readers.push(topics);
    try {
      const value = compute(site, known?.value as T | undefined);
      memory.set(key, { value, topics });
      return value;
    } finally {
      readers.pop();
      for (const [topic, revision] of topics) readers.at(-1)?.set(topic, revision);
    }
  };
  const isFresh = (known: Remembered): boolean => {
    for (const [topic, revision] of known.topics) if ((revisions.get(topic) ?? 0) !== revision) return false;
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
    all: (kind) => collect(kind, (file) => file.byKind(kind)) as never,
    documents: (format) => collect(formatTopic(format), (file) => file.byFormat(format)),
    derive: <T>(derivation: Derivation<T>): T => remember<T>(derivation, derivation.compute),
    exists(uri) {
      look(FILES_TOPIC);
      return source.exists(uri);
    },
    pathOf: (uri) => source.pathOf(uri),
    renew(next, topics) {
      source = next;
      for (const topic of topics) revisions.set(topic, (revisions.get(topic) ?? 0) + 1);
    },
    remember,
  };
  return site;
}
