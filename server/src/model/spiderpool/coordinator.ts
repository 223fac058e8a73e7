import type { Field, Place } from '../../syntax/document.ts';
import type { Reader } from '../reader.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';
import { removedKeys } from './removed.ts';
import { readRoutes, type SpiderRoute } from './route.ts';

/** The coordinator's settings: the spec of SpiderCoordinator, and `coordinator:` of SpiderMultusConfig. */
export interface CoordinatorSettings {
  readonly place: Place;
  /** `auto`, `underlay`, `overlay` or `disabled`. */
  readonly mode?: Field<string>;
  /** `auto`, `cluster`, `calico`, `cilium` or `none`. */
  readonly podCIDRType?: Field<string>;
  /** Addresses and CIDRs. */
  readonly hijackCIDR: readonly Field<string>[];
  readonly policyRoutes: readonly SpiderRoute[];
  readonly podMACPrefix?: Field<string>;
  readonly tunePodRoutes?: Field<boolean>;
  readonly podDefaultRouteNIC?: Field<string>;
  readonly hostRuleTable?: Field<number>;
  readonly podRPFilter?: Field<number>;
  readonly txQueueLen?: Field<number>;
  readonly vethLinkAddress?: Field<string>;
  readonly vethMTU?: Field<number>;
  readonly removed: readonly Field<string>[];
}

export interface SpiderCoordinator extends KubernetesObject {
  readonly kind: 'spiderpool/SpiderCoordinator';
  readonly settings: CoordinatorSettings;
}

export const spiderCoordinator: KindReader<SpiderCoordinator> = {
  kind: 'spiderpool/SpiderCoordinator',
  read: (object, metadata) => ({
    ...metadata,
    kind: 'spiderpool/SpiderCoordinator',
    settings: readCoordinator(object.at('spec')),
  }),
};

const REMOVED = ['detectGateway', 'detectIPConflict', 'hostRPFilter', 'enableVethLinkLocalAddress'];

export function readCoordinator(spec: Reader): CoordinatorSettings {
  return present<CoordinatorSettings>({
    place: spec.place,
    mode: spec.string('mode'),
    podCIDRType: spec.string('podCIDRType'),
    hijackCIDR: spec.strings('hijackCIDR'),
    policyRoutes: readRoutes(spec.at('policyRoutes')),
    podMACPrefix: spec.string('podMACPrefix'),
    tunePodRoutes: spec.boolean('tunePodRoutes'),
    podDefaultRouteNIC: spec.string('podDefaultRouteNIC'),
    hostRuleTable: spec.number('hostRuleTable'),
    podRPFilter: spec.number('podRPFilter'),
    txQueueLen: spec.number('txQueueLen'),
    vethLinkAddress: spec.string('vethLinkAddress'),
    vethMTU: spec.number('vethMTU'),
    removed: removedKeys(spec, REMOVED),
  });
}
