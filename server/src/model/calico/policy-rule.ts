import type { Field, Place } from '../../syntax/document.ts';
import type { Reader } from '../reader.ts';
import { present } from '../resource.ts';

/** One rule of a Calico policy or profile. */
export interface PolicyRule {
  readonly place: Place;
  /** `Allow`, `Deny`, `Log` or `Pass`. */
  readonly action?: Field<string>;
  /** A name in Calico's spelling (`TCP`) or a number. */
  readonly protocol?: Field<string>;
  readonly notProtocol?: Field<string>;
  readonly ipVersion?: Field<number>;
  readonly icmpType?: Field<number>;
  readonly icmpCode?: Field<number>;
  readonly hasHttp: boolean;
  readonly source: PolicyEntity;
  readonly destination: PolicyEntity;
}

/** One side of a rule: all that is given must match. */
export interface PolicyEntity {
  readonly place: Place;
  /** CIDRs or addresses. */
  readonly nets: readonly Field<string>[];
  readonly notNets: readonly Field<string>[];
  readonly selector?: Field<string>;
  readonly notSelector?: Field<string>;
  readonly namespaceSelector?: Field<string>;
  /** Numbers, `first:last` ranges and names. */
  readonly ports: readonly Field<string>[];
  readonly notPorts: readonly Field<string>[];
  readonly serviceAccountNames: readonly Field<string>[];
  readonly serviceAccountSelector?: Field<string>;
  readonly serviceName?: Field<string>;
  readonly serviceNamespace?: Field<string>;
  /** Nothing is given: the side matches everything. */
  readonly isEmpty: boolean;
}

export function readPolicyRules(rules: Reader): readonly PolicyRule[] | undefined {
  return rules.node?.kind === 'sequence' ? rules.items().map(readRule) : undefined;
}

function readRule(rule: Reader): PolicyRule {
  return present<PolicyRule>({
    place: rule.place,
    action: rule.string('action'),
    protocol: rule.string('protocol'),
    notProtocol: rule.string('notProtocol'),
    ipVersion: rule.number('ipVersion'),
    icmpType: rule.number('icmp', 'type'),
    icmpCode: rule.number('icmp', 'code'),
    hasHttp: rule.at('http').node?.kind === 'mapping',
    source: readEntity(rule.at('source')),
    destination: readEntity(rule.at('destination')),
  });
}

function readEntity(entity: Reader): PolicyEntity {
  return present<PolicyEntity>({
    place: entity.place,
    nets: entity.strings('nets'),
    notNets: entity.strings('notNets'),
    selector: entity.string('selector'),
    notSelector: entity.string('notSelector'),
    namespaceSelector: entity.string('namespaceSelector'),
    ports: entity.strings('ports'),
    notPorts: entity.strings('notPorts'),
    serviceAccountNames: entity.strings('serviceAccounts', 'names'),
    serviceAccountSelector: entity.string('serviceAccounts', 'selector'),
    serviceName: entity.string('services', 'name'),
    serviceNamespace: entity.string('services', 'namespace'),
    isEmpty: entity.entries().length === 0,
  });
}
