import type { Text } from '../../text.ts';
import type { Rejection } from './path.ts';
import type { Reason } from './types.ts';

/** Why a session does not come up, in one clause. */
export const SESSION_REASONS: Readonly<Record<Reason, Text>> = {
  'as-mismatch': {
    en: 'one end expects another AS number than the other end has',
    'zh-cn': '一端期望的 AS 号与另一端的实际 AS 号不同',
  },
  'half-open': {
    en: 'the peer has no neighbour statement for this router',
    'zh-cn': '对端没有指向本路由器的邻居配置',
  },
  'unknown-peer': {
    en: 'the peer address belongs to no known router',
    'zh-cn': '对端地址不属于任何已知路由器',
  },
  'not-connected': {
    en: 'the peer cannot be reached: no common link, no route, or an eBGP hop too many',
    'zh-cn': '无法到达对端：没有共同链路、没有路由，或 eBGP 跨越的跳数过多',
  },
  'family-not-active': {
    en: 'the neighbour is not activated in any address family',
    'zh-cn': '该邻居没有在任何地址族中激活',
  },
  'wrong-source': {
    en: 'the packets come from another address than the peer expects',
    'zh-cn': '报文的源地址不是对端期望的地址',
  },
  'own-address': { en: 'the router peers with itself', 'zh-cn': '路由器把自己配置成了邻居' },
  'duplicate-address': {
    en: 'two devices own the peer address; which one answers is a race',
    'zh-cn': '有两台设备拥有该对端地址，由哪一台应答并不确定',
  },
  'duplicate-router-id': {
    en: 'both ends have the same router id, which iBGP refuses',
    'zh-cn': '两端的 router id 相同，iBGP 会拒绝',
  },
  'password-mismatch': { en: 'the passwords differ', 'zh-cn': '两端的密码不一致' },
  'passive-both': { en: 'both ends wait for the other to connect', 'zh-cn': '两端都是被动模式，谁也不会发起连接' },
  'ttl-mismatch': {
    en: 'one end checks the TTL (ttl-security) and the other end does not send it',
    'zh-cn': '一端检查 TTL（ttl-security），而另一端发出的 TTL 不满足要求',
  },
  'remote-as-missing': { en: 'the neighbour has no AS number', 'zh-cn': '该邻居没有 AS 号' },
  shutdown: { en: 'the neighbour is shut down', 'zh-cn': '该邻居已被关闭（shutdown）' },
  'too-many-prefixes': {
    en: 'the peer sends more prefixes than `maximum-prefix` allows',
    'zh-cn': '对端发送的前缀数超过了 `maximum-prefix` 的上限',
  },
  'not-readable': {
    en: 'a value it depends on is not known here',
    'zh-cn': '它所依赖的某个值在这里无法得知',
  },
};

/** Why a route does not get from one end of an established session to the other. */
export const REJECTIONS: Readonly<Record<Rejection, Text>> = {
  'same-peer': { en: 'it was learned from that very peer', 'zh-cn': '该路由正是从这个对端学到的' },
  'not-reflected': {
    en: 'iBGP routes are not passed on to iBGP peers unless one of them is a route reflector client',
    'zh-cn': 'iBGP 路由不会再传给 iBGP 对端，除非其中一方是路由反射器的客户端',
  },
  'own-as': {
    en: 'the receiver finds its own AS in the path and drops it',
    'zh-cn': '接收方在 AS 路径中看到了自己的 AS 号，因此丢弃',
  },
  originator: {
    en: 'the receiver takes it for its own route: the originator id is its router id',
    'zh-cn': '接收方认为这是自己的路由：originator id 与其 router id 相同',
  },
  'cluster-loop': {
    en: 'the cluster id is already in the cluster list',
    'zh-cn': 'cluster id 已经出现在 cluster list 中',
  },
  'own-next-hop': { en: 'the next hop is the receiver itself', 'zh-cn': '下一跳就是接收方自己' },
  'pool-filter': {
    en: 'Calico announces only its blocks and what lies in an exported IPPool',
    'zh-cn': 'Calico 只通告自己的地址块以及允许导出的 IPPool 内的路由',
  },
  filter: { en: 'a BGPFilter rejects it', 'zh-cn': '被 BGPFilter 拒绝' },
  policy: { en: 'a routing policy denies it', 'zh-cn': '被路由策略拒绝' },
  'undefined-policy': {
    en: 'the policy named there is not defined, which denies everything',
    'zh-cn': '所引用的策略没有定义，因而拒绝所有路由',
  },
  'requires-policy': {
    en: 'the eBGP neighbour has no policy and `bgp ebgp-requires-policy` is in force',
    'zh-cn': '该 eBGP 邻居没有策略，而 `bgp ebgp-requires-policy` 已生效',
  },
  'no-next-hop': {
    en: 'the sender has no address of this family on the link',
    'zh-cn': '发送方在该链路上没有这一地址族的地址',
  },
  summarised: {
    en: 'the sender keeps it back for an aggregate with `summary-only`',
    'zh-cn': '发送方配置了带 `summary-only` 的聚合路由，因此不再传递该明细路由',
  },
  'not-best': {
    en: 'the sender has a better path and passes on only that',
    'zh-cn': '发送方有更优的路径，并且只传递最优路径',
  },
};
