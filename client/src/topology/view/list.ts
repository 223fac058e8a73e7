import { placeOf, stateName } from './details.ts';
import { h } from './dom.ts';
import type { Edge, Element, Graph, Node } from './graph.ts';
import { roleName, type Say } from './texts.ts';

/** Rows that are made at once: thousands of them would make every key stroke slow. */
const PAGE = 250;

export interface ListActions {
  select(id: string): void;
  open(element: Element): void;
}

/**
 * The same as the picture as a table: for screen readers, for the keyboard, and for whoever likes tables better. Up and down
 * move, Enter opens the source.
 */
export function list(
  graph: Graph,
  shown: ReadonlySet<string> | undefined,
  selected: string | undefined,
  say: Say,
  act: ListActions,
): HTMLElement {
  const labels = new Map(graph.nodes.map((node) => [node.id, node.label]));
  const groups = new Map(graph.groups.map((group) => [group.id, group.label]));
  const isShown = ({ id }: Element): boolean => shown === undefined || shown.has(id);
  const nodes = graph.nodes.filter(isShown);
  const edges = graph.edges.filter((edge) => edge.role !== 'holds' && isShown(edge));
  const body = h('tbody');
  const rows = [...nodes.map((node) => () => nodeRow(node)), ...edges.map((edge) => () => edgeRow(edge))];
  let made = 0;

  const row = (element: Element, name: string, state: string): HTMLElement => {
    const isSelected = element.id === selected;
    const worstMark = element.findings.length === 0 ? '' : String(element.findings.length);
    return h(
      'tr',
      {
        tabindex: isSelected || (selected === undefined && made === 0) ? '0' : '-1',
        'aria-selected': String(isSelected),
        'data-id': element.id,
        title: placeOf(element),
        onclick: () => act.select(element.id),
        ondblclick: () => act.open(element),
        onkeydown: (event: KeyboardEvent) => keys(event, element),
      },
      h('td', {}, name),
      h('td', {}, roleName(say, element.role)),
      h('td', {}, state),
      h('td', { class: 'count', title: element.findings.map(({ message }) => message).join('\n') }, worstMark),
    );
  };
  const nodeRow = (node: Node): HTMLElement =>
    row(
      node,
      node.label,
      [node.note, node.group === undefined ? undefined : groups.get(node.group)].filter(Boolean).join(' · '),
    );
  const edgeRow = (edge: Edge): HTMLElement => {
    const port = (text: string | undefined): string => (text ? ` ${text.split('\n')[0]}` : '');
    const name = `${labels.get(edge.from) ?? '?'}${port(edge.fromLabel)} – ${labels.get(edge.to) ?? '?'}${port(edge.toLabel)}`;
    return row(
      edge,
      name,
      [stateName(edge, say), edge.role === 'overlap' ? '' : edge.label].filter(Boolean).join(': '),
    );
  };
  const keys = (event: KeyboardEvent, element: Element): void => {
    const at = event.currentTarget as HTMLElement;
    const next =
      event.key === 'ArrowDown'
        ? at.nextElementSibling
        : event.key === 'ArrowUp'
          ? at.previousElementSibling
          : undefined;
    if (next instanceof HTMLElement) {
      event.preventDefault();
      next.focus();
      if (next.dataset.id !== undefined) act.select(next.dataset.id);
    }
    if (event.key === 'Enter') act.open(element);
    if (event.key === ' ') {
      event.preventDefault();
      act.select(element.id);
    }
  };
  const more = h('button', { class: 'link', onclick: () => grow() });
  const grow = (): void => {
    const end = Math.min(rows.length, made + PAGE);
    for (; made < end; made++) body.append(rows[made]!());
    more.textContent = say('more', rows.length - made);
    more.hidden = made >= rows.length;
  };
  grow();
  return h(
    'div',
    { class: 'list' },
    h(
      'table',
      { role: 'grid', 'aria-label': say('list'), 'aria-rowcount': String(rows.length) },
      h('caption', {}, say(graph.view === 'addresses' ? 'rangeCounts' : 'counts', nodes.length, edges.length)),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ...[say('name'), say('kind'), say('state'), say('findings')].map((text) => h('th', { scope: 'col' }, text)),
        ),
      ),
      body,
    ),
    more,
  );
}

/** Marks a row as the selected one, and lets it be the one that Tab comes to. */
export function markRow(container: HTMLElement, id: string | undefined): void {
  for (const row of container.querySelectorAll<HTMLElement>('tr[data-id]')) {
    const isIt = row.dataset.id === id;
    row.setAttribute('aria-selected', String(isIt));
    row.tabIndex = isIt ? 0 : -1;
    if (isIt) row.scrollIntoView({ block: 'nearest' });
  }
  if (container.querySelector('tr[data-id][tabindex="0"]') === null) {
    const first = container.querySelector<HTMLElement>('tr[data-id]');
    if (first !== null) first.tabIndex = 0;
  }
}
