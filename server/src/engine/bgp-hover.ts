import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { type BgpStatement, bgpStatementsIn } from './bgp-statements.ts';
import { sessionsText } from './bgp-words.ts';
import { documentsAt } from './documents-at.ts';
import { covers, type HoverPart } from './hover.ts';

/** The sessions of the BGPPeer, BGPConfiguration, Node, router or neighbour under the cursor. */
export function bgpHover(file: FileState, offset: number, site: Site): HoverPart | undefined {
  const statement = statementAt(file, offset, site);
  if (statement === undefined) return undefined;
  // Somebody who only writes a resource down need not be told that it does nothing yet.
  if (statement.sessions.length === 0) return undefined;
  const place = [statement.place, ...statement.places].find((one) => covers(one, offset))!;
  return { place, text: sessionsText(statement) };
}

export function statementAt(file: FileState, offset: number, site: Site): BgpStatement | undefined {
  return bgpStatementsIn({ all: documentsAt(file, offset) }, site).find(({ place, places }) =>
    [place, ...places].some((one) => covers(one, offset)),
  );
}
