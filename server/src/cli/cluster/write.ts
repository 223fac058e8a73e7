import type { Json } from '../../apply/objects.ts';
import type { ShownDrift, ShownField, ShownPlan, ShownTarget } from '../../apply/shown.ts';
import type { LeftAside } from '../../apply/wanted.ts';
import type { Text } from '../../text.ts';
import type { Context } from '../command.ts';
import { shownPath } from '../scope.ts';

export function targetLines(targets: readonly ShownTarget[], { say }: Context): string[] {
  return targets.map(({ tool, where, toolVersion, clusterVersion }) => {
    const versions = [toolVersion, clusterVersion && `${say(WORDS.cluster)} ${clusterVersion}`]
      .filter(Boolean)
      .join(', ');
    return `${tool} → ${where}${versions === '' ? '' : ` (${versions})`}`;
  });
}

export function driftLines({ objects, counts }: ShownDrift, { say }: Context): string[] {
  const lines = objects.flatMap(({ object, status, fields }) => [
    `${SIGNS[status]} ${object}  ${say(STATUS[status])}`,
    ...fieldLines(fields),
  ]);
  const { added, changed, same, removed, unmanaged } = counts;
  if (added + changed + removed === 0)
    lines.push(
      say({
        en: `No change: ${same === 1 ? '1 object says' : `${same} objects say`} in the cluster what the files say.`,
        'zh-cn': `没有变化：${same} 个对象在集群中与文件一致。`,
      }),
    );
  else
    lines.push(
      say({
        en: `${added} to add, ${changed} to change, ${same} as they are.`,
        'zh-cn': `新增 ${added} 个，修改 ${changed} 个，一致 ${same} 个。`,
      }),
    );
  if (removed > 0)
    lines.push(
      say({
        en: `${removed} ${removed === 1 ? 'was' : 'were'} applied from here and ${removed === 1 ? 'is' : 'are'} in no file any more; \`selvage apply --remove Kind/name\` takes ${removed === 1 ? 'it' : 'them'} out.`,
        'zh-cn': `${removed} 个对象曾从此处应用，但已不在任何文件中；\`selvage apply --remove 类型/名称\` 可将其删除。`,
      }),
    );
  if (unmanaged > 0)
    lines.push(
      say({
        en: `${unmanaged} in the cluster ${unmanaged === 1 ? 'is' : 'are'} in none of these files; Selvage leaves them alone.`,
        'zh-cn': `集群中有 ${unmanaged} 个对象不在这些文件中；Selvage 不会改动它们。`,
      }),
    );
  return lines;
}

const SIGNS = { added: '+', changed: '~', same: ' ', removed: '-', unmanaged: '?' } as const;
const STATUS: Readonly<Record<keyof typeof SIGNS, Text>> = {
  added: { en: 'not in the cluster', 'zh-cn': '集群中没有' },
  changed: { en: 'differs', 'zh-cn': '不同' },
  same: { en: 'as it is', 'zh-cn': '一致' },
  removed: { en: 'in no file any more', 'zh-cn': '已不在任何文件中' },
  unmanaged: { en: 'only in the cluster', 'zh-cn': '仅存在于集群' },
};

export function fieldLines(fields: readonly ShownField[]): string[] {
  return fields.flatMap(({ path, before, after }) => [
    ...(before === undefined ? [] : [`    - ${path}: ${value(before)}`]),
    ...(after === undefined ? [] : [`    + ${path}: ${value(after)}`]),
  ]);
}

function value(json: Json): string {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text.replaceAll('\n', '\\n');
}

export function planLines(plan: ShownPlan, context: Context): string[] {
  const { say } = context;
  const notes = plan.notes.map((note) => `? ${note}`);
  if (plan.steps.length === 0) return [say(WORDS.nothing), ...notes];
  const lines = plan.steps.flatMap(({ object, action, risk, reasons, fields, consequences, between }, index) => [
    `${index + 1}. ${say(ACTIONS[action])} ${object}  [${say(RISKS[risk])}${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}]`,
    ...fieldLines(fields),
    ...consequences.map((one) => `    > ${one}`),
    ...between.map((one) => `    ! ${say(WORDS.between)}: ${one}`),
  ]);
  if (plan.consequences.length > 0)
    lines.push('', `${say(WORDS.whole)}:`, ...plan.consequences.map((one) => `  > ${one}`));
  return [...lines, ...notes];
}

export const ACTIONS: Readonly<Record<'create' | 'replace' | 'remove', Text>> = {
  create: { en: 'create', 'zh-cn': '新建' },
  replace: { en: 'change', 'zh-cn': '修改' },
  remove: { en: 'remove', 'zh-cn': '删除' },
};
export const RISKS: Readonly<Record<'green' | 'amber' | 'red', Text>> = {
  green: { en: 'green', 'zh-cn': '低风险' },
  amber: { en: 'amber', 'zh-cn': '中风险' },
  red: { en: 'red', 'zh-cn': '高风险' },
};

export function asideLines(aside: readonly LeftAside[], { say, terminal }: Context): string[] {
  return aside.map(
    ({ file, name, reason }) =>
      `selvage: ${say({ en: 'left aside', 'zh-cn': '略过' })} ${JSON.stringify(name).slice(1, -1)} (${shownPath(file, terminal.cwd)}): ${say(reason)}`,
  );
}

const WORDS = {
  cluster: { en: 'cluster', 'zh-cn': '集群' },
  nothing: {
    en: 'No change: the cluster says what the files say.',
    'zh-cn': '没有变化：集群与文件一致。',
  },
  between: { en: 'for a while', 'zh-cn': '期间' },
  whole: { en: 'All in all', 'zh-cn': '总体影响' },
} as const satisfies Record<string, Text>;
