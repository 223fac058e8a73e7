import type { Doc } from '../syntax/document.ts';
import { documentSpanInFile, fileOffset } from '../syntax/place.ts';
import type { Span } from '../syntax/span.ts';
import type { Text } from '../text.ts';
import { type FileState, readFile } from '../workspace/file-state.ts';
import type { DirectoryEntry } from '../workspace/file-system.ts';
import { DEFAULT_SETTINGS } from '../workspace/settings.ts';
import { type Site, trackedSite } from '../workspace/site.ts';
import { baseName } from '../workspace/uri.ts';
import { fieldProposals } from './completion/fields.ts';
import { kindProposals } from './completion/kinds.ts';
import { networkProposals } from './completion/network-values.ts';
import { pathProposals, pathQuestion } from './completion/paths.ts';
import type { Proposal, ProposalKind, Stop } from './completion/proposal.ts';
import { routerProposals } from './completion/routers.ts';
import { ruleProposals } from './completion/rule-ids.ts';
import { selectorProposals } from './completion/selectors.ts';
import { snippetProposals } from './completion/snippets.ts';
import { type Spot, spotAt } from './completion/spot.ts';
import { valueProposals } from './completion/values.ts';

/** What may be written at an offset of a file, as an edit of that file. */
export interface Completion {
  readonly label: string;
  readonly kind: ProposalKind;
  readonly detail?: Text;
  readonly documentation?: Text;
  /** The text in pieces, written as its place in the file wants it. */
  readonly insert: readonly (string | Stop)[];
  /** What it replaces, in UTF-16 units from the file's start. */
  readonly span: Span;
  /** What else is written in the file when it is taken. */
  readonly before?: { readonly at: number; readonly text: string };
  readonly rank: number;
  readonly filter?: string;
  readonly again?: true;
  readonly preselect?: true;
  readonly deprecated?: true;
}

/** What one topic has to propose at a spot in one network. */
export type CompletionSource = (spot: Spot, site: Site) => readonly Proposal[];

const SOURCES: readonly CompletionSource[] = [
  networkProposals,
  selectorProposals,
  routerProposals,
  fieldProposals,
  valueProposals,
  kindProposals,
  ruleProposals,
  snippetProposals,
];

/** The network of a file that is in none yet. */
const NOWHERE = trackedSite({
  name: '',
  root: '',
  settings: DEFAULT_SETTINGS,
  files: [],
  file: () => undefined,
  exists: () => undefined,
  pathOf: (uri) => uri,
});

/** Everything that may be written at an offset, the likeliest first, each once for all networks that the file belongs to. */
export function completionsAt(file: FileState, offset: number, sites: readonly Site[]): readonly Completion[] {
  const spot = spotAt(file, offset);
  if (spot === undefined) return [];
  const found = new Map<string, Completion>();
  for (const site of sites.length === 0 ? [NOWHERE] : sites)
    for (const source of SOURCES)
      for (const proposal of source(spot, site)) {
        const known = found.get(proposal.label);
        if (known === undefined || proposal.rank < known.rank) found.set(proposal.label, inFile(spot, proposal));
      }
  return [...found.values()].sort((one, other) => one.rank - other.rank);
}

function inFile({ doc, file }: Spot, { insert, replace, before, ...proposal }: Proposal): Completion {
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const written = (text: string): string => encoded(doc, text).replaceAll('\n', newline);
  const pieces = typeof insert === 'string' ? [insert] : insert;
  return {
    ...proposal,
    insert: pieces.map((piece) => (typeof piece === 'string' ? written(piece) : piece)),
    span: documentSpanInFile(doc, replace),
    ...(before && { before: { at: fileOffset(doc, before.at), text: written(before.text) } }),
  };
}

/** Lists a folder (URI); nothing for one that may not be looked into. */
export type ListFolder = (folder: string) => Promise<readonly DirectoryEntry[]>;

/** Names of files and folders where a path is written: the one thing that the workspace does not know by itself. */
export async function pathCompletionsAt(
  file: FileState,
  offset: number,
  list: ListFolder,
): Promise<readonly Completion[]> {
  const spot = spotAt(file, offset);
  const question = spot && pathQuestion(spot);
  if (spot === undefined || question === undefined) return [];
  return pathProposals(question, await list(question.folder)).map((proposal) => inFile(spot, proposal));
}

/** A router's configuration that says too little yet to be known as one; undefined for files of other names. */
export function nascentRouter(uri: string, text: string): FileState | undefined {
  const name = baseName(uri);
  if (/^frr[\w.-]*\.conf$|\.frr$/.test(name)) return readFile({ uri, text, format: 'frr' }, undefined);
  if (/^bird6?\.conf$|\.bird$/.test(name)) return readFile({ uri, text, format: 'bird' }, undefined);
  return /^config\.boot$|\.(vyos|boot)$/.test(name) ? readFile({ uri, text, format: 'vyos' }, undefined) : undefined;
}

/** A text as it must be written in the document and in every one around it. */
function encoded(doc: Doc, text: string): string {
  if (doc.embedding === undefined || doc.parent === undefined) return text;
  return encoded(doc.parent, doc.embedding.encode(text));
}
