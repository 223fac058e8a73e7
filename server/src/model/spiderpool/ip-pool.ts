import type { Field } from '../../syntax/document.ts';
import { type LabelSelector, readLabelSelector } from '../kubernetes/label-selector.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';
import { removedKeys } from './removed.ts';
import { readRoutes, type SpiderRoute } from './route.ts';

/** What SpiderIPPool and SpiderSubnet have in common. */
export interface SpiderRanges {
  /** 4 or 6; derived from the subnet when it is absent. */
  readonly ipVersion?: Field<number>;
  /** CIDR. */
  readonly subnet?: Field<string>;
  /** Single addresses and `first-last` ranges, as they are written. */
  readonly ips: readonly Field<string>[];
  readonly excludeIPs: readonly Field<string>[];
  readonly gateway?: Field<string>;
  readonly routes: readonly SpiderRoute[];
}

export interface SpiderIPPool extends KubernetesObject, SpiderRanges {
  readonly kind: 'spiderpool/SpiderIPPool';
  readonly podAffinity?: LabelSelector;
  readonly namespaceAffinity?: LabelSelector;
  readonly nodeAffinity?: LabelSelector;
  readonly namespaceName: readonly Field<string>[];
  readonly nodeName: readonly Field<string>[];
  /** `namespace/name` or a bare name. */
  readonly multusName: readonly Field<string>[];
  readonly default?: Field<boolean>;
  readonly disable?: Field<boolean>;
  /** Keys that older releases had and the present one drops without a word. */
  readonly removed: readonly Field<string>[];
}

export const spiderIPPool: KindReader<SpiderIPPool> = {
  kind: 'spiderpool/SpiderIPPool',
  read: (object, metadata) => {
    const spec = object.at('spec');
    return present<SpiderIPPool>({
      ...metadata,
      kind: 'spiderpool/SpiderIPPool',
      ipVersion: spec.number('ipVersion'),
      subnet: spec.string('subnet'),
      ips: spec.strings('ips'),
      excludeIPs: spec.strings('excludeIPs'),
      gateway: spec.string('gateway'),
      routes: readRoutes(spec.at('routes')),
      podAffinity: readLabelSelector(spec.at('podAffinity')),
      namespaceAffinity: readLabelSelector(spec.at('namespaceAffinity')),
      nodeAffinity: readLabelSelector(spec.at('nodeAffinity')),
      namespaceName: spec.strings('namespaceName'),
      nodeName: spec.strings('nodeName'),
      multusName: spec.strings('multusName'),
      default: spec.boolean('default'),
      disable: spec.boolean('disable'),
      removed: removedKeys(spec, ['vlan']),
    });
  },
};
