import { neighbourOrigin } from '../assembly/bgp-origins.ts';
import { SESSION_REASONS } from '../network/bgp/reasons.ts';
import type { Neighbour, Session } from '../network/bgp/types.ts';
import type { Place } from '../syntax/document.ts';
import type { Text } from '../text.ts';
import type { BgpStatement } from './bgp-statements.ts';

/** Sessions that are told one by one; of the others only the number. */
const MOST = 12;

/** One line for a lens: `5 of 6 sessions up · worker3: as-mismatch`. */
export function summaryOf({ sessions, kind }: BgpStatement): Text {
  if (sessions.length === 0) return { en: 'no sessions', 'zh-cn': '没有会话' };
  const up = sessions.filter(({ state }) => state === 'established').length;
  const unknown = sessions.filter(({ state }) => state === 'unknown').length;
  const down = sessions.filter(({ state }) => state === 'down');
  const [first, ...more] = distinct(down.map((session) => `${whoOf(kind, session)}: ${session.reason}`));
  const faults = first === undefined ? '' : ` · ${first}`;
  const rest = more.length === 0 ? '' : ` … +${more.length}`;
  return {
    en: `${up} of ${sessions.length} sessions up${faults}${rest}${unknown === 0 ? '' : ` · ${unknown} unknown`}`,
    'zh-cn': `${sessions.length} 个会话中 ${up} 个可建立${faults}${rest}${unknown === 0 ? '' : ` · ${unknown} 个未知`}`,
  };
}

/** The sessions of a statement as a Markdown list, those that do not come up first. */
export function sessionsText(statement: BgpStatement): Text {
  const sorted = [...statement.sessions].sort((a, b) => RANK[a.state] - RANK[b.state]);
  const told = sorted.slice(0, MOST);
  const more = sorted.length - told.length;
  const list = (language: keyof Text): string =>
    [
      `**${summaryOf(statement)[language]}**`,
      '',
      ...told.map((session) => lineOf(session)[language]),
      ...(more === 0 ? [] : [{ en: `- … and ${more} more`, 'zh-cn': `- … 以及另外 ${more} 个` }[language]]),
    ].join('\n');
  return { en: list('en'), 'zh-cn': list('zh-cn') };
}

const RANK = { down: 0, unknown: 1, established: 2 } as const;

function lineOf(session: Session): Text {
  const { state, reason } = session;
  const ends = `\`${session.router.name}\` ↔ ${peerOf(session)}`;
  if (state === 'established') {
    const families = session.families.join(', ');
    return families === ''
      ? { en: `- ${ends}: up, and no routes are exchanged`, 'zh-cn': `- ${ends}：可建立，但不交换任何路由` }
      : { en: `- ${ends}: up (${families})`, 'zh-cn': `- ${ends}：可建立（${families}）` };
  }
  const why = reason === null ? { en: '', 'zh-cn': '' } : SESSION_REASONS[reason];
  return state === 'down'
    ? {
        en: `- ${ends}: **down**, ${why.en} (\`${reason}\`)`,
        'zh-cn': `- ${ends}：**无法建立**，${why['zh-cn']}（\`${reason}\`）`,
      }
    : { en: `- ${ends}: unknown, ${why.en}`, 'zh-cn': `- ${ends}：未知，${why['zh-cn']}` };
}

function peerOf({ peer, peerAddress }: Session): string {
  return peer === undefined ? peerAddress : `\`${peer.name}\` (${peerAddress})`;
}

function whoOf(kind: BgpStatement['kind'], { router, peer, peerAddress }: Session): string {
  return kind === 'BGPPeer' || kind === 'BGPConfiguration' ? router.name : (peer?.name ?? peerAddress);
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/** One end of a session in words, and where it is written. */
export interface EndText {
  readonly text: Text;
  readonly place: Place | undefined;
}

/** What each end of a session says of the other, this end first. */
export function endsOf({
  router,
  neighbour,
  peer,
  peerNeighbour,
  localAddress,
  peerAddress,
}: Session): readonly EndText[] {
  const own = router.asn === undefined ? '?' : String(neighbour.localAs ?? router.asn);
  const ends: EndText[] = [
    {
      text: {
        en: `\`${router.name}\` (AS ${own}) asks ${peerAddress}${from(localAddress, 'en')} and ${expects(neighbour).en}.`,
        'zh-cn': `\`${router.name}\`（AS ${own}）连接 ${peerAddress}${from(localAddress, 'zh-cn')}，${expects(neighbour)['zh-cn']}。`,
      },
      place: placeOf(neighbour),
    },
  ];
  if (peer === undefined)
    ends.push({
      text: {
        en: `No router here is known to own ${peerAddress}.`,
        'zh-cn': `在已知的路由器中，没有哪一台拥有 ${peerAddress}。`,
      },
      place: undefined,
    });
  else if (peerNeighbour === undefined)
    ends.push({
      text: {
        en: `\`${peer.name}\` (AS ${peer.asn ?? 'none'}) has no neighbour statement for \`${router.name}\`.`,
        'zh-cn': `\`${peer.name}\`（AS ${peer.asn ?? '无'}）没有指向 \`${router.name}\` 的邻居配置。`,
      },
      place: undefined,
    });
  else
    ends.push({
      text: {
        en: `\`${peer.name}\` (AS ${peerNeighbour.localAs ?? peer.asn ?? 'none'}) ${expects(peerNeighbour).en} at ${addressOf(peerNeighbour)}.`,
        'zh-cn': `\`${peer.name}\`（AS ${peerNeighbour.localAs ?? peer.asn ?? '无'}）指向 ${addressOf(peerNeighbour)} 的邻居配置${expects(peerNeighbour)['zh-cn']}。`,
      },
      place: placeOf(peerNeighbour),
    });
  return ends;
}

function from(address: string | undefined, language: keyof Text): string {
  if (address === undefined) return '';
  return { en: ` from ${address}`, 'zh-cn': `（源地址 ${address}）` }[language];
}

function expects({ remoteAs }: Neighbour): Text {
  switch (remoteAs) {
    case undefined:
      return { en: 'names no AS', 'zh-cn': '没有写明对端的 AS' };
    case 'internal':
      return { en: 'expects its own AS', 'zh-cn': '期望对端与自己同属一个 AS' };
    case 'external':
      return { en: 'expects another AS', 'zh-cn': '期望对端属于另一个 AS' };
    case 'auto':
      return { en: 'takes any AS', 'zh-cn': '接受任意 AS 的对端' };
    case 'unknown':
      return { en: 'expects an AS that is not known here', 'zh-cn': '所期望的对端 AS 在此处无法得知' };
    default:
      return { en: `expects AS ${remoteAs}`, 'zh-cn': `期望对端的 AS 为 ${remoteAs}` };
  }
}

function addressOf({ address, interface: port, range }: Neighbour): string {
  return address ?? port ?? range ?? '?';
}

function placeOf(neighbour: Neighbour): Place | undefined {
  const origin = neighbourOrigin(neighbour);
  if (origin.kind === 'mesh') return origin.enabled?.place;
  return origin.kind === 'BGPPeer' ? origin.peer.name?.place : origin.neighbor.peer.place;
}
