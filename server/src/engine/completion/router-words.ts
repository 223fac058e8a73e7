import type { Text } from '../../text.ts';

/** Commands of FRR that begin at a place, with what they do. `at` is held against `RouterQuestion.words`. */
export interface RouterWords {
  readonly at: RegExp;
  readonly words: readonly RouterWord[];
}

export interface RouterWord {
  readonly word: string;
  readonly detail: Text;
  /** Which releases have it, where not all do. */
  readonly releases?: Text;
  /** What is written for it; behind a line break, `\t` is one step of indentation and `|` the place of the cursor. */
  readonly insert?: string;
}

export function word(name: string, en: string, zh: string, insert?: string): RouterWord {
  return { word: name, detail: { en, 'zh-cn': zh }, ...(insert !== undefined && { insert }) };
}

const DIRECTIONS = [word('in', 'routes that come', '收到的路由'), word('out', 'routes that go', '发出的路由')];

/** The few commands that a fabric with Calico needs; FRR has hundreds more, which its own shell completes. */
export const ROUTER_WORDS: readonly RouterWords[] = [
  {
    at: /^router-bgp: $/,
    words: [
      word('neighbor', 'a BGP neighbour', 'BGP 邻居', 'neighbor '),
      word('bgp router-id', 'the router’s id, an IPv4 address', '路由器 ID（IPv4 地址）', 'bgp router-id '),
      word('no bgp ebgp-requires-policy', 'routes pass eBGP without a route-map', 'eBGP 无需 route-map 即可交换路由'),
      word('no bgp default ipv4-unicast', 'families are activated one by one', '逐个启用地址族'),
      word('bgp bestpath as-path multipath-relax', 'paths of equal length share the load', '等长路径负载均衡'),
      word('address-family ipv4 unicast', 'settings for IPv4 routes', 'IPv4 路由设置'),
      word('address-family ipv6 unicast', 'settings for IPv6 routes', 'IPv6 路由设置'),
    ],
  },
  {
    at: /^address-family: $/,
    words: [
      word('neighbor', 'settings of a neighbour in this family', '该地址族的邻居设置', 'neighbor '),
      word('network', 'a prefix to announce', '要通告的前缀', 'network '),
      word('redistribute connected', 'announces connected networks', '通告直连网络'),
      word('redistribute static', 'announces static routes', '通告静态路由'),
      word('maximum-paths', 'how many eBGP paths share the load', 'eBGP 等价路径数', 'maximum-paths '),
      word('exit-address-family', 'ends the family', '结束地址族'),
    ],
  },
  {
    at: /^router-bgp: neighbor \S+$/,
    words: [
      word('remote-as', 'the neighbour’s AS', '邻居的 AS', 'remote-as '),
      word('peer-group', 'settings of a group', '使用对等体组', 'peer-group '),
      word('update-source', 'the address or interface that the session is from', '会话源地址或接口', 'update-source '),
      word('ebgp-multihop', 'the neighbour is not on a connected network', '邻居不在直连网络', 'ebgp-multihop '),
      word('password', 'TCP MD5', 'TCP MD5 密码', 'password '),
      word('timers', 'keepalive and hold time in seconds', 'keepalive 与保持时间（秒）', 'timers '),
      word('description', 'a note', '描述', 'description '),
      word('passive', 'waits for the neighbour to begin', '等待邻居发起'),
      word('shutdown', 'keeps the session down', '关闭会话'),
      word('bfd', 'notices a dead link within a second', '快速检测链路故障'),
    ],
  },
  {
    at: /^address-family: neighbor \S+$/,
    words: [
      word('activate', 'exchanges routes of this family', '启用该地址族'),
      word('route-map', 'filters or changes routes', '过滤或修改路由', 'route-map '),
      word('prefix-list', 'filters routes by prefix', '按前缀过滤路由', 'prefix-list '),
      word('next-hop-self', 'the router becomes the next hop', '将下一跳改为自身'),
      word('route-reflector-client', 'routes of one client go to the others', '作为路由反射客户端'),
      word('allowas-in', 'takes routes with the own AS in their path', '接受路径含本 AS 的路由', 'allowas-in '),
      word('as-override', 'puts the own AS in place of the neighbour’s', '用本 AS 替换邻居 AS'),
      word('soft-reconfiguration inbound', 'keeps routes as they came', '保留收到的原始路由'),
      word('default-originate', 'announces a default route', '通告默认路由'),
    ],
  },
  { at: /: neighbor \S+ (route-map|prefix-list|filter-list|distribute-list) \S+$/, words: DIRECTIONS },
  {
    at: /^route-map: $/,
    words: [
      word('match ip address prefix-list', 'prefixes of a list', '匹配前缀列表', 'match ip address prefix-list '),
      word(
        'match ipv6 address prefix-list',
        'IPv6 prefixes of a list',
        '匹配 IPv6 前缀列表',
        'match ipv6 address prefix-list ',
      ),
      word('set community', 'marks the route', '设置团体属性', 'set community '),
      word('set local-preference', 'higher is better, within the AS', '设置本地优先级', 'set local-preference '),
      word('set as-path prepend', 'makes the path longer', '加长 AS 路径', 'set as-path prepend '),
      word('set ip next-hop', 'another next hop', '设置下一跳', 'set ip next-hop '),
      word('call', 'another route-map', '调用另一个 route-map', 'call '),
    ],
  },
];
