import type { Text } from '../../text.ts';

/** A whole object or set-up as a person would begin it. */
export interface Snippet {
  readonly name: string;
  readonly detail: Text;
  /** `<1:text>` is a place to stop at; `{cidr}`, `{range}`, `{pods}`, `{peer}`, `{as}` and `{router}` are taken from the network. */
  readonly body: string;
}

export const CALICO_SNIPPETS: readonly Snippet[] = [
  {
    name: 'IPPool',
    detail: { en: 'a range that Pods get addresses from', 'zh-cn': 'Pod 地址池' },
    body: `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: <1:pods>
spec:
  cidr: <2:{pods}>
  blockSize: <3:26>
  ipipMode: <4:Never>
  vxlanMode: <5:Never>
  natOutgoing: <6:true>
`,
  },
  {
    name: 'BGPConfiguration: mesh off',
    detail: { en: 'nodes peer only with whom BGPPeers name', 'zh-cn': '关闭全互联，仅按 BGPPeer 建立会话' },
    body: `apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeToNodeMeshEnabled: false
  asNumber: <1:64512>
`,
  },
  {
    name: 'BGPPeer: top-of-rack router',
    detail: { en: 'the nodes of a rack peer with its router', 'zh-cn': '机架内节点与 ToR 路由器建立 BGP 会话' },
    body: `apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: <1:tor>
spec:
  peerIP: <2:{peer}>
  asNumber: <3:{as}>
  nodeSelector: <4:all()>
`,
  },
  {
    name: 'Route reflectors',
    detail: {
      en: 'two reflectors in the cluster, their clients, the mesh off',
      'zh-cn': '集群内两个路由反射器及其客户端，关闭全互联',
    },
    body: `apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: <1:node1>
  labels:
    route-reflector: "true"
spec:
  bgp:
    ipv4Address: <3:192.168.0.11/24>
    routeReflectorClusterID: <5:244.0.0.1>
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: <2:node2>
  labels:
    route-reflector: "true"
spec:
  bgp:
    ipv4Address: <4:192.168.0.12/24>
    routeReflectorClusterID: <5:244.0.0.1>
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: clients-to-reflectors
spec:
  nodeSelector: "!has(route-reflector)"
  peerSelector: has(route-reflector)
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: between-reflectors
spec:
  nodeSelector: has(route-reflector)
  peerSelector: has(route-reflector)
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeToNodeMeshEnabled: false
`,
  },
  {
    name: 'Spiderpool with Calico',
    detail: {
      en: 'fixed addresses from Spiderpool, announced by Calico’s BGP',
      'zh-cn': 'Spiderpool 固定 IP，由 Calico BGP 通告',
    },
    body: `apiVersion: spiderpool.spidernet.io/v2beta1
kind: SpiderIPPool
metadata:
  name: <1:fixed>
spec:
  subnet: <2:{cidr}>
  ips:
    - <3:{range}>
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: <1:fixed>
spec:
  cidr: <2:{cidr}>
  disabled: true
  ipipMode: Never
  vxlanMode: Never
  natOutgoing: <4:false>
`,
  },
  {
    name: 'kind cluster for Calico',
    detail: { en: 'one control plane, two workers, no CNI', 'zh-cn': '一个控制平面、两个工作节点，不带默认 CNI' },
    body: `kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
name: <1:fabric>
networking:
  disableDefaultCNI: true
  podSubnet: <2:{cidr}>
nodes:
  - role: control-plane
  - role: worker
  - role: worker
`,
  },
];

export const LAB_SNIPPETS: readonly Snippet[] = [
  {
    name: 'Clos lab',
    detail: {
      en: 'two spines, two leaves, a host on each leaf',
      'zh-cn': '两台 Spine、两台 Leaf，每台 Leaf 下一台主机',
    },
    body: `name: <1:fabric>
topology:
  kinds:
    linux:
      image: <2:frrouting/frr:v8.4.4>
  nodes:
    spine1:
      kind: linux
    spine2:
      kind: linux
    leaf1:
      kind: linux
    leaf2:
      kind: linux
    host1:
      kind: linux
    host2:
      kind: linux
  links:
    - endpoints: ["leaf1:eth1", "spine1:eth1"]
    - endpoints: ["leaf1:eth2", "spine2:eth1"]
    - endpoints: ["leaf2:eth1", "spine1:eth2"]
    - endpoints: ["leaf2:eth2", "spine2:eth2"]
    - endpoints: ["leaf1:eth3", "host1:eth1"]
    - endpoints: ["leaf2:eth3", "host2:eth1"]
`,
  },
];

export const SELVAGE_SNIPPETS: readonly Snippet[] = [
  {
    name: 'Two sites',
    detail: { en: 'two networks in one folder', 'zh-cn': '一个文件夹中的两张网络' },
    body: `sites:
  - name: <1:cluster-a>
    include: <2:cluster-a>
  - name: <3:cluster-b>
    include: <4:cluster-b>
`,
  },
];

export const FRR_SNIPPETS: readonly Snippet[] = [
  {
    name: 'FRR router',
    detail: {
      en: 'eBGP with what `bgp ebgp-requires-policy` wants: a policy in each direction',
      'zh-cn': 'eBGP，并按 `bgp ebgp-requires-policy` 的要求双向配置策略',
    },
    body: `frr defaults traditional
hostname <1:{router}>
!
ip prefix-list ACCEPTED seq 5 permit <2:10.0.0.0/8> le 32
!
route-map ACCEPT permit 10
 match ip address prefix-list ACCEPTED
exit
!
router bgp <3:65001>
 neighbor <4:{peer}> remote-as <5:{as}>
 address-family ipv4 unicast
  neighbor <4:{peer}> route-map ACCEPT in
  neighbor <4:{peer}> route-map ACCEPT out
 exit-address-family
exit
`,
  },
];

export const BIRD_SNIPPETS: readonly Snippet[] = [
  {
    name: 'BIRD router',
    detail: {
      en: 'BIRD 2 with one eBGP session and a policy in each direction, as BIRD wants',
      'zh-cn': 'BIRD 2，一个 eBGP 会话，并按 BIRD 的要求双向配置策略',
    },
    body: `router id <1:192.0.2.1>;

define ACCEPTED = [ <2:10.0.0.0/8>+ ];

protocol device {
}

protocol kernel {
	ipv4 {
		export all;
	};
}

protocol bgp <3:uplink> {
	local as <4:65001>;
	neighbor <5:{peer}> as <6:{as}>;
	ipv4 {
		import where net ~ ACCEPTED;
		export where net ~ ACCEPTED;
	};
}
`,
  },
];
