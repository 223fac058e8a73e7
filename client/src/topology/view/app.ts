import { type Canvas, canvasIn } from './canvas.ts';
import { details } from './details.ts';
import { h } from './dom.ts';
import { type Element, type Graph, type Path, type Snapshot, VIEWS, type View, withChanges } from './graph.ts';
import type { ExportFormat, Host, Remembered } from './host.ts';
import { legend } from './legend.ts';
import { list, markRow } from './list.ts';
import { routeForm } from './route-form.ts';
import { type Filter, filtered, search } from './search.ts';
import { speaker } from './texts.ts';
import { onThemeChange, readTheme } from './theme.ts';
import { toolbar } from './toolbar.ts';

/** Puts the view together and keeps it up with what its host tells. */
export async function app(host: Host, body: HTMLElement): Promise<void> {
  const say = speaker(host.language);
  let theme = readTheme();
  let graph: Graph | undefined;
  let revision = 0;
  let view: View = VIEWS.find((one) => one === host.remembered.view) ?? 'physical';
  let site = host.remembered.site ?? '';
  let selected: string | undefined = host.remembered.selected;
  let filter: Filter = (host.remembered.filter as Filter | undefined) ?? 'all';
  let words = host.remembered.search ?? '';
  let path: Path | undefined;
  let asked = 0;

  const stage = h('div', { class: 'canvas', tabindex: '0', role: 'application', 'aria-label': say('canvas') });
  const over = h('div', { class: 'legend-holder' });
  const message = h('p', { class: 'message', hidden: true });
  const about = h('section', { class: 'about', 'aria-label': say('details'), 'aria-live': 'polite' });
  const rows = h('section', { class: 'rows', 'aria-label': say('list') });
  const notes = h('footer', { class: 'notes', role: 'status' });
  const route = routeForm(
    say,
    async (router, prefix) => {
      const found = await host.path(router, prefix);
      path = found ?? undefined;
      canvas.path(path);
      route.show(path);
    },
    () => {
      path = undefined;
      canvas.path(undefined);
      route.show(undefined);
      narrow();
    },
  );
  const bar = toolbar(say, {
    view: (next) => void switchTo(next, site),
    site: (next) => void switchTo(view, next),
    search(text, isFinal) {
      words = text;
      const found = graph === undefined ? [] : search(graph, words);
      canvas.found(found);
      bar.matches(
        words.trim() === '' ? undefined : found.length,
        graph === undefined ? 0 : graph.nodes.length + graph.edges.length,
      );
      if (isFinal && found[0] !== undefined) {
        const at = found.indexOf(selected ?? '');
        choose(found[(at + 1) % found.length]);
      }
      remember();
    },
    filter(next) {
      filter = next;
      narrow();
      remember();
    },
    fit: () => canvas.fit(),
    arrange: () => void rearrange(),
    save: (format) => void save(format),
  });
  const side = h('aside', {}, about, route.element, rows);
  body.replaceChildren(bar.element, h('main', {}, h('div', { class: 'stage' }, stage, message, over), side), notes);

  const canvas: Canvas = canvasIn(stage, theme, {
    selected: (id) => choose(id, 'quietly'),
    opened: (id) => open(elementOf(id)),
    moved(places) {
      if (graph === undefined) return;
      const moved: Record<string, readonly [number, number]> = {};
      for (const [id, at] of places) moved[id] = at;
      void host.keepPlaces(view, graph.site, moved);
    },
    panned: () => rememberSoon(),
  });

  function elementOf(id: string | undefined): Element | undefined {
    if (id === undefined || graph === undefined) return undefined;
    return [...graph.nodes, ...graph.edges, ...graph.groups].find((one) => one.id === id);
  }
  function open(element: Element | undefined): void {
    if (element?.source !== undefined) host.reveal(element.source);
  }
  function choose(id: string | undefined, how?: 'quietly'): void {
    selected = id;
    canvas.select(id, how);
    markRow(rows, id);
    tellAbout();
    // One click shows the source beside the picture; the focus stays here.
    if (how === 'quietly') open(elementOf(id));
    remember();
  }
  function tellAbout(): void {
    if (graph === undefined) {
      about.replaceChildren();
      return;
    }
    about.replaceChildren(details(graph, elementOf(selected), say, { open, select: (id) => choose(id) }));
    if (view === 'bgp') route.offer(graph, selected);
  }
  function narrow(): void {
    if (graph === undefined) return;
    const shown = filtered(graph, filter);
    canvas.filter(shown);
    rows.replaceChildren(list(graph, shown, selected, say, { select: (id) => choose(id), open }));
    if (path !== undefined) canvas.path(path);
  }
  function describe(): void {
    route.element.hidden = view !== 'bgp';
    bar.show(view, site, filter, words);
    if (graph === undefined) {
      message.textContent = say('nothing');
      message.hidden = false;
      over.replaceChildren();
      rows.replaceChildren();
      notes.replaceChildren();
      about.replaceChildren();
      return;
    }
    message.textContent = say('empty');
    message.hidden = graph.nodes.length > 0;
    const isOpen = over.querySelector('details')?.open ?? innerWidth > 900;
    over.replaceChildren(...(graph.nodes.length === 0 ? [] : [legend(graph, theme, say, isOpen ? 'open' : 'closed')]));
    const unknown = graph.unknown.map((text) => h('li', {}, text));
    notes.replaceChildren(
      ...(unknown.length === 0 ? [] : [h('strong', {}, say('unknown')), h('ul', {}, ...unknown)]),
      ...(graph.elsewhere === 0 ? [] : [h('span', { class: 'faint' }, say('elsewhere', graph.elsewhere))]),
    );
    tellAbout();
    narrow();
  }

  async function switchTo(next: View, nextSite: string): Promise<void> {
    const isOther = next !== view || nextSite !== site;
    view = next;
    site = nextSite;
    if (isOther) path = undefined;
    await load(undefined);
    remember();
  }
  async function load(look: Remembered | undefined): Promise<void> {
    const turn = ++asked;
    const answer: Snapshot = await host.graph({ view, ...(site !== '' && { site }) });
    if (turn !== asked) return; // another view was asked for meanwhile
    revision = answer.revision;
    graph = answer.graph ?? undefined;
    site = graph?.site ?? site;
    bar.sites(answer.sites);
    if (graph !== undefined) {
      const keep = look?.zoom !== undefined && look.pan !== undefined ? { zoom: look.zoom, pan: look.pan } : undefined;
      canvas.show(graph, keep);
      canvas.select(selected, 'quietly');
    } else canvas.core.elements().remove();
    route.show(undefined);
    describe();
    stage.dataset.view = view;
    stage.dataset.revision = String(revision);
  }
  async function rearrange(): Promise<void> {
    if (graph === undefined) return;
    await host.keepPlaces(view, graph.site, null);
    await load(undefined);
  }
  async function save(format: ExportFormat): Promise<void> {
    if (graph === undefined) return;
    await host.save(
      format,
      `${graph.site}-${view}`.replace(/[^\w.-]+/g, '-'),
      format === 'png' ? canvas.png() : undefined,
    );
  }

  function remember(): void {
    clearTimeout(timer);
    const { core } = canvas;
    host.remember({
      view,
      site,
      zoom: core.zoom(),
      pan: { ...core.pan() },
      ...(selected !== undefined && { selected }),
      search: words,
      filter,
    });
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  function rememberSoon(): void {
    clearTimeout(timer);
    timer = setTimeout(remember, 300);
  }

  stage.addEventListener('keydown', (event) => {
    const arrow = /^Arrow(Up|Down|Left|Right)$/.exec(event.key)?.[1]?.toLowerCase() as
      | 'up'
      | 'down'
      | 'left'
      | 'right'
      | undefined;
    if (arrow !== undefined) {
      const next = canvas.neighbour(arrow);
      if (next !== undefined) choose(next);
    } else if (event.key === 'Enter') open(elementOf(selected));
    else if (event.key === 'Escape') choose(undefined);
    else if (event.key === '+' || event.key === '=') canvas.zoomBy(1.25);
    else if (event.key === '-') canvas.zoomBy(0.8);
    else if (event.key === '0') canvas.fit();
    else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key === '/' && !isTyping) {
      event.preventDefault();
      bar.focusSearch();
    }
  });

  host.onChanges((next, changes) => {
    if (graph === undefined || next !== revision + 1) {
      void load({ zoom: canvas.core.zoom(), pan: { ...canvas.core.pan() } });
      return;
    }
    revision = next;
    const wasEmpty = graph.nodes.length === 0;
    graph = withChanges(graph, changes);
    canvas.change(changes, graph);
    if (wasEmpty) canvas.fit();
    describe();
    stage.dataset.revision = String(revision);
  });
  host.onStale(() => void load(undefined));
  host.onSelect((ids) => {
    canvas.cursor(ids);
    const [first] = ids;
    if (first === undefined || elementOf(first) === undefined) return;
    selected = first;
    markRow(rows, first);
    tellAbout();
  });
  host.onView((next) => void switchTo(next, site));
  onThemeChange(() => {
    theme = readTheme();
    canvas.restyle(theme);
    if (graph !== undefined) {
      canvas.show(graph, { zoom: canvas.core.zoom(), pan: { ...canvas.core.pan() } });
      canvas.select(selected, 'quietly');
    }
    describe();
  });

  await load(host.remembered);
}
