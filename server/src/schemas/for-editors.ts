import type { Language } from '../text.ts';
import { type Family, familySchemas, type Schema } from './keys.ts';

/** What a file is known by: objects that say their kind, a containerlab topology, or `selvage.yaml`. */
export type EditorSchema = 'objects' | 'topology' | 'configuration';

/**
 * A JSON Schema (draft 7) for another extension that completes and describes fields. It refuses nothing: what is wrong is
 * ours to tell, once. For `objects` each document is described by its own apiVersion and kind, and others by nothing.
 */
export function editorSchema(which: EditorSchema, language: Language): string {
  const families =
    which === 'objects' ? OBJECTS : which === 'topology' ? (['containerlab'] as const) : (['selvage'] as const);
  const definitions: Record<string, unknown> = {};
  const described: unknown[] = [];
  for (const family of families) {
    const schemas = familySchemas(family);
    for (const [name, schema] of Object.entries(schemas.definitions))
      definitions[`${family}.${name}`] = softened(schema, family, language);
    for (const [kind, schema] of Object.entries(schemas.kinds)) {
      const name = `${family}/${kind}`;
      definitions[name] = softened(schema, family, language);
      const then = { $ref: `#/definitions/${escaped(name)}` };
      described.push(which === 'objects' ? { if: saying(VERSIONS[family]!, kind), then } : then);
    }
  }
  return JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', allOf: described, definitions });
}

const VERSIONS: Partial<Record<Family, string>> = {
  calico: 'projectcalico.org/v3',
  spiderpool: 'spiderpool.spidernet.io/v2beta1',
  multus: 'k8s.cni.cncf.io/v1',
  kind: 'kind.x-k8s.io/v1alpha4',
};
const OBJECTS = Object.keys(VERSIONS) as readonly Family[];

function saying(apiVersion: string, kind: string): unknown {
  return { properties: { apiVersion: { const: apiVersion }, kind: { const: kind } }, required: ['apiVersion', 'kind'] };
}

/** What a schema tells, without what it demands: values are examples, which editors propose and do not insist on. */
function softened(schema: Schema, family: Family, language: Language): unknown {
  if (schema.$ref !== undefined) return { $ref: `#/definitions/${family}.${schema.$ref.slice('#/$defs/'.length)}` };
  const { properties, items, additionalProperties, default: preset } = schema;
  const values = schema.enum ?? schema['x-selvage-values'] ?? (schema.type === 'boolean' ? [true, false] : undefined);
  const description = language === 'zh-cn' ? (schema['x-description-zh-cn'] ?? schema.description) : schema.description;
  return {
    ...(description !== undefined && { description }),
    ...(preset !== undefined && { default: preset }),
    ...(values !== undefined && { examples: values }),
    ...(items !== undefined && { items: softened(items, family, language) }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, field]) => [name, softened(field, family, language)]),
      ),
    }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: softened(additionalProperties, family, language),
    }),
  };
}

/** A name as a step of a JSON pointer. */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
