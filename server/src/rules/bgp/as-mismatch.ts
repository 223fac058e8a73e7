import { expectedAs, failuresOf, namesOf, targetPlace } from '../../assembly/bgp-failures.ts';
import { ownAs } from '../../assembly/bgp-own-as.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'bgp/as-mismatch',
  severity: 'error',
  docs: {
    summary: {
      en: 'The AS number that one side expects is not the one that the other side has.',
      'zh-cn': '一端期望的 AS 号与另一端实际的 AS 号不一致。',
    },
    why: {
      en: 'The OPEN message is refused with “Bad Peer AS” and the session never comes up. What was announced over it vanishes from everywhere behind it.',
      'zh-cn': 'OPEN 报文会因“Bad Peer AS”被拒绝，会话无法建立，经由它通告的路由在其后的所有位置消失。',
    },
    source: 'observed on FRR and BIRD (lab A11, B3, B17)',
  },
  check({ site, report }) {
    for (const { origin, sessions } of failuresOf(site, 'as-mismatch')) {
      const [first] = sessions;
      const peer = first?.peer;
      if (first === undefined || peer === undefined || first.peerAs === undefined) continue;
      const expected = expectedAs(origin);
      const own = ownAs(peer);
      const real = first.peerAs;
      const place = expected?.place ?? targetPlace(origin);
      const written = expected?.value === undefined ? '?' : String(expected.value);
      const fixes: Fix[] = [];
      if (typeof expected?.value === 'number')
        fixes.push({
          title: {
            en: `Expect AS ${real}, which ${peer.name} has`,
            'zh-cn': `改为期望 AS ${real}，即 ${peer.name} 的 AS 号`,
          },
          kind: 'pick',
          edits: () => replaceScalar(place, real),
        });
      if (own !== undefined && typeof expected?.value === 'number') {
        const value = expected.value;
        fixes.push({
          title: { en: `Give ${peer.name} AS ${value}`, 'zh-cn': `将 ${peer.name} 的 AS 号改为 ${value}` },
          kind: 'pick',
          edits: () => replaceScalar(own.place, value),
        });
      }
      report(
        place,
        {
          en: `${namesOf(sessions)} expects AS ${written} of ${first.peerAddress}, and ${peer.name} there is AS ${real}. The session is refused with “Bad Peer AS”. Correct one of the two.`,
          'zh-cn': `${namesOf(sessions)} 期望 ${first.peerAddress} 的 AS 号为 ${written}，而该地址上的 ${peer.name} 是 AS ${real}。会话会因“Bad Peer AS”被拒绝。请更正其中之一。`,
        },
        {
          fixes,
          ...(own && {
            related: [
              {
                place: own.place,
                message: { en: `${peer.name} is AS ${real}.`, 'zh-cn': `${peer.name} 是 AS ${real}。` },
              },
            ],
          }),
        },
      );
    }
  },
});
