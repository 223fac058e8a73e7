import { type RouterWord, type RouterWords, word } from './router-words.ts';

/** A word with more behind it. */
function before(name: string, en: string, zh: string): RouterWord {
  return word(name, en, zh, `${name} `);
}

function block(name: string, en: string, zh: string): RouterWord {
  return word(name, en, zh, `${name} {\n\t|\n}`);
}

/** A statement that is complete. */
function whole(name: string, en: string, zh: string): RouterWord {
  return word(name, en, zh, `${name};`);
}

/** A block within a protocol, which BIRD wants a `;` behind. */
function channel(name: string, en: string, zh: string): RouterWord {
  return word(name, en, zh, `${name} {\n\t|\n};`);
}

const IPV4 = channel('ipv4', 'IPv4 routes: what comes in and goes out', 'IPv4 路由的导入与导出');
const IPV6 = channel('ipv6', 'IPv6 routes: what comes in and goes out', 'IPv6 路由的导入与导出');
const DISABLED = whole('disabled', 'the protocol does not start', '不启动该协议');

const POLICIES: readonly RouterWord[] = [
  word('all', 'every route', '所有路由', 'all;'),
  word('none', 'no route', '不传递任何路由', 'none;'),
  before('filter', 'what a filter accepts', '过滤器接受的路由'),
  before('where', 'routes for which a condition holds', '满足条件的路由'),
];

/** The statements of BIRD 2 that Selvage reads (doc/bird.sgml); BIRD has more. `at` is held against `RouterQuestion.words`. */
export const BIRD_WORDS: readonly RouterWords[] = [
  {
    at: /^top: $/,
    words: [
      before('router id', 'the router’s id, an IPv4 address', '路由器 ID（IPv4 地址）'),
      word('protocol bgp', 'a session with a neighbour', '与邻居的 BGP 会话', 'protocol bgp |{\n}'),
      block('protocol device', 'learns the interfaces; every router needs it', '读取接口信息，每台路由器都需要'),
      block('protocol direct', 'the networks of the interfaces', '接口的直连网络'),
      block('protocol kernel', 'routes to and from the kernel', '与内核交换路由'),
      block('protocol static', 'routes written here', '在此写明的静态路由'),
      word('template bgp', 'what several sessions share', '多个会话共用的设置', 'template bgp |{\n}'),
      word('filter', 'accepts, rejects and changes routes', '接受、拒绝或修改路由', 'filter |{\n}'),
      word('function', 'a part that filters share', '过滤器共用的函数', 'function |() {\n}'),
      before('define', 'a constant', '常量'),
      before('ipv4 table', 'a routing table of its own', '单独的 IPv4 路由表'),
      before('ipv6 table', 'a routing table of its own', '单独的 IPv6 路由表'),
      before('hostname', 'the router’s name', '路由器名称'),
      word('include', 'another file', '包含另一个文件', 'include "|";'),
    ],
  },
  {
    at: /^bgp: $/,
    words: [
      before('local', 'the own address and AS', '本端地址与 AS'),
      before('neighbor', 'the far end’s address and AS', '对端地址与 AS'),
      IPV4,
      IPV6,
      before('source address', 'the address that the session is from', '会话源地址'),
      word('multihop', 'the neighbour is not on a connected network', '邻居不在直连网络', 'multihop |;'),
      whole('direct', 'the neighbour is on a connected network', '邻居在直连网络'),
      before('password', 'TCP MD5', 'TCP MD5 密码'),
      whole('passive', 'waits for the neighbour to begin', '等待邻居发起'),
      whole('rr client', 'the neighbour is a client of this route reflector', '邻居是本路由反射器的客户端'),
      before('rr cluster id', 'the reflector’s cluster, an IPv4 address', '反射器的集群 ID（IPv4 地址）'),
      before('allow local as', 'takes routes with the own AS in their path', '接受路径含本 AS 的路由'),
      whole('ttl security on', 'takes packets of neighbours on the link only', '只接受直连邻居的报文'),
      before('hold time', 'seconds until a silent neighbour is given up', '保持时间（秒）'),
      before('keepalive time', 'seconds between keepalives', 'keepalive 间隔（秒）'),
      whole('bfd on', 'notices a dead link within a second', '快速检测链路故障'),
      before('description', 'a note', '描述'),
      before('vrf', 'the VRF that the session runs in', '会话所在的 VRF'),
      DISABLED,
    ],
  },
  {
    at: /^bgp: neighbor \S+$/,
    words: [
      before('as', 'the neighbour’s AS', '邻居的 AS'),
      word('internal', 'the own AS', '本 AS', 'internal;'),
      word('external', 'any AS but the own', '任何其他 AS', 'external;'),
      before('port', 'another port than 179', '179 以外的端口'),
    ],
  },
  { at: /^bgp: local( \S+)?$/, words: [before('as', 'the own AS', '本 AS')] },
  { at: /^bgp: neighbor$/, words: [before('range', 'neighbours of a whole prefix', '某一前缀内的所有邻居')] },
  {
    at: /^channel: $/,
    words: [
      before('import', 'routes from the protocol into the table', '从协议导入路由表的路由'),
      before('export', 'routes from the table to the protocol', '从路由表导出到协议的路由'),
      whole('next hop self', 'the router becomes the next hop', '将下一跳改为自身'),
      whole('next hop keep', 'the next hop stays as it came', '保留原下一跳'),
      before('table', 'another table than the default one', '默认表以外的路由表'),
      before('import limit', 'how many routes are taken', '导入路由数量上限'),
      before('preference', 'higher is better among protocols', '协议优先级，越大越优先'),
      whole('add paths on', 'several paths of one prefix', '同一前缀的多条路径'),
      whole('extended next hop on', 'IPv4 routes by IPv6 next hops', 'IPv4 路由使用 IPv6 下一跳'),
    ],
  },
  { at: /^channel: (import|export)$/, words: POLICIES },
  {
    at: /^static: $/,
    words: [before('route', 'a prefix and where it goes', '前缀及其去向'), IPV4, IPV6, DISABLED],
  },
  {
    at: /^static: route \S+$/,
    words: [
      before('via', 'a gateway or an interface', '网关或接口'),
      word('blackhole', 'packets are dropped', '丢弃报文', 'blackhole;'),
      word('unreachable', 'packets are refused', '拒绝报文并回复不可达', 'unreachable;'),
      word('prohibit', 'packets are refused as forbidden', '拒绝报文并回复禁止', 'prohibit;'),
    ],
  },
  {
    at: /^kernel: $/,
    words: [
      IPV4,
      IPV6,
      whole('learn', 'takes in routes that others put into the kernel', '学习其他程序写入内核的路由'),
      whole('persist', 'routes stay in the kernel when BIRD ends', 'BIRD 退出后保留内核路由'),
      whole('merge paths on', 'several next hops for one prefix', '同一前缀的多个下一跳'),
      before('kernel table', 'another table of the kernel', '内核的其他路由表'),
      before('scan time', 'seconds between looks at the kernel', '扫描内核的间隔（秒）'),
      DISABLED,
    ],
  },
  {
    at: /^direct: $/,
    words: [IPV4, IPV6, word('interface', 'only these interfaces', '仅限这些接口', 'interface "|";'), DISABLED],
  },
  { at: /^device: $/, words: [before('scan time', 'seconds between looks at the interfaces', '扫描接口的间隔（秒）')] },
  {
    at: /^filter: (if .* then|else)?$/,
    words: [
      word('if', 'a condition', '条件', 'if | then accept;'),
      whole('accept', 'the route passes', '接受路由'),
      whole('reject', 'the route does not pass', '拒绝路由'),
      word('return', 'the value of the function', '函数返回值', 'return |;'),
      before('bgp_local_pref =', 'higher is better, within the AS', '本地优先级，越大越优先'),
      before('bgp_med =', 'lower is better, between two AS', 'MED，越小越优先'),
      word('bgp_path.prepend', 'makes the path longer', '加长 AS 路径', 'bgp_path.prepend(|);'),
      word('bgp_community.add', 'marks the route', '添加团体属性', 'bgp_community.add((|));'),
      word('bgp_community.delete', 'takes a mark away', '删除团体属性', 'bgp_community.delete((|));'),
    ],
  },
  {
    at: /^filter: (.* )?(if|&|\||\()$|^channel: (import|export) where$/,
    words: [
      before('net ~', 'the prefix is in a set', '前缀属于集合'),
      before('source =', 'where the route is from: RTS_STATIC, RTS_BGP …', '路由来源：RTS_STATIC、RTS_BGP 等'),
      before('bgp_path ~', 'the AS path has a form', 'AS 路径匹配'),
      word('bgp_community ~', 'the route has a mark', '路由带有团体属性', 'bgp_community ~ [(|)]'),
      word('proto', 'the protocol that the route is from', '路由所属协议', 'proto = "|"'),
    ],
  },
];
