import { h } from './dom.ts';
import type { Edge, Element, Finding, Graph } from './graph.ts';
import { roleName, type Say } from './texts.ts';

/** What is known of one element, and of what it is connected to. */
export function details(
  graph: Graph,
  element: Element | undefined,
  say: Say,
  act: { open(element: Element): void; select(id: string): void },
): HTMLElement {
  if (element === undefined) return h('p', { class: 'faint' }, say('pick'));
  const edge = 'from' in element ? (element as unknown as Edge) : undefined;
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const title =
    edge === undefined ? element.label : `${nodes.get(edge.from)?.label ?? '?'} – ${nodes.get(edge.to)?.label ?? '?'}`;
  const ends =
    edge === undefined ? [] : [edge.fromLabel, edge.toLabel].filter((text) => text !== undefined && text !== '');
  const connections =
    edge !== undefined
      ? []
      : graph.edges
          .filter(({ from, to, role }) => role !== 'holds' && (from === element.id || to === element.id))
          .slice(0, 60);
  return h(
    'div',
    { class: 'details' },
    h('h2', {}, title),
    h(
      'p',
      { class: 'faint' },
      [roleName(say, element.role), ...(edge === undefined ? [] : [stateName(edge, say)])].join(' · '),
    ),
    ...element.findings.map(findingLine),
    element.source === undefined
      ? undefined
      : h(
          'button',
          { class: 'link', onclick: () => act.open(element) },
          say('source'),
          h('span', { class: 'faint' }, ` ${placeOf(element)}`),
        ),
    ends.length + element.facts.length === 0
      ? undefined
      : h(
          'dl',
          {},
          ...ends.flatMap((text, index) => [
            h('dt', {}, nodes.get(index === 0 ? edge!.from : edge!.to)?.label ?? ''),
            h('dd', {}, text!.replaceAll('\n', ' ')),
          ]),
          ...element.facts.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
        ),
    ...connections.map((one) => {
      const other = nodes.get(one.from === element.id ? one.to : one.from);
      const port = (one.from === element.id ? one.fromLabel : one.toLabel)?.split('\n')[0];
      return h(
        'button',
        { class: `link connection ${one.state}`, onclick: () => act.select(one.id) },
        [port, '→', other?.label].filter(Boolean).join(' '),
        one.state === 'up' ? '' : ` (${one.label || say(one.state === 'down' ? 'down' : 'unknown')})`,
      );
    }),
  );
}

export function stateName(edge: Edge, say: Say): string {
  if (edge.role === 'holds') return '';
  if (edge.role === 'overlap') return roleName(say, 'overlap');
  return say(edge.state === 'up' ? 'up' : edge.state === 'down' ? 'down' : 'unknown');
}

export function placeOf({ source }: Element): string {
  if (source === undefined) return '';
  const name = decodeURIComponent(source.file.split('/').slice(-2).join('/'));
  return `${name}:${source.range.start.line + 1}`;
}

function findingLine({ code, severity, message }: Finding): HTMLElement {
  return h('p', { class: `finding ${severity}` }, message.replaceAll('`', ''), ' ', h('code', {}, code));
}
