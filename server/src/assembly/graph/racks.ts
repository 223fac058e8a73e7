import { defineDerivation } from '../../workspace/site.ts';
import { HOSTS, type Host } from '../hosts.ts';
import { NODE_LABELS } from '../node-labels.ts';
import type { GraphOrigin } from './origin.ts';

/** Labels that tell the rack of a node; the first that is there counts. */
const RACK_LABELS = [
  'rack',
  'topology.kubernetes.io/rack',
  'topology.rook.io/rack',
  'failure-domain.beta.kubernetes.io/rack',
];

export interface Rack {
  readonly name: string;
  readonly origin: GraphOrigin;
}

/** The rack of each Kubernetes node that has a label for it. */
export const RACKS = defineDerivation('racks', (site): ReadonlyMap<Host, Rack> => {
  const labels = site.derive(NODE_LABELS);
  return new Map(
    site.derive(HOSTS).all.flatMap((host) => {
      const known = labels.get(host.name);
      const field = RACK_LABELS.map((label) => known?.fields.get(label)).find((one) => one?.value !== undefined);
      return field?.value === undefined ? [] : [[host, { name: field.value, origin: { place: field.place } }] as const];
    }),
  );
});

/** The rack that those of these are in which are in one; undefined when they are in several or in none. */
export function commonRack(racks: readonly (string | undefined)[]): string | undefined {
  const found = new Set(racks.filter((rack) => rack !== undefined));
  const [only] = found;
  return found.size === 1 ? only : undefined;
}
