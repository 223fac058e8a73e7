import type { Field, Place } from '../../syntax/document.ts';
import type { Reader } from '../reader.ts';
import { present } from '../resource.ts';

/** Kubernetes' LabelSelector: all of its labels and expressions must hold. */
export interface LabelSelector {
  readonly place: Place;
  readonly matchLabels: ReadonlyMap<string, Field<string>>;
  readonly matchExpressions: readonly LabelRequirement[];
  /** False when a part is templated or of a wrong type: then nobody knows what it selects. */
  readonly known: boolean;
}

export interface LabelRequirement {
  readonly place: Place;
  readonly key?: Field<string>;
  /** `In`, `NotIn`, `Exists` or `DoesNotExist`. */
  readonly operator?: Field<string>;
  readonly values: readonly Field<string>[];
}

/** Undefined when the selector is absent or null; `{}` is a selector that selects everything. */
export function readLabelSelector(reader: Reader): LabelSelector | undefined {
  if (reader.node === undefined || (reader.node.kind === 'scalar' && reader.node.value === null)) return undefined;
  const matchLabels = reader.texts('matchLabels');
  const matchExpressions = reader.items('matchExpressions').map((item) =>
    present<LabelRequirement>({
      place: item.place,
      key: item.string('key'),
      operator: item.string('operator'),
      values: item.strings('values'),
    }),
  );
  const fields = [
    ...matchLabels.values(),
    ...matchExpressions.flatMap(({ key, operator, values }) => [key, operator, ...values]),
  ];
  const templatedKey = reader.entries('matchLabels').some(({ key }) => key.value === undefined);
  const known =
    reader.node.kind === 'mapping' &&
    !templatedKey &&
    fields.every((field) => field === undefined || field.value !== undefined);
  return { place: reader.place, matchLabels, matchExpressions, known };
}

/** Whether the selector has no condition at all. */
export function isEmptySelector(selector: LabelSelector): boolean {
  return selector.known && selector.matchLabels.size === 0 && selector.matchExpressions.length === 0;
}

/** Whether labels satisfy a selector; undefined when a part of either is unknown. */
export function matchesLabels(
  selector: LabelSelector,
  labels: ReadonlyMap<string, Field<string>>,
): boolean | undefined {
  if (!selector.known) return undefined;
  const verdicts = [
    ...[...selector.matchLabels].map(([key, { value }]) => equals(labels.get(key), value)),
    ...selector.matchExpressions.map((requirement) => matchesRequirement(requirement, labels)),
  ];
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}

function matchesRequirement(
  requirement: LabelRequirement,
  labels: ReadonlyMap<string, Field<string>>,
): boolean | undefined {
  const key = requirement.key?.value;
  if (key === undefined) return undefined;
  const label = labels.get(key);
  const values = requirement.values.map(({ value }) => value);
  switch (requirement.operator?.value) {
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    case 'In':
      return label === undefined ? false : label.value === undefined ? undefined : values.includes(label.value);
    case 'NotIn':
      return label === undefined ? true : label.value === undefined ? undefined : !values.includes(label.value);
    default:
      return undefined;
  }
}

function equals(label: Field<string> | undefined, wanted: string | undefined): boolean | undefined {
  if (label === undefined) return false;
  return label.value === undefined || wanted === undefined ? undefined : label.value === wanted;
}
