import type { RouteStop } from '../network/bgp/explain.ts';
import { familyOf, type Loss, lossesOf } from '../network/bgp/losses.ts';
import type { Path } from '../network/bgp/path.ts';
import { SESSION_REASONS } from '../network/bgp/reasons.ts';
import type { Sample } from '../network/bgp/sample.ts';
import type { Announcement, Router } from '../network/bgp/types.ts';
import { containsPrefix, parsePrefix } from '../network/prefix.ts';
import { defineDerivation, type Site } from '../workspace/site.ts';
import { REFLECTORS } from './bgp-reflectors.ts';
import { BGP_SAMPLE } from './bgp-sample.ts';
import { UNMESHED_REFLECTORS } from './bgp-unmeshed.ts';

/** Why nodes lose blocks: each loss has one cause. What another rule tells (a session that is down …) is not here. */
export interface LossCauses {
  /** A path is there, but its next hop cannot be reached: the router that has it, and the path. */
  readonly nextHop: readonly { readonly loss: Loss; readonly at: Router; readonly path: Path }[];
  readonly ownAs: readonly { readonly loss: Loss; readonly stops: readonly RouteStop[] }[];
  readonly clusterLoop: readonly { readonly loss: Loss; readonly stops: readonly RouteStop[] }[];
  readonly notReflected: readonly { readonly loss: Loss; readonly stops: readonly RouteStop[] }[];
  /** No chain of sessions leads from one to the other. */
  readonly apart: readonly Loss[];
}

export const LOSS_CAUSES = defineDerivation('causes of lost routes', (site): LossCauses => {
  const causes = { nextHop: [], ownAs: [], clusterLoop: [], notReflected: [], apart: [] } as {
    -readonly [K in keyof LossCauses]: LossCauses[K][number][];
  };
  const sample = site.derive(BGP_SAMPLE);
  if (sample === undefined) return causes;
  const { prediction } = sample;
  for (const loss of lossesOf(sample, byBgp(site))) {
    const { verdict, stops, prefix } = loss.explanation;
    if (prefix === undefined || (verdict !== 'missing' && verdict !== 'unusable')) continue;
    const tables = prediction.tables[familyOf(prefix)];
    const index = tables.destination(prefix);
    const uselessAt = (router: Router): Path | undefined => {
      const speaker = tables.speakerOf(router);
      const paths = speaker === undefined || index === undefined ? [] : tables.entry(speaker, index).paths;
      return paths.every(({ usable }) => !usable) ? paths[0] : undefined;
    };
    const useless = [...stops.map(({ to }) => to), loss.receiver].flatMap((at) => {
      const path = uselessAt(at);
      return path?.end === undefined ? [] : [{ loss, at, path }];
    })[0];
    if (useless !== undefined) causes.nextHop.push(useless);
    else if (stops.some(({ code }) => code in SESSION_REASONS)) continue;
    else if (stops.length === 0) {
      if (site.derive(UNMESHED_REFLECTORS).length === 0) causes.apart.push(loss);
    } else {
      const of = (code: string) => stops.filter((stop) => stop.code === code);
      const [loops, own, kept] = [of('cluster-loop'), of('own-as'), of('not-reflected')];
      if (loops.length > 0) causes.clusterLoop.push({ loss, stops: loops });
      else if (own.length > 0) causes.ownAs.push({ loss, stops: own });
      else if (kept.length === stops.length && !isTold(site, sample, kept))
        causes.notReflected.push({ loss, stops: kept });
    }
  }
  return causes;
});

/** Reflectors without a cluster id, or without a session with each other, are told by rules of their own. */
function isTold(site: Site, sample: Sample, stops: readonly RouteStop[]): boolean {
  const reflectors = site.derive(REFLECTORS);
  return stops.some(
    ({ from }) =>
      from.kind === 'calico' &&
      (site.derive(UNMESHED_REFLECTORS).length > 0 ||
        (from.clusterId === undefined && (reflectors.get(sample.original(from))?.clients.length ?? 0) > 1)),
  );
}

/** Blocks that reach other nodes by BGP or not at all: VXLAN carries by itself, and an unexported pool stays at home. */
function byBgp(site: Site): (announcement: Announcement) => boolean {
  const others = site.all('calico/IPPool').flatMap((pool) => {
    const carried = pool.vxlanMode !== undefined && pool.vxlanMode.value !== 'Never';
    const kept = pool.disableBGPExport !== undefined && pool.disableBGPExport.value !== false;
    const prefix = pool.cidr?.value === undefined ? undefined : parsePrefix(pool.cidr.value);
    return prefix === undefined || !(carried || kept) ? [] : [prefix];
  });
  return ({ prefix, kind }) => {
    const block = parsePrefix(prefix.split('#')[0]!);
    return kind === 'block' && block !== undefined && !others.some((pool) => containsPrefix(pool, block));
  };
}
