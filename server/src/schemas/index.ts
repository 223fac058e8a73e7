/** Schema look-up and validation: what the other rooms may ask of this one. */
export { isClusterScoped, itemKeyOf, kindsOf, knownGroups, type SchemaKey, schemaKeyOf } from './keys.ts';
export { type FieldInfo, fieldsAt, schemaAt } from './lookup.ts';
export { nearest } from './nearest.ts';
export type { SchemaCode, SchemaFix, SchemaProblem } from './problem.ts';
export { type ValidateOptions, validate } from './validate.ts';
