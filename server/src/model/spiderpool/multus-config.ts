import type { Field, Place } from '../../syntax/document.ts';
import type { Reader } from '../reader.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';
import { type CoordinatorSettings, readCoordinator } from './coordinator.ts';
import { removedKeys } from './removed.ts';

/** Key of each type's block in the spec; `ib-sriov` and `custom` are spelt differently from their types. */
export const CNI_BLOCKS = {
  macvlan: 'macvlan',
  ipvlan: 'ipvlan',
  vlan: 'vlan',
  sriov: 'sriov',
  ovs: 'ovs',
  'ib-sriov': 'ibsriov',
  ipoib: 'ipoib',
} as const;
export type CniType = keyof typeof CNI_BLOCKS;

export interface SpiderMultusConfig extends KubernetesObject {
  readonly kind: 'spiderpool/SpiderMultusConfig';
  /** One of `CNI_BLOCKS`, or `custom` (the default). */
  readonly cniType?: Field<string>;
  /** The blocks that are present, whichever the type is. */
  readonly blocks: readonly CniBlock[];
  /** A CNI configuration as JSON, for the type `custom`. */
  readonly customCNI?: Field<string>;
  readonly enableCoordinator?: Field<boolean>;
  readonly disableIPAM?: Field<boolean>;
  readonly coordinator?: CoordinatorSettings;
  readonly chainCNIJsonData: readonly Field<string>[];
}

export interface CniBlock {
  readonly type: CniType;
  readonly key: Field<string>;
  readonly place: Place;
  /** Host interfaces; `ipoib` has exactly one and writes it as a text. */
  readonly master: readonly Field<string>[];
  readonly mtu?: Field<number>;
  /** `vlanID`, or `vlan` of ovs. */
  readonly vlanID?: Field<number>;
  readonly vlanMode?: Field<string>;
  readonly bond?: Bond;
  readonly resourceName?: Field<string>;
  readonly rdmaResourceName?: Field<string>;
  readonly minTxRateMbps?: Field<number>;
  readonly maxTxRateMbps?: Field<number>;
  readonly linkState?: Field<string>;
  readonly bridge?: Field<string>;
  readonly trunk: readonly Trunk[];
  readonly ippools?: DefaultPools;
  readonly removed: readonly Field<string>[];
}

export interface Bond {
  readonly place: Place;
  readonly name?: Field<string>;
  readonly mode?: Field<number>;
  readonly options?: Field<string>;
}

export interface Trunk {
  readonly place: Place;
  readonly id?: Field<number>;
  readonly minID?: Field<number>;
  readonly maxID?: Field<number>;
}

/** Names of SpiderIPPools, in which `*`, `?` and `[]` are wildcards. */
export interface DefaultPools {
  readonly place: Place;
  readonly ipv4: readonly Field<string>[];
  readonly ipv6: readonly Field<string>[];
  readonly matchMasterSubnet?: Field<boolean>;
}

export const spiderMultusConfig: KindReader<SpiderMultusConfig> = {
  kind: 'spiderpool/SpiderMultusConfig',
  read: (object, metadata) => {
    const spec = object.at('spec');
    return present<SpiderMultusConfig>({
      ...metadata,
      kind: 'spiderpool/SpiderMultusConfig',
      cniType: spec.string('cniType'),
      blocks: spec.entries().flatMap(({ key, value }) => {
        const type = (Object.keys(CNI_BLOCKS) as CniType[]).find((name) => CNI_BLOCKS[name] === key.value);
        return type === undefined || value.node?.kind !== 'mapping' ? [] : [readBlock(type, key, value)];
      }),
      customCNI: spec.string('customCNI'),
      enableCoordinator: spec.boolean('enableCoordinator'),
      disableIPAM: spec.boolean('disableIPAM'),
      coordinator:
        spec.at('coordinator').node?.kind === 'mapping' ? readCoordinator(spec.at('coordinator')) : undefined,
      chainCNIJsonData: spec.strings('chainCNIJsonData'),
    });
  },
};

function readBlock(type: CniType, key: Field<string>, block: Reader): CniBlock {
  const master = block.at('master');
  const single = master.string();
  return present<CniBlock>({
    type,
    key,
    place: block.place,
    master: master.node?.kind === 'sequence' ? master.strings() : single === undefined ? [] : [single],
    mtu: block.number('mtu'),
    vlanID: block.number('vlanID') ?? block.number('vlan'),
    vlanMode: block.string('vlanMode'),
    bond: readBond(block.at('bond')),
    resourceName: block.string('resourceName'),
    rdmaResourceName: block.string('rdmaResourceName'),
    minTxRateMbps: block.number('minTxRateMbps'),
    maxTxRateMbps: block.number('maxTxRateMbps'),
    linkState: block.string('linkState'),
    bridge: block.string('bridge'),
    trunk: block.items('trunk').map(readTrunk),
    ippools: readPools(block.at('ippools')),
    removed: removedKeys(block, ['spiderpoolConfigPools']),
  });
}

function readBond(bond: Reader): Bond | undefined {
  if (bond.node?.kind !== 'mapping') return undefined;
  return present<Bond>({
    place: bond.place,
    name: bond.string('name'),
    mode: bond.number('mode'),
    options: bond.string('options'),
  });
}

function readTrunk(trunk: Reader): Trunk {
  return present<Trunk>({
    place: trunk.place,
    id: trunk.number('id'),
    minID: trunk.number('minID'),
    maxID: trunk.number('maxID'),
  });
}

function readPools(pools: Reader): DefaultPools | undefined {
  if (pools.node?.kind !== 'mapping') return undefined;
  return present<DefaultPools>({
    place: pools.place,
    ipv4: pools.strings('ipv4'),
    ipv6: pools.strings('ipv6'),
    matchMasterSubnet: pools.boolean('matchMasterSubnet'),
  });
}
