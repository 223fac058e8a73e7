import type { Path, Snapshot } from './graph.ts';
import { type Host, languageOfPage, listeners, type Remembered, type Told } from './host.ts';

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** The view inside VS Code: everything goes through messages to the extension. */
export function editorHost(api: EditorApi): Host {
  const waiting = new Map<number, (result: unknown) => void>();
  const { tell, on } = listeners();
  let last = 0;
  window.addEventListener('message', ({ data }: MessageEvent<{ type: string; id?: number; result?: unknown }>) => {
    if (data.type !== 'answer') return tell(data as Told);
    waiting.get(data.id!)?.(data.result);
    waiting.delete(data.id!);
  });
  const ask = <T>(method: string, params: unknown): Promise<T> =>
    new Promise((resolve) => {
      const id = ++last;
      waiting.set(id, resolve as (result: unknown) => void);
      api.postMessage({ type: 'ask', id, method, params });
    });
  return {
    ...on,
    language: languageOfPage(),
    remembered: (api.getState() ?? initial()) as Remembered,
    remember: (state) => api.setState(state),
    graph: (question) => ask<Snapshot>('graph', question),
    path: (router, prefix) => ask<Path | null>('path', { router, prefix }),
    reveal: (source) => void ask('reveal', source),
    keepPlaces: (view, site, places) => ask('keepPlaces', { view, site, places }),
    save: (format, name, content) => ask('save', { format, name, content }),
  };
}

/** What the extension asks to begin with, written into the page. */
function initial(): Remembered {
  const { view, site } = document.body.dataset;
  return {
    ...(view !== undefined && { view: view as NonNullable<Remembered['view']> }),
    ...(site !== undefined && { site }),
  };
}
