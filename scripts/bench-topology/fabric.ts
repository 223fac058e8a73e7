import { type ShownGraph, sizeFor } from '../../server/src/network/graph/shown.ts';
import { type LayoutInput, layOut } from '../../server/src/network/layout/layout.ts';

/** A Clos fabric of about so many nodes: spines, racks of a leaf and its servers. */
export function fabricOf(nodes: number): LayoutInput {
  const servers = 20;
  const racks = Math.max(1, Math.round(nodes / (servers + 1)));
  const spines = Math.max(2, Math.min(16, Math.round(nodes / 120)));
  const boxes: LayoutInput['boxes'][number][] = [];
  const wires: LayoutInput['wires'][number][] = [];
  const add = (id: string, tier: number, group?: string): void => {
    boxes.push({ id, name: id, ...sizeFor('node', id, 'AS 65000'), tier, ...(group !== undefined && { group }) });
  };
  for (let s = 0; s < spines; s++) add(`spine${s}`, 1);
  for (let r = 0; r < racks; r++) {
    add(`leaf${r}`, 2, `rack${r}`);
    for (let s = 0; s < spines; s++) wires.push({ from: `spine${s}`, to: `leaf${r}` });
    for (let n = 0; n < servers && boxes.length < nodes; n++) {
      add(`rack${r}-node${n}`, 4, `rack${r}`);
      wires.push({ from: `leaf${r}`, to: `rack${r}-node${n}` });
    }
  }
  return { boxes, wires, frames: Array.from({ length: racks }, (_, r) => ({ id: `rack${r}` })) };
}

/** The same as the server would send it. */
export function shownFabric(input: LayoutInput): ShownGraph {
  const places = layOut(input, { shape: 'tiers' });
  return {
    site: 'bench',
    view: 'physical',
    nodes: input.boxes.map(({ id, name, width, height, group, tier }, index) => ({
      id,
      label: name,
      note: 'AS 65000',
      role: tier === 4 ? ('node' as const) : ('router' as const),
      width,
      height,
      ...(group !== undefined && { group }),
      facts: [],
      findings: index % 50 === 0 ? [{ code: 'bench/one', severity: 'warning' as const, message: 'one' }] : [],
      ...places.get(id)!,
    })),
    edges: input.wires.map(({ from, to }, index) => ({
      id: `e${index}`,
      label: '',
      from,
      to,
      role: 'link' as const,
      state: 'up' as const,
      fromLabel: 'eth1',
      toLabel: 'eth2',
      facts: [],
      findings: [],
    })),
    groups: input.frames.map(({ id }) => ({ id, label: id, role: 'rack' as const, facts: [], findings: [] })),
    unknown: [],
    elsewhere: 0,
    prefixes: [],
  };
}
