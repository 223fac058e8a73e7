import {
  CNI_BLOCKS,
  type CniBlock,
  type CniType,
  type SpiderMultusConfig,
} from '../../model/spiderpool/multus-config.ts';
import { removeField, setField } from '../../syntax/edit.ts';
import { defineRule, type Fix, type Report } from '../rule.ts';
import { judgeBlock } from './multus-block.ts';
import { judgeAnnotations, judgeJson } from './multus-sundry.ts';

export default defineRule({
  id: 'spiderpool/multus',
  severity: 'error',
  docs: {
    summary: {
      en: 'A SpiderMultusConfig is not what its webhook takes: type and block disagree, bonds, VLANs, rates, JSON.',
      'zh-cn': 'SpiderMultusConfig 不被其 Webhook 接受：类型与配置块不符，或 bond、VLAN、速率、JSON 有误。',
    },
    why: {
      en: 'The network attachment is made out of this object. While it is refused there is none, and every Pod that names it stays in ContainerCreating.',
      'zh-cn': '网络附件由此对象生成。被拒绝时网络附件不存在，所有引用它的 Pod 都会停在 ContainerCreating。',
    },
    source: 'spidernet-io/spiderpool multusconfig_validate.go (spiderpool.md X1–X30)',
  },
  yieldsTo: ['schema/constraint', 'schema/enum', 'schema/type', 'schema/required', 'schema/unknown-field'],
  each: {
    'spiderpool/SpiderMultusConfig'(config, { report }) {
      judgeType(config, report);
      for (const block of config.blocks) if (CNI_BLOCKS[block.type] === block.key.value) judgeBlock(block, report);
      judgeJson(config, report);
      judgeAnnotations(config, report);
    },
  },
});

/** The block must be that of the type, and the only one. Without a type it is `custom`. */
function judgeType(config: SpiderMultusConfig, report: Report): void {
  if (config.cniType !== undefined && config.cniType.value === undefined) return;
  const type = config.cniType?.value ?? 'custom';
  if (type !== 'custom' && !(type in CNI_BLOCKS)) return;
  const wanted = type === 'custom' ? undefined : CNI_BLOCKS[type as CniType];
  const own = config.blocks.find((block) => block.key.value === wanted);
  const foreign = config.blocks.filter((block) => block !== own);
  if (wanted !== undefined && own === undefined) {
    if (!hasSpec(config)) return;
    report(
      config.cniType!.place,
      {
        en: `cniType is \`${type}\`, and its block \`${wanted}\` is missing. The webhook refuses the object. Add the block, or set the type of the block that is there.`,
        'zh-cn': `cniType 为 \`${type}\`，但缺少其配置块 \`${wanted}\`，Webhook 会拒绝该对象。请添加该块，或按已有的块设置类型。`,
      },
      { fixes: foreign.length === 1 ? [typeFix(config, foreign[0]!)] : [] },
    );
    return;
  }
  for (const block of foreign) {
    const fixes = own === undefined && foreign.length === 1 ? [typeFix(config, block)] : [removal(config, block)];
    report(
      block.key.place,
      {
        en: `The block \`${block.key.value}\` does not belong to the type \`${type}\`${config.cniType === undefined ? ', which is the default' : ''}. The webhook refuses the object. An object has one type and its block.`,
        'zh-cn': `配置块 \`${block.key.value}\` 不属于类型 \`${type}\`${config.cniType === undefined ? '（默认类型）' : ''}，Webhook 会拒绝该对象。一个对象只能有一种类型及其配置块。`,
      },
      { fixes },
    );
  }
}

/** A patch of some other field names no block. */
function hasSpec({ blocks, customCNI, chainCNIJsonData, coordinator, cniType }: SpiderMultusConfig): boolean {
  return (
    cniType !== undefined &&
    (blocks.length > 0 || (customCNI === undefined && chainCNIJsonData.length === 0 && coordinator === undefined))
  );
}

function typeFix(config: SpiderMultusConfig, block: CniBlock): Fix {
  return {
    title: { en: `Set cniType to ${block.type}`, 'zh-cn': `将 cniType 设为 ${block.type}` },
    kind: 'pick',
    edits: () => setField(config.doc, [...config.path, 'spec', 'cniType'], block.type),
  };
}

function removal(config: SpiderMultusConfig, block: CniBlock): Fix {
  return {
    title: { en: `Remove \`${block.key.value}\``, 'zh-cn': `删除 \`${block.key.value}\`` },
    kind: 'pick',
    edits: () => removeField(config.doc, [...config.path, 'spec', block.key.value!]),
  };
}
