import { VYOS_BGP } from './vyos-bgp-words.ts';
import { flag, leaf, node, only, tag, type VyosWord } from './vyos-grammar.ts';

const DESCRIPTION = leaf('description', 'a note', '描述');
const DISABLE = flag('disable', 'switched off, but kept', '停用但保留配置');
const VRF = leaf('vrf', 'the VRF that it belongs to', '所属 VRF');
const MTU = leaf('mtu', 'the largest packet in bytes', '最大报文长度（字节）');
const ADDRESS = leaf('address', 'an address with its prefix length', '带前缀长度的地址', 'dhcp', 'dhcpv6');
const PORT = [ADDRESS, DESCRIPTION, DISABLE, MTU, VRF];
const VLAN = tag('vif', 'a VLAN by its number', 'VLAN 编号', PORT);
const SERVICE_VLAN = tag('vif-s', 'an outer VLAN of two', '外层 VLAN（QinQ）', [
  ...PORT,
  tag('vif-c', 'the inner VLAN', '内层 VLAN', PORT),
]);

const INTERFACES = node('interfaces', 'ports, their addresses and VLANs', '接口、地址与 VLAN', [
  tag('ethernet', 'a port', '以太网接口', [
    ...PORT,
    leaf('hw-id', 'the MAC address by which the port is found', '用于识别接口的 MAC 地址'),
    leaf('duplex', 'auto, half or full', '双工模式', 'auto', 'half', 'full'),
    leaf('speed', 'in Mbit/s', '速率（Mbit/s）', 'auto', '1000', '10000', '25000', '100000'),
    VLAN,
    SERVICE_VLAN,
  ]),
  tag('bonding', 'several ports as one', '链路聚合接口', [
    ...PORT,
    leaf('mode', 'how the ports share the load', '聚合模式', '802.3ad', 'active-backup', 'balance-xor', 'round-robin'),
    node('member', 'its ports', '成员接口', [leaf('interface', 'a port', '接口')]),
    VLAN,
    SERVICE_VLAN,
  ]),
  tag('bridge', 'a switch in software', '网桥', [
    ...PORT,
    node('member', 'its ports', '成员接口', [tag('interface', 'a port', '接口')]),
    VLAN,
  ]),
  tag('dummy', 'addresses that are always up', '始终启用的虚拟接口', [ADDRESS, DESCRIPTION, DISABLE, MTU, VRF]),
  tag('loopback', 'lo', '环回接口', [ADDRESS, DESCRIPTION]),
]);

const DISTANCE = leaf('distance', 'smaller is better among routes', '管理距离，越小越优先');
const toInterface = (name: string) =>
  tag(name, 'out of an interface, without a gateway', '从接口发出，不经网关', [DISTANCE, DISABLE]);
const HOPS = [
  tag('next-hop', 'a gateway', '网关', [DISTANCE, DISABLE, leaf('interface', 'its interface', '网关所在接口')]),
  node('blackhole', 'packets are dropped', '丢弃报文', [DISTANCE]),
  ...only('current', toInterface('interface')),
  ...only('current', node('reject', 'packets are refused', '拒绝报文', [DISTANCE])),
  ...only('current', DESCRIPTION),
];
const STATIC = node('static', 'routes written here', '静态路由', [
  tag('route', 'an IPv4 prefix', 'IPv4 前缀', HOPS),
  tag('route6', 'an IPv6 prefix', 'IPv6 前缀', HOPS),
  ...only(
    'old',
    tag('interface-route', 'an IPv4 prefix out of an interface', '从接口发出的 IPv4 前缀', [
      toInterface('next-hop-interface'),
    ]),
    tag('interface-route6', 'an IPv6 prefix out of an interface', '从接口发出的 IPv6 前缀', [
      toInterface('next-hop-interface'),
    ]),
  ),
]);
const PROTOCOLS = node('protocols', 'BGP and static routes', 'BGP 与静态路由', [...VYOS_BGP, STATIC]);

const ACTION = leaf('action', 'permit or deny', '允许或拒绝', 'permit', 'deny');
const PREFIX_RULE = tag('rule', 'an entry by its number', '按编号的条目', [
  ACTION,
  leaf('prefix', 'the prefix', '前缀'),
  leaf('ge', 'no shorter than this', '前缀长度下限'),
  leaf('le', 'no longer than this', '前缀长度上限'),
  DESCRIPTION,
]);
const PATTERN_RULE = tag('rule', 'an entry by its number', '按编号的条目', [
  ACTION,
  leaf('regex', 'a pattern', '正则表达式'),
  DESCRIPTION,
]);

const MATCH = node('match', 'which routes the rule is for', '匹配条件', [
  node('ip', 'IPv4', 'IPv4', [
    node('address', 'the route’s prefix', '路由前缀', [leaf('prefix-list', 'a list of prefixes', '前缀列表')]),
    node('nexthop', 'the next hop', '下一跳', [leaf('prefix-list', 'a list of prefixes', '前缀列表')]),
  ]),
  node('ipv6', 'IPv6', 'IPv6', [
    node('address', 'the route’s prefix', '路由前缀', [leaf('prefix-list', 'a list of prefixes', '前缀列表')]),
  ]),
  leaf('as-path', 'an as-path-list', 'as-path-list'),
  node('community', 'a mark', '团体属性', [
    leaf('community-list', 'a list of communities', '团体属性列表'),
    flag('exact-match', 'no other communities', '精确匹配'),
  ]),
  node('large-community', 'a large mark', '大团体属性', [leaf('large-community-list', 'a list', '列表')]),
  leaf('interface', 'the interface of the next hop', '下一跳所在接口'),
  leaf('metric', 'the MED', 'MED'),
  leaf('peer', 'the neighbour that it is from', '来源邻居'),
  leaf('origin', 'the origin', '起源', 'igp', 'egp', 'incomplete'),
]);

const COMMUNITY_WORDS = ['no-export', 'no-advertise', 'local-as', 'internet'];
const SET = node('set', 'what the rule changes', '设置属性', [
  leaf('local-preference', 'higher is better, within the AS', '本地优先级，越大越优先'),
  leaf('metric', 'the MED; lower is better', 'MED，越小越优先'),
  leaf('weight', 'higher is better, on this router', '权重，仅本路由器有效'),
  leaf('ip-next-hop', 'another next hop', '下一跳', 'unchanged', 'peer-address'),
  leaf('origin', 'the origin', '起源', 'igp', 'egp', 'incomplete'),
  ...only('old', leaf('as-path-prepend', 'makes the path longer', '加长 AS 路径')),
  ...only('old', leaf('community', 'marks the route', '设置团体属性', ...COMMUNITY_WORDS)),
  ...only(
    'current',
    node('as-path', 'the AS path', 'AS 路径', [
      leaf('prepend', 'makes it longer', '加长路径'),
      leaf('prepend-last-as', 'repeats its last AS', '重复最后一个 AS'),
      leaf('exclude', 'takes an AS out', '移除 AS'),
    ]),
    node('community', 'marks', '团体属性', [
      leaf('add', 'beside those that are there', '追加', ...COMMUNITY_WORDS),
      leaf('replace', 'in their place', '替换', ...COMMUNITY_WORDS),
      leaf('delete', 'those of a list', '删除列表中的属性'),
      flag('none', 'takes all away', '全部删除'),
    ]),
    node('large-community', 'large marks', '大团体属性', [
      leaf('add', 'beside those that are there', '追加'),
      leaf('replace', 'in their place', '替换'),
      leaf('delete', 'those of a list', '删除列表中的属性'),
      flag('none', 'takes all away', '全部删除'),
    ]),
  ),
]);

const POLICY = node('policy', 'lists and route-maps', '列表与 route-map', [
  tag('prefix-list', 'IPv4 prefixes by a name', 'IPv4 前缀列表', [DESCRIPTION, PREFIX_RULE]),
  tag('prefix-list6', 'IPv6 prefixes by a name', 'IPv6 前缀列表', [DESCRIPTION, PREFIX_RULE]),
  tag('route-map', 'filters or changes routes', '过滤或修改路由', [
    DESCRIPTION,
    tag('rule', 'an entry by its number', '按编号的条目', [
      ACTION,
      MATCH,
      SET,
      leaf('call', 'another route-map', '调用另一个 route-map'),
      leaf('continue', 'goes on with a later rule', '继续执行后续规则'),
      node('on-match', 'what comes after a match', '匹配之后', [
        flag('next', 'the next rule', '下一条规则'),
        leaf('goto', 'a later rule', '跳到后续规则'),
      ]),
      DESCRIPTION,
    ]),
  ]),
  tag('as-path-list', 'AS paths by patterns', 'AS 路径列表', [DESCRIPTION, PATTERN_RULE]),
  tag('community-list', 'communities by patterns', '团体属性列表', [DESCRIPTION, PATTERN_RULE]),
  tag('large-community-list', 'large communities by patterns', '大团体属性列表', [DESCRIPTION, PATTERN_RULE]),
]);

const ENDS = [leaf('address', 'an address, prefix or range', '地址、前缀或范围'), leaf('port', 'ports', '端口')];
const NAT = node('nat', 'addresses that are translated', '地址转换', [
  node('source', 'senders: what leaves the network', '源地址转换（出网）', [
    tag('rule', 'by its number, the smallest first', '按编号，小者优先', [
      ...only('old', leaf('outbound-interface', 'where the packets leave', '出接口')),
      ...only(
        'current',
        node('outbound-interface', 'where the packets leave', '出接口', [
          leaf('name', 'an interface', '接口'),
          leaf('group', 'a group of interfaces', '接口组'),
        ]),
      ),
      node('source', 'who sends', '源', ENDS),
      node('destination', 'who is sent to', '目的', ENDS),
      node('translation', 'what the sender becomes', '转换结果', [
        leaf(
          'address',
          'an address or range; masquerade takes the interface’s',
          '地址或范围；masquerade 使用接口地址',
          'masquerade',
        ),
        leaf('port', 'ports', '端口'),
      ]),
      flag('exclude', 'these packets stay as they are', '不转换匹配的报文'),
      DISABLE,
      DESCRIPTION,
    ]),
  ]),
]);

const SYSTEM = node('system', 'the router’s name, users and clock', '路由器名称、用户与时间', [
  leaf('host-name', 'the router’s name', '主机名'),
  leaf('domain-name', 'the domain behind it', '域名'),
  leaf('name-server', 'a DNS server', 'DNS 服务器'),
  leaf('time-zone', 'such as Asia/Shanghai', '时区，如 Asia/Shanghai'),
  node('login', 'who may log in', '登录', [
    tag('user', 'a user', '用户', [
      leaf('full-name', 'the whole name', '全名'),
      node('authentication', 'how the user proves it', '认证方式', [
        leaf('encrypted-password', 'the password’s hash', '密码哈希'),
        tag('public-keys', 'an SSH key by a name', 'SSH 公钥', [
          leaf('key', 'the key in base64', '公钥（base64）'),
          leaf('type', 'the kind of key', '公钥类型', 'ssh-ed25519', 'ssh-rsa', 'ecdsa-sha2-nistp256'),
        ]),
      ]),
    ]),
  ]),
]);

const VRFS = node('vrf', 'routing tables of their own', '独立的路由表', [
  tag('name', 'a VRF', 'VRF', [leaf('table', 'the number of its table', '路由表编号'), DESCRIPTION, PROTOCOLS]),
]);

/**
 * The part of VyOS' configuration that Selvage reads, in both syntaxes (vyos-1x interface-definitions; up to 1.3 also
 * vyatta-cfg-quagga, as src/migration-scripts and smoketest/configs show it). VyOS has hundreds more.
 */
export const VYOS_WORDS: readonly VyosWord[] = [INTERFACES, PROTOCOLS, POLICY, NAT, SYSTEM, VRFS];
