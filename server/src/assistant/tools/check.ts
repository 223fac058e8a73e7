import { matchesRule, nearestRules, RULES } from '../../engine/catalogue.ts';
import type { Severity } from '../../workspace/settings.ts';
import { isInside } from '../../workspace/uri.ts';
import { placeOf, uriOf } from '../paths.ts';
import { type AssistantTool, refused } from '../tool.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
const MOST = 100;

/** The findings of the folder or of one file, as the editor and `selvage check` show them. */
export const check: AssistantTool = {
  name: 'check',
  title: { en: 'Check network files', 'zh-cn': '检查网络文件' },
  description:
    'Checks Calico, Spiderpool, containerlab, kind, FRR, VyOS and BIRD files as one network and lists what is wrong: file:line:column, rule id, message, and the fixes that Selvage can make. Always reads the whole network; `path` only narrows what is listed. Use it before and after an edit of such files.',
  input: {
    type: 'object',
    properties: {
      path: { type: 'string', description: 'File or folder, relative to the open folder. All files when absent.' },
      severity: {
        type: 'string',
        enum: SEVERITIES,
        description: 'List only findings at or above this severity. All when absent.',
      },
      rule: { type: 'string', description: 'List only findings of this rule, such as bgp/as-mismatch, or bgp/*.' },
      limit: {
        type: 'integer',
        minimum: 1,
        maximum: 1000,
        description: `The most findings to list; the answer says how many there are. ${MOST} when absent.`,
      },
    },
    additionalProperties: false,
  },
  run({ path, severity, rule, limit = MOST }, { engine, language, isCancelled }) {
    const { workspace } = engine;
    const target = path === undefined ? undefined : uriOf(workspace, String(path));
    if (path !== undefined && target === undefined)
      return refused(`${path} is outside of the open folder.`, `${path} 不在打开的文件夹内。`);
    const files = [...workspace.files].filter(({ uri }) => target === undefined || isInside(target, uri));
    if (path !== undefined && files.length === 0)
      return refused(`There is no file that Selvage reads at ${path}.`, `${path} 处没有 Selvage 能读取的文件。`);
    if (rule !== undefined && !RULES.some(({ id }) => matchesRule(String(rule), id)))
      return refused(...unknownRule(String(rule)));
    const lowest = SEVERITIES.indexOf((severity ?? 'hint') as Severity);
    const found = engine
      .diagnoseAll(isCancelled)
      .filter(
        (one) =>
          (target === undefined || isInside(target, one.file)) &&
          SEVERITIES.indexOf(one.severity) <= lowest &&
          (rule === undefined || matchesRule(String(rule), one.code)),
      );
    const findings = found.slice(0, Number(limit)).map((one) => ({
      at: placeOf(workspace, one),
      severity: one.severity,
      rule: one.code,
      message: one.message[language],
      ...(one.related.length > 0 && {
        related: one.related.map((other) => ({ at: placeOf(workspace, other), message: other.message[language] })),
      }),
      ...(one.fixes.length > 0 && { fixes: one.fixes.map(({ title }) => title[language]) }),
    }));
    return { answer: { files: files.length, found: found.length, findings } };
  },
};

/** One sentence on an id that there is no rule of. */
export function unknownRule(id: string): [en: string, chinese: string] {
  const near = nearestRules(id);
  return near.length === 0
    ? [`There is no rule ${id}.`, `没有规则 ${id}。`]
    : [`There is no rule ${id}. Near it: ${near.join(', ')}.`, `没有规则 ${id}。相近的有：${near.join('、')}。`];
}
