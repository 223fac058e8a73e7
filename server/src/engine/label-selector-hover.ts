import type { SelectorTarget } from '../model/calico/selectors.ts';
import { type LabelSelector, matchesLabels } from '../model/kubernetes/label-selector.ts';
import type { KubernetesNetworkPolicy, NetworkPolicyRules } from '../model/kubernetes/network-policy.ts';
import type { Workload } from '../model/kubernetes/workload.ts';
import type { Resource } from '../model/resource.ts';
import type { SpiderIPPool } from '../model/spiderpool/ip-pool.ts';
import type { Field } from '../syntax/document.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { documentsAt } from './documents-at.ts';
import { covers, type HoverPart } from './hover.ts';
import { type Labelled, labelledThings, selectedText } from './selected-things.ts';

/** Over a `podSelector`, `nodeAffinity` or another selector of Kubernetes' own: what it selects of what the files show. */
export function labelSelectorHover(file: FileState, offset: number, site: Site): HoverPart | undefined {
  for (const { resources } of documentsAt(file, offset))
    for (const { selector, selects, namespace } of resources.flatMap(selectorsOf)) {
      const place = { ...selector.place, part: 'key' as const };
      if (!covers(place, offset) || !selector.known) continue;
      const known = labelledThings(site, selects, namespace);
      if (known.length === 0) return undefined;
      const verdicts = known.map((thing) => [thing.name, matchesLabels(selector, fieldsOf(thing))] as const);
      const matched = verdicts.filter(([, verdict]) => verdict === true).map(([name]) => name);
      const unknown = verdicts.filter(([, verdict]) => verdict === undefined).length;
      return { place, text: selectedText(selects, known.length, matched, unknown, namespace) };
    }
  return undefined;
}

interface Use {
  readonly selector: LabelSelector;
  readonly selects: SelectorTarget;
  readonly namespace?: string;
}

function selectorsOf(resource: Resource): readonly Use[] {
  const own = resource.namespace?.value;
  const use = (selector: LabelSelector | undefined, selects: SelectorTarget, namespace?: string): readonly Use[] =>
    selector === undefined ? [] : [{ selector, selects, ...(namespace !== undefined && { namespace }) }];
  switch (resource.kind) {
    case 'kubernetes/Workload':
      return use((resource as Workload).selector, 'endpoints', own);
    case 'kubernetes/NetworkPolicy':
    case 'calico/StagedKubernetesNetworkPolicy': {
      const { podSelector, ingress = [], egress = [] }: NetworkPolicyRules = resource as KubernetesNetworkPolicy;
      return [
        ...use(podSelector, 'endpoints', own),
        ...[...ingress, ...egress].flatMap(({ peers }) =>
          peers.flatMap((peer) => [
            ...(peer.namespaceSelector === undefined ? use(peer.podSelector, 'endpoints', own) : []),
            ...use(peer.namespaceSelector, 'namespaces'),
          ]),
        ),
      ];
    }
    case 'spiderpool/SpiderIPPool': {
      const pool = resource as SpiderIPPool;
      return [
        ...use(pool.podAffinity, 'endpoints'),
        ...use(pool.nodeAffinity, 'nodes'),
        ...use(pool.namespaceAffinity, 'namespaces'),
      ];
    }
    default:
      return [];
  }
}

function fieldsOf({ labels }: Labelled): ReadonlyMap<string, Field<string>> {
  return new Map([...labels].map(([key, value]) => [key, { value } as Field<string>]));
}
