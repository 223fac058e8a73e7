/** A BGPPeer that names nobody: one finding in the file itself, bgp/peer-without-target. */
export const LONELY_PEER = `apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: lonely
spec:
  asNumber: 64512
`;

/** A pool; two that overlap are a finding across files, ipam/pool-overlap. A cidr with host bits has one safe fix. */
export function pool(name: string, cidr: string): string {
  return `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: ${name}
spec:
  cidr: ${cidr}
`;
}

/** Where `pool` has its cidr. */
export const CIDR_LINE = 5;
