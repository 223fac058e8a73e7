import type { Doc, Field, Place } from '../syntax/document.ts';

/** What can be called by a name in one file and be meant in another. */
export type NameKind =
  | 'node'
  | 'cluster'
  | 'calico pool'
  | 'spiderpool pool'
  | 'filter'
  | 'tier'
  | 'secret'
  | 'namespace'
  | 'label'
  | 'label value'
  | 'address'
  | PolicyKind;

/** What a router's configuration calls by a name of its own; another router may use the same name for something else. A `symbol` is BIRD's: filter, table, template …, which share their names. */
export type PolicyKind =
  | 'route-map'
  | 'prefix-list'
  | 'as-path list'
  | 'community-list'
  | 'access-list'
  | 'peer-group'
  | 'symbol';

/** One token that defines a name or refers to it. */
export interface NameUse {
  readonly kind: NameKind;
  readonly name: string;
  /** Where the name means this thing and no other: a router, what a label is put on, a lab; empty for the whole network. */
  readonly scope: string;
  /** The token without its quotes. */
  readonly place: Place;
  readonly role: 'definition' | 'reference';
  /** The name comes of other words, so that it cannot be changed here: kind makes node names of the cluster's. */
  readonly made?: true;
}

/** The same for all tokens that mean one thing. */
export function nameKey({ kind, name, scope }: Pick<NameUse, 'kind' | 'name' | 'scope'>): string {
  return `${kind}\n${scope}\n${name}`;
}

export function defined(kind: NameKind, field: Field<string> | undefined, scope = ''): readonly NameUse[] {
  return used(kind, field, scope, 'definition');
}

export function referred(kind: NameKind, field: Field<string> | undefined, scope = ''): readonly NameUse[] {
  return used(kind, field, scope, 'reference');
}

/** A field's text as a name; none where it is absent, empty or cannot be known. */
function used(
  kind: NameKind,
  field: Field<string> | undefined,
  scope: string,
  role: NameUse['role'],
): readonly NameUse[] {
  const name = field?.value;
  return name === undefined || name === '' ? [] : [{ kind, name, scope, place: field!.place, role }];
}

/** The part of a field from `start` on, `length` characters long, as a place. */
export function partPlace({ doc, path, part, span }: Place, start: number, length: number): Place {
  const from = (span?.[0] ?? 0) + start;
  if (part === 'key') return { doc, ...(path && { path }), part };
  return { doc, ...(path && { path }), span: [from, from + length] };
}

export function spanPlace(doc: Doc, span: readonly [number, number]): Place {
  return { doc, span };
}
