import type { Rule } from '../../engine/catalogue.ts';
import { ruleOf } from '../../engine/catalogue.ts';
import { refuseRule } from '../check/rule-filter.ts';
import type { Context, Register } from '../command.ts';
import { languageOption } from '../language.ts';
import { wrapped } from '../reporters/width.ts';
import { explainRoute } from './explain-route.ts';

export const explain: Register = (program, context) => {
  const { say, terminal } = context;
  const command = program
    .command('explain')
    .description(say({ en: 'say what a rule means and why it matters', 'zh-cn': '说明规则的含义及其重要性' }))
    .argument('<rule-id>', say({ en: 'e.g. bgp/as-mismatch', 'zh-cn': '例如 bgp/as-mismatch' }))
    .addOption(languageOption(context))
    .action((id: string) => {
      const rule = ruleOf(id) ?? refuseRule(id);
      terminal.out(page(rule, context));
    });
  explainRoute(command, context);
};

function page(rule: Rule, { say, terminal }: Context): string {
  const columns = Math.max(40, Math.min(terminal.columns ?? 100, 100));
  const paragraphs = [
    `${rule.id} (${rule.severity})`,
    say(rule.docs.summary),
    say(rule.docs.why),
    `${say({ en: 'Source:', 'zh-cn': '依据：' })} ${rule.docs.source}`,
    say({
      en: `To silence it once, write the comment \`# selvage-ignore ${rule.id}\` on the line or above it (\`!\` in FRR files, \`//\` in config.boot); for a whole network, set \`rules: {${rule.id}: "off"}\` in selvage.yaml.`,
      'zh-cn': `如需忽略单处，请在该行或其上一行写注释 \`# selvage-ignore ${rule.id}\`（FRR 文件用 \`!\`，config.boot 用 \`//\`）；如需对整个网络关闭，请在 selvage.yaml 中设置 \`rules: {${rule.id}: "off"}\`。`,
    }),
  ];
  return `${paragraphs.map((one) => wrapped(one, columns).join('\n')).join('\n\n')}\n`;
}
