import type { Field, Place } from '../../syntax/document.ts';
import type { Reader } from '../reader.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';

export interface BGPFilter extends KubernetesObject {
  readonly kind: 'calico/BGPFilter';
  readonly exportV4: readonly BGPFilterRule[];
  readonly importV4: readonly BGPFilterRule[];
  readonly exportV6: readonly BGPFilterRule[];
  readonly importV6: readonly BGPFilterRule[];
}

/** All conditions of a rule must hold; the first rule that matches decides. */
export interface BGPFilterRule {
  readonly place: Place;
  /** `Accept` or `Reject`. */
  readonly action?: Field<string>;
  readonly cidr?: Field<string>;
  /** `Equal`, `NotEqual`, `In` or `NotIn`. */
  readonly matchOperator?: Field<string>;
  readonly minPrefixLength?: Field<number>;
  readonly maxPrefixLength?: Field<number>;
  /** `RemotePeers`. */
  readonly source?: Field<string>;
  /** Interface name, in which `*` is a wildcard. */
  readonly interface?: Field<string>;
  /** `eBGP` or `iBGP`. */
  readonly peerType?: Field<string>;
  readonly communities: readonly Field<string>[];
  readonly asPathPrefix: readonly Field<string>[];
  readonly priority?: Field<number>;
  /** Names of the operations: `addCommunity`, `prependASPath`, `setPriority`. */
  readonly operations: readonly Field<string>[];
}

export const bgpFilter: KindReader<BGPFilter> = {
  kind: 'calico/BGPFilter',
  read: (object, metadata) => {
    const spec = object.at('spec');
    return {
      ...metadata,
      kind: 'calico/BGPFilter',
      exportV4: spec.items('exportV4').map(readRule),
      importV4: spec.items('importV4').map(readRule),
      exportV6: spec.items('exportV6').map(readRule),
      importV6: spec.items('importV6').map(readRule),
    };
  },
};

function readRule(rule: Reader): BGPFilterRule {
  return present<BGPFilterRule>({
    place: rule.place,
    action: rule.string('action'),
    cidr: rule.string('cidr'),
    matchOperator: rule.string('matchOperator'),
    minPrefixLength: rule.number('prefixLength', 'min'),
    maxPrefixLength: rule.number('prefixLength', 'max'),
    source: rule.string('source'),
    interface: rule.string('interface'),
    peerType: rule.string('peerType'),
    communities: rule.strings('communities', 'values'),
    asPathPrefix: rule.strings('asPathPrefix'),
    priority: rule.number('priority'),
    operations: rule.items('operations').flatMap((item) => item.entries().map(({ key }) => key)),
  });
}
