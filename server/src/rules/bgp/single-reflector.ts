import { BGP } from '../../assembly/bgp.ts';
import { meshOf } from '../../assembly/bgp-mesh.ts';
import { clusterIdField, listed } from '../../assembly/bgp-reflectors.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'bgp/single-reflector',
  severity: 'warning',
  docs: {
    summary: {
      en: 'One node alone reflects the routes of all others.',
      'zh-cn': '所有其他节点的路由只由一个节点反射。',
    },
    why: {
      en: 'When that node restarts, its clients have no session left. Graceful restart carries them for about two minutes; after that every node loses every other node’s pods.',
      'zh-cn': '该节点重启时，其客户端不再有任何会话。优雅重启可维持约两分钟，之后所有节点都会失去彼此的 Pod。',
    },
    source: 'observed on BIRD (lab C2, C2c)',
  },
  check({ site, report }) {
    const { expansion, prediction } = site.derive(BGP);
    if (meshOf(site).state !== 'off' || expansion === undefined || expansion.undecided.length > 0) return;
    const reflectors = expansion.routers.filter(({ clusterId }) => clusterId !== undefined);
    const [reflector] = reflectors;
    const field = reflector === undefined ? undefined : clusterIdField(reflector);
    if (reflectors.length !== 1 || reflector === undefined || field === undefined) return;
    const clients: string[] = [];
    for (const client of expansion.routers) {
      const sessions = prediction.sessionsOf(client);
      const served = sessions.some(({ peer, state }) => peer === reflector && state === 'established');
      // A session with somebody else may well carry the same routes.
      if (served && sessions.every(({ peer }) => peer === reflector)) clients.push(client.name);
    }
    if (clients.length < 2) return;
    report(field.place, {
      en: `\`${reflector.name}\` is the only reflector of ${listed(clients)}. When it restarts, none of them has a session, and soon they lose each other’s pods. Make a second node a reflector: a label, a cluster id, and a peer between the two.`,
      'zh-cn': `\`${reflector.name}\` 是 ${listed(clients)} 唯一的反射器。它一旦重启，这些节点都没有会话，不久便会失去彼此的 Pod。请再设一个反射器：打标签、设置 cluster id，并让两个反射器互为对等体。`,
    });
  },
});
