import { failuresOf, namesOf, targetPlace } from '../../assembly/bgp-failures.ts';
import { effectiveNeighbor } from '../../model/router/effective.ts';
import type { Place } from '../../syntax/document.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'bgp/password',
  severity: 'warning',
  docs: {
    summary: {
      en: 'Only one end of a session has a password, or the two differ.',
      'zh-cn': '会话只有一端设置了密码，或两端密码不同。',
    },
    why: {
      en: 'The kernel drops every TCP segment whose MD5 signature is missing or wrong. Neither daemon says so: both sides only see that nobody answers.',
      'zh-cn': '内核会丢弃 MD5 签名缺失或错误的所有 TCP 报文。两端的守护进程都不会提示，看上去只是对端没有应答。',
    },
    source: 'observed on FRR and BIRD (lab D10b); users.md M23',
  },
  check({ site, report }) {
    for (const { origin, sessions } of failuresOf(site, 'password-mismatch')) {
      const [first] = sessions;
      if (first?.peer === undefined || first.peerNeighbour === undefined) continue;
      const own: Place | undefined =
        origin.kind === 'BGPPeer'
          ? origin.peer.passwordSecret?.place
          : effectiveNeighbor(origin.bgp, origin.neighbor).password?.place;
      const differ = first.neighbour.password !== undefined && first.peerNeighbour.password !== undefined;
      report(
        own ?? targetPlace(origin),
        differ
          ? {
              en: `${namesOf(sessions)} and ${first.peer.name} have different passwords for this session. Every packet is dropped and the session never comes up. Use one password on both ends.`,
              'zh-cn': `${namesOf(sessions)} 与 ${first.peer.name} 为此会话设置了不同的密码。所有报文都会被丢弃，会话不会建立。请在两端使用相同的密码。`,
            }
          : {
              en: `${first.peer.name} has a password for this session and ${namesOf(sessions)} has none. Every packet is dropped and the session never comes up. Set it here, too, or remove it there.`,
              'zh-cn': `${first.peer.name} 为此会话设置了密码，而 ${namesOf(sessions)} 没有。所有报文都会被丢弃，会话不会建立。请在此处也设置密码，或在对端删除。`,
            },
      );
    }
  },
});
