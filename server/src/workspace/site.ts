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
}

type Topic = string;

interface Remembered {
  readonly value: unknown;
  readonly topics: ReadonlyMap<Topic, number>;
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

export function trackedSite(initial: SiteSource): TrackedSite {
  let source = initial;
  const revisions = new Map<Topic, number>();
  const lists = new Map<Topic, { readonly revision: number; readonly list: readonly unknown[] }>();
  /** The files that have anything of a topic, in order: of thousands of files few concern one kind. */
  const holders = new Map<Topic, Set<string>>();
  const memory = new WeakMap<object, Remembered>();
  const readers: Map<Topic, number>[] = [];

  const look = (topic: Topic): number => {
    const revision = revisions.get(topic) ?? 0;
    readers.at(-1)?.set(topic, revision);
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
    for (const uri of holdersOf(topic)) for (const item of itemsIn(source.file(uri), topic)) list.push(item);
    lists.set(topic, { revision, list });
    return list;
  };
  const bump = (topic: Topic): void => {
    revisions.set(topic, (revisions.get(topic) ?? 0) + 1);
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
    all: (kind) => collect(kind) as never,
    documents: (format) => collect(formatTopic(format)) as readonly Doc[],
    objectless: () => collect(formatTopic(OBJECTLESS)) as readonly Doc[],
    derive: <T>(derivation: Derivation<T>): T => remember<T>(derivation, derivation.compute),
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
