import { BGP } from '../../assembly/bgp.ts';
import { LOSS_CAUSES } from '../../assembly/bgp-losses.ts';
import { clusterIdField } from '../../assembly/bgp-reflectors.ts';
import type { Loss } from '../../network/bgp/losses.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'bgp/same-cluster-id-split-clients',
  severity: 'error',
  docs: {
    summary: {
      en: 'Reflectors share a cluster id, but a client peers with only one of them.',
      'zh-cn': '多个反射器使用同一 cluster id，但有客户端只与其中一个建立会话。',
    },
    why: {
      en: 'A reflector drops a route that already carries its cluster id. With one id, a client of the first reflector alone never learns the pods of a client of the second alone. One id is safe only where every client peers with every reflector.',
      'zh-cn':
        '反射器会丢弃已携带其 cluster id 的路由。id 相同时，只连接第一个反射器的客户端永远学不到只连接第二个反射器的客户端的 Pod。只有当每个客户端都与每个反射器建立会话时，共用 id 才是安全的。',
    },
    source: 'observed on BIRD (lab C10, C10b)',
  },
  check({ site, report }) {
    const byId = new Map<string, Loss>();
    for (const { loss, stops } of site.derive(LOSS_CAUSES).clusterLoop) {
      const id = stops[0]!.from.clusterId ?? stops[0]!.to.clusterId;
      if (id !== undefined && !byId.has(id)) byId.set(id, loss);
    }
    const nodes = site.derive(BGP).expansion?.routers ?? [];
    const used = new Set(nodes.map(({ clusterId }) => clusterId));
    for (const [id, { receiver, origin }] of byId) {
      const sharing = nodes.filter(({ clusterId }) => clusterId === id);
      const fields = sharing.flatMap((router) => {
        const field = clusterIdField(router);
        return field === undefined ? [] : [{ router, field }];
      });
      const last = fields.at(-1);
      if (last === undefined || fields.length < 2) continue;
      const fresh = [1, 2, 3, 4, 5, 6, 7, 8].map((one) => `244.0.0.${one}`).find((one) => !used.has(one));
      report(
        last.field.place,
        {
          en: `${sharing.map(({ name }) => name).join(', ')} share the cluster id ${id}, but not every client peers with all of them: \`${receiver.name}\` never learns the pods of \`${origin.name}\`. Give each reflector an id of its own, or let every client peer with each.`,
          'zh-cn': `${sharing.map(({ name }) => name).join('、')} 共用 cluster id ${id}，但并非每个客户端都与它们全部建立会话：\`${receiver.name}\` 永远学不到 \`${origin.name}\` 的 Pod。请为每个反射器设置各自的 id，或让每个客户端与所有反射器建立会话。`,
        },
        {
          related: fields.slice(0, -1).map(({ router, field }) => ({
            place: field.place,
            message: { en: `${router.name} has the same id.`, 'zh-cn': `${router.name} 使用相同的 id。` },
          })),
          fixes:
            fresh === undefined
              ? []
              : [
                  {
                    title: {
                      en: `Give ${last.router.name} the id ${fresh}`,
                      'zh-cn': `将 ${last.router.name} 的 id 改为 ${fresh}`,
                    },
                    kind: 'pick',
                    edits: () => replaceScalar(last.field.place, fresh),
                  },
                ],
        },
      );
    }
  },
});
