import { IS_ONE_CLUSTER, POOLS, type Pool } from '../../assembly/pools.ts';
import { FIRST_POOLS, POD_SUBNETS, type PodSubnet } from '../../assembly/pools-cluster.ts';
import { containsPrefix, sameNetwork } from '../../network/prefix.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import { folderOf, isInside } from '../../workspace/uri.ts';
import { defineRule, type Fix, type Report } from '../rule.ts';

export default defineRule({
  id: 'ipam/pool-outside-pod-cidr',
  severity: 'warning',
  docs: {
    summary: {
      en: 'Calico’s pools lie outside the podSubnet of kind or kubeadm, or the two disagree.',
      'zh-cn': 'Calico 地址池位于 kind 或 kubeadm 的 podSubnet 之外，或二者的 podSubnet 不一致。',
    },
    why: {
      en: 'The operator refuses pools outside the cluster’s pod range. Installed without it, kube-proxy takes the pods for strangers and hides their addresses behind the node’s.',
      'zh-cn':
        'operator 会拒绝位于集群 Pod 网段之外的地址池。若不使用 operator，kube-proxy 会把这些 Pod 当作外部地址，将其地址替换为节点地址。',
    },
    source: 'tigera/operator: check of kubeadm’s pod CIDR; kube-proxy --cluster-cidr (users.md M5)',
  },
  yieldsTo: ['ipam/cidr-overlap', 'ipam/public-range', 'ipam/host-bits'],
  check({ site, report }) {
    const subnets = site.derive(POD_SUBNETS);
    if (subnets === undefined || subnets.length === 0) return;
    disagreements(subnets, report);
    if (!site.derive(IS_ONE_CLUSTER)) return;
    judgeFirstPool(site, subnets, report);
    const { enabled, complete, whole } = site.derive(POOLS);
    // Another pool than the default one may be for other uses, and the one for the pods be in no file.
    if (!complete || !whole) return;
    for (const family of [4, 6] as const) {
      const own = subnets.filter(({ network }) => network.family === family);
      const pools = enabled.filter(({ network }) => network.family === family);
      const outside = pools.filter((pool) => !own.some(({ network }) => containsPrefix(network, pool.network)));
      if (own.length === 0) continue;
      // The operator looks at each of its pools; else one inside is enough.
      for (const pool of outside.filter(({ origin }) => origin.kind === 'Installation')) tell(pool, own, report);
      const applied = outside.filter(({ origin }) => origin.kind === 'IPPool');
      if (outside.length < pools.length || applied.length === 0) continue;
      const [only] = applied;
      if (applied.length === 1) tell(only!, own, report);
      else tellAll(applied, own[0]!, report);
    }
  },
});

/**
 * The pool that calico-node makes where it finds none. A manifest of Calico's lies in many folders of many labs: only one
 * that is alone, and near the cluster's configuration, is taken for this cluster's.
 */
function judgeFirstPool(site: Site, subnets: readonly PodSubnet[], report: Report): void {
  if (site.all('calico/IPPool').length > 0 || site.all('tigera/Installation').length > 0) return;
  const pools = site.derive(FIRST_POOLS);
  for (const { cidr, network } of pools) {
    const own = subnets.filter((subnet) => subnet.network.family === network.family);
    if (own.length === 0 || own.some((subnet) => containsPrefix(subnet.network, network))) continue;
    if (pools.filter((other) => other.network.family === network.family).length > 1) continue;
    if (own.every(({ doc }) => areNear(doc.file, cidr.place.doc.file))) tell({ cidr, network }, own, report);
  }
}

function areNear(one: string, other: string): boolean {
  return isInside(folderOf(one), folderOf(other)) || isInside(folderOf(other), folderOf(one));
}

/** A kubeadm configuration inside kind's says another range than kind's own field. */
function disagreements(subnets: readonly PodSubnet[], report: Report): void {
  for (const one of subnets) {
    if (one.tool !== 'kubeadm' || one.doc.parent === undefined) continue;
    const kinds = subnets.filter(
      ({ tool, doc, network }) => tool === 'kind' && doc === one.doc.parent && network.family === one.network.family,
    );
    const [kind] = kinds;
    if (kind === undefined || kinds.some(({ network }) => sameNetwork(network, one.network))) continue;
    report(
      one.field.place,
      {
        en: `kubeadm gets ${one.text} here, and kind has ${kind.text} as its podSubnet: the parts of the cluster disagree on what a pod is. Make them the same.`,
        'zh-cn': `此处 kubeadm 的网段为 ${one.text}，而 kind 的 podSubnet 为 ${kind.text}：集群各部分对 Pod 网段的认识不一致。请改为相同。`,
      },
      { related: [here(kind)], fixes: [subnetTo(one, kind.text), subnetTo(kind, one.text)] },
    );
  }
}

function tell(pool: Pick<Pool, 'cidr' | 'network'>, subnets: readonly PodSubnet[], report: Report): void {
  const [subnet] = subnets;
  const cidr = pool.cidr.value!;
  const listed = subnets.map(({ text }) => text).join(', ');
  const larger = subnets.some(({ network }) => containsPrefix(pool.network, network));
  report(
    pool.cidr.place,
    {
      en: `${cidr} ${larger ? 'reaches beyond' : 'is outside'} the cluster’s podSubnet ${listed}: the operator refuses such a pool, and kube-proxy hides its pods behind their nodes. Make the two agree.`,
      'zh-cn': `${cidr} ${larger ? '超出了' : '位于'}集群的 podSubnet ${listed}${larger ? '' : ' 之外'}：operator 会拒绝这样的地址池，kube-proxy 也会把其 Pod 隐藏在节点地址之后。请使二者一致。`,
    },
    {
      related: [here(subnet!)],
      fixes: subnets.length > 1 ? [] : [poolTo(pool, subnet!.text), subnetTo(subnet!, cidr)],
    },
  );
}

/** Several pools in one place and the podSubnet in another: it is the odd one. */
function tellAll(pools: readonly Pool[], subnet: PodSubnet, report: Report): void {
  report(
    subnet.field.place,
    {
      en: `None of Calico’s ${pools.length} pools is inside the podSubnet ${subnet.text}: kube-proxy takes every pod for a stranger and hides it behind its node. Give the cluster a range that holds the pools.`,
      'zh-cn': `Calico 的 ${pools.length} 个地址池都不在 podSubnet ${subnet.text} 之内：kube-proxy 会把所有 Pod 当作外部地址并隐藏在节点之后。请为集群设置包含这些地址池的网段。`,
    },
    {
      related: pools.slice(0, 5).map(({ name, cidr }) => ({
        place: cidr.place,
        message: { en: `Pool \`${name}\` has ${cidr.value}.`, 'zh-cn': `地址池 \`${name}\` 为 ${cidr.value}。` },
      })),
    },
  );
}

function here({ field, text, tool }: PodSubnet) {
  return {
    place: field.place,
    message: { en: `The podSubnet of ${tool} is ${text}.`, 'zh-cn': `${tool} 的 podSubnet 为 ${text}。` },
  };
}

function poolTo({ cidr }: Pick<Pool, 'cidr'>, text: string): Fix {
  return {
    title: { en: `Change the pool to ${text}`, 'zh-cn': `将地址池改为 ${text}` },
    kind: 'pick',
    edits: () => replaceScalar(cidr.place, text),
  };
}

function subnetTo({ field, text: before, tool }: PodSubnet, text: string): Fix {
  return {
    title: { en: `Change the podSubnet of ${tool} to ${text}`, 'zh-cn': `将 ${tool} 的 podSubnet 改为 ${text}` },
    kind: 'pick',
    edits: () => replaceScalar(field.place, (field.value ?? '').replace(before, text)),
  };
}
