import type { Path } from '../syntax/tree.ts';
import type { Text } from '../text.ts';
import { verbatim } from '../text.ts';
import { type Family, familySchemas, itemKeyOf, partsOf, type Schema, type SchemaKey } from './keys.ts';

/** What is known about a field: for hover, completion and messages. */
export interface FieldInfo {
  readonly name: string;
  readonly description?: Text;
  /** JSON types: string, integer, number, boolean, object, array. Empty where anything may stand. */
  readonly types: readonly string[];
  readonly enum?: readonly (string | number | boolean)[];
  readonly default?: unknown;
  readonly required: boolean;
  /** First and last release that have the field, where known: `3.31`. */
  readonly since?: string;
  readonly until?: string;
  readonly deprecated: boolean;
  /** The field to use instead of a deprecated one. */
  readonly instead?: string;
}

/** The schema at a path, references followed. Undefined where the path leaves the schema or anything is allowed. */
export function schemaNode(key: SchemaKey, path: Path): Schema | undefined {
  const item = itemKeyOf(key);
  if (item !== undefined) return listNode(item, path);
  const [family, kind] = partsOf(key);
  let schema = followed(family, familySchemas(family).kinds[kind]);
  for (const step of path) schema = child(family, schema, step);
  return schema;
}

const LIST: Schema = {
  type: 'object',
  properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: {}, items: { type: 'array' } },
};

function listNode(item: SchemaKey, path: Path): Schema | undefined {
  if (path.length === 0) return LIST;
  if (path[0] === 'items' && path.length > 1) return schemaNode(item, path.slice(2));
  return path.length === 1 ? LIST.properties![path[0]!] : undefined;
}

/** What stands below a schema at a key or index. */
export function child(family: Family, schema: Schema | undefined, step: string | number): Schema | undefined {
  if (schema === undefined) return undefined;
  if (typeof step === 'number') return followed(family, schema.items);
  if (schema.properties !== undefined && Object.hasOwn(schema.properties, step))
    return followed(family, schema.properties[step]);
  return typeof schema.additionalProperties === 'object' ? followed(family, schema.additionalProperties) : undefined;
}

/** A schema with its reference resolved; what stands beside the reference, such as a description of this use, wins. */
export function followed(family: Family, schema: Schema | undefined): Schema | undefined {
  if (schema?.$ref === undefined) return schema;
  const target = familySchemas(family).definitions[schema.$ref.slice('#/$defs/'.length)];
  const { $ref: _, ...beside } = schema;
  return { ...target, ...beside };
}

/** The field at a path; undefined where the schema knows nothing of it. */
export function schemaAt(key: SchemaKey, path: Path): FieldInfo | undefined {
  const schema = schemaNode(key, path);
  if (schema === undefined) return undefined;
  const name = path.findLast((step) => typeof step === 'string') ?? partsOf(key)[1];
  const parent = path.length === 0 ? undefined : schemaNode(key, path.slice(0, -1));
  return infoOf(name as string, schema, parent?.required?.includes(name as string) ?? false);
}

/** The fields that may stand in the mapping at a path, in the schema's order. */
export function fieldsAt(key: SchemaKey, path: Path): readonly FieldInfo[] {
  const schema = schemaNode(key, path);
  const [family] = partsOf(key);
  return Object.entries(schema?.properties ?? {}).map(([name, field]) =>
    infoOf(name, followed(family, field)!, schema!.required?.includes(name) ?? false),
  );
}

/** The name of the field in every language, as code. */
export function fieldName(path: Path): Text {
  let text = '';
  for (const step of path) text += typeof step === 'number' ? `[${step}]` : text === '' ? step : `.${step}`;
  return verbatim(text);
}

function infoOf(name: string, schema: Schema, required: boolean): FieldInfo {
  const description = schema.description;
  return {
    name,
    types: typesOf(schema),
    required,
    deprecated: schema.deprecated === true,
    ...(description === undefined
      ? {}
      : { description: { en: description, 'zh-cn': schema['x-description-zh-cn'] ?? description } }),
    ...(schema.enum === undefined && schema['x-selvage-values'] === undefined
      ? {}
      : { enum: schema.enum ?? schema['x-selvage-values']! }),
    ...(schema.default === undefined ? {} : { default: schema.default }),
    ...(schema['x-selvage-since'] === undefined ? {} : { since: schema['x-selvage-since'] }),
    ...(schema['x-selvage-until'] === undefined ? {} : { until: schema['x-selvage-until'] }),
    ...(schema['x-selvage-instead'] === undefined ? {} : { instead: schema['x-selvage-instead'] }),
  };
}

export function typesOf(schema: Schema): readonly string[] {
  return schema.type === undefined ? [] : typeof schema.type === 'string' ? [schema.type] : schema.type;
}
