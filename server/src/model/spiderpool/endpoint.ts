import type { Field } from '../../syntax/document.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';

/** What Spiderpool recorded for a Pod. Nobody writes one by hand; it stands in inventories. */
export interface SpiderEndpoint extends KubernetesObject {
  readonly kind: 'spiderpool/SpiderEndpoint';
  readonly node?: Field<string>;
  readonly ownerControllerType?: Field<string>;
  readonly ownerControllerName?: Field<string>;
  readonly ips: readonly SpiderAllocation[];
}

export interface SpiderAllocation {
  readonly interface?: Field<string>;
  /** Address with prefix length. */
  readonly ipv4?: Field<string>;
  readonly ipv6?: Field<string>;
  readonly ipv4Pool?: Field<string>;
  readonly ipv6Pool?: Field<string>;
}

export const spiderEndpoint: KindReader<SpiderEndpoint> = {
  kind: 'spiderpool/SpiderEndpoint',
  read: (object, metadata) => {
    const status = object.at('status');
    return present<SpiderEndpoint>({
      ...metadata,
      kind: 'spiderpool/SpiderEndpoint',
      node: status.string('current', 'node'),
      ownerControllerType: status.string('ownerControllerType'),
      ownerControllerName: status.string('ownerControllerName'),
      ips: status.items('current', 'ips').map((item) =>
        present<SpiderAllocation>({
          interface: item.string('interface'),
          ipv4: item.string('ipv4'),
          ipv6: item.string('ipv6'),
          ipv4Pool: item.string('ipv4Pool'),
          ipv6Pool: item.string('ipv6Pool'),
        }),
      ),
    });
  },
};
