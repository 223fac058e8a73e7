import { isImplicitLabel, type KnownNode, NODE_LABELS } from '../../assembly/node-labels.ts';
import { selectorOf } from '../../assembly/selectors.ts';
import { type SelectorUse, selectorsOf } from '../../model/calico/selectors.ts';
import type { Resource } from '../../model/resource.ts';
import { labelsIn, matches } from '../../network/selector.ts';
import { type LabelInventory, labelInventory, type Slip, slipsIn } from '../../network/selector-suggest.ts';
import { replaceText } from '../../syntax/edit.ts';
import type { SelectorNode } from '../../syntax/selector.ts';
import type { Text } from '../../text.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'selector/no-match',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A node selector matches none of the nodes that are known.',
      'zh-cn': '节点选择器不匹配任何已知节点。',
    },
    why: {
      en: 'Calico takes a selector that matches nothing without a word: the peer has no session, the pool gives no address, and no log tells why.',
      'zh-cn': 'Calico 会默默接受不匹配任何对象的选择器：对端没有会话，地址池不分配地址，日志也不会说明原因。',
    },
    source: 'users.md M30; observed in the lab (C6, C6b)',
  },
  check({ site, report }) {
    const nodes = [...site.derive(NODE_LABELS).values()];
    if (nodes.length < 2) return;
    const resources: readonly Resource[] = [...site.all('calico/BGPPeer'), ...site.all('calico/IPPool')];
    // Hundreds of objects share a few selectors: each text is judged once.
    const verdicts = new Map<string, Verdict | undefined>();
    const inventory = labelInventory(nodes.map(({ labels }) => labels))!;
    for (const resource of resources)
      for (const use of selectorsOf(resource)) {
        const text = use.field.value;
        if (use.selects !== 'nodes' || text === undefined) continue;
        if (!verdicts.has(text)) verdicts.set(text, judge(text, nodes, inventory));
        const verdict = verdicts.get(text);
        if (verdict !== undefined) tell(use, verdict, nodes.length, report);
      }
  },
});

interface Verdict {
  readonly slips: readonly Slip<SelectorNode>[];
  /** The values that the nodes have for the label that is asked for. */
  readonly known: Text;
}

/** Why a selector matches nobody; undefined when it matches somebody, or when that cannot be known. */
function judge(text: string, nodes: readonly KnownNode[], inventory: LabelInventory): Verdict | undefined {
  const { tree } = selectorOf(text);
  if (tree === undefined || mayMatch(tree, nodes, inventory)) return undefined;
  const slips = slipsIn<SelectorNode>(tree, inventory);
  // A label that no file shows may well be set by hand. It is only wrong when it is nearly a known one, or when every node
  // shows that label with other values.
  return slips.length === 0 && !labelsAreKnown(tree, nodes)
    ? undefined
    : { slips, known: knownValues(tree, inventory) };
}

function mayMatch(tree: SelectorNode, nodes: readonly KnownNode[], inventory: LabelInventory): boolean {
  if (tree.op !== 'equals') return nodes.some((node) => matches(tree, node.labels) !== false);
  const values = inventory.get(tree.label);
  return values !== undefined && (values.has(tree.value) || values.has(undefined));
}

function tell(use: SelectorUse, { slips, known }: Verdict, count: number, report: Report): void {
  const slip = slips[0];
  const span = slip === undefined ? undefined : slipSpan(slip.node, slip.kind, slip.written);
  report(
    span === undefined ? use.field.place : { ...use.field.place, span },
    {
      en: `This selector matches none of the ${count} nodes known here${slip === undefined ? known.en : ` (a node has \`${slip.meant}\`)`}. Calico then applies it to nobody, silently. Correct the selector or label the nodes.`,
      'zh-cn': `此选择器不匹配这里已知的 ${count} 个节点中的任何一个${slip === undefined ? known['zh-cn'] : `（有节点带有 \`${slip.meant}\`）`}。Calico 会默默地对任何节点都不生效。请更正选择器或为节点打标签。`,
    },
    {
      fixes: slips.flatMap((one) => {
        const at = slipSpan(one.node, one.kind, one.written);
        if (at === undefined) return [];
        const title = {
          en: `Change \`${one.written}\` to \`${one.meant}\``,
          'zh-cn': `将 \`${one.written}\` 改为 \`${one.meant}\``,
        };
        return [
          { title, kind: 'pick' as const, edits: () => replaceText({ ...use.field.place, span: at }, one.meant) },
        ];
      }),
    },
  );
}

type Leaf = Extract<SelectorNode, { label: string }>;

function slipSpan(node: Leaf, kind: 'label' | 'value', written: string): readonly [number, number] | undefined {
  if (kind === 'label') return node.labelSpan;
  if ('values' in node) return node.valueSpans[node.values.indexOf(written)];
  return 'valueSpan' in node ? node.valueSpan : undefined;
}

/** Whether each label that the selector asks for is written on every node: then its values are the whole truth. */
function labelsAreKnown(tree: SelectorNode, nodes: readonly KnownNode[]): boolean {
  const labels = [...labelsIn(tree)];
  return (
    labels.length > 0 &&
    labels.every((label) => !isImplicitLabel(label) && nodes.every((node) => node.labels.has(label)))
  );
}

function knownValues(tree: SelectorNode, inventory: LabelInventory): Text {
  const label = [...labelsIn(tree)][0];
  if (label === undefined) return { en: '', 'zh-cn': '' };
  const values = [...(inventory.get(label) ?? [])]
    .filter((value) => value !== undefined)
    .sort()
    .slice(0, 5)
    .map((value) => `\`${value}\``);
  return { en: `, where \`${label}\` is ${values.join(', ')}`, 'zh-cn': `，其中 \`${label}\` 为 ${values.join('、')}` };
}
