import type { Family } from '../network/address.ts';
import type { Doc } from '../syntax/document.ts';
import { nodeOf } from '../syntax/place.ts';
import { type Path, resolved } from '../syntax/tree.ts';
import type { Site } from '../workspace/site.ts';
import { podMetadata, type SpiderAnnotation } from './spiderpool-annotations.ts';

/** An annotation by which Calico's IPAM is told where a Pod's addresses come from. */
export interface AddressAnnotation extends SpiderAnnotation {
  readonly asks: 'pools' | 'addresses';
  /** Pools are asked for by family; a list of addresses may hold one of each. */
  readonly family?: Family;
}

const PREFIX = 'cni.projectcalico.org/';

const KEYS: Readonly<Record<string, Pick<AddressAnnotation, 'asks' | 'family'>>> = {
  ipv4pools: { asks: 'pools', family: 4 },
  ipv6pools: { asks: 'pools', family: 6 },
  ipAddrs: { asks: 'addresses' },
  ipAddrsNoIpam: { asks: 'addresses' },
  floatingIPs: { asks: 'addresses' },
};

/** The annotations of Pods, and of Namespaces those that a Pod inherits, without templated ones. */
export function addressAnnotations(site: Site): readonly AddressAnnotation[] {
  return [
    ...site.all('kubernetes/Workload').flatMap((workload) => addressAnnotationsAt(workload.doc, podMetadata(workload))),
    ...site
      .all('kubernetes/Namespace')
      .flatMap(({ doc, path }) =>
        addressAnnotationsAt(doc, [...path, 'metadata']).filter(({ asks }) => asks === 'pools'),
      ),
  ];
}

/** Those of one object's metadata. */
export function addressAnnotationsAt(doc: Doc, metadata: Path): readonly AddressAnnotation[] {
  if (!doc.text.includes(PREFIX)) return [];
  const map = resolved(nodeOf({ doc, path: [...metadata, 'annotations'] }));
  if (map?.kind !== 'mapping') return [];
  return map.pairs.flatMap((pair): readonly AddressAnnotation[] => {
    const key = pair.key.text.slice(PREFIX.length);
    if (!pair.key.text.startsWith(PREFIX) || !Object.hasOwn(KEYS, key) || pair.merged) return [];
    if (pair.value.kind !== 'scalar' || pair.value.templated || pair.key.templated) return [];
    return [{ key, doc, path: [...metadata, 'annotations', pair.key.text], scalar: pair.value, ...KEYS[key]! }];
  });
}
