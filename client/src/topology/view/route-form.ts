import { h } from './dom.ts';
import type { Graph, Path } from './graph.ts';
import type { Say } from './texts.ts';

export interface RouteForm {
  readonly element: HTMLElement;
  /** Offers the routers and prefixes of a graph, and the router that is selected. */
  offer(graph: Graph, selected: string | undefined): void;
  show(path: Path | undefined): void;
}

/** Asks for a router and a prefix, and tells the way of the route hop by hop. */
export function routeForm(say: Say, ask: (router: string, prefix: string) => void, clear: () => void): RouteForm {
  const router = h('select', { id: 'path-router', 'aria-label': say('pathTo') });
  const prefixes = h('datalist', { id: 'prefixes' });
  const prefix = h('input', {
    id: 'path-prefix',
    list: 'prefixes',
    placeholder: say('pathPrefix'),
    'aria-label': say('pathPrefix'),
    spellcheck: 'false',
  });
  const answer = h('div', { class: 'answer', role: 'status' });
  const form = h(
    'form',
    {
      onsubmit: (event: Event) => {
        event.preventDefault();
        if (router.value !== '' && prefix.value.trim() !== '') ask(router.value, prefix.value);
      },
    },
    h('label', { for: 'path-router' }, say('pathTo')),
    router,
    prefix,
    prefixes,
    h('button', { type: 'submit', class: 'primary' }, say('pathShow')),
    h('button', { type: 'button', onclick: () => clear() }, say('pathClear')),
  );
  let known = '';
  return {
    element: h('section', { class: 'route', 'aria-label': say('path') }, h('h2', {}, say('path')), form, answer),
    offer(graph, selected) {
      const routers = graph.nodes.filter(({ role }) => role !== 'missing' && role !== 'mesh');
      const key = JSON.stringify([routers.map(({ id, label }) => [id, label]), graph.prefixes]);
      if (key !== known) {
        known = key;
        const before = router.value;
        router.replaceChildren(...routers.map(({ id, label }) => h('option', { value: id }, label)));
        if (routers.some(({ id }) => id === before)) router.value = before;
        prefixes.replaceChildren(...graph.prefixes.map((text) => h('option', { value: text })));
      }
      if (selected !== undefined && routers.some(({ id }) => id === selected)) router.value = selected;
    },
    show(path) {
      answer.replaceChildren();
      if (path === undefined) return;
      const ends = path.verdict === 'arrives' || path.verdict === 'announced-here' ? 'good' : 'bad';
      answer.append(
        h('p', { class: ends }, path.summary),
        h('ol', {}, ...path.hops.map(({ text }) => h('li', {}, text))),
        ...path.stops.map(({ text }) => h('p', { class: 'finding error' }, `✕ ${text}`)),
      );
    },
  };
}
