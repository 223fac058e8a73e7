import type { Forwarder, Resolver } from '../model/dns/forwarder.ts';
import type { Field } from '../syntax/document.ts';
import { defineDerivation, type Site } from '../workspace/site.ts';
import { baseName, folderOf } from '../workspace/uri.ts';

/** The name server inside a cluster. */
export interface ClusterDns {
  /** ClusterIPs of its Service. */
  readonly addresses: readonly Field<string>[];
  /** Addresses that its Corefile forwards the names of other domains to. */
  readonly forwards: readonly Field<string>[];
}

const SERVICE_NAMES = new Set(['kube-dns', 'coredns', 'rke2-coredns-rke2-coredns']);

/** The cluster's DNS as its Service and its Corefile tell it; none without such a Service. */
export const CLUSTER_DNS = defineDerivation('cluster DNS', (site): readonly ClusterDns[] => {
  const services = site
    .all('kubernetes/Service')
    .filter(({ name, namespace }) => SERVICE_NAMES.has(name?.value ?? '') && namespace?.value === 'kube-system');
  const addresses = services.flatMap((service) => [
    ...(service.clusterIP === undefined ? [] : [service.clusterIP]),
    ...service.clusterIPs,
  ]);
  if (addresses.length === 0) return [];
  const forwards = site
    .all('kubernetes/ConfigMap')
    .filter(({ name }) => name?.value === 'coredns')
    .flatMap(({ data }) => {
      const corefile = data.get('Corefile');
      return corefile?.value === undefined ? [] : forwardsIn(corefile.value, corefile);
    });
  return [{ addresses, forwards }];
});

/** `forward . 10.0.0.1 10.0.0.2 {` of a Corefile, for the root zone. */
function forwardsIn(text: string, corefile: Field<string>): readonly Field<string>[] {
  return [...text.matchAll(/^[ \t]*forward[ \t]+\.[ \t]+([^\n{]+)/gm)].flatMap((match) => {
    const start = match.index + match[0].length - match[1]!.length;
    return [...match[1]!.matchAll(/[\d.]{7,15}(?![\d.])/g)].map((word) => ({
      value: word[0],
      place: {
        ...corefile.place,
        span: [start + word.index, start + word.index + word[0].length] as const,
      },
    }));
  });
}

/** The file that `resolv-file=` names, by its path on that machine: in the same folder first, then anywhere in the site. */
export function resolverFileOf(site: Site, forwarder: Forwarder): Resolver | undefined {
  const wanted = forwarder.resolvFile?.value;
  if (wanted === undefined) return undefined;
  const name = wanted.slice(wanted.lastIndexOf('/') + 1);
  const named = site.all('dns/Resolver').filter(({ doc }) => {
    const target = targetOf(doc.parent?.tree, doc.hostPath);
    return target === undefined ? doc.parent === undefined && baseName(doc.file) === name : target === wanted;
  });
  const near = named.filter(({ doc }) => folderOf(doc.file) === folderOf(forwarder.doc.file));
  if (near.length === 1) return near[0];
  return named.length === 1 ? named[0] : undefined;
}

/** The file that a here-document is written to. */
function targetOf(
  tree: NonNullable<Resolver['doc']['parent']>['tree'] | undefined,
  hostPath: Resolver['doc']['hostPath'],
): string | undefined {
  const index = hostPath?.[1];
  if (tree?.format !== 'shell' || typeof index !== 'number') return undefined;
  return tree.shell.heredocs[index]?.target?.text;
}
