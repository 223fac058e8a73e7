import type { ShownEdge, ShownNode } from '../shown.ts';
import { severityOf } from '../shown.ts';
import type { NodeRole } from '../types.ts';

/** Colours of exported pictures: readable on white and in print. Panels use the editor's theme instead. */
export const ROLE_COLOURS: Readonly<Record<NodeRole, string>> = {
  router: '#1f6feb',
  reflector: '#8250df',
  node: '#1a7f37',
  machine: '#57606a',
  bridge: '#0a7b83',
  network: '#0a7b83',
  outside: '#57606a',
  missing: '#cf222e',
  mesh: '#8250df',
  pool: '#1a7f37',
  block: '#4f8f5f',
  services: '#8250df',
  subnet: '#1f6feb',
  management: '#9a6700',
  docker: '#57606a',
  named: '#0a7b83',
};

export const MARKS = { error: '#cf222e', warning: '#bf8700', information: '#1f6feb', hint: '#57606a' } as const;

export function edgeColour({ state, role }: ShownEdge): string {
  if (state === 'down') return MARKS.error;
  if (state === 'unknown') return MARKS.warning;
  return role === 'ebgp' ? '#1f6feb' : role === 'ibgp' ? '#8250df' : role === 'holds' ? '#9aa4ae' : '#57606a';
}

/** Dashes say what colours say, for those who do not see them: down and not known are not solid. */
export function edgeDash({ state, role }: ShownEdge): 'solid' | 'dashed' | 'dotted' {
  if (state === 'unknown') return 'dotted';
  return state === 'down' || role === 'attachment' ? 'dashed' : 'solid';
}

export function markColour(node: Pick<ShownNode, 'findings'>): string | undefined {
  const severity = severityOf(node.findings);
  return severity === undefined ? undefined : MARKS[severity];
}

export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** The label of an edge with what stands at its ends, on one line each. */
export function edgeText({ label, fromLabel, toLabel }: ShownEdge): string {
  const ends = [fromLabel, toLabel]
    .map((text) => text?.split('\n')[0])
    .filter((text) => text !== undefined && text !== '');
  return [ends.join(' – '), label].filter((text) => text !== '').join(' · ');
}

/** Ids that every format takes, the same for the same graph. */
export function shortIds(elements: readonly { readonly id: string }[], letter: string): ReadonlyMap<string, string> {
  return new Map(elements.map(({ id }, index) => [id, `${letter}${index}`]));
}
