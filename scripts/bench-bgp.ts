// `npm run bench:bgp [-- --most N]`: what predictions cost as a network grows. Prints a Markdown table, in milliseconds.
// cold: sessions of all and the whole table of one node, from files that are already parsed; edit: after one BGPPeer has
// changed, the sessions of all, with them one route at one node, with them the node's whole table. In a full mesh every node
// has a session with every other one, so its routes grow with the square of the nodes: measured as far as a mesh goes.
import { parseArgs } from 'node:util';
import { BGP } from '../server/src/assembly/bgp.ts';
import { explainRoute } from '../server/src/network/bgp/explain.ts';
import type { Router } from '../server/src/network/bgp/types.ts';
import type { Site } from '../server/src/workspace/site.ts';
import { Workspace } from '../server/src/workspace/workspace.ts';
import { fullMesh, type Network, racks, twoTiers } from '../test/bench/networks.ts';

const { values } = parseArgs({ options: { most: { type: 'string', default: '5000' }, shape: { type: 'string' } } });
const sizes = [10, 100, 200, 1000, 2000, 5000].filter((size) => size <= Number(values.most));
const shapes: Readonly<Record<string, (nodes: number) => Network>> = {
  'full mesh': fullMesh,
  'two tiers of reflectors': twoTiers,
  'racks with reflecting leaves': racks,
};
const EDITS = 11;
/** Calico's own advice ends a full mesh at about a hundred nodes. */
const LARGEST_MESH = 200;
const ROOT = 'file:///network/';

console.log(
  '| network | nodes | sessions | cold: sessions | cold: a table | edit: sessions | edit: a route | edit: a table |',
);
console.log('|---|---:|---:|---:|---:|---:|---:|---:|');
for (const [name, make] of Object.entries(shapes))
  for (const size of sizes) if (values.shape === undefined || name.includes(values.shape)) row(name, size, make(size));

function row(name: string, size: number, { files, edit }: Network): void {
  const hasRoutes = name !== 'full mesh' || size <= LARGEST_MESH;
  const times = size > 1000 ? 1 : 3;
  const fromCold = (ask: (site: Site) => void): number =>
    median(Array.from({ length: times }, () => timed(open(files), ask)));
  const cold = hasRoutes ? fromCold(wholly) : undefined;
  const coldSessions = fromCold(sessionsOnly);
  const workspace = open(files);
  const afterEdit = (ask: (site: Site) => void): number => {
    ask(siteOf(workspace));
    const edits = Array.from({ length: size > 1000 ? 3 : EDITS }, (_, at) => {
      const text = files.get(edit.file)!;
      workspace.setFile(ROOT + edit.file, at % 2 === 0 ? text.replace(edit.from, edit.to) : text);
      return timed(workspace, ask);
    });
    workspace.setFile(ROOT + edit.file, files.get(edit.file)!);
    return median(edits);
  };
  const edited = [afterEdit(sessionsOnly), ...(hasRoutes ? [afterEdit(oneRoute), afterEdit(wholly)] : [])];
  const { stated, fabric } = siteOf(workspace).derive(BGP).prediction;
  const members = fabric.routers.filter(({ inMesh }) => inMesh === true).length;
  const sessions = stated.length + members * Math.max(0, members - 1);
  const cells = [coldSessions, cold, ...edited, ...(hasRoutes ? [] : [undefined, undefined])].map((time) =>
    time === undefined ? '–' : time.toFixed(time < 10 ? 1 : 0),
  );
  console.log(`| ${[name, size, sessions, ...cells].join(' | ')} |`);
}

function open(files: ReadonlyMap<string, string>): Workspace {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: ROOT.slice(0, -1) }]);
  for (const [path, text] of files) workspace.setFile(ROOT + path, text);
  workspace.sites();
  return workspace;
}

function siteOf(workspace: Workspace): Site {
  return [...workspace.sites()][0]!;
}

function wholly(site: Site): void {
  const { prediction } = site.derive(BGP);
  const last = prediction.fabric.routers.findLast(isNode)!;
  if (prediction.routesAt(last).length === 0) throw new Error('nothing was learned');
}

function oneRoute(site: Site): void {
  const { prediction } = site.derive(BGP);
  const [first, last] = [prediction.fabric.routers.find(isNode)!, prediction.fabric.routers.findLast(isNode)!];
  // Every other edit breaks the sessions it comes by: that it is missing is as good an answer.
  if (explainRoute(prediction, last, first.announcements[0]!.prefix).prefix === undefined)
    throw new Error('no such route');
}

function isNode({ kind }: Router): boolean {
  return kind === 'calico';
}

function sessionsOnly(site: Site): void {
  const { prediction } = site.derive(BGP);
  if (prediction.stated.length === 0) throw new Error('there are no sessions');
}

function timed(workspace: Workspace, ask: (site: Site) => void): number {
  const begun = performance.now();
  ask(siteOf(workspace));
  return performance.now() - begun;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1]!;
}
