import type { NameUse } from '../assembly/names.ts';
import { NAMES, type Names } from '../assembly/names-of-site.ts';
import type { Span } from '../syntax/span.ts';
import { wordSpanInFile } from '../syntax/word.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { documentsAt } from './documents-at.ts';

/** A name under the cursor, and the network that it is looked up in. */
export interface NameAt {
  readonly use: NameUse;
  readonly names: Names;
  readonly site: Site;
  /** In the file. */
  readonly span: Span;
}

/** The same name in each network that the file belongs to; none where nothing is named. Prose belongs to no network. */
export function namesAt(file: FileState, offset: number, sites: readonly Site[]): readonly NameAt[] {
  if (file.format === 'markdown') return [];
  return sites.flatMap((site) => nameIn(file, offset, site) ?? []);
}

function nameIn(file: FileState, offset: number, site: Site): NameAt | undefined {
  const names = site.derive(NAMES);
  for (const { doc, resources } of documentsAt(file, offset))
    for (const use of names.in(doc, resources)) {
      const span = wordSpanInFile(use.place);
      if (use.place.doc.file === file.uri && span[0] <= offset && offset <= span[1]) return { use, names, site, span };
    }
  return undefined;
}

/** A token of a file. */
export interface Token {
  readonly file: string;
  readonly span: Span;
  readonly use: NameUse;
}

/** Every token that means what stands under the cursor, each once, definitions first. */
export function tokensOf(found: readonly NameAt[]): readonly Token[] {
  const seen = new Set<string>();
  return found
    .flatMap(({ names, use }) => names.uses(use))
    .flatMap((use): readonly Token[] => {
      const span = wordSpanInFile(use.place);
      const file = use.place.doc.file;
      const key = `${file} ${span.join()}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ file, span, use }];
    });
}
