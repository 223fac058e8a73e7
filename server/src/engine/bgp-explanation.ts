import { SESSION_REASONS } from '../network/bgp/reasons.ts';
import type { Session } from '../network/bgp/types.ts';
import type { Place } from '../syntax/document.ts';
import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { statementAt } from './bgp-hover.ts';
import { endsOf } from './bgp-words.ts';

/** A page on the sessions of a statement that do not come up. */
export interface Explanation {
  /** What it is about: a BGPPeer, a router, the address of a neighbour. */
  readonly name: string;
  readonly sessions: number;
  readonly faults: readonly Fault[];
}

/** A session that stays down, or of which not enough is known. */
export interface Fault {
  readonly session: Session;
  readonly title: string;
  readonly why: Text;
  readonly ends: readonly { readonly text: Text; readonly place: Place | undefined }[];
}

/** Why sessions of the statement at an offset do not come up; undefined where there is no statement with sessions. */
export function explanationAt(file: FileState, offset: number, sites: readonly Site[]): Explanation | undefined {
  for (const site of sites) {
    const statement = statementAt(file, offset, site);
    if (statement === undefined || statement.sessions.length === 0) continue;
    const faults = statement.sessions.flatMap((session): Fault[] => {
      const { state, reason, router, peer, peerAddress } = session;
      if (state === 'established' || reason === null) return [];
      const title = `${router.name} ↔ ${peer?.name ?? peerAddress}: ${state === 'down' ? reason : 'unknown'}`;
      return [{ session, title, why: SESSION_REASONS[reason], ends: endsOf(session) }];
    });
    return { name: statement.name, sessions: statement.sessions.length, faults };
  }
  return undefined;
}
