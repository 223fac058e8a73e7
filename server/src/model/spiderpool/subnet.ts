import { type KindReader, type KubernetesObject, present } from '../resource.ts';
import type { SpiderRanges } from './ip-pool.ts';
import { readRoutes } from './route.ts';

export interface SpiderSubnet extends KubernetesObject, SpiderRanges {
  readonly kind: 'spiderpool/SpiderSubnet';
}

export const spiderSubnet: KindReader<SpiderSubnet> = {
  kind: 'spiderpool/SpiderSubnet',
  read: (object, metadata) => {
    const spec = object.at('spec');
    return present<SpiderSubnet>({
      ...metadata,
      kind: 'spiderpool/SpiderSubnet',
      ipVersion: spec.number('ipVersion'),
      subnet: spec.string('subnet'),
      ips: spec.strings('ips'),
      excludeIPs: spec.strings('excludeIPs'),
      gateway: spec.string('gateway'),
      routes: readRoutes(spec.at('routes')),
    });
  },
};
