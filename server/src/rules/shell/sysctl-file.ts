import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'shell/sysctl-file',
  severity: 'warning',
  docs: {
    summary: {
      en: '`sysctl -p` does not load the file that was just written.',
      'zh-cn': '`sysctl -p` 不会加载刚刚写入的文件。',
    },
    why: {
      en: 'Without a file name `sysctl -p` reads only `/etc/sysctl.conf`. What was written to `/etc/sysctl.d` takes effect after the next boot: until then the node may not forward a single packet.',
      'zh-cn':
        '不带文件名的 `sysctl -p` 只读取 `/etc/sysctl.conf`。写入 `/etc/sysctl.d` 的内容要到下次启动才生效：在此之前，节点可能不转发任何报文。',
    },
    source: 'sysctl(8): -p and --system',
  },
  each: {
    'shell/Script'(script, { report }) {
      let written: string | undefined;
      for (const { step, field, files } of script.sysctl) {
        if (step === 'write') {
          written = field.value;
          continue;
        }
        if (
          written?.startsWith('/etc/sysctl.d/') !== true ||
          files.length > 0 ||
          !/^(-p|--load)$/.test(field.value ?? '')
        )
          continue;
        report(
          field.place,
          {
            en: `\`sysctl -p\` reads only /etc/sysctl.conf, so what stands in ${written} is not in effect until the next boot. Use \`sysctl --system\`.`,
            'zh-cn': `\`sysctl -p\` 只读取 /etc/sysctl.conf，${written} 中的设置要到下次启动才生效。请使用 \`sysctl --system\`。`,
          },
          {
            fixes: [
              {
                title: { en: 'Use `sysctl --system`', 'zh-cn': '使用 `sysctl --system`' },
                kind: 'safe',
                edits: () => [{ doc: field.place.doc, span: field.place.span!, text: '--system' }],
              },
            ],
          },
        );
      }
    },
  },
});
