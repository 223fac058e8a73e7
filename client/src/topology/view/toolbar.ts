import { h } from './dom.ts';
import { VIEWS, type View } from './graph.ts';
import type { ExportFormat } from './host.ts';
import type { Filter } from './search.ts';
import type { Say } from './texts.ts';

export interface ToolbarActions {
  view(view: View): void;
  site(name: string): void;
  search(words: string, isFinal: boolean): void;
  filter(filter: Filter): void;
  fit(): void;
  arrange(): void;
  save(format: ExportFormat): void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  show(view: View, site: string, filter: Filter, words: string): void;
  sites(names: readonly string[]): void;
  matches(count: number | undefined, all: number): void;
  focusSearch(): void;
}

const FORMATS: readonly (readonly [ExportFormat, string])[] = [
  ['svg', 'SVG'],
  ['png', 'PNG'],
  ['mermaid', 'Mermaid'],
  ['dot', 'Graphviz'],
  ['drawio', 'draw.io'],
  ['json', 'JSON'],
];

export function toolbar(say: Say, act: ToolbarActions): Toolbar {
  const tabs = VIEWS.map((view) =>
    h(
      'button',
      {
        role: 'tab',
        'data-view': view,
        'aria-selected': 'false',
        onclick: () => act.view(view),
        onkeydown: (event: KeyboardEvent) => turn(event),
      },
      say(view),
    ),
  );
  const turn = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    const next = tabs[(tabs.indexOf(event.currentTarget as HTMLButtonElement) + by + tabs.length) % tabs.length]!;
    next.focus();
    next.click();
  };
  const site = h('select', { 'aria-label': say('site'), hidden: true, onchange: () => act.site(site.value) });
  const search = h('input', {
    type: 'search',
    placeholder: say('search'),
    'aria-label': `${say('search')}: ${say('searchHint')}`,
    title: say('searchHint'),
    spellcheck: 'false',
    oninput: () => act.search(search.value, false),
    onkeydown: (event: KeyboardEvent) => {
      if (event.key === 'Enter') act.search(search.value, true);
    },
  });
  const count = h('span', { class: 'faint', role: 'status' });
  const filter = h(
    'select',
    { 'aria-label': say('filter'), class: 'filter', onchange: () => act.filter(filter.value as Filter) },
    h('option', { value: 'all' }, say('filterAll')),
    h('option', { value: 'findings' }, say('filterFindings')),
    h('option', { value: 'down' }, say('filterDown')),
  );
  const save = h(
    'select',
    {
      'aria-label': say('save'),
      class: 'save',
      onchange: () => {
        const format = save.value as ExportFormat | '';
        save.value = '';
        if (format !== '') act.save(format);
      },
    },
    h('option', { value: '' }, say('save')),
    ...FORMATS.map(([format, name]) => h('option', { value: format }, name)),
  );
  return {
    element: h(
      'header',
      {},
      h('div', { role: 'tablist', 'aria-label': say('views') }, ...tabs),
      site,
      search,
      count,
      filter,
      h('button', { class: 'fit', onclick: () => act.fit() }, say('fit')),
      h('button', { title: say('arrangeHint'), onclick: () => act.arrange() }, say('arrange')),
      save,
    ),
    show(view, name, shown, words) {
      for (const tab of tabs) {
        const isIt = tab.dataset.view === view;
        tab.setAttribute('aria-selected', String(isIt));
        tab.tabIndex = isIt ? 0 : -1;
      }
      if (site.value !== name) site.value = name;
      filter.value = shown;
      if (document.activeElement !== search) search.value = words;
    },
    sites(names) {
      const before = [...site.options].map(({ value }) => value).join('\n');
      if (before !== names.join('\n')) site.replaceChildren(...names.map((name) => h('option', { value: name }, name)));
      site.hidden = names.length < 2;
    },
    matches(found, all) {
      count.textContent = found === undefined ? '' : say('matches', found, all);
    },
    focusSearch: () => search.focus(),
  };
}
