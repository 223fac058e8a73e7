export const API = 'projectcalico.org/v3';
const node = (name: string, address: string, isReflector = false) => ({
  apiVersion: API,
  kind: 'Node',
  metadata: { name, labels: isReflector ? { 'route-reflector': 'true' } : {} },
  spec: {
    bgp: { ipv4Address: `${address}/24`, ...(isReflector && { routeReflectorClusterID: '172.16.20.1' }) },
  },
});
/** The article's cluster before step 2: two nodes are labelled as reflectors already, and have left the mesh. */
export const CLUSTER = [
  node('d12.node', '172.16.0.12'),
  node('d13.node', '172.16.0.13', true),
  node('d14.node', '172.16.0.14', true),
  node('d15.node', '172.16.0.15'),
  {
    apiVersion: API,
    kind: 'IPPool',
    metadata: { name: 'default-ipv4-ippool' },
    spec: { cidr: '10.20.0.0/16', ipipMode: 'Always', natOutgoing: true },
  },
];
