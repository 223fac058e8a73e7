import { defineRule, type Report } from '../rules/rule.ts';
import type { Doc } from '../syntax/document.ts';
import { yamlOf } from '../syntax/document.ts';
import { type Node, type Pair, type Path, pairOf, resolved } from '../syntax/tree.ts';
import { CONFIGURATION_NAMES } from '../workspace/configuration.ts';
import { nearestRules, ruleOf } from './catalogue.ts';

/** The engine's own word, because a rule does not know the others. Settings and comments treat it like a rule. */
export const UNKNOWN_RULE = defineRule({
  id: 'selvage/unknown-rule',
  severity: 'warning',
  docs: {
    summary: {
      en: '`rules` in selvage.yaml names a rule that does not exist.',
      'zh-cn': 'selvage.yaml 的 `rules` 中写了不存在的规则。',
    },
    why: {
      en: 'It changes nothing: the rule that was meant is as loud as before.',
      'zh-cn': '它不起任何作用：原本想调整的规则级别不变。',
    },
    source: 'Selvage: selvage.yaml',
  },
  document(doc, { report }) {
    const root = yamlOf(doc)?.root;
    if (root === undefined || doc.parent !== undefined || !isConfiguration(doc)) return;
    checkRules(doc, pairOf(root, 'rules')?.value, ['rules'], report);
    const sites = resolved(pairOf(root, 'sites')?.value);
    if (sites?.kind !== 'sequence') return;
    for (const [index, site] of sites.items.entries())
      checkRules(doc, pairOf(site, 'rules')?.value, ['sites', index, 'rules'], report);
  },
});

function isConfiguration({ file }: Doc): boolean {
  return CONFIGURATION_NAMES.has(file.slice(file.lastIndexOf('/') + 1));
}

function checkRules(doc: Doc, rules: Node | undefined, path: Path, report: Report): void {
  const mapping = resolved(rules);
  if (mapping?.kind !== 'mapping') return;
  for (const { key, merged } of mapping.pairs) {
    if (merged || key.templated || isKnown(key.text)) continue;
    const near = nearestRules(key.text, 3);
    report(
      { doc, path: [...path, key.text], part: 'key' },
      {
        en: `There is no rule ${key.text}${near[0] === undefined ? '' : `; is ${near[0]} meant?`} This line changes nothing.`,
        'zh-cn': `没有规则 ${key.text}${near[0] === undefined ? '' : `，是否想写 ${near[0]}？`} 此行不起作用。`,
      },
      {
        fixes: near.map((id) => ({
          title: { en: `Write ${id}`, 'zh-cn': `改为 ${id}` },
          kind: 'pick',
          edits: () => [{ doc, span: key.span, text: asWritten(key, id) }],
        })),
      },
    );
  }
}

/** A rule, a whole family, or what the engine says itself. */
function isKnown(id: string): boolean {
  return id.startsWith('selvage/') || ruleOf(id) !== undefined || (id.endsWith('/*') && nearestRules(id, 1).length > 0);
}

function asWritten(key: Pair['key'], id: string): string {
  return key.style === 'plain' ? id : key.style === 'single' ? `'${id}'` : `"${id}"`;
}
