import type { Text } from '../text.ts';
import type { Family } from './keys.ts';
import { text } from './problem.ts';

/** What happens on the way to the network when a file of this family holds a key that nobody knows. */
export function consequenceOfUnknown(family: Family): Text {
  return UNKNOWN[family];
}

/** What happens when it holds a value that is not allowed. */
export function consequenceOfInvalid(family: Family): Text {
  return INVALID[family];
}

const DROPPED = text(
  'The API server drops it without a word, so it has no effect.',
  'API 服务器会悄悄丢弃它，因此不会生效。',
);
const REFUSED_OBJECT = text('The API server refuses the object.', 'API 服务器会拒绝该对象。');

const UNKNOWN: Readonly<Record<Family, Text>> = {
  calico: text(
    'calicoctl refuses the object; the API server drops the field without a word.',
    'calicoctl 会拒绝该对象，API 服务器则会悄悄丢弃该字段。',
  ),
  spiderpool: DROPPED,
  multus: DROPPED,
  containerlab: text('containerlab refuses the whole topology.', 'containerlab 会拒绝整个拓扑文件。'),
  kind: text('kind refuses the whole file.', 'kind 会拒绝整个文件。'),
  selvage: text('Selvage ignores it.', 'Selvage 会忽略它。'),
};

const INVALID: Readonly<Record<Family, Text>> = {
  calico: text('calicoctl and the API server refuse the object.', 'calicoctl 与 API 服务器会拒绝该对象。'),
  spiderpool: REFUSED_OBJECT,
  multus: REFUSED_OBJECT,
  containerlab: UNKNOWN.containerlab,
  kind: UNKNOWN.kind,
  selvage: UNKNOWN.selvage,
};
