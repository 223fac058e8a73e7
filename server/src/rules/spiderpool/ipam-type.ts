import { annotationsAt, podMetadata } from '../../assembly/spiderpool-annotations.ts';
import { CNI_PLUGINS, HAS_UNDERLAY } from '../../assembly/spiderpool-cni.ts';
import type { Workload } from '../../model/kubernetes/workload.ts';
import type { Doc, Place } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Report } from '../rule.ts';
import { brokenJson } from './broken-json.ts';

export default defineRule({
  id: 'spiderpool/ipam-type',
  severity: 'error',
  docs: {
    summary: {
      en: 'Pods ask for Spiderpool’s pools, and the CNI configuration hands allocation to another IPAM; or it is not JSON.',
      'zh-cn': 'Pod 要求使用 Spiderpool 地址池，而 CNI 配置把分配交给了其他 IPAM；或该配置不是 JSON。',
    },
    why: {
      en: 'Only the IPAM that `ipam.type` names is ever asked. With another one the annotations have no effect: the Pods run, with addresses of another pool.',
      'zh-cn':
        '只有 `ipam.type` 指定的 IPAM 会被调用。若是其他 IPAM，注解不起作用：Pod 能运行，但得到的是其他地址池的地址。',
    },
    source: 'CNI specification; Spiderpool’s Calico guide (spiderpool.md S58, K7)',
  },
  document(doc, { report }) {
    if (doc.parent !== undefined || !/\.conflist$/i.test(doc.file)) return;
    for (const { place, message, fixes } of brokenJson(doc)) report(place, message, { fixes: fixes ?? [] });
  },
  check({ site, report }) {
    const calico = site.derive(CNI_PLUGINS).filter(({ type }) => type.value === 'calico');
    if (calico.length === 0 || site.derive(HAS_UNDERLAY)) return;
    if (calico.some(({ ipam }) => ipam === undefined || ipam.value === undefined || ipam.value === 'spiderpool'))
      return;
    const relying = firstRelying(site);
    if (relying === undefined) return;
    for (const { doc, ipam } of calico) judge(ipam!.place, ipam!.value!, doc, relying, report);
  },
});

/** A Pod with one card that names a pool: its only card is Calico's. */
function firstRelying(site: Site): Place | undefined {
  for (const workload of site.all('kubernetes/Workload')) {
    if (usesMultus(workload)) continue;
    const annotation = annotationsAt(workload.doc, podMetadata(workload)).find(({ key }) => key === 'ippool');
    if (annotation !== undefined) return { doc: annotation.doc, path: annotation.path, part: 'key' };
  }
  return undefined;
}

function usesMultus({ pod }: Workload): boolean {
  return pod.annotations.has('k8s.v1.cni.cncf.io/networks') || pod.annotations.has('v1.multus-cni.io/default-network');
}

function judge(place: Place, type: string, doc: Doc, relying: Place, report: Report): void {
  report(
    place,
    {
      en: `Calico asks \`${type}\` for addresses, so Spiderpool's annotations have no effect: the Pods get addresses of another pool. Set the type to \`spiderpool\` on every node.`,
      'zh-cn': `Calico 向 \`${type}\` 申请地址，因此 Spiderpool 的注解不起作用，Pod 会得到其他地址池的地址。请在每个节点上将 type 设为 \`spiderpool\`。`,
    },
    {
      // A file of the node may have been changed since; what Calico's installer writes comes back at every restart.
      severity: doc.parent === undefined ? 'error' : 'warning',
      related: [
        {
          place: relying,
          message: { en: 'A Pod relies on Spiderpool here.', 'zh-cn': '此处的 Pod 依赖 Spiderpool。' },
        },
      ],
      fixes: [
        {
          title: { en: 'Set the type to `spiderpool`', 'zh-cn': '将 type 设为 `spiderpool`' },
          kind: 'pick',
          edits: () => replaceScalar(place, 'spiderpool'),
        },
      ],
    },
  );
}
