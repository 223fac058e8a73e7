import { planOf } from '../assembly/spiderpool.ts';
import type { Installation } from '../model/calico/installation.ts';
import type { IPPool } from '../model/calico/ip-pool.ts';
import type { KindCluster } from '../model/kind/cluster.ts';
import type { ClusterConfiguration } from '../model/kubeadm/configuration.ts';
import type { ServiceCIDR } from '../model/kubernetes/service-cidr.ts';
import type { Resource } from '../model/resource.ts';
import type { SpiderIPPool } from '../model/spiderpool/ip-pool.ts';
import type { SpiderSubnet } from '../model/spiderpool/subnet.ts';
import { parsePrefix, sizeOf } from '../network/prefix.ts';
import { rangeSize } from '../network/range.ts';
import type { Field } from '../syntax/document.ts';
import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import { counted } from './counted.ts';
import type { InlayHint } from './inlay-hints.ts';

/** How many addresses there are in each range that addresses are given from. */
export function addressHints(file: FileState): readonly InlayHint[] {
  return file.all.flatMap(({ resources }) => resources).flatMap(hintsOf);
}

function hintsOf(resource: Resource): readonly InlayHint[] {
  switch (resource.kind) {
    case 'calico/IPPool':
      return ofCidr((resource as IPPool).cidr);
    case 'tigera/Installation':
      return (resource as Installation).ipPools.flatMap(({ cidr }) => ofCidr(cidr));
    case 'kind/Cluster':
    case 'kubeadm/ClusterConfiguration': {
      const { podSubnet, serviceSubnet } = resource as KindCluster | ClusterConfiguration;
      return [...ofCidr(podSubnet), ...ofCidr(serviceSubnet)];
    }
    case 'kubernetes/ServiceCIDR':
      return (resource as ServiceCIDR).cidrs.flatMap(ofCidr);
    case 'spiderpool/SpiderIPPool':
    case 'spiderpool/SpiderSubnet':
      return ofRanges(resource as SpiderIPPool | SpiderSubnet);
    default:
      return [];
  }
}

/** One CIDR, or several joined by commas: each family is counted by itself. */
function ofCidr(field: Field<string> | undefined): readonly InlayHint[] {
  const prefixes = field?.value?.split(',').map((text) => parsePrefix(text.trim())) ?? [];
  if (field === undefined || prefixes.length === 0 || prefixes.some((prefix) => prefix === undefined)) return [];
  const sizes = prefixes.map((prefix) => counted(sizeOf(prefix!))).join(' + ');
  return [{ place: field.place, label: addresses(sizes, sizes === '1') }];
}

/** Beside `ips`, what is left of them without `excludeIPs`: that is what Spiderpool gives out. */
function ofRanges(resource: SpiderIPPool | SpiderSubnet): readonly InlayHint[] {
  const { total } = planOf(resource);
  const [first] = resource.ips;
  if (first === undefined || total === undefined || first.place.path === undefined) return ofCidr(resource.subnet);
  const count = total.reduce((sum, range) => sum + rangeSize(range), 0n);
  const { doc, path } = first.place;
  const place = { doc, path: path.slice(0, -1), part: 'key' as const };
  const label = addresses(counted(count), count === 1n);
  if (resource.excludeIPs.length === 0) return [...ofCidr(resource.subnet), { place, label }];
  const tooltip = { en: 'Without `excludeIPs`.', 'zh-cn': '已减去 `excludeIPs`。' };
  return [...ofCidr(resource.subnet), { place, label, tooltip }];
}

function addresses(count: string, one: boolean): Text {
  return { en: `${count} ${one ? 'address' : 'addresses'}`, 'zh-cn': `${count} 个地址` };
}
