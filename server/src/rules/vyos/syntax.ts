import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'vyos/syntax',
  severity: 'error',
  docs: {
    summary: {
      en: 'Text that VyOS cannot read as a configuration.',
      'zh-cn': 'VyOS 无法作为配置读取的文本。',
    },
    why: {
      en: 'VyOS reads config.boot as a whole. One missing brace or quote, and the router starts without any configuration: no address, no session, no login over the network.',
      'zh-cn':
        'VyOS 会整体读取 config.boot。只要少一个括号或引号，路由器启动后就没有任何配置：没有地址、没有会话，也无法通过网络登录。',
    },
    source: 'vyos/vyos1x-config: lexer and parser of config.boot',
  },
  document(doc, { report }) {
    if (doc.tree.format !== 'vyos') return;
    for (const { span, message } of doc.tree.vyos.problems) {
      // An unclosed string runs to the end of its line; what opens it is enough to see.
      const newline = doc.text.indexOf('\n', span[0]);
      const end = newline === -1 ? span[1] : Math.min(span[1], newline);
      report({ doc, span: [span[0], Math.max(end, span[0] + 1)] }, message);
    }
  },
});
