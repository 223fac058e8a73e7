import { flag, leaf, node, only, tag, type VyosWord } from './vyos-grammar.ts';

const directions = (what: string, zh: string): readonly VyosWord[] => [
  leaf('import', `${what} for routes that come`, `收到的路由所用的${zh}`),
  leaf('export', `${what} for routes that go`, `发出的路由所用的${zh}`),
];

const NEIGHBOR_FAMILY: readonly VyosWord[] = [
  node('route-map', 'filters or changes routes', '过滤或修改路由', directions('a route-map', ' route-map')),
  node('prefix-list', 'filters routes by prefix', '按前缀过滤路由', directions('a prefix-list', '前缀列表')),
  node(
    'filter-list',
    'filters routes by AS path',
    '按 AS 路径过滤路由',
    directions('an as-path-list', ' as-path-list'),
  ),
  node('nexthop-self', 'the router becomes the next hop', '将下一跳改为自身', [
    flag('force', 'of reflected routes, too', '对反射的路由也生效'),
  ]),
  flag('route-reflector-client', 'routes of one client go to the others', '作为路由反射客户端'),
  flag('route-server-client', 'routes pass unchanged', '作为路由服务器客户端'),
  node('allowas-in', 'takes routes with the own AS in their path', '接受路径含本 AS 的路由', [
    leaf('number', 'how often it may be there', '允许出现的次数'),
  ]),
  flag('as-override', 'puts the own AS in place of the neighbour’s', '用本 AS 替换邻居 AS'),
  node('soft-reconfiguration', 'keeps routes', '保留路由', [flag('inbound', 'as they came', '收到的原始路由')]),
  node('default-originate', 'announces a default route', '通告默认路由', [leaf('route-map', 'if it permits', '条件')]),
  leaf('maximum-prefix', 'how many routes are taken', '接受的路由数量上限'),
  node('remove-private-as', 'takes private AS numbers out of paths', '移除私有 AS'),
  leaf('weight', 'higher is better, on this router', '权重，仅本路由器有效'),
];

const TIMERS = node('timers', 'in seconds', '计时器（秒）', [
  leaf('keepalive', 'between keepalives', 'keepalive 间隔'),
  leaf('holdtime', 'until a silent neighbour is given up', '保持时间'),
]);

const SETTINGS: readonly VyosWord[] = [
  leaf('remote-as', 'the neighbour’s AS', '邻居的 AS', 'external', 'internal'),
  node('address-family', 'the families that are exchanged', '交换的地址族', [
    node('ipv4-unicast', 'IPv4 routes', 'IPv4 路由', NEIGHBOR_FAMILY),
    node('ipv6-unicast', 'IPv6 routes', 'IPv6 路由', NEIGHBOR_FAMILY),
  ]),
  leaf('update-source', 'the address or interface that the session is from', '会话源地址或接口'),
  leaf('ebgp-multihop', 'the neighbour is not on a connected network', '邻居不在直连网络'),
  node('ttl-security', 'takes packets from near only', '只接受近处的报文', [leaf('hops', 'how far', '跳数')]),
  flag('disable-connected-check', 'eBGP between loopbacks of direct neighbours', '允许直连邻居用环回地址建立 eBGP'),
  leaf('password', 'TCP MD5', 'TCP MD5 密码'),
  tag('local-as', 'another AS towards this neighbour', '对该邻居使用的其他 AS', [
    node('no-prepend', 'the own AS is not added to what comes', '不在收到的路由前加本 AS', [
      flag('replace-as', 'the own AS is hidden in what goes, too', '发出的路由也隐藏本 AS'),
    ]),
  ]),
  node('bfd', 'notices a dead link within a second', '快速检测链路故障'),
  flag('passive', 'waits for the neighbour to begin', '等待邻居发起'),
  flag('shutdown', 'keeps the session down', '关闭会话'),
  leaf('port', 'another port than 179', '179 以外的端口'),
  leaf('description', 'a note', '描述'),
];

const ROUTE_MAP = leaf('route-map', 'filters or changes routes', '过滤或修改路由');
const redistribute = (name: string, en: string, zh: string): VyosWord => node(name, en, zh, [ROUTE_MAP]);

const familyWords = (ospf: VyosWord): readonly VyosWord[] => [
  tag('network', 'a prefix to announce', '要通告的前缀', [ROUTE_MAP]),
  tag('aggregate-address', 'announces one prefix for those in it', '通告聚合前缀', [
    flag('summary-only', 'and not those in it', '不通告明细'),
    flag('as-set', 'with all their AS numbers', '携带 AS 集合'),
  ]),
  node('redistribute', 'announces routes from elsewhere', '通告其他来源的路由', [
    redistribute('connected', 'connected networks', '直连网络'),
    redistribute('static', 'static routes', '静态路由'),
    redistribute('kernel', 'the kernel’s routes', '内核路由'),
    ospf,
  ]),
  node('maximum-paths', 'how many paths share the load', '等价路径数', [
    leaf('ebgp', 'of other AS', 'eBGP 路径'),
    leaf('ibgp', 'of the own AS', 'iBGP 路径'),
  ]),
];

const PARAMETERS = node('parameters', 'for all neighbours', '适用于所有邻居', [
  leaf('router-id', 'the router’s id, an IPv4 address', '路由器 ID（IPv4 地址）'),
  leaf('cluster-id', 'the reflector’s cluster, an IPv4 address', '反射器的集群 ID（IPv4 地址）'),
  ...only('current', flag('ebgp-requires-policy', 'eBGP only with a policy', 'eBGP 必须配置策略')),
  ...only('current', flag('network-import-check', 'announces what is in the table only', '只通告路由表中存在的前缀')),
  node('bestpath', 'how the best path is chosen', '选路规则', [
    node('as-path', 'by the AS path', '按 AS 路径', [
      flag('multipath-relax', 'paths of equal length share the load', '等长路径负载均衡'),
    ]),
    flag('compare-routerid', 'the smaller router id wins', '比较路由器 ID'),
  ]),
  node('default', 'where nothing else is said', '默认值', [
    leaf('local-pref', 'the local preference', '本地优先级'),
    ...only('old', flag('no-ipv4-unicast', 'families are activated one by one', '逐个启用地址族')),
  ]),
  node('confederation', 'several AS as one', 'AS 联盟', [
    leaf('identifier', 'the AS that others see', '对外的 AS'),
    leaf('peers', 'another AS of the confederation', '联盟中的其他 AS'),
  ]),
  flag('log-neighbor-changes', 'logs when sessions go up or down', '记录会话变化'),
]);

const BGP: readonly VyosWord[] = [
  tag('neighbor', 'a neighbour by address or interface', '邻居的地址或接口', [
    ...SETTINGS,
    TIMERS,
    leaf('peer-group', 'takes the settings of a group', '使用对等体组的设置'),
    node('interface', 'for a neighbour by interface', '按接口的邻居', [
      leaf('remote-as', 'the neighbour’s AS', '邻居的 AS', 'external', 'internal'),
      leaf('peer-group', 'takes the settings of a group', '使用对等体组的设置'),
      node('v6only', 'by IPv6 link-local addresses', '仅使用 IPv6 链路本地地址', [
        leaf('remote-as', 'the neighbour’s AS', '邻居的 AS', 'external', 'internal'),
        leaf('peer-group', 'takes the settings of a group', '使用对等体组的设置'),
      ]),
    ]),
  ]),
  tag('peer-group', 'settings that neighbours share', '对等体组', SETTINGS),
  node('address-family', 'what is announced', '通告内容', [
    node('ipv4-unicast', 'IPv4 routes', 'IPv4 路由', familyWords(redistribute('ospf', 'OSPF’s routes', 'OSPF 路由'))),
    node('ipv6-unicast', 'IPv6 routes', 'IPv6 路由', familyWords(redistribute('ospfv3', 'OSPF’s routes', 'OSPF 路由'))),
  ]),
  PARAMETERS,
  node('listen', 'neighbours that nobody names', '动态邻居', [
    tag('range', 'of a whole prefix', '某一前缀内', [
      leaf('peer-group', 'with the settings of a group', '使用的对等体组'),
    ]),
    leaf('limit', 'how many at most', '数量上限'),
  ]),
  TIMERS,
];

/** `bgp 65001 { … }` up to 1.3, `bgp { system-as 65001 … }` from 1.4 on (src/migration-scripts/bgp/0-to-1 and 2-to-3). */
export const VYOS_BGP: readonly VyosWord[] = [
  ...only('old', tag('bgp', 'BGP, by the router’s AS', 'BGP，后接本 AS', BGP)),
  ...only('current', node('bgp', 'BGP', 'BGP', [leaf('system-as', 'the router’s AS', '本路由器的 AS'), ...BGP])),
];
