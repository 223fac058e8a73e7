import { isImplicitLabel } from '../assembly/node-labels.ts';
import { selectorOf } from '../assembly/selectors.ts';
import { type SelectorUse, selectorsOf } from '../model/calico/selectors.ts';
import { matches, type SelectorNode, selected } from '../network/selector.ts';
import { type LabelInventory, labelInventory, slipsIn } from '../network/selector-suggest.ts';
import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { documentsAt } from './documents-at.ts';
import { covers, type HoverPart } from './hover.ts';
import { inNamespace, type Labelled, labelledThings, selectedText, THINGS } from './selected-things.ts';

/** Over a selector of Calico's: what it selects of what the files show, by name, and when nothing, why. */
export function selectorHover(file: FileState, offset: number, site: Site): HoverPart | undefined {
  for (const { resources } of documentsAt(file, offset))
    for (const use of resources.flatMap(selectorsOf)) {
      if (!covers(use.field.place, offset) || use.field.value === undefined) continue;
      const { tree } = selectorOf(use.field.value);
      return tree && { place: use.field.place, text: textOf(tree, use, site) };
    }
  return undefined;
}

function textOf(tree: SelectorNode, { selects, within }: SelectorUse, site: Site): Text {
  const { one, many } = THINGS[selects];
  const namespace = within?.value;
  const known = labelledThings(site, selects, namespace);
  if (known.length === 0) {
    const place = inNamespace(namespace);
    return {
      en: `The files here show no ${many.en}${place.en}, so nobody knows what this selects.`,
      'zh-cn': `这里的文件没有列出任何${one['zh-cn'].slice(1)}${place['zh-cn']}，无法得知此选择器选中什么。`,
    };
  }
  const { matched, unknown } = selected(
    tree,
    known.map((thing) => [thing.name, thing.labels] as const),
  );
  const told = selectedText(selects, known.length, matched, unknown.length, namespace);
  const why = matched.length + unknown.length === 0 ? reasons(tree, known, many) : [];
  const parts = [told, ...why];
  return { en: parts.map(({ en }) => en).join('\n\n'), 'zh-cn': parts.map((part) => part['zh-cn']).join('\n\n') };
}

const MOST = 12;

/** Why nothing is selected: a condition that nothing meets, with the nearest label or value; or that none meets all. */
function reasons(tree: SelectorNode, known: readonly Labelled[], many: Text): readonly Text[] {
  const inventory = labelInventory(known.map(({ labels }) => labels));
  if (inventory === undefined) return [];
  const unmet = conditionsOf(tree).filter((condition) =>
    known.every(({ labels }) => matches(condition, labels) === false),
  );
  if (unmet.length === 0)
    return [
      {
        en: `Each condition is met by some of the ${many.en}, and all together by none.`,
        'zh-cn': `每个条件都有${many['zh-cn']}满足，但没有一个同时满足全部条件。`,
      },
    ];
  return unmet.map((condition) => reason(condition, inventory));
}

/** The parts that must all hold. */
function conditionsOf(tree: SelectorNode): readonly SelectorNode[] {
  return tree.op === 'and' ? tree.operands.flatMap(conditionsOf) : [tree];
}

function reason(condition: SelectorNode, inventory: LabelInventory): Text {
  const [slip] = slipsIn(condition, inventory);
  const near: Text =
    slip === undefined
      ? { en: '', 'zh-cn': '' }
      : { en: ` The nearest is \`${slip.meant}\`.`, 'zh-cn': `最接近的是 \`${slip.meant}\`。` };
  const label = 'label' in condition ? condition.label : undefined;
  if (label === undefined)
    return {
      en: `Nothing meets one of the conditions.${near.en}`,
      'zh-cn': `没有对象满足其中一个条件。${near['zh-cn']}`,
    };
  const values = inventory.get(label);
  if (values === undefined)
    return {
      en: `Nothing here has the label \`${label}\`${isImplicitLabel(label) ? ', which Kubernetes may give by itself' : ''}.${near.en}`,
      'zh-cn': `这里没有对象带有标签 \`${label}\`${isImplicitLabel(label) ? '，不过 Kubernetes 可能会自行添加' : ''}。${near['zh-cn']}`,
    };
  const shown = [...values]
    .filter((value) => value !== undefined)
    .sort()
    .slice(0, MOST)
    .map((value) => `\`${value}\``);
  return {
    en: `The label \`${label}\` is there with ${shown.join(', ')}, which the condition does not take.${near.en}`,
    'zh-cn': `标签 \`${label}\` 的取值有 ${shown.join('、')}，都不符合该条件。${near['zh-cn']}`,
  };
}
