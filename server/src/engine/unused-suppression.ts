import { defineRule, type Fix } from '../rules/rule.ts';
import type { Doc } from '../syntax/document.ts';
import type { Edit } from '../syntax/edit.ts';
import type { Span } from '../syntax/span.ts';
import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { SiteSettings } from '../workspace/settings.ts';
import { nearestRules, ruleOf } from './catalogue.ts';
import { type Finding, levelOf } from './findings.ts';
import type { UnusedId } from './suppressions.ts';

/** The engine's own word: no rule can know what the others said. Settings and comments treat it like a rule. */
export const UNUSED_SUPPRESSION = defineRule({
  id: 'selvage/unused-suppression',
  severity: 'hint',
  tags: ['unnecessary'],
  docs: {
    summary: {
      en: 'A suppression comment names a rule that says nothing here, or that does not exist.',
      'zh-cn': '抑制注释所写的规则在此处没有任何提示，或根本不存在。',
    },
    why: {
      en: 'It silences nothing today, and tomorrow it would silence a mistake that nobody has made yet.',
      'zh-cn': '它现在不起任何作用，将来却可能掩盖尚未发生的错误。',
    },
    source: 'Selvage: suppression comments',
  },
});

/**
 * Findings for ids in suppression comments that silence nothing. Silent in Markdown, which tells about comments, and for
 * rules that are not run: `runs` answers that.
 */
export function unusedFindings(
  file: FileState,
  unused: readonly UnusedId[],
  settings: SiteSettings,
  runs: (id: string) => boolean,
): readonly Finding[] {
  const level = levelOf(UNUSED_SUPPRESSION, settings);
  if (level === 'off' || file.format === undefined || file.format === 'markdown') return [];
  return unused.flatMap((one): readonly Finding[] => {
    const doc = documentAt(file, one.span[0]);
    const message = doc === undefined ? undefined : messageOf(one.id, settings, runs);
    if (doc === undefined || message === undefined) return [];
    return [
      {
        rule: UNUSED_SUPPRESSION,
        severity: level ?? UNUSED_SUPPRESSION.severity,
        place: { doc, span: within(doc, one.span) },
        message,
        related: [],
        fixes: fixesOf(one, doc, unused, file.text),
      },
    ];
  });
}

function messageOf(id: string, settings: SiteSettings, runs: (id: string) => boolean): Text | undefined {
  if (id === UNUSED_SUPPRESSION.id || id.startsWith('selvage/')) return undefined;
  if (!id.includes('*') && ruleOf(id) === undefined) {
    const [near] = nearestRules(id, 1);
    return {
      en: `There is no rule ${id}${near === undefined ? '' : `; is ${near} meant?`} This comment silences nothing.`,
      'zh-cn': `没有规则 ${id}${near === undefined ? '' : `，是否想写 ${near}？`} 此注释不起作用。`,
    };
  }
  const rule = ruleOf(id);
  if (rule !== undefined && (!runs(id) || levelOf(rule, settings) === 'off')) return undefined;
  return {
    en: `Nothing here needs this comment: ${id} says nothing of what it stands for. Remove it, so that it hides nothing later.`,
    'zh-cn': `此注释已无必要：${id} 对其所指之处没有任何提示。请删除，以免将来掩盖问题。`,
  };
}

/** The outermost document that holds an offset of the file; a comment in front of the first one belongs to it. */
function documentAt(file: FileState, offset: number): Doc | undefined {
  const docs = file.documents.map(({ doc }) => doc);
  return docs.findLast(({ base }) => base <= offset) ?? docs[0];
}

function within({ base }: Doc, [start, end]: Span): Span {
  return [start - base, end - base];
}

function fixesOf(one: UnusedId, doc: Doc, unused: readonly UnusedId[], text: string): readonly Fix[] {
  const { suppression } = one;
  const others = suppression.ids.filter((id) => !unused.some(({ span }) => span[0] === id.span[0]));
  const cut = others.length === 0 ? wholeComment(suppression, text) : wordOf(one.span, text);
  return [
    {
      title: { en: 'Remove it', 'zh-cn': '删除' },
      kind: 'pick',
      edits: (): readonly Edit[] => [{ doc, span: within(doc, cut), text: '' }],
    },
  ];
}

/** The comment with its line, or with the blanks that lead to it. */
function wholeComment({ alone, span }: UnusedId['suppression'], text: string): Span {
  if (!alone) return [text.slice(0, span[0]).trimEnd().length, span[1]];
  const newline = text.indexOf('\n', span[1]);
  return [text.lastIndexOf('\n', span[0] - 1) + 1, newline === -1 ? text.length : newline + 1];
}

/** An id with the comma or blank that parts it from the one before it. */
function wordOf([start, end]: Span, text: string): Span {
  const before = /[\s,]+$/.exec(text.slice(0, start))?.[0].length ?? 0;
  return [start - before, end];
}
