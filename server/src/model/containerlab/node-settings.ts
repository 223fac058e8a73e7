import type { Field, Place } from '../../syntax/document.ts';
import type { Reader } from '../reader.ts';
import { present } from '../resource.ts';
import { type Bind, readBind } from './bind.ts';
import { type ExecLine, readExecLine } from './exec.ts';
import { readStages, type Stage } from './stages.ts';

/** Field name here and key in the file, by type. These tables drive reading and inheritance alike. */
export const TEXTS = {
  kind: 'kind',
  group: 'group',
  type: 'type',
  image: 'image',
  imagePullPolicy: 'image-pull-policy',
  restartPolicy: 'restart-policy',
  license: 'license',
  startupConfig: 'startup-config',
  position: 'position',
  hostname: 'hostname',
  entrypoint: 'entrypoint',
  cmd: 'cmd',
  user: 'user',
  networkMode: 'network-mode',
  runtime: 'runtime',
  linkApplyMode: 'link-apply-mode',
  cgroupnsMode: 'cgroupns-mode',
  pidMode: 'pid-mode',
} as const;

export const NUMBERS = { startupDelay: 'startup-delay' } as const;

export const FLAGS = {
  enforceStartupConfig: 'enforce-startup-config',
  suppressStartupConfig: 'suppress-startup-config',
  autoRemove: 'auto-remove',
  privileged: 'privileged',
} as const;

/** Lists that every level adds to. */
export const MERGED_LISTS = {
  envFiles: 'env-files',
  volumes: 'volumes',
  devices: 'devices',
  capAdd: 'cap-add',
  securityOpts: 'security-opts',
} as const;

export const MERGED_MAPS = { env: 'env', labels: 'labels', sysctls: 'sysctls' } as const;

type Of<Table, T> = { readonly [K in keyof Table]: T };

/** What stands in `defaults:`, in an entry of `kinds:` or `groups:`, or in a node: only its own values, nothing inherited. */
export interface NodeSettings
  extends Partial<Of<typeof TEXTS, Field<string>>>,
    Partial<Of<typeof NUMBERS, Field<number>>>,
    Partial<Of<typeof FLAGS, Field<boolean>>>,
    Of<typeof MERGED_LISTS, readonly Field<string>[]>,
    Of<typeof MERGED_MAPS, ReadonlyMap<string, Field<string>>> {
  readonly place: Place;
  readonly exec: readonly ExecLine[];
  readonly binds: readonly Bind[];
  readonly stages: readonly Stage[];
  /** Published ports `host:container`; the most specific level replaces the others. */
  readonly ports: readonly Field<string>[];
  readonly dnsServers: readonly Field<string>[];
  readonly hasHealthcheck: boolean;
  /** SR-SIM or SR OS cards: their ports have names of their own. */
  readonly hasComponents: boolean;
}

/** A node, or an entry of `kinds:` or `groups:`. */
export interface NamedSettings extends NodeSettings {
  readonly name: Field<string>;
}

/** A node of the topology with the values that cannot be inherited. */
export interface TopologyNode extends NamedSettings {
  /** Address without a mask. */
  readonly mgmtIpv4?: Field<string>;
  readonly mgmtIpv6?: Field<string>;
  readonly aliases: readonly Field<string>[];
}

export function readSettings(reader: Reader): NodeSettings {
  return present<NodeSettings>({
    place: reader.keyPlace,
    ...each(TEXTS, (key) => reader.string(key)),
    ...each(NUMBERS, (key) => reader.number(key)),
    ...each(FLAGS, (key) => reader.boolean(key)),
    ...each(MERGED_LISTS, (key) => reader.strings(key)),
    ...each(MERGED_MAPS, (key) => reader.texts(key)),
    exec: reader.items('exec').flatMap((item) => readExecLine(item) ?? []),
    binds: reader.items('binds').flatMap((item) => readBind(item) ?? []),
    stages: readStages(reader.at('stages')),
    ports: reader.strings('ports'),
    dnsServers: reader.strings('dns', 'servers'),
    hasHealthcheck: reader.at('healthcheck').node?.kind === 'mapping',
    hasComponents: reader.items('components').length > 0,
  });
}

export function readNode(reader: Reader, name: Field<string>): TopologyNode {
  return present<TopologyNode>({
    ...readSettings(reader),
    name,
    mgmtIpv4: reader.string('mgmt-ipv4'),
    mgmtIpv6: reader.string('mgmt-ipv6'),
    aliases: reader.strings('aliases'),
  });
}

/** Calls `read` with each key of the file, and returns what it gives under the field's name; nothing for what is absent. */
export function each<Table extends Readonly<Record<string, string>>, T>(
  table: Table,
  read: (key: string) => T,
): { readonly [K in keyof Table]: T } {
  const fields: Record<string, T> = {};
  for (const name in table) {
    const field = read(table[name]!);
    if (field !== undefined) fields[name] = field;
  }
  return fields as { [K in keyof Table]: T };
}
