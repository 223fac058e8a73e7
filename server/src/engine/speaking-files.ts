import type { FileState } from '../workspace/file-state.ts';
import type { SiteSettings } from '../workspace/settings.ts';
import type { TrackedSite } from '../workspace/site.ts';
import type { Workspace } from '../workspace/workspace.ts';

interface Known {
  readonly settings: SiteSettings;
  readonly files: ReadonlySet<string>;
  readonly revision: number;
  readonly speaking: Set<string>;
}

/** The files of a site that have something to be told by themselves: few of thousands, and an edit changes one. */
export class SpeakingFiles {
  readonly #workspace: Workspace;
  readonly #speaks: (file: FileState, settings: SiteSettings) => boolean;
  readonly #known = new WeakMap<TrackedSite, Known>();

  constructor(workspace: Workspace, speaks: (file: FileState, settings: SiteSettings) => boolean) {
    this.#workspace = workspace;
    this.#speaks = speaks;
  }

  /** URIs; asks only about files that changed since it was asked last. `isCancelled` is asked between files. */
  of(site: TrackedSite, isCancelled?: () => boolean): ReadonlySet<string> {
    const { settings } = site;
    const { revision } = this.#workspace;
    const files = this.#workspace.filesOf(site);
    const known = this.#known.get(site);
    const isSame = known?.settings === settings && known.files === files;
    const changed = isSame ? this.#workspace.changedSince(known.revision) : undefined;
    const speaking = changed === undefined ? new Set<string>() : known!.speaking;
    for (const uri of changed ?? files) {
      if (isCancelled?.()) return speaking;
      const file = files.has(uri) ? this.#workspace.file(uri) : undefined;
      if (file !== undefined && this.#speaks(file, settings)) speaking.add(uri);
      else speaking.delete(uri);
    }
    this.#known.set(site, { settings, files, revision, speaking });
    return speaking;
  }
}
