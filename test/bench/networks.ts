/** A cluster as files, and an edit of one of its BGPPeers. */
export interface Network {
  readonly files: ReadonlyMap<string, string>;
  /** Changes one peer's statement so that a session breaks; made again, it mends it. */
  readonly edit: { readonly file: string; readonly from: string; readonly to: string };
}

const address = (n: number): string => `10.${100 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}`;
const block = (n: number): string => `10.${n >> 10}.${(n >> 2) & 255}.${(n & 3) * 64}/26`;

function node(n: number, labels: string, bgp = ''): string {
  return `apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: node${n}
  labels: {${labels}}
  annotations: {selvage.dev/blocks: ${block(n)}}
spec:
  bgp:
    ipv4Address: ${address(n + 1)}/8
${bgp}`;
}

function peer(name: string, spec: string): string {
  return `apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: ${name}}\nspec: ${spec}\n`;
}

function general(mesh: boolean): string {
  return `apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata: {name: default}
spec: {nodeToNodeMeshEnabled: ${mesh}, asNumber: 64512}
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: pods}
spec: {cidr: 10.0.0.0/9, blockSize: 26, ipipMode: Never, vxlanMode: Never}
`;
}

/** Every node with every other one, and one more router to edit the peer of. */
export function fullMesh(nodes: number): Network {
  const files = new Map([['general.yaml', general(true)]]);
  for (let n = 0; n < nodes; n++) files.set(`nodes/${n}.yaml`, node(n, 'kind: plain'));
  files.set('peers/tor.yaml', peer('tor', '{node: node0, peerIP: 10.200.0.1, asNumber: 65000}'));
  return { files, edit: { file: 'peers/tor.yaml', from: 'node: node0', to: 'node: node1' } };
}

/** Five sides of nodes with two reflectors each, and two reflectors above those. */
export function twoTiers(nodes: number): Network {
  const files = new Map([['general.yaml', general(false)]]);
  const middle = Math.min(10, Math.max(2, Math.floor(nodes / 5)));
  for (let n = 0; n < nodes; n++) {
    const side = `s${n % Math.max(1, Math.floor(middle / 2))}`;
    const id = (last: number): string => `    routeReflectorClusterID: 1.0.0.${last}\n`;
    if (n < 2) files.set(`nodes/${n}.yaml`, node(n, 'tier: top', id(1)));
    else if (n < 2 + middle)
      files.set(`nodes/${n}.yaml`, node(n, `tier: middle, reflects: ${side}`, id(10 + Number(side.slice(1)))));
    else files.set(`nodes/${n}.yaml`, node(n, `tier: low, side: ${side}`));
  }
  for (let side = 0; side < Math.max(1, Math.floor(middle / 2)); side++)
    files.set(
      `peers/side${side}.yaml`,
      peer(`side${side}`, `{nodeSelector: "side == 's${side}'", peerSelector: "reflects == 's${side}'"}`),
    );
  files.set('peers/up.yaml', peer('up', `{nodeSelector: "tier == 'middle'", peerSelector: "tier == 'top'"}`));
  files.set('peers/top.yaml', peer('top', `{nodeSelector: "tier == 'top'", peerSelector: "tier == 'top'"}`));
  return { files, edit: { file: 'peers/side0.yaml', from: "reflects == 's0'", to: "reflects == 's9'" } };
}

/** Racks of twenty nodes; a leaf in each reflects for them, and two spines reflect between the leaves. */
export function racks(nodes: number): Network {
  const files = new Map([['general.yaml', general(false)]]);
  const count = Math.max(1, Math.ceil(nodes / 20));
  const host = (rack: number, n: number): string => `10.${140 + (rack >> 8)}.${rack & 255}.${n}`;
  const frr = (name: string, id: string, ports: readonly string[], neighbours: readonly string[]): string =>
    [
      'frr defaults datacenter',
      `hostname ${name}`,
      ...ports.flatMap((port, at) => [`interface eth${at + 1}`, ` ip address ${port}`, 'exit']),
      'router bgp 64512',
      ` bgp router-id ${id}`,
      ...neighbours.map((one) => ` neighbor ${one} remote-as internal`),
      ' address-family ipv4 unicast',
      ...neighbours.flatMap((one) => [
        `  neighbor ${one} route-reflector-client`,
        `  neighbor ${one} next-hop-self force`,
      ]),
      ' exit-address-family',
      'exit',
      '',
    ].join('\n');
  const up = (spine: number, rack: number, end: number): string => `10.${160 + spine}.${rack}.${end}`;
  for (let rack = 0; rack < count; rack++) {
    const members: string[] = [];
    for (let n = rack * 20; n < Math.min(nodes, rack * 20 + 20); n++) {
      const own = host(rack, 10 + (n % 20));
      members.push(own);
      files.set(`nodes/${n}.yaml`, node(n, `rack: r${rack}`).replace(/ipv4Address: \S+/, `ipv4Address: ${own}/24`));
    }
    files.set(
      `leaf${rack}/frr.conf`,
      frr(
        `leaf${rack}`,
        `1.1.${rack >> 8}.${rack & 255}`,
        [`${up(0, rack, 1)}/30`, `${up(1, rack, 1)}/30`, `${host(rack, 1)}/24`],
        [...members, up(0, rack, 2), up(1, rack, 2)],
      ),
    );
    files.set(
      `peers/rack${rack}.yaml`,
      peer(`rack${rack}`, `{nodeSelector: "rack == 'r${rack}'", peerIP: ${host(rack, 1)}, asNumber: 64512}`),
    );
  }
  for (const spine of [0, 1]) {
    const all = Array.from({ length: count }, (_, rack) => rack);
    files.set(
      `spine${spine}/frr.conf`,
      frr(
        `spine${spine}`,
        `2.2.2.${spine}`,
        all.map((rack) => `${up(spine, rack, 2)}/30`),
        all.map((rack) => up(spine, rack, 1)),
      ),
    );
  }
  return { files, edit: { file: 'peers/rack0.yaml', from: 'asNumber: 64512', to: 'asNumber: 64513' } };
}
