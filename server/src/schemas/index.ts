/**
 * Schema look-up and validation: what the other rooms may ask of this one. Functions of plain data only: the build puts the
 * whole room into a file of its own, dist/schemas.js, which is read when the first of them is called.
 */
export { type EditorSchema, editorSchema } from './for-editors.ts';
export { isClusterScoped, isKnownGroup, itemKeyOf, kindsOf, type SchemaKey, schemaKeyOf } from './keys.ts';
export { type FieldInfo, fieldsAt, schemaAt } from './lookup.ts';
export { nearest } from './nearest.ts';
export type { SchemaCode, SchemaFix, SchemaProblem } from './problem.ts';
export { type ValidateOptions, validate } from './validate.ts';
