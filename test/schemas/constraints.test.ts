import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { allConstraints, answeredByRules } from '../../server/src/schemas/constraints/index.ts';
import { schemaKeyOf, validate } from '../../server/src/schemas/index.ts';
import { pairOf, type Scalar } from '../../server/src/syntax/tree.ts';
import { parseYaml } from '../../server/src/syntax/yaml.ts';

const digest = JSON.parse(readFileSync(new URL('digest.json', import.meta.url), 'utf8')) as {
  rules: Record<string, string>;
};

function found(text: string): string[] {
  const tree = parseYaml(text);
  const word = (name: string) => (pairOf(tree.root, name)!.value as Scalar).text;
  const key = schemaKeyOf(word('apiVersion'), word('kind'))!;
  return validate(key, tree, tree.root!, []).map(
    ({ code, path }) => `${code.slice('schema/'.length)} ${path.join('.')}`,
  );
}

function object(kind: string, spec: string, name = 'a'): string {
  const namespace = /^(NetworkPolicy|Staged(Kubernetes)?NetworkPolicy|NetworkSet|WorkloadEndpoint)$/.test(kind)
    ? ', namespace: default'
    : '';
  return `apiVersion: projectcalico.org/v3\nkind: ${kind}\nmetadata: {name: ${name}${namespace}}\nspec: ${spec}\n`;
}

interface Example {
  /** The CEL rule of upstream, by fingerprint; absent for rules that upstream has in Go only. */
  readonly rule?: string;
  readonly kind: string;
  readonly bad: string;
  readonly at: string;
  readonly good: string;
  readonly name?: string;
}

const peerIP = 'peerIP: 192.0.2.1, asNumber: 64512';
const allow = (rest: string) => `{ingress: [{action: Allow, ${rest}}]}`;

const EXAMPLES: readonly Example[] = [
  {
    rule: '6efd50bfa1ce',
    kind: 'BGPConfiguration',
    name: 'default',
    bad: '{nodeToNodeMeshEnabled: false, nodeMeshPassword: {secretKeyRef: {name: a, key: b}}}',
    at: 'constraint spec.nodeMeshPassword',
    good: '{nodeToNodeMeshEnabled: true, nodeMeshPassword: {secretKeyRef: {name: a, key: b}}}',
  },
  {
    rule: '6cd47365e470',
    kind: 'BGPConfiguration',
    name: 'default',
    bad: '{nodeToNodeMeshEnabled: false, nodeMeshMaxRestartTime: 90s}',
    at: 'constraint spec.nodeMeshMaxRestartTime',
    good: '{nodeMeshMaxRestartTime: 90s}',
  },
  {
    rule: 'aa030e5976e0',
    kind: 'BGPConfiguration',
    name: 'default',
    bad: '{communities: [{name: a, value: "1:2"}]}',
    at: 'constraint spec.communities',
    good: '{communities: [{name: a, value: "1:2"}], prefixAdvertisements: [{cidr: 10.0.0.0/8, communities: [a, "3:4", "1:2:3"]}]}',
  },
  {
    rule: 'ad9e3d99d75d',
    kind: 'BGPFilter',
    bad: '{exportV4: [{action: Accept, cidr: 10.0.0.0/8}]}',
    at: 'constraint spec.exportV4.0.cidr',
    good: '{exportV4: [{action: Accept, cidr: 10.0.0.0/8, matchOperator: In}, {action: Reject}]}',
  },
  {
    rule: 'f952aa58df62',
    kind: 'BGPFilter',
    bad: '{importV6: [{action: Accept, prefixLength: {min: 64}}]}',
    at: 'constraint spec.importV6.0.prefixLength',
    good: '{importV6: [{action: Accept, cidr: "2001:db8::/32", matchOperator: In, prefixLength: {min: 64}}]}',
  },
  {
    rule: 'c775258fafeb',
    kind: 'BGPFilter',
    bad: '{exportV4: [{action: Reject, operations: [{setPriority: {value: 5}}]}]}',
    at: 'constraint spec.exportV4.0.operations',
    good: '{exportV4: [{action: Accept, operations: [{setPriority: {value: 5}}]}]}',
  },
  {
    kind: 'BGPFilter',
    bad: '{exportV4: [{action: Accept, cidr: "2001:db8::/32", matchOperator: In}]}',
    at: 'constraint spec.exportV4.0.cidr',
    good: '{exportV6: [{action: Accept, cidr: "2001:db8::/32", matchOperator: In}]}',
  },
  {
    kind: 'BGPFilter',
    bad: '{exportV4: [{action: Accept, interface: eth 0}]}',
    at: 'constraint spec.exportV4.0.interface',
    good: '{exportV4: [{action: Accept, interface: "*.calico"}]}',
  },
  {
    rule: '3b797741260e',
    kind: 'BGPPeer',
    bad: `{${peerIP}, node: w1, nodeSelector: all()}`,
    at: 'constraint spec.nodeSelector',
    good: `{${peerIP}, node: w1, nodeSelector: ""}`,
  },
  {
    rule: '4ce218a5295e',
    kind: 'BGPPeer',
    bad: '{peerIP: 192.0.2.1, peerSelector: all()}',
    at: 'constraint spec.peerSelector',
    good: '{peerSelector: all()}',
  },
  {
    rule: '0f3cafb209e9',
    kind: 'BGPPeer',
    bad: '{peerSelector: all(), asNumber: 64512}',
    at: 'constraint spec.asNumber',
    good: '{peerSelector: all(), asNumber: 0}',
  },
  {
    rule: '86d3329a1caf',
    kind: 'BGPPeer',
    bad: `{${peerIP}, localWorkloadSelector: all()}`,
    at: 'constraint spec.peerIP',
    good: '{asNumber: 64512, localWorkloadSelector: all()}',
  },
  {
    rule: '420448ff9e88',
    kind: 'BGPPeer',
    bad: '{peerSelector: all(), localWorkloadSelector: all(), asNumber: 0}',
    at: 'constraint spec.peerSelector, constraint spec.localWorkloadSelector',
    good: '{asNumber: 64512, localWorkloadSelector: all()}',
  },
  {
    rule: 'b7e9846fa13e',
    kind: 'BGPPeer',
    bad: '{localWorkloadSelector: all()}',
    at: 'constraint spec.localWorkloadSelector',
    good: '{localWorkloadSelector: all(), asNumber: 64512}',
  },
  {
    rule: 'dfcabaa6246c',
    kind: 'BGPPeer',
    bad: '{peerSelector: all(), reachableBy: 10.0.0.1}',
    at: 'constraint spec.reachableBy',
    good: `{${peerIP}, reachableBy: 10.0.0.1}`,
  },
  {
    rule: '2a762e74e5a9',
    kind: 'BGPPeer',
    bad: `{${peerIP}, keepOriginalNextHop: true, nextHopMode: Self}`,
    at: 'constraint spec.keepOriginalNextHop',
    good: `{${peerIP}, nextHopMode: Self}`,
  },
  {
    kind: 'BGPPeer',
    bad: '{peerIP: 192.0.2.1/24, asNumber: 1}',
    at: 'constraint spec.peerIP',
    good: '{peerIP: "[2001:db8::1]:1790", asNumber: 1}',
  },
  {
    kind: 'BGPPeer',
    bad: '{peerIP: router.example, asNumber: 1}',
    at: 'constraint spec.peerIP',
    good: '{peerIP: 2001:db8::1, asNumber: 1}',
  },
  {
    kind: 'BGPPeer',
    bad: `{${peerIP}, reachableBy: "2001:db8::1"}`,
    at: 'constraint spec.reachableBy',
    good: `{${peerIP}, reachableBy: 10.0.0.1}`,
  },
  {
    kind: 'BGPPeer',
    bad: `{${peerIP}, maxRestartTime: 90 seconds}`,
    at: 'constraint spec.maxRestartTime',
    good: `{${peerIP}, maxRestartTime: 1m30s}`,
  },
  {
    kind: 'BGPPeer',
    bad: `{${peerIP}, filters: [Not_A_Name]}`,
    at: 'constraint spec.filters.0',
    good: `{${peerIP}, filters: [export.pods]}`,
  },
  {
    kind: 'BGPConfiguration',
    name: 'default',
    bad: '{ignoredInterfaces: ["*"]}',
    at: 'constraint spec.ignoredInterfaces.0',
    good: '{ignoredInterfaces: ["docker*"]}',
  },
  {
    kind: 'BGPConfiguration',
    name: 'default',
    bad: '{localWorkloadPeeringIPV4: "2001:db8::1"}',
    at: 'constraint spec.localWorkloadPeeringIPV4',
    good: '{localWorkloadPeeringIPV4: 169.254.0.1}',
  },
  {
    kind: 'BGPConfiguration',
    name: 'default',
    bad: '{prefixAdvertisements: [{cidr: 10.0.0.0/8, communities: [nobody]}]}',
    at: 'constraint spec.prefixAdvertisements.0.communities.0',
    good: '{prefixAdvertisements: [{cidr: 10.0.0.0/8, communities: ["65000:1"]}]}',
  },
  {
    kind: 'BGPConfiguration',
    name: 'default',
    bad: '{prefixAdvertisements: [{cidr: 10.0.0.0/8, communities: ["65536:1"]}]}',
    at: 'constraint spec.prefixAdvertisements.0.communities.0',
    good: '{prefixAdvertisements: [{cidr: 10.0.0.0/8, communities: ["65536:1:1"]}]}',
  },
  {
    rule: 'd14a2df085d1',
    kind: 'FelixConfiguration',
    name: 'default',
    bad: '{nodeSelector: all()}',
    at: 'constraint spec.nodeSelector',
    good: '{logSeverityScreen: Info}',
  },
  {
    rule: '6acff3279fc9',
    kind: 'FelixConfiguration',
    bad: '{routeTableRange: {min: 1, max: 5}, routeTableRanges: [{min: 1, max: 5}]}',
    at: 'constraint spec.routeTableRange',
    good: '{routeTableRanges: [{min: 1, max: 5}]}',
  },
  {
    rule: 'c19390d07548',
    kind: 'FelixConfiguration',
    bad: '{routeTableRange: {min: 1, max: 251}}',
    at: 'constraint spec.routeTableRange',
    good: '{routeTableRanges: [{min: 1, max: 250}]}',
  },
  {
    rule: '7307db4e0e25',
    kind: 'FelixConfiguration',
    bad: '{routeTableRanges: [{min: 0, max: 5}]}',
    at: 'constraint spec.routeTableRanges.0.min',
    good: '{routeTableRanges: [{min: 1, max: 5}]}',
  },
  {
    rule: '28b9b5eef606',
    kind: 'FelixConfiguration',
    bad: '{routeTableRanges: [{min: 6, max: 5}]}',
    at: 'constraint spec.routeTableRanges.0.min',
    good: '{routeTableRanges: [{min: 5, max: 5}]}',
  },
  {
    rule: '3e8666479535',
    kind: 'FelixConfiguration',
    bad: '{natOutgoingAddress: "2001:db8::1"}',
    at: 'constraint spec.natOutgoingAddress',
    good: '{natOutgoingAddress: 10.0.0.1}',
  },
  {
    rule: 'e4e119d407a0',
    kind: 'FelixConfiguration',
    bad: '{deviceRouteSourceAddress: 10.0.0.0/8}',
    at: 'constraint spec.deviceRouteSourceAddress',
    good: '{deviceRouteSourceAddress: 10.0.0.1}',
  },
  {
    rule: '563d5066b31c',
    kind: 'FelixConfiguration',
    bad: '{deviceRouteSourceAddressIPv6: 10.0.0.1}',
    at: 'constraint spec.deviceRouteSourceAddressIPv6',
    good: '{deviceRouteSourceAddressIPv6: "2001:db8::1"}',
  },
  {
    kind: 'FelixConfiguration',
    bad: '{mtuIfacePattern: "^(?!lo)"}',
    at: 'constraint spec.mtuIfacePattern',
    good: '{mtuIfacePattern: "^((en|wl)[opsx].*|eth[0-9]+)"}',
  },
  {
    kind: 'FelixConfiguration',
    bad: '{kubeNodePortRanges: [http]}',
    at: 'constraint spec.kubeNodePortRanges.0',
    good: '{kubeNodePortRanges: [30000:32767, 8080]}',
  },
  {
    kind: 'FelixConfiguration',
    bad: '{failsafeInboundHostPorts: [{port: 22, protocol: icmp}]}',
    at: 'enum spec.failsafeInboundHostPorts.0.protocol',
    good: '{failsafeInboundHostPorts: [{port: 22, protocol: TCP, net: 10.0.0.0/8}, {port: 68, protocol: udp}]}',
  },
  {
    kind: 'FelixConfiguration',
    bad: '{externalNodesList: ["2001:db8::/32"]}',
    at: 'constraint spec.externalNodesList.0',
    good: '{externalNodesList: [10.0.0.0/8, 10.1.2.3]}',
  },
  {
    kind: 'FelixConfiguration',
    bad: '{wireguardRoutingRulePriority: 0}',
    at: 'constraint spec.wireguardRoutingRulePriority',
    good: '{wireguardRoutingRulePriority: 99}',
  },
  {
    rule: '207de069031c',
    kind: 'GlobalNetworkPolicy',
    bad: '{applyOnForward: true, doNotTrack: true, preDNAT: true}',
    at: 'constraint spec.preDNAT',
    good: '{applyOnForward: true, doNotTrack: true}',
  },
  {
    rule: 'ba84f2e7ac3a',
    kind: 'StagedGlobalNetworkPolicy',
    bad: '{applyOnForward: true, preDNAT: true, egress: [{action: Allow}]}',
    at: 'constraint spec.egress',
    good: '{applyOnForward: true, preDNAT: true, ingress: [{action: Allow}]}',
  },
  {
    rule: '47cc81606d6a',
    kind: 'GlobalNetworkPolicy',
    bad: '{applyOnForward: true, preDNAT: true, types: [Ingress, Egress]}',
    at: 'constraint spec.types.1',
    good: '{applyOnForward: true, preDNAT: true, types: [Ingress]}',
  },
  {
    rule: 'cc861c910d86',
    kind: 'GlobalNetworkPolicy',
    bad: '{preDNAT: true}',
    at: 'constraint spec.preDNAT',
    good: '{preDNAT: true, applyOnForward: true}',
  },
  {
    rule: '90edd4ab4f99',
    kind: 'NetworkPolicy',
    bad: allow('protocol: UDP, http: {methods: [GET]}'),
    at: 'constraint spec.ingress.0.protocol',
    good: allow('protocol: TCP, http: {methods: [GET]}'),
  },
  {
    rule: 'c17f0f032277',
    kind: 'NetworkPolicy',
    bad: '{ingress: [{action: Deny, http: {methods: [GET]}}]}',
    at: 'constraint spec.ingress.0.http',
    good: allow('http: {methods: [GET]}'),
  },
  {
    rule: '033b1887a086',
    kind: 'NetworkPolicy',
    bad: '{egress: [{action: Allow, protocol: TCP, destination: {services: {name: a}, ports: [80]}}]}',
    at: 'constraint spec.egress.0.destination.ports',
    good: '{egress: [{action: Allow, destination: {services: {name: a}}}]}',
  },
  {
    rule: '2983e3c0f7e1',
    kind: 'NetworkPolicy',
    bad: allow('icmp: {type: 8}'),
    at: 'constraint spec.ingress.0.icmp',
    good: allow('protocol: 1, icmp: {type: 8}'),
  },
  {
    rule: '8a867d003241',
    kind: 'NetworkPolicy',
    bad: allow('protocol: ICMP, ipVersion: 6'),
    at: 'constraint spec.ingress.0.ipVersion',
    good: allow('protocol: ICMP, ipVersion: 4'),
  },
  {
    rule: '09fafc56522e',
    kind: 'NetworkPolicy',
    bad: allow('protocol: 58, ipVersion: 4'),
    at: 'constraint spec.ingress.0.ipVersion',
    good: allow('protocol: ICMPv6, ipVersion: 6'),
  },
  {
    rule: 'e9865dec77a6',
    kind: 'NetworkPolicy',
    bad: allow('notProtocol: ICMP, ipVersion: 6'),
    at: 'constraint spec.ingress.0.ipVersion',
    good: allow('notProtocol: ICMP, ipVersion: 4'),
  },
  {
    rule: '0dc909370eca',
    kind: 'NetworkPolicy',
    bad: allow('notProtocol: ICMPv6, ipVersion: 4'),
    at: 'constraint spec.ingress.0.ipVersion',
    good: allow('notProtocol: ICMPv6'),
  },
  {
    rule: '65ea8538a9e5',
    kind: 'NetworkPolicy',
    bad: '{egress: [{action: Allow, destination: {services: {name: a}, namespaceSelector: all()}}]}',
    at: 'constraint spec.egress.0.destination.namespaceSelector',
    good: '{egress: [{action: Allow, destination: {services: {name: a, namespace: b}}}]}',
  },
  {
    rule: '9180261b61e7',
    kind: 'NetworkPolicy',
    bad: '{egress: [{action: Allow, destination: {services: {name: a}, serviceAccounts: {names: [b]}}}]}',
    at: 'constraint spec.egress.0.destination.serviceAccounts',
    good: '{egress: [{action: Allow, destination: {services: {name: a}}}]}',
  },
  {
    rule: '5cdf6e1c250c',
    kind: 'NetworkPolicy',
    bad: '{egress: [{action: Allow, destination: {services: {namespace: a}}}]}',
    at: 'constraint spec.egress.0.destination.services',
    good: '{egress: [{action: Allow, destination: {services: {name: a}}}]}',
  },
  {
    rule: '32475892e769',
    kind: 'NetworkPolicy',
    bad: '{egress: [{action: Allow, destination: {services: {name: a}, notSelector: all()}}]}',
    at: 'constraint spec.egress.0.destination.notSelector',
    good: '{egress: [{action: Allow, destination: {services: {name: a}, selector: ""}}]}',
  },
  {
    rule: '77188b3bd4cb',
    kind: 'NetworkPolicy',
    bad: '{ingress: [{action: Allow, source: {services: {name: a}, nets: [10.0.0.0/8]}}]}',
    at: 'constraint spec.ingress.0.source.nets',
    good: '{ingress: [{action: Allow, source: {services: {name: a}}}]}',
  },
  {
    rule: '7aaa2413f2e7',
    kind: 'NetworkPolicy',
    bad: allow('protocol: ICMP, notICMP: {code: 1}'),
    at: 'constraint spec.ingress.0.notICMP.code',
    good: allow('protocol: ICMP, notICMP: {type: 3, code: 1}'),
  },
  {
    kind: 'NetworkPolicy',
    bad: allow('protocol: tcp'),
    at: 'enum spec.ingress.0.protocol',
    good: allow('protocol: TCP'),
  },
  {
    kind: 'NetworkPolicy',
    bad: allow('protocol: TCP, destination: {ports: [70000]}'),
    at: 'constraint spec.ingress.0.destination.ports.0',
    good: allow('protocol: TCP, destination: {ports: [80, "8000:8100", http]}'),
  },
  {
    kind: 'NetworkPolicy',
    bad: allow('protocol: TCP, destination: {ports: ["90:80"]}'),
    at: 'constraint spec.ingress.0.destination.ports.0',
    good: allow('protocol: TCP, destination: {notPorts: ["80:80"]}'),
  },
  {
    kind: 'NetworkPolicy',
    bad: allow('source: {nets: [10.0.0.1]}'),
    at: 'constraint spec.ingress.0.source.nets.0',
    good: allow('source: {nets: [10.0.0.1/32]}'),
  },
  {
    kind: 'NetworkPolicy',
    bad: allow('source: {nets: [10.0.0.0/8]}, destination: {nets: ["2001:db8::/32"]}'),
    at: 'constraint spec.ingress.0.destination.nets.0',
    good: allow('source: {nets: [10.0.0.0/8]}, destination: {nets: [10.0.0.0/8]}'),
  },
  {
    kind: 'NetworkPolicy',
    bad: allow('ipVersion: 6, source: {nets: [10.0.0.0/8]}'),
    at: 'constraint spec.ingress.0.source.nets.0',
    good: allow('ipVersion: 4, source: {nets: [10.0.0.0/8]}'),
  },
  {
    kind: 'NetworkPolicy',
    bad: allow('source: {notNets: [0.0.0.0/0]}'),
    at: 'constraint spec.ingress.0.source.notNets.0',
    good: allow('source: {nets: [0.0.0.0/0]}'),
  },
  {
    kind: 'NetworkPolicy',
    bad: allow('http: {paths: [{exact: /a, prefix: /b}]}'),
    at: 'constraint spec.ingress.0.http.paths.0.prefix',
    good: allow('http: {paths: [{exact: /a}, {prefix: /b}]}'),
  },
  {
    kind: 'NetworkPolicy',
    bad: allow('http: {paths: [{exact: a}]}'),
    at: 'constraint spec.ingress.0.http.paths.0.exact',
    good: allow('http: {paths: [{exact: /a}]}'),
  },
  {
    kind: 'NetworkPolicy',
    bad: '{types: [Ingress, Ingress]}',
    at: 'constraint spec.types.1',
    good: '{types: [Ingress, Egress]}',
  },
  {
    kind: 'NetworkPolicy',
    bad: '{egress: [{action: Allow, source: {services: {name: a}}}]}',
    at: 'constraint spec.egress.0.source.services',
    good: '{ingress: [{action: Allow, source: {services: {name: a}}}]}',
  },
  {
    kind: 'NetworkPolicy',
    bad: '{egress: [{action: Allow, http: {methods: [GET]}}]}',
    at: 'constraint spec.egress.0.http',
    good: allow('http: {methods: [GET]}'),
  },
  {
    kind: 'GlobalNetworkPolicy',
    bad: '{ingress: [{action: Allow, source: {services: {name: a}}}]}',
    at: 'constraint spec.ingress.0.source.services',
    good: '{ingress: [{action: Allow, source: {services: {name: a, namespace: b}}}]}',
  },
  {
    kind: 'StagedNetworkPolicy',
    bad: '{stagedAction: Delete, selector: all()}',
    at: 'constraint spec.selector',
    good: '{stagedAction: Delete, tier: default}',
  },
  { kind: 'NetworkPolicy', name: 'a.b.c', bad: '{}', at: 'constraint metadata.name', good: '{}' },
  {
    rule: '558cda64bd98',
    kind: 'HostEndpoint',
    bad: '{node: w1}',
    at: 'constraint spec',
    good: '{node: w1, interfaceName: "*"}',
  },
  {
    rule: 'cb2985d4ab0d',
    kind: 'HostEndpoint',
    bad: '{interfaceName: eth0}',
    at: 'required spec',
    good: '{node: w1, expectedIPs: [10.0.0.1]}',
  },
  {
    kind: 'HostEndpoint',
    bad: '{node: w1, expectedIPs: [10.0.0.1/24]}',
    at: 'constraint spec.expectedIPs.0',
    good: '{node: w1, expectedIPs: [10.0.0.1]}',
  },
  {
    rule: '05c0464b22a2',
    kind: 'IPPool',
    bad: '{cidr: 10.0.0.0/16, allowedUses: [LoadBalancer], vxlanMode: Always}',
    at: 'constraint spec.vxlanMode',
    good: '{cidr: 10.0.0.0/16, allowedUses: [LoadBalancer], vxlanMode: Never}',
  },
  {
    rule: '80842d70b752',
    kind: 'IPPool',
    bad: '{cidr: 10.0.0.0/16, allowedUses: [LoadBalancer, Tunnel]}',
    at: 'constraint spec.allowedUses.1',
    good: '{cidr: 10.0.0.0/16, allowedUses: [Workload, Tunnel]}',
  },
  {
    rule: 'a9886dabf46a',
    kind: 'IPPool',
    bad: '{cidr: 10.0.0.0/16, allowedUses: [LoadBalancer], disableBGPExport: true}',
    at: 'constraint spec.disableBGPExport',
    good: '{cidr: 10.0.0.0/16, disableBGPExport: true}',
  },
  {
    rule: '8b24b1310b28',
    kind: 'IPPool',
    bad: '{cidr: 10.0.0.0/16, allowedUses: [LoadBalancer], nodeSelector: has(a)}',
    at: 'constraint spec.nodeSelector',
    good: '{cidr: 10.0.0.0/16, allowedUses: [LoadBalancer], nodeSelector: all()}',
  },
  {
    rule: 'f2785f9ba32a',
    kind: 'IPPool',
    bad: '{cidr: 10.0.0.0/16, allowedUses: [Tunnel], namespaceSelector: all()}',
    at: 'constraint spec.namespaceSelector',
    good: '{cidr: 10.0.0.0/16, allowedUses: [Workload], namespaceSelector: all()}',
  },
  {
    rule: 'c6c14f7989e8',
    kind: 'IPPool',
    bad: '{cidr: 169.254.8.0/24}',
    at: 'constraint spec.cidr',
    good: '{cidr: 169.253.0.0/16}',
  },
  {
    rule: '6da24184b6b8',
    kind: 'IPPool',
    bad: '{cidr: "fe80::/64"}',
    at: 'constraint spec.cidr',
    good: '{cidr: "fd00::/64"}',
  },
  {
    rule: 'dfc09c9cc1d8',
    kind: 'Tier',
    name: 'kube-admin',
    bad: '{defaultAction: Deny, order: 1000}',
    at: 'constraint spec.defaultAction',
    good: '{defaultAction: Pass, order: 1000}',
  },
  {
    rule: '20eb1aee249e',
    kind: 'Tier',
    name: 'kube-baseline',
    bad: '{order: 10000000}',
    at: 'constraint spec',
    good: '{defaultAction: Pass, order: 10000000}',
  },
  {
    rule: 'e8079a51bf48',
    kind: 'Tier',
    name: 'default',
    bad: '{defaultAction: Pass, order: 1000000}',
    at: 'constraint spec.defaultAction',
    good: '{order: 1000000}',
  },
  {
    rule: '4373a734c0d4',
    kind: 'Tier',
    name: 'default',
    bad: '{order: 5}',
    at: 'constraint spec.order',
    good: '{order: 1000000.0}',
  },
  {
    rule: '4031826e8435',
    kind: 'Tier',
    name: 'kube-admin',
    bad: '{defaultAction: Pass, order: 5}',
    at: 'constraint spec.order',
    good: '{defaultAction: Pass, order: 1000}',
  },
  {
    rule: '633fa6336ddc',
    kind: 'Tier',
    name: 'kube-baseline',
    bad: '{defaultAction: Pass, order: 5}',
    at: 'constraint spec.order',
    good: '{defaultAction: Pass, order: 10000000}',
  },
  { kind: 'Tier', name: 'a.b', bad: '{}', at: 'constraint metadata.name', good: '{}' },
  {
    kind: 'NetworkSet',
    bad: '{nets: [10.0.0.0/33]}',
    at: 'constraint spec.nets.0',
    good: '{nets: [10.0.0.1/24, 10.0.0.1, "2001:db8::1"]}',
  },
  { kind: 'Node', bad: '{bgp: {}}', at: 'constraint spec.bgp', good: '{bgp: {ipv4Address: 10.0.0.1/24}}' },
  {
    kind: 'Node',
    bad: '{bgp: {ipv4Address: "2001:db8::1/64"}}',
    at: 'constraint spec.bgp.ipv4Address',
    good: '{bgp: {ipv6Address: "2001:db8::1/64"}}',
  },
  {
    kind: 'Node',
    bad: '{bgp: {ipv4IPIPTunnelAddr: 10.0.0.1/32}}',
    at: 'constraint spec.bgp.ipv4IPIPTunnelAddr',
    good: '{bgp: {ipv4IPIPTunnelAddr: 10.0.0.1}}',
  },
  {
    kind: 'WorkloadEndpoint',
    bad: '{ipNetworks: [10.0.0.0/24]}',
    at: 'constraint spec.ipNetworks.0',
    good: '{ipNetworks: [10.0.0.1/32]}',
  },
  {
    kind: 'WorkloadEndpoint',
    bad: '{ipNetworks: [10.0.0.1/32], ipNATs: [{internalIP: 10.0.0.2, externalIP: 192.0.2.1}]}',
    at: 'constraint spec.ipNATs.0.internalIP',
    good: '{ipNetworks: [10.0.0.1/32], ipNATs: [{internalIP: 10.0.0.1, externalIP: 192.0.2.1}]}',
  },
  {
    kind: 'CalicoNodeStatus',
    bad: '{node: w1, classes: [BGP, BGP], updatePeriodSeconds: 10}',
    at: 'constraint spec.classes.1',
    good: '{node: w1, classes: [BGP], updatePeriodSeconds: 0}',
  },
  {
    kind: 'KubeControllersConfiguration',
    name: 'default',
    bad: '{controllers: {node: {hostEndpoint: {templates: [{generateName: a}]}}}}',
    at: 'constraint spec.controllers.node.hostEndpoint.templates.0',
    good: '{controllers: {node: {hostEndpoint: {templates: [{generateName: a, interfaceCIDRs: [10.0.0.0/8]}]}}}}',
  },
];

for (const { rule, kind, bad, at, good, name } of EXAMPLES) {
  test(`${kind}: ${bad}${rule === undefined ? '' : ` (${rule})`}`, () => {
    assert.deepEqual(
      found(object(kind, bad, name)).filter((each) => !each.startsWith('deprecated')),
      at.split(', '),
    );
    if (good !== bad) assert.deepEqual(found(object(kind, good, name)), []);
  });
}

test('every CEL rule of upstream is answered once, with an example', () => {
  const answered = (allConstraints.calico ?? []).flatMap((constraint) => constraint.answers ?? []);
  const all = [...answered, ...Object.keys(answeredByRules)].sort();
  assert.deepEqual(all, Object.keys(digest.rules).sort());
  const shown = new Set(EXAMPLES.map(({ rule }) => rule));
  assert.deepEqual(
    answered.filter((rule) => !shown.has(rule)),
    [],
  );
});

test('what rules of the catalogue own is not told here', () => {
  assert.deepEqual(
    found(
      object(
        'IPPool',
        '{cidr: 10.0.0.1/16, blockSize: 33, ipipMode: Always, vxlanMode: Always, nodeSelector: global()}',
      ),
    ),
    [],
  );
  assert.deepEqual(
    found(
      object('GlobalNetworkPolicy', '{selector: global(), ingress: [{action: Allow, destination: {ports: [80]}}]}'),
    ),
    [],
  );
  assert.deepEqual(found(object('Node', '{bgp: {routeReflectorClusterID: abc}}')), []);
});

test('nothing is said about what a template may fill in', () => {
  assert.deepEqual(
    found(
      object(
        'BGPPeer',
        '{peerIP: "{{ ip }}", peerSelector: "{{ s }}", localWorkloadSelector: $X, reachableBy: "{{ r }}"}',
      ),
    ),
    [],
  );
  assert.deepEqual(found(object('HostEndpoint', '{node: "{{ n }}", interfaceName: "{{ i }}"}')), []);
  assert.deepEqual(found(object('Tier', '{order: "{{ o }}"}', 'default')), []);
});
