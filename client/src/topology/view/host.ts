import type { Changes, Path, Snapshot, Source, View } from './graph.ts';

/** What the view remembers over a reload; a browser tab remembers it in its address. */
export interface Remembered {
  readonly view?: View;
  readonly site?: string;
  readonly zoom?: number;
  readonly pan?: { readonly x: number; readonly y: number };
  readonly selected?: string;
  readonly search?: string;
  readonly filter?: string;
}

export type ExportFormat = 'svg' | 'png' | 'mermaid' | 'dot' | 'drawio' | 'json';

/** Whoever shows the view: an editor, or the command line behind a browser tab. */
export interface Host {
  graph(question: { readonly view: View; readonly site?: string }): Promise<Snapshot>;
  path(router: string, prefix: string): Promise<Path | null>;
  /** Shows a place in its file. */
  reveal(source: Source): void;
  /** Keeps where a person put nodes of a view; null forgets them all. */
  keepPlaces(
    view: View,
    site: string,
    places: Readonly<Record<string, readonly [number, number]>> | null,
  ): Promise<void>;
  /** Saves a picture; `content` is there for formats that only the view can make, in base64. */
  save(format: ExportFormat, name: string, content?: string): Promise<void>;
  remember(state: Remembered): void;
  readonly remembered: Remembered;
  readonly language: 'en' | 'zh-cn';
  onChanges(listener: (revision: number, changes: Changes) => void): void;
  /** The picture must be asked for again. */
  onStale(listener: () => void): void;
  /** The cursor stands on something that is drawn. */
  onSelect(listener: (ids: readonly string[]) => void): void;
  onView(listener: (view: View) => void): void;
}

type Listener = {
  changes: (revision: number, changes: Changes) => void;
  stale: () => void;
  select: (ids: readonly string[]) => void;
  view: (view: View) => void;
};

/** What a host tells without having been asked. */
export interface Told {
  readonly type: 'changes' | 'stale' | 'select' | 'view';
  readonly revision?: number;
  readonly changes?: Changes;
  readonly ids?: readonly string[];
  readonly view?: View;
}

/** Spreads what a host tells to whoever listens. */
export function listeners(): {
  tell(message: Told): void;
  on: Pick<Host, 'onChanges' | 'onStale' | 'onSelect' | 'onView'>;
} {
  const list: { [K in keyof Listener]: Listener[K][] } = { changes: [], stale: [], select: [], view: [] };
  return {
    tell({ type, revision, changes, ids, view }) {
      if (type === 'changes' && changes !== undefined) for (const one of list.changes) one(revision ?? 0, changes);
      if (type === 'stale') for (const one of list.stale) one();
      if (type === 'select') for (const one of list.select) one(ids ?? []);
      if (type === 'view' && view !== undefined) for (const one of list.view) one(view);
    },
    on: {
      onChanges: (listener) => void list.changes.push(listener),
      onStale: (listener) => void list.stale.push(listener),
      onSelect: (listener) => void list.select.push(listener),
      onView: (listener) => void list.view.push(listener),
    },
  };
}

export function languageOfPage(): 'en' | 'zh-cn' {
  return /^zh/i.test(document.documentElement.lang) ? 'zh-cn' : 'en';
}
