import type { Report } from '../check/report.ts';

/** One closing line: what was found in how much. */
export function summaryLine({ summary, findings, language }: Report): string {
  const { files, documents, errors, warnings, information, hints } = summary;
  const fixable = findings.filter(({ fixes }) => fixes.some(({ kind }) => kind === 'safe')).length;
  if (language === 'zh-cn') {
    const found = [
      [errors, '个错误'],
      [warnings, '个警告'],
      [information, '条信息'],
      [hints, '条提示'],
    ] as const;
    const told = found.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]));
    const scope = `${files} 个文件（${documents} 个文档）`;
    if (told.length === 0) return `没有问题：已检查 ${scope}。`;
    return `${told.join('，')}：已检查 ${scope}。${fixable === 0 ? '' : `其中 ${fixable} 个可用 --fix 修复。`}`;
  }
  const told = [
    ...counted(errors, 'error', 'errors'),
    ...counted(warnings, 'warning', 'warnings'),
    ...counted(information, 'piece of information', 'pieces of information'),
    ...counted(hints, 'hint', 'hints'),
  ];
  const scope = `${plural(files, 'file', 'files')} (${plural(documents, 'document', 'documents')})`;
  if (told.length === 0) return `Nothing to report in ${scope}.`;
  return `${told.join(', ')} in ${scope}.${fixable === 0 ? '' : ` ${fixable} fixable with --fix.`}`;
}

function counted(count: number, one: string, many: string): readonly string[] {
  return count === 0 ? [] : [plural(count, one, many)];
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
