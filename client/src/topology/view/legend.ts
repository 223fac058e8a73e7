import { h } from './dom.ts';
import type { Graph } from './graph.ts';
import { roleName, type Say } from './texts.ts';
import { roleColour, type Theme } from './theme.ts';

/** What the colours and lines of this picture mean: only those that are on it. */
export function legend(graph: Graph, theme: Theme, say: Say, state: 'open' | 'closed'): HTMLElement {
  const nodes = [...new Set(graph.nodes.map(({ role }) => role))];
  const edges = [...new Set(graph.edges.map(({ role }) => role))].filter((role) => role !== 'holds');
  const states = new Set(graph.edges.filter(({ role }) => role !== 'overlap').map(({ state }) => state));
  const items = [
    ...nodes.map((role) =>
      item('box', roleColour(theme, role), role === 'missing' ? 'dashed' : 'solid', roleName(say, role)),
    ),
    ...edges.map((role) =>
      item(
        'line',
        roleColour(theme, role),
        role === 'attachment' ? 'dashed' : 'solid',
        roleName(say, role === 'mesh' ? 'meshEdge' : role),
      ),
    ),
    ...(graph.edges.some(({ reflects }) => reflects)
      ? [item('arrow', theme.purple, 'solid', roleName(say, 'reflects'))]
      : []),
    ...(states.has('down') ? [item('line', theme.error, 'dashed', say('down'))] : []),
    ...(states.has('unknown') ? [item('line', theme.warning, 'dotted', say('unknown'))] : []),
  ];
  return h(
    'details',
    { class: 'legend', open: state === 'open' },
    h('summary', {}, say('legend')),
    h('ul', {}, ...items),
  );
}

function item(shape: 'box' | 'line' | 'arrow', colour: string, dash: string, text: string): HTMLElement {
  const mark = h('span', { class: `mark ${shape}`, 'aria-hidden': 'true' });
  mark.style.borderColor = colour;
  mark.style.color = colour;
  mark.style.borderStyle = dash;
  return h('li', {}, mark, text);
}
