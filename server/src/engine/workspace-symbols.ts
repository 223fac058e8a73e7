import { type NameKind, type NameUse, nameKey } from '../assembly/names.ts';
import { namesOfResource } from '../assembly/names-of-resource.ts';
import type { Resource } from '../model/resource.ts';
import type { RouterConfig } from '../model/router/config.ts';
import { routerName } from '../model/router/router-name.ts';
import { once } from '../network/once.ts';
import type { Place } from '../syntax/document.ts';
import type { FileState } from '../workspace/file-state.ts';
import { isInProse } from './prose.ts';

export type SymbolSort = 'object' | 'node' | 'router' | 'policy';

/** Something with a name of its own, in any file. */
export interface WorkspaceSymbol {
  readonly name: string;
  /** What it is, and where: `IPPool`, `node of fabric`. */
  readonly container: string;
  readonly sort: SymbolSort;
  readonly place: Place;
}

/** Editors show a few dozen, and ask again with every letter. */
const MOST = 400;

/** Everything whose name holds the letters asked for, in their order; the best match first. */
export function symbolsLike(query: string, files: Iterable<FileState>): readonly WorkspaceSymbol[] {
  const asked = query.toLowerCase().replace(/\s+/g, '');
  const found: { readonly symbol: WorkspaceSymbol; readonly rank: number }[] = [];
  for (const file of files)
    for (const { doc, resources } of file.all) {
      if (isInProse(doc)) continue;
      for (const resource of resources)
        for (const symbol of symbolsOf(resource)) {
          const rank = rankOf(asked, symbol);
          if (rank !== undefined) found.push({ symbol, rank });
        }
    }
  return found
    .sort((a, b) => a.rank - b.rank || alphabetical(a.symbol, b.symbol))
    .slice(0, MOST)
    .map(({ symbol }) => symbol);
}

const symbolsOf = once((resource: Resource): readonly WorkspaceSymbol[] => {
  const { kind, name, doc, path } = resource;
  const own = kind.slice(kind.indexOf('/') + 1);
  if (kind === 'router/Config') return routerSymbols(resource as RouterConfig);
  const symbols: WorkspaceSymbol[] =
    name?.value === undefined ? [] : [{ name: name.value, container: own, sort: 'object', place: name.place }];
  if (kind !== 'containerlab/Topology') return symbols;
  if (name?.value === undefined) symbols.push({ name: own, container: own, sort: 'object', place: { doc, path } });
  const nodes = namesOfResource(resource).filter(({ kind: sort, role }) => sort === 'node' && role === 'definition');
  return [
    ...symbols,
    ...nodes.map(
      (node): WorkspaceSymbol => ({
        name: node.name,
        container: `node of ${name?.value ?? own}`,
        sort: 'node',
        place: node.place,
      }),
    ),
  ];
});

const POLICIES: ReadonlySet<NameKind> = new Set([
  'route-map',
  'prefix-list',
  'as-path list',
  'community-list',
  'access-list',
  'peer-group',
  'symbol',
]);

function routerSymbols(router: RouterConfig): readonly WorkspaceSymbol[] {
  const name = routerName(router);
  const first = router.bgp[0];
  const at: Place = router.hostname?.place ?? first?.place ?? { doc: router.doc, span: [0, 0] };
  const policies = new Map<string, NameUse>();
  for (const use of namesOfResource(router))
    if (use.role === 'definition' && POLICIES.has(use.kind) && !policies.has(nameKey(use)))
      policies.set(nameKey(use), use);
  return [
    {
      name,
      container: first?.asn?.value === undefined ? 'router' : `router, AS ${first.asn.value}`,
      sort: 'router',
      place: at,
    },
    ...[...policies.values()].map(
      (use): WorkspaceSymbol => ({
        name: use.name,
        container: `${use.kind} of ${name}`,
        sort: 'policy',
        place: use.place,
      }),
    ),
  ];
}

function alphabetical(a: WorkspaceSymbol, b: WorkspaceSymbol): number {
  const [one, other] = [`${a.name} ${a.container}`, `${b.name} ${b.container}`];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Smaller is better: the name itself, its beginning, somewhere in it, its letters in order; then the same with the kind. */
function rankOf(asked: string, { name, container }: WorkspaceSymbol): number | undefined {
  const own = name.toLowerCase();
  if (asked === '' || own === asked) return 0;
  if (own.startsWith(asked)) return 1;
  if (own.includes(asked)) return 2;
  if (hasInOrder(own, asked)) return 3;
  return hasInOrder(`${container}${name}`.toLowerCase(), asked) ? 4 : undefined;
}

function hasInOrder(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
