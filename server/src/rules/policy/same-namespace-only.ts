import { POD_INDEX, type PodIndex, type Pods } from '../../assembly/policies-pods.ts';
import { selectorOf } from '../../assembly/selectors.ts';
import type { CalicoPolicy } from '../../model/calico/policy.ts';
import type { PolicyEntity } from '../../model/calico/policy-rule.ts';
import { once } from '../../network/once.ts';
import { matches } from '../../network/selector.ts';
import type { Field } from '../../syntax/document.ts';
import { setField } from '../../syntax/edit.ts';
import { defineDerivation } from '../../workspace/site.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'policy/same-namespace-only',
  severity: 'hint',
  docs: {
    summary: {
      en: 'A rule of a namespaced policy selects pods that are only in other namespaces.',
      'zh-cn': '命名空间级策略的规则选择了仅存在于其他命名空间的 Pod。',
    },
    why: {
      en: 'Without a namespaceSelector, a rule of a NetworkPolicy sees the pods of its own namespace only. An allow rule then allows nobody, and a deny rule denies nobody.',
      'zh-cn':
        '没有 namespaceSelector 时，NetworkPolicy 的规则只能看到本命名空间的 Pod。允许规则谁也不会允许，拒绝规则谁也不会拒绝。',
    },
    source: 'Calico policy semantics (calico.md §3); users.md M31',
  },
  check({ site, report }) {
    const policies = [...site.all('calico/NetworkPolicy'), ...site.all('calico/StagedNetworkPolicy')];
    if (policies.length === 0) return;
    const { namespaces } = site.derive(POD_INDEX);
    const homesOf = site.derive(HOMES);
    for (const policy of policies) {
      const namespace = policy.namespace?.value;
      // Something of the own namespace must be known, or the pods meant may just not be in the files.
      if (namespace === undefined || !namespaces.has(namespace)) continue;
      for (const own of ownSides(policy)) checkSide(namespace, own, homesOf(own.selector.value), report);
    }
  },
});

interface OwnSide {
  readonly side: PolicyEntity;
  readonly selector: Field<string> & { readonly value: string };
}

/** The sides of a policy's rules that see pods of its own namespace alone; each policy is read once. */
const ownSides = once(({ ingress = [], egress = [] }: CalicoPolicy): readonly OwnSide[] =>
  [...ingress.map(({ source }) => source), ...egress.map(({ destination }) => destination)].flatMap((side) => {
    const { selector, namespaceSelector } = side;
    return selector?.value === undefined || namespaceSelector !== undefined
      ? []
      : [{ side, selector: { ...selector, value: selector.value } }];
  }),
);

/** Where the pods are that a selector selects. */
interface Homes {
  /** The namespaces of those that it selects for certain, each with a workload. */
  readonly certain: ReadonlyMap<string, Pods>;
  /** Those of all that it may select; undefined among them is one that no file tells. */
  readonly possible: ReadonlySet<string | undefined>;
}

/** Thousands of policies share a few selectors: each text is looked up once. */
const HOMES = defineDerivation('where selected pods are', (site) => {
  const pods = site.derive(POD_INDEX);
  const homes = new Map<string, Homes | undefined>();
  return (text: string): Homes | undefined => {
    if (!homes.has(text)) homes.set(text, findHomes(text, pods));
    return homes.get(text);
  };
});

function findHomes(text: string, pods: PodIndex): Homes | undefined {
  const { tree } = selectorOf(text);
  const candidates = tree === undefined ? undefined : pods.candidates(tree);
  if (tree === undefined || candidates === undefined) return undefined;
  const certain = new Map<string, Pods>();
  const possible = new Set<string | undefined>();
  for (const one of candidates) {
    const verdict = matches(tree, one.labels);
    if (verdict === false) continue;
    possible.add(one.namespace);
    if (verdict === true && one.namespace !== undefined && !certain.has(one.namespace)) certain.set(one.namespace, one);
  }
  return { certain, possible };
}

function checkSide(namespace: string, { side, selector }: OwnSide, homes: Homes | undefined, report: Report): void {
  if (homes === undefined || homes.possible.has(undefined) || homes.possible.has(namespace)) return;
  const others = [...homes.certain.keys()].sort();
  const [first] = others;
  if (first === undefined) return;
  const { doc, path } = side.place;
  const workload = homes.certain.get(first)?.workload;
  report(
    selector.place,
    {
      en: `Pods with \`${selector.value}\` are only in ${others.join(', ')}, and without a namespaceSelector this rule sees ${namespace} alone: it matches nobody. Add one.`,
      'zh-cn': `带有 \`${selector.value}\` 的 Pod 只存在于 ${others.join('、')}，而没有 namespaceSelector 的规则只能看到 ${namespace}：它不会匹配任何 Pod。请添加 namespaceSelector。`,
    },
    {
      ...(workload?.name !== undefined && {
        related: [
          {
            place: workload.name.place,
            message: { en: 'One with these labels.', 'zh-cn': '带有这些标签的工作负载。' },
          },
        ],
      }),
      fixes:
        path === undefined
          ? []
          : others.slice(0, 3).map((other) => ({
              title: { en: `Select the namespace ${other}`, 'zh-cn': `选择命名空间 ${other}` },
              kind: 'pick',
              edits: () => setField(doc, [...path, 'namespaceSelector'], `projectcalico.org/name == '${other}'`),
            })),
    },
  );
}
