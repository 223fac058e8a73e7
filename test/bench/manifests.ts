/** A text with one place to edit: `before` is right, `after` has a mistake that every server must report. */
export interface Edited {
  readonly text: string;
  readonly before: string;
  readonly after: string;
}

/** A multi-document file of about so many lines: pools, peers and policies as a cluster's repository has them. */
export function fileOf(lines: number): Edited {
  const documents: string[] = [];
  for (let count = 0, n = 0; count < lines; n++) {
    const next = [pool(n), peer(n), policy(n)][n % 3]!;
    documents.push(next);
    count += next.split('\n').length;
  }
  const middle = Math.floor(documents.length / 6) * 3;
  documents[middle] = documents[middle]!.replace('ipipMode: Never', 'ipipMode: Never # here');
  return { text: documents.join('---\n'), before: 'ipipMode: Never # here', after: 'ipipMode: Nevr # here' };
}

/** A site of so many manifests, one a file, by path. `edited` is the file that is open, and breaks two rules at once. */
export function siteOf(manifests: number): {
  readonly files: ReadonlyMap<string, string>;
  readonly edited: Edited & { readonly path: string };
} {
  const files = new Map<string, string>();
  for (let n = 0; n < manifests - 1; n++) {
    const [folder, text] =
      n < 100
        ? (['nodes', node(n)] as const)
        : n % 400 === 0
          ? (['pools', pool(n)] as const)
          : n % 100 === 1
            ? (['peers', peer(n)] as const)
            : n % 3 === 0
              ? (['apps', deployment(n)] as const)
              : (['policies', policy(n)] as const);
    files.set(`${folder}/${Math.floor(n / 100)}/${n}.yaml`, text);
  }
  const path = 'pools/open.yaml';
  const before = 'cidr: 172.31.0.0/24\n  blockSize: 26\n  ipipMode: Never';
  const text = pool(0)
    .replace('name: pool-0', 'name: open')
    .replace(/cidr: .*ipipMode: Never/s, before);
  files.set(path, text);
  // The range of pool-400, and a word that the schema does not know.
  const after = `cidr: ${rangeOf(400)}\n  blockSize: 26\n  ipipMode: Nevr`;
  return { files, edited: { path, text, before, after } };
}

function rangeOf(n: number): string {
  return `10.${(n >> 8) & 255}.${n & 255}.0/24`;
}

function node(n: number): string {
  return `apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: node-${n}
  labels:
    rack: rack-${n % 10}
spec:
  bgp:
    ipv4Address: 192.168.${n % 10}.${10 + Math.floor(n / 10)}/24
`;
}

function pool(n: number): string {
  return `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pool-${n}
spec:
  cidr: ${rangeOf(n)}
  blockSize: 26
  ipipMode: Never
  vxlanMode: Always
  natOutgoing: true
  nodeSelector: all()
`;
}

function peer(n: number): string {
  return `apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: peer-${n}
spec:
  peerIP: 172.16.${(n >> 8) & 255}.${n & 255}
  asNumber: ${64512 + (n % 1000)}
  nodeSelector: rack == 'rack-${n % 10}'
`;
}

function policy(n: number): string {
  return `apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: allow-${n}
  namespace: team-${n % 10}
spec:
  order: ${100 + n}
  selector: app == 'web-${n}'
  types:
    - Ingress
    - Egress
  ingress:
    - action: Allow
      protocol: TCP
      source:
        selector: role == 'frontend'
      destination:
        ports: [80, 443, "8000:8080"]
  egress:
    - action: Allow
      destination:
        nets:
          - 10.96.0.0/12
`;
}

function deployment(n: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-${n}
  namespace: team-${n % 10}
spec:
  replicas: 2
  selector:
    matchLabels: {app: web-${n}}
  template:
    metadata:
      labels: {app: web-${n}, role: frontend}
    spec:
      containers:
        - name: web
          image: example.org/web:1.${n}
          ports:
            - containerPort: 8080
`;
}
