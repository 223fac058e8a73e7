import { isEmptySelector, type LabelRequirement, type LabelSelector } from '../../model/kubernetes/label-selector.ts';
import type { SpiderIPPool } from '../../model/spiderpool/ip-pool.ts';
import type { Place } from '../../syntax/document.ts';
import { nodeOf } from '../../syntax/place.ts';
import type { Text } from '../../text.ts';
import { defineRule, type Report } from '../rule.ts';

const OWNER_LABEL = 'ipam.spidernet.io/owner-application-name';

export default defineRule({
  id: 'spiderpool/affinity',
  severity: 'error',
  docs: {
    summary: {
      en: 'An affinity of a SpiderIPPool is empty or not a label selector.',
      'zh-cn': 'SpiderIPPool 的亲和性为空或不是有效的标签选择器。',
    },
    why: {
      en: 'The webhook looks at podAffinity only. A mistake in nodeAffinity or namespaceAffinity is let in, and every Pod that asks this pool for an address fails with an error.',
      'zh-cn':
        'Webhook 只检查 podAffinity。nodeAffinity 或 namespaceAffinity 的错误会被放行，随后每个向该地址池申请地址的 Pod 都会报错。',
    },
    source: 'spidernet-io/spiderpool ippool_validate.go, pkg/ipam (spiderpool.md P19–P22)',
  },
  each: {
    'spiderpool/SpiderIPPool'(pool, { report }) {
      if (pool.podAffinity !== undefined && isEmptySelector(pool.podAffinity))
        report(pool.podAffinity.place, {
          en: 'podAffinity without a condition is refused by the webhook. Name labels in it, or leave podAffinity out for all Pods.',
          'zh-cn': '没有任何条件的 podAffinity 会被 Webhook 拒绝。请填写标签；若适用于所有 Pod，请省略 podAffinity。',
        });
      for (const selector of [pool.podAffinity, pool.namespaceAffinity, pool.nodeAffinity])
        if (selector !== undefined) judge(selector, report);
      judgeOwned(pool, report);
    },
  },
});

function judge(selector: LabelSelector, report: Report): void {
  const { doc, path } = selector.place;
  for (const [key, { value, place }] of selector.matchLabels) {
    if (!isLabelKey(key)) report({ doc, path: [...(path ?? []), 'matchLabels', key], part: 'key' }, badKey(key));
    if (value !== undefined && !isLabelValue(value)) report(place, badValue(value));
  }
  for (const requirement of selector.matchExpressions) judgeRequirement(requirement, report);
}

function judgeRequirement({ place, key, operator, values }: LabelRequirement, report: Report): void {
  if (key?.value !== undefined && !isLabelKey(key.value)) report(key.place, badKey(key.value));
  if (operator?.value === undefined) return;
  switch (operator.value) {
    case 'In':
    case 'NotIn':
      if (values.length === 0 && !hasValues(place))
        report(operator.place, {
          en: `\`${operator.value}\` needs \`values\`. Without them the selector cannot be read, and Pods get no address from this pool.`,
          'zh-cn': `\`${operator.value}\` 需要 \`values\`。缺少时无法解析选择器，Pod 无法从该地址池获得地址。`,
        });
      for (const value of values)
        if (value.value !== undefined && !isLabelValue(value.value)) report(value.place, badValue(value.value));
      return;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0)
        report(values[0]!.place, {
          en: `\`${operator.value}\` takes no \`values\`. The selector cannot be read, and Pods get no address from this pool. Remove them, or use \`In\`.`,
          'zh-cn': `\`${operator.value}\` 不能带 \`values\`。选择器无法解析，Pod 无法从该地址池获得地址。请删除，或改用 \`In\`。`,
        });
      return;
    default:
      report(operator.place, {
        en: `\`${operator.value}\` is no operator; there are In, NotIn, Exists and DoesNotExist. Pods get no address from this pool.`,
        'zh-cn': `\`${operator.value}\` 不是有效的运算符；可用 In、NotIn、Exists、DoesNotExist。Pod 无法从该地址池获得地址。`,
      });
  }
}

function hasValues(place: Place): boolean {
  const { doc, path } = place;
  const node = nodeOf({ doc, path: [...(path ?? []), 'values'] });
  return node !== undefined && !(node.kind === 'sequence' && node.items.length === 0);
}

/** A pool that Spiderpool made for one application: its podAffinity holds that application's five labels and nothing else. */
function judgeOwned(pool: SpiderIPPool, report: Report): void {
  if (pool.podAffinity === undefined || !pool.labels.has(OWNER_LABEL)) return;
  const { doc, path } = pool.podAffinity.place;
  for (const key of pool.podAffinity.matchLabels.keys())
    if (!/^ipam\.spidernet\.io\/app-(api-group|api-version|kind|namespace|name)$/.test(key))
      report({ doc, path: [...(path ?? []), 'matchLabels', key], part: 'key' }, ownedMessage);
  for (const requirement of pool.podAffinity.matchExpressions) report(requirement.place, ownedMessage);
}

const ownedMessage: Text = {
  en: 'This pool belongs to one application, and Spiderpool writes its podAffinity itself: the webhook refuses anything added by hand.',
  'zh-cn': '该地址池属于某个应用，其 podAffinity 由 Spiderpool 写入：Webhook 会拒绝手工添加的内容。',
};

function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  const prefix = slash === -1 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  if (prefix !== undefined && !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(prefix))
    return false;
  return name.length <= 63 && /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(name);
}

function isLabelValue(value: string): boolean {
  return value.length <= 63 && /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/.test(value);
}

function badKey(key: string): Text {
  return {
    en: `\`${key}\` cannot be a label key, so this selector cannot be read and Pods get no address from this pool.`,
    'zh-cn': `\`${key}\` 不能作为标签键，选择器无法解析，Pod 无法从该地址池获得地址。`,
  };
}

function badValue(value: string): Text {
  return {
    en: `\`${value}\` cannot be a label value: at most 63 letters, digits, \`-\`, \`_\` and \`.\`. Pods get no address from this pool.`,
    'zh-cn': `\`${value}\` 不能作为标签值：最多 63 个字母、数字、\`-\`、\`_\`、\`.\`。Pod 无法从该地址池获得地址。`,
  };
}
