import { canonicalAddress } from '../../network/address.ts';
import { parseNodeStatus } from '../../syntax/node-status.ts';
import { oneLine } from '../failure.ts';
import type { LivePool, LiveSession } from './live.ts';

/** The sessions in what `calicoctl node status` printed; undefined when it is no such table. */
export function statusSessions(text: string): readonly LiveSession[] | undefined {
  if (!/Calico process is running|BGP status/.test(text)) return undefined;
  const sessions: { peer: string; info: string }[] = [];
  for (const { rows } of parseNodeStatus(text).runs)
    for (const { peer, info } of rows) {
      // A long reason goes on in a row of its own.
      const last = sessions.at(-1);
      if (peer.text === '' && last !== undefined) last.info += ` ${info.text}`;
      else sessions.push({ peer: canonicalAddress(peer.text), info: info.text });
    }
  return sessions.map(({ peer, info }) => ({ peer, isUp: info === 'Established', state: oneLine(info) }));
}

/** The pools in what `calicoctl ipam show` printed; undefined when it is no such table. */
export function poolRows(text: string): readonly LivePool[] | undefined {
  if (!/\|\s*GROUPING\s*\|/.test(text)) return undefined;
  return [...text.matchAll(/^\|\s*IP Pool\s*\|\s*(\S+)\s*\|\s*([\d.e+]+)\s*\|\s*([\d.e+]+) \(/gm)].map(
    ([, cidr, total, used]) => ({ cidr: cidr!, total: Number(total), used: Number(used) }),
  );
}
