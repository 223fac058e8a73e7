/** Where our schemas differ from upstream's structure on purpose, and what we know beyond it. */
import { translated } from './patterns.ts';
import type { Schema } from './schema.ts';

/**
 * AS numbers go up to 4294967295 and may be written `hi.lo`. Upstream's schema says int32, its Go type takes both; being strict
 * here would refuse the private range 4200000000–4294967294 that people do use.
 */
const AS_NUMBERS = /(^|\.)(asNumber|localASNumber|asPathPrefix\[\]|prependASPath\.prefix\[\])$/;

/** Fields that upstream keeps for old files only: the field, and what to write instead. */
const DEPRECATED: Record<string, string> = {
  'BGPPeer.spec.keepOriginalNextHop': 'nextHopMode',
  'FelixConfiguration.spec.bpfConnectTimeLoadBalancingEnabled': 'bpfConnectTimeLoadBalancing',
  'FelixConfiguration.spec.routeTableRange': 'routeTableRanges',
};

/** Fields that are gone. They keep a schema so that a file for an old release can still be checked. */
const REMOVED: Record<string, { schema: Schema; instead?: string }> = {
  'IPPool.spec.ipip': {
    schema: { type: 'object', properties: { enabled: { type: 'boolean' }, mode: { type: 'string' } } },
    instead: 'ipipMode',
  },
  'IPPool.spec.nat-outgoing': { schema: { type: 'boolean' }, instead: 'natOutgoing' },
  'FelixConfiguration.spec.iptablesLockFilePath': { schema: { type: 'string' } },
  'FelixConfiguration.spec.iptablesLockTimeout': { schema: { type: 'string' } },
  'FelixConfiguration.spec.bpfKubeProxyEndpointSlicesEnabled': { schema: { type: 'boolean' } },
  'KubeControllersConfiguration.spec.controllers.policyMigration': {
    schema: { type: 'object', properties: { policyNameMigrator: { type: 'string', enum: ['Enabled', 'Disabled'] } } },
  },
};

/** Releases of kinds that are older than their CRD, or that calicoctl learnt later than the API (facts of its resource managers). */
const KIND_SINCE: Record<string, string> = {
  BGPFilter: '3.26',
  Tier: '3.29',
  StagedGlobalNetworkPolicy: '3.30',
  StagedKubernetesNetworkPolicy: '3.30',
  StagedNetworkPolicy: '3.30',
};

interface Facts {
  readonly since: Record<string, string>;
  readonly until: Record<string, string>;
}

/** Changes a kind's schema in place. */
export function adjust(family: string, kind: string, schema: Schema, scope: string, facts: Facts): void {
  if (scope !== '') {
    schema.properties = {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      ...schema.properties,
      metadata: { $ref: '#/$defs/ObjectMeta' },
    };
  }
  const calico = family === 'calico';
  if (calico && KIND_SINCE[kind] !== undefined) schema['x-selvage-since'] = KIND_SINCE[kind];
  if (calico) addRemoved(kind, schema, facts.until);
  visit(schema, kind, (part, at) => {
    const path = at.replace('.status.runningConfig.', '.spec.');
    if (calico && facts.since[path] !== undefined && path !== kind) part['x-selvage-since'] = facts.since[path]!;
    const instead = calico ? DEPRECATED[path] : undefined;
    if (instead !== undefined) Object.assign(part, { deprecated: true, 'x-selvage-instead': instead });
    if (calico && AS_NUMBERS.test(path)) asNumber(part);
    if (part.pattern !== undefined) usePattern(part, part.pattern);
  });
}

function asNumber(part: Schema): void {
  if (part.format !== 'int32' && part.format !== undefined) return;
  for (const word of ['format', 'minimum', 'maximum'] as const) delete part[word];
  Object.assign(part, { type: ['integer', 'string'], format: 'as-number', minimum: 0, maximum: 4294967295 });
}

function usePattern(part: Schema, pattern: string): void {
  const translation = translated(pattern);
  if (translation?.pattern !== pattern) part['x-selvage-pattern'] = pattern;
  if (translation === undefined) delete part.pattern;
  else part.pattern = translation.pattern;
  if (translation?.values !== undefined) part['x-selvage-values'] = translation.values;
}

function addRemoved(kind: string, schema: Schema, until: Record<string, string>): void {
  for (const [path, version] of Object.entries(until)) {
    if (!path.startsWith(`${kind}.`)) continue;
    const removed = REMOVED[path];
    if (removed === undefined) throw new Error(`${path} is gone since ${version}; say in adjust.ts what it was`);
    const steps = path.split('.').slice(1);
    const name = steps.pop()!;
    const instead = removed.instead === undefined ? {} : { 'x-selvage-instead': removed.instead };
    for (const parents of [
      steps,
      ...(kind === 'KubeControllersConfiguration' ? [['status', 'runningConfig', ...steps.slice(1)]] : []),
    ]) {
      const parent = parents.reduce<Schema>((part, step) => part.properties![step]!, schema);
      parent.properties![name] = {
        ...structuredClone(removed.schema),
        deprecated: true,
        'x-selvage-until': version,
        ...instead,
      };
    }
  }
}

/** Calls back for every schema below a kind, with its path written as in since.json. */
function visit(schema: Schema, path: string, call: (part: Schema, path: string) => void): void {
  call(schema, path);
  for (const [name, child] of Object.entries(schema.properties ?? {})) visit(child, `${path}.${name}`, call);
  if (schema.items !== undefined) visit(schema.items, `${path}[]`, call);
  if (typeof schema.additionalProperties === 'object') visit(schema.additionalProperties, `${path}{}`, call);
}
