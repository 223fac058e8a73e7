import type { Place } from '../syntax/document.ts';
import { moved } from '../syntax/span.ts';
import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { matchesRule, nearestRules, RULES, ruleOf } from './catalogue.ts';
import type { HoverPart } from './hover.ts';
import { suppressionsOf } from './suppressions.ts';

/** Over an id in a comment that silences rules: what is silenced. */
export function ruleHover(file: FileState, offset: number, _site: Site): HoverPart | undefined {
  const ids = suppressionsOf(file).flatMap((suppression) => suppression.ids);
  const found = ids.find(({ span }) => span[0] <= offset && offset <= span[1]);
  const doc = file.documents.findLast((state) => state.doc.base <= offset)?.doc ?? file.documents[0]?.doc;
  if (found === undefined || doc === undefined) return undefined;
  const place: Place = { doc, span: moved(found.span, -doc.base) };
  return { place, text: textOf(found.id) };
}

function textOf(id: string): Text {
  const rule = ruleOf(id);
  if (rule !== undefined) {
    const { summary, why } = rule.docs;
    return {
      en: `**${id}** (${rule.severity}): ${summary.en}\n\n${why.en}`,
      'zh-cn': `**${id}**（${rule.severity}）：${summary['zh-cn']}\n\n${why['zh-cn']}`,
    };
  }
  const matched = RULES.filter((one) => matchesRule(id, one.id));
  if (matched.length > 0)
    return {
      en: `**${id}** silences ${matched.length} rules here.`,
      'zh-cn': `**${id}** 在此处屏蔽 ${matched.length} 条规则。`,
    };
  const near = nearestRules(id).map((one) => `\`${one}\``);
  return {
    en: `There is no rule \`${id}\`, so this comment silences nothing.${near.length === 0 ? '' : ` Near it: ${near.join(', ')}.`}`,
    'zh-cn': `没有规则 \`${id}\`，此注释不会屏蔽任何内容。${near.length === 0 ? '' : `相近的有：${near.join('、')}。`}`,
  };
}
