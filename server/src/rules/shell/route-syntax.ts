import type { RouteLine } from '../../model/shell/route.ts';
import type { Edit } from '../../syntax/edit.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'shell/route-syntax',
  severity: 'error',
  docs: {
    summary: {
      en: '`ip route` with the words of the old `route` command.',
      'zh-cn': '`ip route` 中使用了旧 `route` 命令的词。',
    },
    why: {
      en: 'iproute2 knows neither `-net` nor `gw`: the command ends with an error, and the route that everything behind it relies on is never there.',
      'zh-cn': 'iproute2 不认识 `-net` 和 `gw`：命令会报错退出，后续步骤所依赖的路由根本不存在。',
    },
    source: 'iproute2 ip-route(8); net-tools route(8)',
  },
  each: {
    'shell/Script'(script, { report }) {
      for (const route of script.routes) {
        const first = route.foreign[0];
        if (route.form !== 'mixed' || first === undefined) continue;
        const names = [...new Set(route.foreign.map(({ word }) => `\`${word.value}\``))];
        const right = ['ip route', route.action === 'delete' ? 'del' : 'add', route.destination.value ?? '…'];
        for (const hop of route.via) right.push('via', hop.value ?? '…');
        report(
          first.word.place,
          {
            en: `${names.join(' and ')} ${names.length > 1 ? 'belong' : 'belongs'} to \`route\`, and \`ip route\` refuses the line: the route is never set. Write \`${right.join(' ')}\`.`,
            'zh-cn': `${names.join('、')} 是 \`route\` 命令的词，\`ip route\` 会拒绝这一行，路由不会被设置。请写成 \`${right.join(' ')}\`。`,
          },
          {
            fixes: canMend(route)
              ? [
                  {
                    title: {
                      en: `Write it as \`${right.join(' ')}\``,
                      'zh-cn': `改写为 \`${right.join(' ')}\``,
                    },
                    kind: 'safe',
                    edits: () => mended(route),
                  },
                ]
              : [],
          },
        );
      }
    },
  },
});

function canMend(route: RouteLine): boolean {
  const hasMask = route.foreign.some(({ word }) => word.value === 'netmask');
  return !hasMask || route.destination.value !== undefined;
}

/** `-net` goes, `gw` becomes `via`, and a netmask becomes the prefix length behind the destination. */
function mended(route: RouteLine): readonly Edit[] {
  const { doc } = route.place;
  return route.foreign.flatMap(({ word, value }): readonly Edit[] => {
    const [start, end] = word.place.span ?? [0, 0];
    const blank = /^[ \t]*/.exec(doc.text.slice(end))?.[0].length ?? 0;
    switch (word.value) {
      case 'gw':
        return [{ doc, span: [start, end], text: 'via' }];
      case 'netmask': {
        const maskEnd = value?.place.span?.[1] ?? end;
        const before = /[ \t]*$/.exec(doc.text.slice(0, start))?.[0].length ?? 0;
        const destinationEnd = route.destination.place.span?.[1] ?? start;
        const length = route.destination.value?.replace(/^.*\//, '/') ?? '';
        return [
          { doc, span: [destinationEnd, destinationEnd], text: length },
          { doc, span: [start - before, maskEnd], text: '' },
        ];
      }
      default:
        return [{ doc, span: [start, end + blank], text: '' }];
    }
  });
}
