import type { Around } from '../../server/src/apply/cluster.ts';
import { type Wanted, wantedIn } from '../../server/src/apply/wanted.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

export const node = (name: string, address: string, more: { labels?: string; bgp?: string } = {}): string => `---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: ${name}
  labels: {kubernetes.io/hostname: ${name}${more.labels === undefined ? '' : `, ${more.labels}`}}
spec:
  bgp: {ipv4Address: ${address}/24${more.bgp === undefined ? '' : `, ${more.bgp}`}}
`;

export const bgpConfiguration = (spec: string): string => `---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata: {name: default}
spec: {${spec}}
`;

export const peer = (name: string, spec: string): string => `---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: {name: ${name}}
spec: {${spec}}
`;

export const object = (kind: string, name: string, spec: string): string => `---
apiVersion: projectcalico.org/v3
kind: ${kind}
metadata: {name: ${name}}
spec: {${spec}}
`;

export const pool = (spec: string): string => object('IPPool', 'default-ipv4-ippool', `cidr: 10.20.0.0/16, ${spec}`);

/** Four nodes that peer with one another over the mesh. */
export const MESH = [
  node('n1', '172.16.0.11'),
  node('n2', '172.16.0.12'),
  node('n3', '172.16.0.13'),
  node('n4', '172.16.0.14'),
  bgpConfiguration('asNumber: 63400, logSeverityScreen: Info'),
  pool('ipipMode: Always, natOutgoing: true'),
].join('');

const REFLECTOR = { labels: 'route-reflector: "true"', bgp: 'routeReflectorClusterID: 172.16.20.1' };

/** The same, with n1 as a reflector for the others and no mesh: the way of examples/000. */
export const REFLECTED = [
  bgpConfiguration('asNumber: 63400, logSeverityScreen: Info, nodeToNodeMeshEnabled: false'),
  node('n1', '172.16.0.11', REFLECTOR),
  node('n2', '172.16.0.12'),
  node('n3', '172.16.0.13'),
  node('n4', '172.16.0.14'),
  peer('peer-to-rrs', 'nodeSelector: "!has(route-reflector)", peerSelector: has(route-reflector)'),
  pool('ipipMode: CrossSubnet, natOutgoing: true'),
].join('');

/** Reads files as a workspace of one network. */
export function read(files: Readonly<Record<string, string>>): Wanted & { readonly around: Around } {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: 'file:///net' }]);
  for (const [name, text] of Object.entries(files)) workspace.setFile(`file:///net/${name}`, text);
  const [site] = workspace.sites();
  if (site === undefined) throw new Error('the files make no network');
  const states = [...workspace.files];
  return { ...wantedIn(states), around: { site, files: states } };
}
