import { itemOf, planOf, type RangeItem } from '../../assembly/spiderpool.ts';
import type { RangeFault } from '../../assembly/spiderpool-range.ts';
import type { Family } from '../../network/address.ts';
import type { Field } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import type { Text } from '../../text.ts';
import { defineRule, type Fix, type Report } from '../rule.ts';

export default defineRule({
  id: 'spiderpool/range',
  severity: 'error',
  docs: {
    summary: {
      en: 'An item of ips or excludeIPs is not an address or a range that Spiderpool reads.',
      'zh-cn': 'ips 或 excludeIPs 中的某一项不是 Spiderpool 能识别的地址或范围。',
    },
    why: {
      en: 'The webhook refuses what it cannot read. A single range that runs downwards is worse: it is let in, and the pool then yields no address at all.',
      'zh-cn': 'Webhook 会拒绝无法识别的内容。单个倒序的范围更糟：它能通过校验，但地址池一个地址也分配不出来。',
    },
    source: 'spidernet-io/spiderpool pkg/ip/iprange.go and the IPPool webhook (spiderpool.md P9, §2)',
  },
  each: {
    'spiderpool/SpiderIPPool'(pool, { report }) {
      const plan = planOf(pool);
      for (const item of [...plan.ips, ...plan.excludeIPs]) judge(item, plan.network?.family, pool.subnet, report);
    },
    'spiderpool/SpiderSubnet'(subnet, { report }) {
      const plan = planOf(subnet);
      for (const item of [...plan.ips, ...plan.excludeIPs]) judge(item, plan.network?.family, subnet.subnet, report);
    },
    'spiderpool/SpiderReservedIP'(reserved, { report }) {
      for (const field of reserved.ips) judge(itemOf(field), undefined, undefined, report);
    },
  },
});

function judge(item: RangeItem, family: Family | undefined, subnet: Field<string> | undefined, report: Report): void {
  const { field, read } = item;
  if (read === undefined || field.value === undefined) return;
  if (read.fault !== undefined) {
    const fixes = read.meant.map((text) => replaceBy(field, text));
    report(field.place, message(read.fault, field.value, read.meant[0]), { fixes });
    return;
  }
  const range = read.range!;
  if (family === undefined || subnet === undefined || range.family === family) return;
  report(
    field.place,
    {
      en: `\`${field.value}\` is IPv${range.family}, and the subnet ${subnet.value} is IPv${family}: the webhook refuses the pool. One pool serves one family; put these addresses into a pool of their own.`,
      'zh-cn': `\`${field.value}\` 为 IPv${range.family}，而子网 ${subnet.value} 为 IPv${family}，Webhook 会拒绝该对象。一个地址池只服务一个地址族，请为这些地址另建地址池。`,
    },
    {
      related: [
        {
          place: subnet.place,
          message: { en: `The subnet is IPv${family}.`, 'zh-cn': `子网为 IPv${family}。` },
        },
      ],
    },
  );
}

function replaceBy(field: Field<string>, text: string): Fix {
  return {
    title: { en: `Write \`${text}\``, 'zh-cn': `改为 \`${text}\`` },
    kind: 'pick',
    edits: () => replaceScalar(field.place, text),
  };
}

function message(fault: RangeFault, text: string, meant: string | undefined): Text {
  switch (fault) {
    case 'descending':
      return {
        en: `\`${text}\` runs downwards. The webhook can let it in, and then it yields no address: Pods wait for an IP for ever. Swap the ends.`,
        'zh-cn': `\`${text}\` 是倒序的。Webhook 可能放行，但它分配不出任何地址，Pod 会一直等待 IP。请交换两端。`,
      };
    case 'cidr':
      return {
        en: `\`${text}\` is a CIDR, and Spiderpool reads only addresses and \`first-last\` here. It refuses the object. Write the range out.`,
        'zh-cn': `\`${text}\` 是 CIDR，而此处只接受地址或 \`起始-结束\` 范围，Spiderpool 会拒绝该对象。请写出完整范围。`,
      };
    case 'shorthand':
      return {
        en: `\`${text}\` leaves out the start of its second address, and Spiderpool refuses that. Write both ends in full: \`${meant}\`.`,
        'zh-cn': `\`${text}\` 的第二个地址不完整，Spiderpool 会拒绝。请完整写出两端：\`${meant}\`。`,
      };
    case 'separator':
      return {
        en: `A range has one \`-\` between its ends; \`${text}\` is refused. Write \`${meant}\`.`,
        'zh-cn': `范围两端之间用一个 \`-\` 连接；\`${text}\` 会被拒绝。请写成 \`${meant}\`。`,
      };
    case 'blanks':
      return {
        en: `Spiderpool allows no blanks in a range and refuses \`${text}\`. Write \`${meant}\`.`,
        'zh-cn': `Spiderpool 不允许范围中出现空格，会拒绝 \`${text}\`。请写成 \`${meant}\`。`,
      };
    case 'dashes':
      return {
        en: `\`${text}\` has more than one \`-\`. A range has two ends; make several ranges several items of the list.`,
        'zh-cn': `\`${text}\` 含有多个 \`-\`。一个范围只有两端；多个范围请写成列表的多项。`,
      };
    case 'families':
      return {
        en: `\`${text}\` begins in one address family and ends in the other, so it names no range. The webhook refuses it.`,
        'zh-cn': `\`${text}\` 两端属于不同的地址族，不构成范围，Webhook 会拒绝。`,
      };
    case 'empty':
      return {
        en: 'This item is empty, and Spiderpool refuses the object. Write an address or `first-last`, or remove the item.',
        'zh-cn': '此项为空，Spiderpool 会拒绝该对象。请填写地址或 `起始-结束` 范围，或删除此项。',
      };
    case 'address':
      return {
        en: `\`${text}\` is neither an address nor a range \`first-last\`. Spiderpool refuses the object, and no Pod gets an address from it.`,
        'zh-cn': `\`${text}\` 既不是地址，也不是 \`起始-结束\` 范围。Spiderpool 会拒绝该对象，Pod 无法从中获得地址。`,
      };
  }
}
