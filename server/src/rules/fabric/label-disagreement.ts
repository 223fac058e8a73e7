import { HOSTS, type Host } from '../../assembly/hosts.ts';
import type { Field, Place } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import type { Text } from '../../text.ts';
import { defineRule, type Fix } from '../rule.ts';

type LabelSource = 'kind' | 'calico' | 'kubernetes';

interface LabelClaim {
  readonly source: LabelSource;
  readonly key: string;
  readonly value: string;
  readonly place: Place;
}

export default defineRule({
  id: 'fabric/label-disagreement',
  severity: 'error',
  yieldsTo: ['k8s/last-applied'],
  docs: {
    summary: {
      en: 'kind, Calico and Kubernetes give one node different values of a label.',
      'zh-cn': 'kind、Calico 与 Kubernetes 为同一节点设置的标签值不同。',
    },
    why: {
      en: "BGPPeers and IPPools choose nodes by label. Calico copies the labels of the Kubernetes node over its own, so the kubelet's value wins: the node peers with another router, or takes addresses from another pool, than its manifest says.",
      'zh-cn':
        'BGPPeer 与 IPPool 按标签选择节点。Calico 会用 Kubernetes 节点的标签覆盖自己的标签，因此以 kubelet 的值为准：节点会与清单所述不同的路由器对等，或从不同的地址池取地址。',
    },
    source: 'projectcalico/calico kube-controllers: node label synchronisation; facts S20, S73',
  },
  check({ site, report }) {
    for (const host of site.derive(HOSTS).all) {
      const claims = saidTwice(host) ? claimsOf(host) : [];
      for (const key of new Set(claims.map((claim) => claim.key))) {
        const about = claims.filter((claim) => claim.key === key);
        const odd = oddOne(about);
        if (odd === undefined) continue;
        const other = about.find(({ value }) => value !== odd.value)!;
        report(
          odd.place,
          {
            en: `${SAYS[odd.source].en} labels \`${host.name}\` with \`${key}=${odd.value}\`, ${SAYS[other.source].en} with \`${key}=${other.value}\`. Selectors then choose this node for another peer or pool than meant. Make both the same.`,
            'zh-cn': `${SAYS[odd.source]['zh-cn']}为 \`${host.name}\` 设置的标签是 \`${key}=${odd.value}\`，${SAYS[other.source]['zh-cn']}则是 \`${key}=${other.value}\`。选择器因此会为该节点选出与预期不同的对等体或地址池。请统一两处的值。`,
          },
          {
            related: about
              .filter((claim) => claim !== odd)
              .map(({ place, source, value }) => ({
                place,
                message: { en: `${SAYS[source].en}: ${value}`, 'zh-cn': `${SAYS[source]['zh-cn']}：${value}` },
              })),
            fixes: [...new Set(about.map(({ value }) => value))]
              .toSorted((one, two) => Number(one === odd.value) - Number(two === odd.value))
              .map((value) => unify(about, key, value)),
          },
        );
      }
    }
  },
});

const SAYS: Readonly<Record<LabelSource, Text>> = {
  kind: { en: 'kind', 'zh-cn': 'kind ' },
  calico: { en: "Calico's Node", 'zh-cn': 'Calico 的 Node ' },
  kubernetes: { en: 'The Kubernetes Node', 'zh-cn': 'Kubernetes 的 Node ' },
};

/** One source does not disagree with itself. */
function saidTwice({ kindNodes, calicoNodes, kubernetesNodes }: Host): boolean {
  return [kindNodes, calicoNodes, kubernetesNodes].filter((nodes) => nodes.length > 0).length > 1;
}

function claimsOf({ kindNodes, calicoNodes, kubernetesNodes }: Host): readonly LabelClaim[] {
  // Two definitions of a node are variants, of which one is in use at a time.
  if (kindNodes.length > 1 || calicoNodes.length > 1 || kubernetesNodes.length > 1) return [];
  const kind = kindNodes.flatMap(({ node, registrations }) => [
    ...known('kind', node?.labels ?? new Map()),
    ...registrations.flatMap(({ kubelet }) =>
      kubelet.nodeLabels.flatMap(({ key, value }) =>
        key.value === undefined || value.value === undefined
          ? []
          : [{ source: 'kind' as const, key: key.value, value: value.value, place: value.place }],
      ),
    ),
  ]);
  return [
    ...kind,
    ...calicoNodes.flatMap(({ labels }) => known('calico', labels)),
    ...kubernetesNodes.flatMap(({ labels }) => known('kubernetes', labels)),
  ];
}

function known(source: LabelSource, labels: ReadonlyMap<string, Field<string>>): readonly LabelClaim[] {
  return [...labels].flatMap(([key, { value, place }]) => (value === undefined ? [] : [{ source, key, value, place }]));
}

/** The claim that stands alone against the others; between two, the one that is not what the node starts with. */
function oddOne(about: readonly LabelClaim[]): LabelClaim | undefined {
  if (new Set(about.map(({ source }) => source)).size < 2) return undefined;
  if (new Set(about.map(({ value }) => value)).size < 2) return undefined;
  const count = (claim: LabelClaim): number => about.filter(({ value }) => value === claim.value).length;
  const rank: readonly LabelSource[] = ['calico', 'kubernetes', 'kind'];
  return about.toSorted(
    (one, other) => count(one) - count(other) || rank.indexOf(one.source) - rank.indexOf(other.source),
  )[0];
}

function unify(about: readonly LabelClaim[], key: string, value: string): Fix {
  return {
    title: { en: `Use \`${key}=${value}\` everywhere`, 'zh-cn': `全部使用 \`${key}=${value}\`` },
    kind: 'pick',
    edits: () => about.filter((claim) => claim.value !== value).flatMap(({ place }) => replaceScalar(place, value)),
  };
}
