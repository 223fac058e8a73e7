import type { CodeLens } from 'vscode-languageserver';
import { type Live, type LivePool, poolOf, sessionsWith } from '../../apply/live/live.ts';
import { bgpStatementsIn } from '../../engine/bgp-statements.ts';
import { poolRangesIn } from '../../engine/pool-ranges.ts';
import type { Text } from '../../text.ts';
import type { FileState } from '../../workspace/file-state.ts';
import type { Session } from '../session.ts';

/** Sessions that are told by name; the others are counted. */
const MOST = 3;

/** Beside each BGPPeer and BGPConfiguration which of its sessions are up now, beside each pool how full it is. */
export function liveLenses(session: Session, file: FileState, live: Live): readonly CodeLens[] {
  const { engine, workspace, client } = session;
  const time = new Date(live.at).toTimeString().slice(0, 5);
  const lens = (place: Parameters<typeof engine.locate>[0], text: Text): CodeLens => ({
    range: engine.locate(place).range,
    command: { title: text[client.language], command: 'selvage.refreshLive' },
  });
  const lenses = new Map<string, CodeLens>();
  for (const site of workspace.sitesOf(file.uri))
    for (const { kind, name, place, sessions } of bgpStatementsIn(file, site)) {
      if (kind !== 'BGPPeer' && kind !== 'BGPConfiguration') continue;
      const stated = sessions.filter(({ router }) => router.kind === 'calico');
      const rows = [
        ...new Set(stated.flatMap(({ router, peerAddress }) => sessionsWith(live, router.name, peerAddress))),
      ];
      if (rows.length === 0) continue;
      const down = rows.filter(({ isUp }) => !isUp);
      const named = down.slice(0, MOST).map(({ node, peer, state }) => `${node ?? '…'} → ${peer}: ${state}`);
      const more = down.length > MOST ? [`+${down.length - MOST}`] : [];
      lenses.set(`${kind} ${name}`, lens(place, sessionText(time, rows.length, down.length, [...named, ...more])));
    }
  for (const { cidr, place } of poolRangesIn(file)) {
    const pool = poolOf(live, cidr);
    if (pool !== undefined) lenses.set(`IPPool ${cidr}`, lens(place, poolText(time, pool)));
  }
  return [...lenses.values()];
}

function sessionText(time: string, all: number, down: number, named: readonly string[]): Text {
  const reasons = (comma: string): string => (named.length === 0 ? '' : `: ${named.join(comma)}`);
  return {
    en: `Live ${time} · ${all - down} of ${all} ${all === 1 ? 'session' : 'sessions'} up${reasons(', ')}`,
    'zh-cn': `实时 ${time} · ${all} 个会话中 ${all - down} 个已建立${reasons('、')}`,
  };
}

function poolText(time: string, { total, used }: LivePool): Text {
  const share = total === 0 ? 0 : Math.round((100 * used) / total);
  return {
    en: `Live ${time} · ${used} of ${total} addresses in use (${share}%)`,
    'zh-cn': `实时 ${time} · 已用 ${used} / ${total} 个地址（${share}%）`,
  };
}
