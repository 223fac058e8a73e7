import type { Field } from '../../syntax/document.ts';
import { effectiveNeighbor } from './effective.ts';
import type { BgpInstance, BgpNeighbor, Family, RouterConfig } from './router.ts';

export type Answer = 'yes' | 'no' | 'unknown';

/** What is known of the binary that reads the configuration. */
export interface Platform {
  /** The tag of the router's image, e.g. `10.3.1` or `v8.4.4`; used where the file has no `frr version` line. */
  readonly imageVersion?: string | undefined;
}

/**
 * Whether eBGP neighbors without a policy exchange nothing (RFC 8212). `unknown` when nothing tells FRR's version: current
 * releases then require it.
 *
 * FRR (bgpd/bgp_vty.c, lib/defaults.c): an explicit line decides; `frr defaults datacenter` does not require it, nor does
 * a version below 7.4, where the `frr version` line beats the binary. VyOS writes `no bgp ebgp-requires-policy` unless
 * `parameters ebgp-requires-policy` is set (vyos-1x bgpd.frr.j2).
 */
export function requiresPolicy(router: RouterConfig, bgp: BgpInstance, platform: Platform = {}): Answer {
  if (bgp.ebgpRequiresPolicy) return answer(bgp.ebgpRequiresPolicy);
  // BIRD refuses the configuration instead; see `bird-session.ts`.
  if (router.software !== 'frr') return 'no';
  if (router.frrDefaults) {
    const profile = router.frrDefaults.value;
    if (profile === undefined) return 'unknown';
    if (profile === 'datacenter') return 'no';
  }
  return changedIn74(router, platform);
}

/**
 * Whether a `network` statement needs its prefix in the routing table. On in FRR from 7.4 on, whatever the profile; VyOS
 * switches it off unless `parameters network-import-check` is set.
 */
export function checksImport(router: RouterConfig, bgp: BgpInstance, platform: Platform = {}): Answer {
  if (bgp.importCheck) return answer(bgp.importCheck);
  if (router.software === 'bird') return 'no';
  if (router.software === 'vyos') return bgp.defaults === 'current' ? 'no' : 'unknown';
  return changedIn74(router, platform);
}

/**
 * Whether a neighbor's session carries a family. FRR activates ipv4 unicast for everyone unless `no bgp default
 * ipv4-unicast`, ipv6 only when told; VyOS only the families that the neighbor or its group has a node for. Before `bgp@2`
 * VyOS kept FRR's default, and its own migration writes the ipv4 nodes (src/migration-scripts/bgp/1-to-2).
 */
export function familyActive(router: RouterConfig, bgp: BgpInstance, neighbor: BgpNeighbor, family: Family): Answer {
  const explicit = effectiveNeighbor(bgp, neighbor).families[family]?.activate;
  if (explicit) return answer(explicit);
  // A group that stands elsewhere may activate it.
  const group = neighbor.peerGroup;
  const groupIsKnown = !group || bgp.peerGroups.some((candidate) => candidate.peer.value === group.value);
  if (!groupIsKnown) return 'unknown';
  const byDefault =
    family === 'ipv4' ? defaultIpv4(router, bgp) : bgp.defaultIpv6Unicast ? answer(bgp.defaultIpv6Unicast) : 'no';
  return byDefault === 'no' && router.partial ? 'unknown' : byDefault;
}

function defaultIpv4(router: RouterConfig, bgp: BgpInstance): Answer {
  if (bgp.defaultIpv4Unicast) return answer(bgp.defaultIpv4Unicast);
  if (router.software === 'frr') return 'yes';
  if (router.software === 'bird') return 'no';
  if (bgp.defaults === 'unclear') return 'unknown';
  return bgp.defaults === 'old' ? 'yes' : 'no';
}

function changedIn74(router: RouterConfig, platform: Platform): Answer {
  const version = router.frrVersion ? router.frrVersion.value : platform.imageVersion;
  const numbers = /^v?(\d+)\.(\d+)/.exec(version ?? '') ?? /^v?(\d+)$/.exec(version ?? '');
  if (!numbers) return 'unknown';
  const major = Number(numbers[1]);
  return major > 7 || (major === 7 && Number(numbers[2] ?? 0) >= 4) ? 'yes' : 'no';
}

function answer(field: Field<boolean>): Answer {
  if (field.value === undefined) return 'unknown';
  return field.value ? 'yes' : 'no';
}
