import { ruleOf } from '../../engine/catalogue.ts';
import { type AssistantTool, refused } from '../tool.ts';
import { unknownRule } from './check.ts';

/** What a rule means, why it matters on the wire, and where the fact is from. */
export const explainRule: AssistantTool = {
  name: 'explain_rule',
  title: { en: 'Explain a rule', 'zh-cn': '说明规则' },
  description:
    'Says what a Selvage rule finds, why that breaks a network, where the fact is from, and how to silence the rule. Use it on the rule id of a finding before mending it.',
  input: {
    type: 'object',
    properties: { rule: { type: 'string', description: 'Id of the rule, such as bgp/as-mismatch.' } },
    required: ['rule'],
    additionalProperties: false,
  },
  run(input, { language }) {
    const id = String(input.rule);
    const rule = ruleOf(id);
    if (rule === undefined) return refused(...unknownRule(id));
    const { severity, docs } = rule;
    return {
      answer: {
        rule: id,
        severity,
        summary: docs.summary[language],
        why: docs.why[language],
        source: docs.source,
        silence: { once: `# selvage-ignore ${id}`, everywhere: `rules: {${id}: "off"}` },
      },
    };
  },
};
