import { schemaText } from './generated/schemas.js';

/** Names a schema: family and kind, e.g. `calico/IPPool`. A list of a kind is `calico/IPPoolList`. */
export type SchemaKey = `${Family}/${string}`;
export type Family = 'calico' | 'spiderpool' | 'multus' | 'containerlab' | 'kind' | 'selvage';

interface Group {
  readonly family: Family;
  readonly version: string;
  /** Kinds of the group that the project does not describe but must not call unknown. */
  readonly others: readonly string[];
}

const GROUPS: Readonly<Record<string, Group>> = {
  'projectcalico.org': {
    family: 'calico',
    version: 'v3',
    others: ['BlockAffinity', 'IPAMBlock', 'IPAMHandle', 'IPAMConfig'],
  },
  'spiderpool.spidernet.io': { family: 'spiderpool', version: 'v2beta1', others: ['SpiderClaimParameter'] },
  'k8s.cni.cncf.io': { family: 'multus', version: 'v1', others: ['MultiNetworkPolicy'] },
  'kind.x-k8s.io': { family: 'kind', version: 'v1alpha4', others: [] },
};

/** Whether all kinds of an API group are known, so that another one is a mistake. */
export function isKnownGroup(name: string): boolean {
  return name === 'projectcalico.org' || name === 'spiderpool.spidernet.io' || name === 'kind.x-k8s.io';
}

/**
 * The schema of an object, by what it says of itself. Undefined for a group, version or kind without a schema. Files that have
 * no apiVersion (`containerlab/Topology`, `selvage/Config`) are recognised by their name and shape, not here.
 */
export function schemaKeyOf(apiVersion: string | undefined, kind: string | undefined): SchemaKey | undefined {
  if (apiVersion === undefined || kind === undefined) return undefined;
  const [name, version] = apiVersion.split('/');
  const group = GROUPS[name!];
  if (group === undefined || group.version !== version) return undefined;
  const key: SchemaKey = `${group.family}/${kind}`;
  return hasSchema(key) || (isListKey(key) && group.family !== 'kind') ? key : undefined;
}

/** Every kind of a group, described or not, in alphabetical order. Empty for a group that is not known. */
export function kindsOf(groupName: string): readonly string[] {
  const known = kindsOfGroups.get(groupName);
  if (known !== undefined) return known;
  const group = GROUPS[groupName];
  const kinds = group === undefined ? [] : [...Object.keys(familySchemas(group.family).kinds), ...group.others].sort();
  if (group !== undefined) kindsOfGroups.set(groupName, kinds);
  return kinds;
}

const kindsOfGroups = new Map<string, readonly string[]>();

/** `calico/IPPool` for `calico/IPPoolList`; undefined for a key that is not a list. */
export function itemKeyOf(key: SchemaKey): SchemaKey | undefined {
  return isListKey(key) ? (key.slice(0, -'List'.length) as SchemaKey) : undefined;
}

/** Whether objects of this kind belong to no namespace. */
export function isClusterScoped(key: SchemaKey): boolean {
  const [family, kind] = partsOf(itemKeyOf(key) ?? key);
  return familySchemas(family).scopes[kind] === 'Cluster';
}

export function partsOf(key: SchemaKey): readonly [family: Family, kind: string] {
  const slash = key.indexOf('/');
  return [key.slice(0, slash) as Family, key.slice(slash + 1)];
}

function hasSchema(key: SchemaKey): boolean {
  const [family, kind] = partsOf(key);
  return Object.hasOwn(familySchemas(family).kinds, kind);
}

function isListKey(key: SchemaKey): boolean {
  return key.endsWith('List') && hasSchema(key.slice(0, -'List'.length) as SchemaKey);
}

/** A JSON Schema as generated; see scripts/schemas/schema.ts. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly description?: string;
  readonly 'x-description-zh-cn'?: string;
  readonly 'x-selvage-since'?: string;
  readonly 'x-selvage-until'?: string;
  readonly 'x-selvage-instead'?: string;
  readonly 'x-selvage-values'?: readonly string[];
  readonly deprecated?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly enum?: readonly (string | number | boolean)[];
  readonly default?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

export interface FamilySchemas {
  readonly kinds: Readonly<Record<string, Schema>>;
  readonly definitions: Readonly<Record<string, Schema>>;
  readonly scopes: Readonly<Record<string, string>>;
}

const parsed = new Map<Family, FamilySchemas>();

/** A family's schemas; parsed when first asked for, so that a start pays for none. */
export function familySchemas(family: Family): FamilySchemas {
  let schemas = parsed.get(family);
  if (schemas === undefined) {
    schemas = JSON.parse(schemaText[family]) as FamilySchemas;
    parsed.set(family, schemas);
  }
  return schemas;
}
