import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { birdsOf } from './calico.ts';
import { type FrrConfiguration, frrOf } from './frr-configuration.ts';
import { vyosToFrr } from './vyos.ts';

/** What the harness builds: read from the workspace by code of its own, not by Selvage's, which it is to prove. */
export interface Plan {
  readonly machines: readonly Machine[];
}

export interface Machine {
  readonly name: string;
  readonly interfaces: readonly Interface[];
  /** `ip` commands of the topology's `exec`, as words. */
  readonly commands: readonly (readonly string[])[];
  /** Absent: it only forwards. */
  readonly daemon?: FrrConfiguration | BirdConfiguration;
}

/** Interfaces with the same segment are plugged into one bridge. */
export interface Interface {
  readonly name: string;
  readonly segment: string;
}

export interface BirdConfiguration {
  readonly kind: 'bird';
  readonly text: string;
  readonly neighbours: readonly string[];
}

interface TopologyNode {
  readonly kind?: string;
  readonly binds?: readonly string[];
  readonly exec?: readonly string[];
}

interface Topology {
  readonly nodes: Readonly<Record<string, TopologyNode>>;
  readonly links?: readonly { readonly endpoints: readonly [string, string] }[];
}

/** Reads a folder with one containerlab topology, the configurations that it binds, and Calico's resources in `calico/`. */
export function readPlan(folder: string): Plan {
  const file = readdirSync(folder).find((name) => name.endsWith('.clab.yml'));
  if (file === undefined) throw new Error('The scenario has no topology.');
  const { topology } = parse(readFileSync(join(folder, file), 'utf8')) as { topology: Topology };
  const cables = cablesOf(topology);
  const birds = birdsOf(join(folder, 'calico'));
  return {
    machines: Object.entries(topology.nodes)
      .filter(([, node]) => node.kind !== 'bridge')
      .map(([name, node]): Machine => {
        const daemon = birds.get(name) ?? routerIn(folder, node);
        const commands = (node.exec ?? []).map((line) => line.split(/\s+/)).filter(([program]) => program === 'ip');
        const plugged = cables.get(name) ?? [];
        const loose = commands
          .filter((words) => words[1] === 'addr')
          .map((words) => words[words.indexOf('dev') + 1]!)
          .filter((name, at, all) => name !== 'lo' && all.indexOf(name) === at)
          .filter((dev) => !plugged.some((one) => one.name === dev))
          .map((dev): Interface => ({ name: dev, segment: `${name} ${dev}` }));
        return { name, interfaces: [...plugged, ...loose], commands, ...(daemon === undefined ? {} : { daemon }) };
      }),
  };
}

function cablesOf({ nodes, links = [] }: Topology): ReadonlyMap<string, Interface[]> {
  const cables = new Map<string, Interface[]>();
  for (const [number, { endpoints }] of links.entries()) {
    const ends = endpoints.map((text) => text.split(':') as [string, string]);
    const bridge = ends.find(([name]) => nodes[name]?.kind === 'bridge')?.[0];
    for (const [name, port] of ends) {
      if (name === bridge) continue;
      const list = cables.get(name) ?? [];
      cables.set(name, list);
      list.push({ name: port, segment: bridge ?? `link ${number}` });
    }
  }
  return cables;
}

function routerIn(folder: string, { binds = [] }: TopologyNode): FrrConfiguration | BirdConfiguration | undefined {
  const sources = binds.map((bind) => bind.split(':')[0]!);
  const bird = sources.find((source) => source.endsWith('bird.conf'));
  if (bird !== undefined) return birdOf(readFileSync(join(folder, bird), 'utf8'));
  const frr = sources.find((source) => source.endsWith('frr.conf'));
  if (frr !== undefined) return frrOf(readFileSync(join(folder, frr), 'utf8'));
  const vyos = sources.find((source) => source.endsWith('config.boot'));
  return vyos === undefined ? undefined : frrOf(vyosToFrr(readFileSync(join(folder, vyos), 'utf8')));
}

/** A configuration written by hand: its own text, which has short timers already, and the neighbours it names. */
function birdOf(text: string): BirdConfiguration {
  return { kind: 'bird', text, neighbours: [...text.matchAll(/^\s*neighbor ([\d.:a-f]+)/gm)].map(([, peer]) => peer!) };
}
