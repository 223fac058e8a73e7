import { type SelectorTarget, selectorsOf } from '../model/calico/selectors.ts';
import type { LabelSelector } from '../model/kubernetes/label-selector.ts';
import { keyPlace } from '../model/part.ts';
import type { Resource } from '../model/resource.ts';
import type { Field, Place } from '../syntax/document.ts';
import type { SelectorNode } from '../syntax/selector.ts';
import type { NameUse } from './names.ts';
import { selectorOf } from './selectors.ts';

/** What labels are put on. Workloads of a node are endpoints, too. */
export type Labelled = 'nodes' | 'endpoints' | 'namespaces' | 'serviceaccounts';

type Texts = ReadonlyMap<string, Field<string>>;

/** The labels that an object carries, each key and value a name. */
export function carriedLabels(on: Labelled, labels: Texts | undefined): readonly NameUse[] {
  return labelTexts(on, labels, 'definition');
}

/** Labels that are asked for one by one: `matchLabels`, a Service's selector, a Pod's nodeSelector. */
export function askedLabels(on: Labelled, labels: Texts | undefined): readonly NameUse[] {
  return labelTexts(on, labels, 'reference');
}

function labelTexts(on: Labelled, labels: Texts | undefined, role: NameUse['role']): readonly NameUse[] {
  return [...(labels ?? [])].flatMap(([key, { value, place }]) => [
    labelKey(on, key, keyPlace(place), role),
    ...(value === undefined || value === '' ? [] : [labelValue(on, key, value, place, role)]),
  ]);
}

/** The labels in one of Kubernetes' own selectors. */
export function kubernetesSelectorLabels(on: Labelled, selector: LabelSelector | undefined): readonly NameUse[] {
  if (selector === undefined) return [];
  const expressions = selector.matchExpressions.flatMap(({ key, values }): readonly NameUse[] => {
    const name = key?.value;
    if (name === undefined) return [];
    return [
      labelKey(on, name, key!.place, 'reference'),
      ...values.flatMap(({ value, place }) =>
        value === undefined ? [] : [labelValue(on, name, value, place, 'reference')],
      ),
    ];
  });
  return [...askedLabels(on, selector.matchLabels), ...expressions];
}

/** The labels in all of a resource's selectors in Calico's language. */
export function calicoSelectorLabels(resource: Resource): readonly NameUse[] {
  return selectorsOf(resource).flatMap(({ field, selects }) => {
    const tree = field.value === undefined ? undefined : selectorOf(field.value).tree;
    return tree === undefined ? [] : [...inSelector(tree, labelledBy(selects), field.place)];
  });
}

export function labelledBy(target: SelectorTarget): Labelled {
  return target === 'workloads' ? 'endpoints' : target;
}

function* inSelector(node: SelectorNode, on: Labelled, at: Place): Generator<NameUse> {
  if (node.op === 'not') yield* inSelector(node.operand, on, at);
  else if (node.op === 'and' || node.op === 'or')
    for (const operand of node.operands) yield* inSelector(operand, on, at);
  else if ('label' in node) {
    yield labelKey(on, node.label, { ...at, span: node.labelSpan }, 'reference');
    if ('values' in node)
      for (const [index, value] of node.values.entries())
        yield labelValue(on, node.label, value, { ...at, span: node.valueSpans[index]! }, 'reference');
    else if (node.op === 'equals' || node.op === 'notEquals')
      yield labelValue(on, node.label, node.value, { ...at, span: node.valueSpan }, 'reference');
  }
}

function labelKey(on: Labelled, name: string, place: Place, role: NameUse['role']): NameUse {
  return { kind: 'label', name, scope: on, place, role };
}

/** Some labels say what the object is called: their values are names of nodes and namespaces. */
function labelValue(on: Labelled, key: string, name: string, place: Place, role: NameUse['role']): NameUse {
  if (on === 'nodes' && key === 'kubernetes.io/hostname')
    return { kind: 'node', name, scope: '', place, role: 'reference' };
  if (on === 'namespaces' && NAMES_OF_NAMESPACES.has(key))
    return { kind: 'namespace', name, scope: '', place, role: 'reference' };
  return { kind: 'label value', name, scope: `${on} ${key}`, place, role };
}

const NAMES_OF_NAMESPACES = new Set(['projectcalico.org/name', 'kubernetes.io/metadata.name']);
