import type { Site } from '../../workspace/site.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'k8s/node-port',
  severity: 'error',
  docs: {
    summary: {
      en: 'A nodePort outside the range that the API server hands out.',
      'zh-cn': 'nodePort 超出 API 服务器分配的范围。',
    },
    why: {
      en: 'The API server refuses the Service as a whole, so it gets no ClusterIP and no name in DNS either. The range is 30000–32767 unless the API server was started with another `service-node-port-range`.',
      'zh-cn':
        'API 服务器会拒绝整个 Service，因此它也得不到 ClusterIP 和 DNS 名称。除非 API 服务器启动时设置了其他 `service-node-port-range`，否则范围是 30000–32767。',
    },
    source: 'kubernetes.io: kube-apiserver --service-node-port-range, default 30000-32767',
  },
  check({ site, report }) {
    const outside = site
      .all('kubernetes/Service')
      .flatMap(({ ports }) => ports.flatMap(({ nodePort }) => (isOutside(nodePort?.value) ? [nodePort!] : [])));
    // Who uses several of them has a cluster that allows them.
    if (new Set(outside.map(({ value }) => value)).size > SLIPS || outside.length === 0 || hasRangeOfItsOwn(site))
      return;
    for (const { value, place } of outside)
      report(place, {
        en: `nodePort ${value} is outside ${FIRST}–${LAST}, so the API server refuses the whole Service. Choose a port of that range, or leave the field out.`,
        'zh-cn': `nodePort ${value} 不在 ${FIRST}–${LAST} 范围内，API 服务器会拒绝整个 Service。请选择该范围内的端口，或省略此字段。`,
      });
  },
});

const FIRST = 30000;
const LAST = 32767;
const SLIPS = 2;

/** 0 asks for any free port. */
function isOutside(port: number | undefined): boolean {
  return port !== undefined && port !== 0 && (port < FIRST || port > LAST);
}

/** The flag may stand in a kubeadm configuration, in k3s' or RKE's, or in a script. */
function hasRangeOfItsOwn(site: Site): boolean {
  return [...site.documents('yaml'), ...site.documents('shell')].some(({ text }) =>
    /node[-_]?port[-_]?range/i.test(text),
  );
}
