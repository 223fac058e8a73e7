import { labelOfCidr } from '../../assembly/spiderpool.ts';
import type { KubernetesObject } from '../../model/resource.ts';
import type { SpiderRanges } from '../../model/spiderpool/ip-pool.ts';
import { formatPrefix, networkOf, parsePrefix } from '../../network/prefix.ts';
import type { Place } from '../../syntax/document.ts';
import { removeField, renameKey, replaceScalar } from '../../syntax/edit.ts';
import type { Path } from '../../syntax/tree.ts';
import { defineRule, type Fix, type Report } from '../rule.ts';

const POOL_LABEL = 'ipam.spidernet.io/ippool-cidr';
const SUBNET_LABEL = 'ipam.spidernet.io/subnet-cidr';

interface Labelled {
  readonly object: KubernetesObject & SpiderRanges;
  readonly kind: string;
  readonly own: string;
  readonly other: string;
  readonly otherKind: string;
}

export default defineRule({
  id: 'spiderpool/label',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A SpiderIPPool carries the label of a SpiderSubnet (or the reverse), or a label that disagrees with its subnet.',
      'zh-cn': 'SpiderIPPool 带有 SpiderSubnet 的标签（或相反），或标签值与其子网不一致。',
    },
    why: {
      en: 'Spiderpool’s webhook writes the right label by itself and looks pools up by it. A foreign label finds nothing, and a wrong value is overwritten, so the file and the cluster differ for ever.',
      'zh-cn':
        'Spiderpool 的 Webhook 会自行写入正确的标签并据此查找地址池。写错的标签查不到任何对象，错误的值会被覆盖，文件与集群因此始终不一致。',
    },
    source: 'spidernet-io/spiderpool ippool_mutate.go, subnet_mutate.go (spiderpool.md S65)',
  },
  each: {
    'spiderpool/SpiderIPPool': (object, { report }) =>
      judge({ object, kind: 'SpiderIPPool', own: POOL_LABEL, other: SUBNET_LABEL, otherKind: 'SpiderSubnet' }, report),
    'spiderpool/SpiderSubnet': (object, { report }) =>
      judge({ object, kind: 'SpiderSubnet', own: SUBNET_LABEL, other: POOL_LABEL, otherKind: 'SpiderIPPool' }, report),
  },
});

function judge(labelled: Labelled, report: Report): void {
  const { object, kind, own, other, otherKind } = labelled;
  const expected = expectedLabel(object);
  if (object.labels.has(other)) {
    const path = [...object.path, 'metadata', 'labels', other];
    report(
      { doc: object.doc, path, part: 'key' },
      {
        en: `\`${other}\` is the label of a ${otherKind}; a ${kind} has \`${own}\`, which Spiderpool sets by itself. Nothing that looks for this object by its label finds it.`,
        'zh-cn': `\`${other}\` 是 ${otherKind} 的标签；${kind} 的标签是 \`${own}\`，由 Spiderpool 自动设置。按标签查找时找不到此对象。`,
      },
      { fixes: [mend(labelled, path, expected)] },
    );
  }
  const label = object.labels.get(own);
  if (label?.value === undefined || expected === undefined || label.value === expected) return;
  report(
    label.place,
    {
      en: `The label says \`${label.value}\`, and the subnet ${object.subnet!.value} makes it \`${expected}\`. Spiderpool overwrites it, so this file and the cluster never agree.`,
      'zh-cn': `标签值为 \`${label.value}\`，而子网 ${object.subnet!.value} 对应的是 \`${expected}\`。Spiderpool 会覆盖它，因此文件与集群始终不一致。`,
    },
    {
      related: [
        {
          place: object.subnet!.place,
          message: { en: `The subnet is ${object.subnet!.value}.`, 'zh-cn': `子网为 ${object.subnet!.value}。` },
        },
      ],
      fixes: [setTo(label.place, expected)],
    },
  );
}

/** Renames the label and mends its value; where the right label stands already, the wrong one goes. */
function mend({ object, own, other }: Labelled, path: Path, expected: string | undefined): Fix {
  if (object.labels.has(own))
    return {
      title: { en: `Remove the label \`${other}\``, 'zh-cn': `删除标签 \`${other}\`` },
      kind: 'safe',
      edits: () => removeField(object.doc, path),
    };
  const label = object.labels.get(other)!;
  const rewrite = expected !== undefined && label.value !== undefined && label.value !== expected;
  return {
    title: { en: `Rename it to \`${own}\``, 'zh-cn': `重命名为 \`${own}\`` },
    kind: 'safe',
    edits: () => [...renameKey(object.doc, path, own), ...(rewrite ? replaceScalar(label.place, expected) : [])],
  };
}

function setTo(place: Place, value: string): Fix {
  return {
    title: { en: `Set the label to \`${value}\``, 'zh-cn': `将标签设为 \`${value}\`` },
    kind: 'safe',
    edits: () => replaceScalar(place, value),
  };
}

/** The value that the webhook writes; undefined when the subnet is not a network in canonical form. */
function expectedLabel({ subnet }: SpiderRanges): string | undefined {
  const prefix = subnet?.value === undefined ? undefined : parsePrefix(subnet.value);
  if (prefix === undefined || formatPrefix(networkOf(prefix)) !== subnet!.value) return undefined;
  return labelOfCidr(subnet!.value!);
}
