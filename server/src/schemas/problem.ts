import type { Path } from '../syntax/tree.ts';
import type { Text } from '../text.ts';

/** The rules that this room decides. `yaml/ambiguous-scalar` is told here where a schema wants a string, so that nobody tells it twice. */
export type SchemaCode =
  | 'schema/unknown-field'
  | 'schema/wrong-case'
  | 'schema/type'
  | 'schema/enum'
  | 'schema/required'
  | 'schema/constraint'
  | 'schema/version'
  | 'schema/deprecated'
  | 'yaml/ambiguous-scalar';

/** A repair as data; the text edit is made by whoever holds the document. `value` and `to` of values are YAML source. */
export type SchemaFix =
  | { readonly kind: 'rename-key'; readonly to: string }
  | { readonly kind: 'replace-value'; readonly to: string }
  | { readonly kind: 'quote' }
  | { readonly kind: 'unquote' }
  /** Adds a pair to the mapping at `into`. */
  | { readonly kind: 'insert'; readonly into: Path; readonly key: string; readonly value: string }
  /** Moves the pair at the problem's path to this path. */
  | { readonly kind: 'move'; readonly toPath: Path }
  /** Removes the pair or item at the problem's path. */
  | { readonly kind: 'remove' };

export interface SchemaProblem {
  readonly code: SchemaCode;
  readonly path: Path;
  readonly part?: 'key' | 'value';
  readonly message: Text;
  readonly fix?: SchemaFix;
}

/** What a constraint calls when it finds something wrong. The code is `schema/constraint` unless another is given. */
export type Report = (
  path: Path,
  message: Text,
  more?: { readonly code?: SchemaCode; readonly part?: 'key' | 'value'; readonly fix?: SchemaFix },
) => void;

export function text(en: string, zh: string): Text {
  return { en, 'zh-cn': zh };
}

/** One sentence after another. */
export function sentences(...parts: readonly (Text | undefined)[]): Text {
  const given = parts.filter((part) => part !== undefined);
  return text(given.map((part) => part.en).join(' '), given.map((part) => part['zh-cn']).join(''));
}
