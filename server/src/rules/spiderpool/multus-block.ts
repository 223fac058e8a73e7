import type { CniBlock } from '../../model/spiderpool/multus-config.ts';
import type { Place } from '../../syntax/document.ts';
import { removeField, replaceScalar } from '../../syntax/edit.ts';
import { nodeOf } from '../../syntax/place.ts';
import type { Text } from '../../text.ts';
import type { Details, Report } from '../rule.ts';

/** What the webhook asks of the block of a type (X4, X6–X9, X11–X14, X18). */
export function judgeBlock(block: CniBlock, report: Report): void {
  judgeMaster(block, report);
  judgeVlan(block, report);
  judgeRates(block, report);
  const match = block.ippools?.matchMasterSubnet;
  if (match?.value === true && /^(macvlan|ipvlan|vlan)$/.test(block.type))
    report(
      match.place,
      {
        en: `matchMasterSubnet is for sriov; with ${block.type} the webhook refuses it.`,
        'zh-cn': `matchMasterSubnet 只用于 sriov；用于 ${block.type} 时会被 Webhook 拒绝。`,
      },
      setFalse(match.place),
    );
  if (block.resourceName?.value === '' && /sriov$/.test(block.type))
    report(block.resourceName.place, {
      en: 'resourceName is empty: no virtual function can be asked for. The webhook refuses the object.',
      'zh-cn': 'resourceName 为空：无法申请 VF，Webhook 会拒绝该对象。',
    });
  for (const { minID, maxID } of block.trunk) {
    if (minID?.value === undefined || maxID?.value === undefined || maxID.value >= minID.value) continue;
    report(maxID.place, {
      en: `The trunk ends at ${maxID.value}, before it begins at ${minID.value}. The webhook refuses the object. Swap the two.`,
      'zh-cn': `trunk 的终点 ${maxID.value} 小于起点 ${minID.value}，Webhook 会拒绝该对象。请交换两者。`,
    });
  }
}

function judgeMaster(block: CniBlock, report: Report): void {
  if (!/^(macvlan|ipvlan|vlan)$/.test(block.type)) return;
  const at = { ...block.place, path: [...(block.place.path ?? []), 'master'] };
  const list = nodeOf(at);
  if (list?.kind !== 'sequence') return;
  if (list.items.length === 0) {
    report(at, {
      en: `\`master\` names no host interface for ${block.type}. The webhook refuses the object.`,
      'zh-cn': `\`master\` 没有为 ${block.type} 指定主机接口，Webhook 会拒绝该对象。`,
    });
    return;
  }
  if (list.items.length < 2 || block.bond?.name?.value) return;
  if (block.bond !== undefined && block.bond.name !== undefined && block.bond.name.value === undefined) return;
  report(block.bond?.name?.place ?? block.bond?.place ?? at, {
    en: `Several interfaces in \`master\` are bonded, and the bond has no name: the webhook refuses the object. Add \`bond\` with \`name\` and \`mode\`, or keep one interface.`,
    'zh-cn':
      '`master` 中有多个接口时会组成 bond，但缺少 bond 名称：Webhook 会拒绝该对象。请添加带 `name` 与 `mode` 的 `bond`，或只保留一个接口。',
  });
}

function judgeVlan(block: CniBlock, report: Report): void {
  const { vlanID, vlanMode } = block;
  if (vlanID?.value !== undefined && (vlanID.value < 0 || vlanID.value > 4094))
    report(vlanID.place, {
      en: `A VLAN id is 0 to 4094; ${vlanID.value} is refused.`,
      'zh-cn': `VLAN ID 的范围是 0 到 4094；${vlanID.value} 会被拒绝。`,
    });
  if (block.type !== 'vlan' || (vlanMode !== undefined && vlanMode.value === undefined)) return;
  const mode = vlanMode?.value ?? 'manual';
  if (mode === 'manual' && vlanID === undefined)
    report(vlanMode?.place ?? block.key.place, {
      en: 'vlanMode is `manual`, and `vlanID` is missing: the webhook refuses the object. Set the id, or `vlanMode: auto`.',
      'zh-cn': 'vlanMode 为 `manual`，但缺少 `vlanID`：Webhook 会拒绝该对象。请设置 ID，或使用 `vlanMode: auto`。',
    });
  if (mode === 'auto' && vlanID !== undefined)
    report(
      vlanID.place,
      {
        en: 'vlanMode is `auto`, so the id is found by itself and `vlanID` is refused. Remove it.',
        'zh-cn': 'vlanMode 为 `auto` 时 ID 自动获取，`vlanID` 会被拒绝。请将其删除。',
      },
      removing(vlanID.place),
    );
}

/** maxTxRateMbps is 0 when it is absent, and the webhook does not read that as unlimited. */
function judgeRates(block: CniBlock, report: Report): void {
  const { minTxRateMbps: least, maxTxRateMbps: most } = block;
  if (block.type !== 'sriov' || least?.value === undefined || (most !== undefined && most.value === undefined)) return;
  if (least.value <= (most?.value ?? 0) || (most === undefined && isMisspelt(block.place, 'maxTxRateMbps'))) return;
  const limit: Text =
    most === undefined
      ? { en: 'there is no maxTxRateMbps, which counts as 0', 'zh-cn': '未设置 maxTxRateMbps，按 0 处理' }
      : { en: `maxTxRateMbps is ${most.value}`, 'zh-cn': `maxTxRateMbps 为 ${most.value}` };
  report(least.place, {
    en: `minTxRateMbps is ${least.value}, and ${limit.en}. The webhook refuses the object.`,
    'zh-cn': `minTxRateMbps 为 ${least.value}，而${limit['zh-cn']}，Webhook 会拒绝该对象。`,
  });
}

/** The field is there in other letters, which is another rule's to say. */
function isMisspelt({ doc, path }: Place, field: string): boolean {
  const node = nodeOf({ doc, path: path ?? [] });
  return node?.kind === 'mapping' && node.pairs.some((pair) => pair.key.text.toLowerCase() === field.toLowerCase());
}

function setFalse(place: Place): Details {
  return {
    fixes: [
      {
        title: { en: 'Set it to false', 'zh-cn': '设为 false' },
        kind: 'pick',
        edits: () => replaceScalar(place, false),
      },
    ],
  };
}

function removing({ doc, path }: Place): Details {
  if (path === undefined) return {};
  return {
    fixes: [
      {
        title: { en: `Remove \`${path.at(-1)}\``, 'zh-cn': `删除 \`${path.at(-1)}\`` },
        kind: 'pick',
        edits: () => removeField(doc, path),
      },
    ],
  };
}
