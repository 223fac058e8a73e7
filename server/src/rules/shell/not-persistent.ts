import { programOf } from '../../model/shell/script.ts';
import { commandsOf, programWords } from '../../syntax/shell.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'shell/not-persistent',
  severity: 'hint',
  docs: {
    summary: {
      en: 'Packet filter rules that the next boot loses, or that are deleted by their number.',
      'zh-cn': '重启后会丢失的包过滤规则，或按编号删除的规则。',
    },
    why: {
      en: 'iptables and `ip rule` change the running kernel only. And the number of a rule depends on what others, kube-proxy and Calico among them, have inserted before it: a second run deletes somebody else’s rule.',
      'zh-cn':
        'iptables 和 `ip rule` 只修改运行中的内核。规则的编号取决于其他程序（包括 kube-proxy 和 Calico）在它之前插入了什么：再次执行就会删掉别人的规则。',
    },
    source: 'iptables(8), ip-rule(8)',
  },
  each: {
    'shell/Script'(script, { report }) {
      for (const { action, number, chain } of script.iptables)
        if (action === 'delete' && number?.value !== undefined)
          report(number.place, {
            en: `Rule ${number.value} of ${chain?.value ?? 'the chain'} is another one as soon as anything is inserted above it, and kube-proxy and Calico do that. Delete it by what it says: \`-D\` with the words of \`-A\`.`,
            'zh-cn': `只要有规则插入到它上面（kube-proxy 和 Calico 都会这样做），${chain?.value ?? '该链'} 的第 ${number.value} 条就变成另一条规则。请按内容删除：用 \`-A\` 的参数执行 \`-D\`。`,
          });
    },
  },
  document(doc, { report }) {
    if (doc.tree.format !== 'shell') return;
    if (isKept(doc.text)) return;
    for (const command of commandsOf(doc.tree.shell)) {
      const words = programWords(command);
      const program = programOf(command);
      const texts = words.map(({ text }) => text);
      const adds = /^ip6?tables$/.test(program ?? '') && texts.some((text) => /^(-A|-I|--append|--insert)$/.test(text));
      const rules = program === 'ip' && /^ru(le)?$/.test(texts[1] ?? '') && texts[2] === 'add';
      if (!adds && !rules) continue;
      report(
        { doc, span: words[0]!.span },
        {
          en: `The next boot loses what \`${program}\` sets here, and with it the way through this node. Save it (\`iptables-save\`, netfilter-persistent) or run it from a unit at boot.`,
          'zh-cn': `下次启动后，\`${program}\` 在此设置的内容会丢失，经过该节点的通路也随之消失。请保存（\`iptables-save\`、netfilter-persistent），或在启动单元中执行。`,
        },
      );
      // Once a script is enough.
      return;
    }
  },
});

/** The script saves its rules, is run at every boot, or builds a lab that no boot survives. */
function isKept(text: string): boolean {
  return /iptables-save|netfilter-persistent|iptables-persistent|(service|systemctl) \S* ?ip6?tables|rc\.local|\.service\b|@reboot|crontab|\b(clab|containerlab|vagrant|unshare|netns)\b|kind create|docker (run|exec|compose)/.test(
    text,
  );
}
