import { type EditorSchema, editorSchema } from '../schemas/index.ts';
import type { Language } from '../text.ts';

const NAMES: ReadonlySet<unknown> = new Set(['objects', 'topology', 'configuration']);

/** A schema to hand to another extension, by its name; undefined when there is none of that name. */
export function editorSchemaNamed(name: unknown, language: Language): string | undefined {
  return NAMES.has(name) ? editorSchema(name as EditorSchema, language) : undefined;
}
