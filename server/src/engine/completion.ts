import type { Doc } from '../syntax/document.ts';
import { documentSpanInFile } from '../syntax/place.ts';
import type { Span } from '../syntax/span.ts';
import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { fieldProposals } from './completion/fields.ts';
import { kindProposals } from './completion/kinds.ts';
import { networkProposals } from './completion/network-values.ts';
import type { Proposal, ProposalKind, Stop } from './completion/proposal.ts';
import { routerProposals } from './completion/routers.ts';
import { selectorProposals } from './completion/selectors.ts';
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
];

/** Everything that may be written at an offset, the likeliest first, each once for all networks that the file belongs to. */
export function completionsAt(file: FileState, offset: number, sites: readonly Site[]): readonly Completion[] {
  const spot = spotAt(file, offset);
  if (spot === undefined) return [];
  const found = new Map<string, Completion>();
  for (const site of sites)
    for (const source of SOURCES)
      for (const proposal of source(spot, site)) {
        const known = found.get(proposal.label);
        if (known === undefined || proposal.rank < known.rank) found.set(proposal.label, inFile(spot, proposal));
      }
  return [...found.values()].sort((one, other) => one.rank - other.rank);
}

function inFile({ doc, file }: Spot, { insert, replace, ...proposal }: Proposal): Completion {
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const pieces = typeof insert === 'string' ? [insert] : insert;
  return {
    ...proposal,
    insert: pieces.map((piece) => (typeof piece === 'string' ? encoded(doc, piece).replaceAll('\n', newline) : piece)),
    span: documentSpanInFile(doc, replace),
  };
}

/** A text as it must be written in the document and in every one around it. */
function encoded(doc: Doc, text: string): string {
  if (doc.embedding === undefined || doc.parent === undefined) return text;
  return encoded(doc.parent, doc.embedding.encode(text));
}
