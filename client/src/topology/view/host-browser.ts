import type { Path, Snapshot } from './graph.ts';
import { type Host, languageOfPage, listeners, type Remembered, type Told } from './host.ts';

const STATE = 'selvage.topology';
const KINDS = {
  svg: 'image/svg+xml',
  png: 'image/png',
  mermaid: 'text/plain',
  dot: 'text/plain',
  drawio: 'text/xml',
  json: 'application/json',
};
const ENDINGS = { svg: 'svg', png: 'png', mermaid: 'mmd', dot: 'dot', drawio: 'drawio', json: 'json' };

/** The view in a browser tab, served by `selvage graph --serve` from the loopback address. */
export function browserHost(): Host {
  const { tell, on } = listeners();
  const panel = crypto.randomUUID();
  const ask = async <T>(method: string, params: object): Promise<T> => {
    const response = await fetch(`ask/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ panel, ...params }),
    });
    if (!response.ok) throw new Error(`${method}: ${response.status}`);
    return (await response.json()) as T;
  };
  const events = new EventSource(`events?panel=${panel}`);
  events.onmessage = ({ data }) => tell(JSON.parse(data) as Told);
  const stored = (name: string): string | null => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  const store = (name: string, value: string | null): void => {
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch {
      // A browser that keeps nothing still draws.
    }
  };
  const pinsOf = (view: string, site: string): string => `${STATE}.pins.${site}.${view}`;
  const { view } = document.body.dataset;
  return {
    ...on,
    language: languageOfPage(),
    remembered:
      parsed<Remembered>(stored(STATE)) ??
      (view === undefined ? {} : { view: view as NonNullable<Remembered['view']> }),
    remember: (state) => store(STATE, JSON.stringify(state)),
    graph: (question) =>
      ask<Snapshot>('graph', { ...question, pins: parsed(stored(pinsOf(question.view, question.site ?? ''))) ?? {} }),
    path: (router, prefix) => ask<Path | null>('path', { router, prefix }),
    reveal: () => {},
    async keepPlaces(shown, site, places) {
      store(pinsOf(shown, site), places === null ? null : JSON.stringify(places));
    },
    async save(format, name, content) {
      const text = content === undefined ? await ask<string>('text', { format }) : undefined;
      const bytes = content === undefined ? undefined : Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([text ?? bytes!], { type: KINDS[format] }));
      link.download = `${name}.${ENDINGS[format]}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    },
  };
}

function parsed<T>(text: string | null): T | undefined {
  try {
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}
