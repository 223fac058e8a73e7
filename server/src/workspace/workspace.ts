import picomatch from 'picomatch';
import { sameFacts } from '../model/resources.ts';
import { isBirdTemplate } from '../syntax/bird.ts';
import type { Text } from '../text.ts';
import { CONFIGURATION_NAMES, type Configuration, readConfiguration } from './configuration.ts';
import type { DocumentState } from './documents.ts';
import {
  type Change,
  changeBetween,
  definitionsIn,
  type FileInput,
  type FileState,
  readFile,
  topicsOf,
} from './file-state.ts';
import type { FileSystem } from './file-system.ts';
import { detectFormat, formatOfLanguage, LARGEST_FILE } from './formats.ts';
import { type Group, groupFiles } from './grouping.ts';
import { DEFAULT_SETTINGS, mergeSettings, type SiteSettings } from './settings.ts';
import { FILES_TOPIC, SETTINGS_TOPIC, type SiteSource, type TrackedSite, trackedSite } from './site.ts';
import { baseName, folderOf, isInside, relativePath } from './uri.ts';

/** A folder that the user opened, with the editor's settings for it. */
export interface WorkspaceFolder {
  readonly uri: string;
  readonly settings?: Partial<SiteSettings>;
  /** Settings that win over every `selvage.yaml`: those of a command line. */
  readonly overrides?: Partial<SiteSettings>;
}

export interface Counts {
  readonly files: number;
  readonly documents: number;
  readonly resources: number;
}

interface Membership {
  readonly site: TrackedSite;
  readonly files: ReadonlySet<string>;
}

const LONGEST_LOG = 1000;

/** The only mutable state: which files there are, what they say, and which of them make one network. */
export class Workspace {
  readonly #fileSystem: FileSystem | undefined;
  #folders: readonly WorkspaceFolder[] = [];
  readonly #files = new Map<string, FileState>();
  readonly #configurations = new Map<string, Configuration>();
  readonly #sites = new Map<string, Membership>();
  /** How many documents define an identity: only those that files share can change the grouping when their content changes. */
  readonly #definitions = new Map<string, number>();
  readonly #ignored = new Map<string, (uri: string) => boolean>();
  /** How much is read, and what is left alone: kept with every change, for both are told after each and files are thousands. */
  #documents = 0;
  #resources = 0;
  readonly #skipped = new Map<string, FileState>();
  /** The last changes, the latest last: all those since `#logFrom`. */
  #log: { readonly revision: number; readonly uri: string }[] = [];
  #logFrom = 0;
  #regroup = true;
  /** Topics that changed since the sites were last grouped, by file. */
  readonly #pending = new Map<string, Set<string>>();
  #revision = 0;

  constructor(fileSystem?: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  /** Grows with every change that can change a finding. */
  get revision(): number {
    return this.#revision;
  }

  /** The files that came, went or changed since a revision; undefined when that is too long ago to tell. */
  changedSince(revision: number): ReadonlySet<string> | undefined {
    if (revision < this.#logFrom) return undefined;
    const changed = new Set<string>();
    for (let at = this.#log.length - 1; at >= 0 && this.#log[at]!.revision > revision; at--)
      changed.add(this.#log[at]!.uri);
    return changed;
  }

  get folders(): readonly WorkspaceFolder[] {
    return this.#folders;
  }

  setFolders(folders: readonly WorkspaceFolder[]): void {
    this.#folders = folders;
    for (const uri of [...this.#files.keys()]) if (this.#isLeft(uri)) this.removeFile(uri);
    this.#regroup = true;
    this.#revision++;
  }

  #isLeft(uri: string): boolean {
    return this.#folders.length > 0 && !this.#folders.some((folder) => isInside(folder.uri, uri));
  }

  get files(): Iterable<FileState> {
    return this.#files.values();
  }

  file(uri: string): FileState | undefined {
    return this.#files.get(uri);
  }

  /** Files that are left alone, such as templates. */
  get skipped(): Iterable<FileState> {
    return this.#skipped.values();
  }

  /** How many files are read, with how many documents and resources in them. */
  get counts(): Counts {
    return {
      files: this.#files.size - this.#skipped.size,
      documents: this.#documents,
      resources: this.#resources,
    };
  }

  /**
   * Says what a file holds now, from disk or from an open editor. Files of no known format are forgotten; `language` is
   * the editor's, for files whose name and text do not tell.
   */
  setFile(uri: string, text: string, language?: string): void {
    const before = this.#files.get(uri);
    if (before?.text === text) return;
    const input = inputOf(uri, text, language);
    if (input === undefined) {
      this.removeFile(uri);
      return;
    }
    const after = readFile(
      input,
      before?.format !== undefined && 'format' in input && before.format !== input.format ? undefined : before,
    );
    this.#files.set(uri, after);
    if (CONFIGURATION_NAMES.has(baseName(uri))) {
      this.#configurations.set(uri, readConfiguration(uri, text));
      this.#regroup = true;
    }
    this.#replaced(uri, before, after);
  }

  removeFile(uri: string): void {
    const before = this.#files.get(uri);
    if (before === undefined) return;
    this.#files.delete(uri);
    if (this.#configurations.delete(uri)) this.#regroup = true;
    this.#replaced(uri, before, undefined);
  }

  /** Which paths below a folder version control leaves out: these are made while working, so nobody knows whether they exist. */
  setIgnored(root: string, isIgnored: (uri: string) => boolean): void {
    this.#ignored.set(root, isIgnored);
  }

  #exists(uri: string): boolean | undefined {
    if (this.#files.has(uri)) return true;
    const exists = this.#fileSystem?.exists?.(uri);
    if (exists !== false) return exists;
    for (const [root, isIgnored] of this.#ignored) if (isInside(root, uri) && isIgnored(uri)) return undefined;
    return false;
  }

  /** Says that a file that is not read here came or went, e.g. a licence that a topology binds. */
  touchFiles(): void {
    this.#revision++;
    for (const { site } of this.#sites.values()) site.touch('', [FILES_TOPIC]);
  }

  #replaced(uri: string, before: FileState | undefined, after: FileState | undefined): void {
    this.#revision++;
    this.#log.push({ revision: this.#revision, uri });
    if (this.#log.length > LONGEST_LOG) {
      this.#log = this.#log.slice(LONGEST_LOG / 2);
      this.#logFrom = this.#log[0]!.revision;
    }
    const { gone, come } = changeBetween(before?.all, after?.all);
    const topics = new Set(topicsOf([...gone, ...come]));
    if (before === undefined || after === undefined) {
      this.#regroup = true;
      topics.add(FILES_TOPIC);
    }
    this.#documents += come.length - gone.length;
    this.#resources += resourcesIn(come) - resourcesIn(gone);
    if (after?.skipped === undefined) this.#skipped.delete(uri);
    else this.#skipped.set(uri, after);
    // A file that is left alone belongs to no network.
    if ((before?.skipped === undefined) !== (after?.skipped === undefined)) this.#regroup = true;
    const defined = changeBetween(before?.defining, after?.defining);
    this.#count(defined);
    if (topics.size === 0) return;
    this.#regroup ||= this.#changesGrouping(defined, after);
    if (this.#regroup) {
      const pending = this.#pending.get(uri);
      this.#pending.set(uri, pending === undefined ? topics : new Set([...pending, ...topics]));
      return;
    }
    for (const { site, files } of this.#sites.values()) if (files.has(uri)) site.touch(uri, topics);
  }

  #count({ gone, come }: Change): void {
    for (const [id] of gone.flatMap(definitionsIn)) this.#definitions.set(id, (this.#definitions.get(id) ?? 1) - 1);
    for (const [id] of come.flatMap(definitionsIn)) this.#definitions.set(id, (this.#definitions.get(id) ?? 0) + 1);
  }

  /** Only what several files define can part them. */
  #changesGrouping({ gone, come }: Change, after: FileState | undefined): boolean {
    const moreThan =
      (counts: ReadonlyMap<string, number>) =>
      (id: string): boolean =>
        (this.#definitions.get(id) ?? 0) > (counts.get(id) ?? 0);
    // Mostly nothing else defines what changed, and the file's other documents need not be asked.
    const shared = [...countsOf([...gone, ...come]).keys()].filter(moreThan(countsOf(come)));
    return shared.length > 0 && shared.some(moreThan(countsOf(after?.defining ?? [])));
  }

  /** Every network of the workspace, in order of name. */
  sites(): readonly TrackedSite[] {
    if (this.#regroup) this.#group();
    return [...this.#sites.values()].map(({ site }) => site);
  }

  sitesOf(uri: string): readonly TrackedSite[] {
    if (this.#regroup) this.#group();
    return [...this.#sites.values()].filter(({ files }) => files.has(uri)).map(({ site }) => site);
  }

  filesOf(site: TrackedSite): ReadonlySet<string> {
    for (const membership of this.#sites.values()) if (membership.site === site) return membership.files;
    return new Set();
  }

  #group(): void {
    this.#regroup = false;
    const wanted = new Map<string, { readonly source: SiteSource; readonly files: ReadonlySet<string> }>();
    for (const folder of this.#roots()) {
      for (const { key, group, name, settings } of this.#groupsOf(folder)) {
        const files = new Set(group.files);
        wanted.set(key, { files, source: this.#source(name, group.root, folder.uri, settings, files) });
      }
    }
    for (const key of [...this.#sites.keys()]) if (!wanted.has(key)) this.#sites.delete(key);
    const ordered = [...wanted].sort(([one], [other]) => (one < other ? -1 : 1));
    const before = new Map(this.#sites);
    this.#sites.clear();
    for (const [key, { source, files }] of ordered) {
      const known = before.get(key);
      if (known === undefined) this.#sites.set(key, { site: trackedSite(source), files });
      else {
        const kept = known.site.settings;
        const sameSettings = sameFacts(kept, source.settings);
        // Settings that are equal stay the same object, so that nothing is checked again on their account.
        const next = sameSettings ? { ...source, settings: kept } : source;
        const topics = this.#topicsBetween(known.files, files);
        known.site.renew(next, sameSettings ? topics : [...topics, SETTINGS_TOPIC]);
        this.#sites.set(key, { site: known.site, files });
      }
    }
    this.#pending.clear();
  }

  /** What a regrouped site must look at again: files that joined or left it, and those of its files that changed meanwhile. */
  #topicsBetween(before: ReadonlySet<string>, after: ReadonlySet<string>): ReadonlySet<string> {
    const topics = new Set<string>();
    for (const [uri, changed] of this.#pending) {
      const concerned = before.has(uri) || after.has(uri);
      // A path may be asked for from any site.
      for (const topic of changed) if (concerned || topic === FILES_TOPIC) topics.add(topic);
    }
    const moved = [...before, ...after].filter((uri) => before.has(uri) !== after.has(uri));
    for (const uri of moved) for (const topic of topicsOf(this.#files.get(uri)?.all ?? [])) topics.add(topic);
    return topics;
  }

  #roots(): readonly WorkspaceFolder[] {
    const outside = new Set<string>();
    for (const uri of this.#files.keys())
      if (!this.#folders.some((folder) => isInside(folder.uri, uri))) outside.add(folderOf(uri));
    return [...this.#folders, ...[...outside].map((uri) => ({ uri }))];
  }

  #groupsOf(folder: WorkspaceFolder): readonly { key: string; group: Group; name: string; settings: SiteSettings }[] {
    const own = [...this.#files.values()].filter(
      (file) => this.#rootOf(file.uri) === folder.uri && file.skipped === undefined,
    );
    const declared = this.#declaredSites(folder, own);
    const taken = new Set(declared.flatMap(({ group }) => group.files));
    const rest = own.filter((file) => !taken.has(file.uri));
    const roots = new Set([...this.#configurations.keys()].map(folderOf).filter((uri) => uri !== folder.uri));
    const implied = rest.length === 0 && declared.length > 0 ? [] : groupFiles(folder.uri, rest, roots);
    return [
      ...declared,
      ...implied.map((group) => ({
        key: `${folder.uri} ${group.root}`,
        group,
        name: group.root === folder.uri ? 'default' : relativePath(folder.uri, group.root),
        settings: this.#settingsAt(folder, group.root),
      })),
    ];
  }

  /** The workspace folder that a file belongs to: the innermost one, or its own folder when it is in none. */
  #rootOf(uri: string): string {
    let best: string | undefined;
    for (const folder of this.#folders)
      if (isInside(folder.uri, uri) && (best === undefined || folder.uri.length > best.length)) best = folder.uri;
    return best ?? folderOf(uri);
  }

  #declaredSites(
    folder: WorkspaceFolder,
    own: readonly FileState[],
  ): readonly { key: string; group: Group; name: string; settings: SiteSettings }[] {
    return [...this.#configurations].flatMap(([file, configuration]) => {
      const base = folderOf(file);
      if (!isInside(folder.uri, base)) return [];
      return configuration.sites.map((entry) => {
        const included = belowPatterns(entry.include.length === 0 ? ['**'] : entry.include);
        const excluded = belowPatterns(entry.exclude);
        const files = own.filter((state) => {
          if (!isInside(base, state.uri)) return false;
          const path = relativePath(base, state.uri);
          return included(path) && !excluded(path);
        });
        return {
          key: `${folder.uri} ${base} ${entry.name}`,
          group: { root: base, files: files.map((state) => state.uri).sort() },
          name: entry.name,
          settings: mergeSettings(
            mergeSettings(this.#settingsAt(folder, base), entry.settings),
            folder.overrides ?? {},
          ),
        };
      });
    });
  }

  /** Editor settings, then every `selvage.yaml` from the workspace folder down to the site. */
  #settingsAt(folder: WorkspaceFolder, root: string): SiteSettings {
    const above = [...this.#configurations]
      .filter(([file]) => isInside(folderOf(file), root))
      .sort(([one], [other]) => one.length - other.length);
    let settings = mergeSettings(DEFAULT_SETTINGS, folder.settings ?? {});
    for (const [, configuration] of above) settings = mergeSettings(settings, configuration.settings);
    return mergeSettings(settings, folder.overrides ?? {});
  }

  #source(name: string, root: string, folder: string, settings: SiteSettings, files: ReadonlySet<string>): SiteSource {
    return {
      name,
      root,
      settings,
      files: [...files],
      file: (uri) => this.#files.get(uri),
      exists: (uri) => this.#exists(uri),
      pathOf: (uri) => relativePath(folder, uri),
    };
  }
}

function resourcesIn(states: readonly DocumentState[]): number {
  return states.reduce((count, { resources }) => count + resources.length, 0);
}

/** How often documents define each identity. */
function countsOf(states: readonly DocumentState[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [id] of states.flatMap(definitionsIn)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** Whether a path or a folder above it matches one of the globs: a pattern that names a folder means all that is in it. */
function belowPatterns(patterns: readonly string[]): (path: string) => boolean {
  const matchers = patterns
    .map((pattern) => pattern.replace(/^\.\//, '').replace(/\/$/, ''))
    .filter((pattern) => pattern !== '' && pattern.length < 1000)
    .map((pattern) => picomatch(pattern, { dot: true }));
  return (path) => {
    for (let part = path; part !== ''; part = part.slice(0, Math.max(0, part.lastIndexOf('/'))))
      if (matchers.some((matches) => matches(part))) return true;
    return false;
  };
}

function inputOf(uri: string, text: string, language: string | undefined): FileInput | undefined {
  if (text.length > LARGEST_FILE) return { uri, text: '', skipped: TOO_LARGE };
  if (text.includes('\0')) return { uri, text: '', skipped: BINARY };
  const detected = detectFormat(uri, text);
  if (detected === undefined) {
    const format = language === undefined ? undefined : formatOfLanguage(language);
    if (format === undefined || (format === 'bird' && isBirdTemplate(text))) return undefined;
    return { uri, text, format };
  }
  return 'format' in detected ? { uri, text, format: detected.format } : { uri, text, skipped: detected.skipped };
}

const TOO_LARGE: Text = { en: 'Larger than 4 MB.', 'zh-cn': '大于 4 MB。' };
const BINARY: Text = { en: 'Not a text file.', 'zh-cn': '不是文本文件。' };
