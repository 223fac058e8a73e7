import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CallHierarchyPrepareParams,
  SymbolKind,
} from 'vscode-languageserver';
import {
  type AskedRouter,
  incomingPeers,
  outgoingPeers,
  type PeerCall,
  type PeerItem,
  peerItemsAt,
} from '../engine/call-hierarchy.ts';
import { askedAt } from './asked.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';

/** Answers `textDocument/prepareCallHierarchy`: a router “calls” whom it peers with. */
export async function prepareCallHierarchy(
  session: Session,
  files: Files,
  params: CallHierarchyPrepareParams,
): Promise<CallHierarchyItem[] | null> {
  const asked = await askedAt(session, files, params);
  if (asked === undefined) return null;
  const items = peerItemsAt(asked.file, asked.offset, asked.sites);
  return items.length === 0 ? null : items.map((item) => itemOf(session, item));
}

/** Answers `callHierarchy/incomingCalls`: who has a session with this router by their own configuration. */
export async function incomingCalls(
  session: Session,
  files: Files,
  item: CallHierarchyItem,
): Promise<CallHierarchyIncomingCall[]> {
  await files.settled();
  const asked = askedOf(item);
  if (asked === undefined) return [];
  return incomingPeers(asked, session.workspace.sites()).map((call) => {
    const from = itemOf(session, call.item, call);
    return { from, fromRanges: rangesIn(session, from, call) };
  });
}

/** Answers `callHierarchy/outgoingCalls`: whom this router has a session with by its own. */
export async function outgoingCalls(
  session: Session,
  files: Files,
  item: CallHierarchyItem,
): Promise<CallHierarchyOutgoingCall[]> {
  await files.settled();
  const asked = askedOf(item);
  if (asked === undefined) return [];
  return outgoingPeers(asked, session.workspace.sites()).map((call) => ({
    to: itemOf(session, call.item, call),
    fromRanges: rangesIn(session, item, call),
  }));
}

function itemOf({ engine, uris, client }: Session, item: PeerItem, call?: PeerCall): CallHierarchyItem {
  const { file, range } = engine.locate(item.place);
  const detail = [
    ...(item.asn === undefined ? [] : [`AS ${item.asn}`]),
    ...(call === undefined ? [] : [call.state[client.language]]),
  ].join(' · ');
  const data = { site: item.site, router: item.router };
  return {
    name: item.router,
    detail,
    kind: SymbolKind.Interface,
    uri: uris.shown(file),
    range,
    selectionRange: range,
    data,
  };
}

/** The protocol wants ranges of the calling end's file; a BGPPeer in another file has none there. */
function rangesIn(
  { engine, uris }: Session,
  caller: CallHierarchyItem,
  { places }: PeerCall,
): CallHierarchyItem['range'][] {
  const ranges = places
    .map((place) => engine.locate(place))
    .filter(({ file }) => uris.shown(file) === caller.uri)
    .map(({ range }) => range);
  return ranges.length > 0 ? ranges : [caller.selectionRange];
}

function askedOf({ data }: CallHierarchyItem): AskedRouter | undefined {
  const { site, router } = (data ?? {}) as { site?: unknown; router?: unknown };
  return typeof site === 'string' && typeof router === 'string' ? { site, router } : undefined;
}
