import type { NameKind } from '../assembly/names.ts';
import type { Text } from '../text.ts';

/** What the things are called that have names. */
export const NOUNS: Readonly<Record<NameKind, Text>> = {
  node: { en: 'node', 'zh-cn': '节点' },
  cluster: { en: 'cluster', 'zh-cn': '集群' },
  'calico pool': { en: 'IPPool', 'zh-cn': ' IPPool' },
  'spiderpool pool': { en: 'SpiderIPPool', 'zh-cn': ' SpiderIPPool' },
  filter: { en: 'BGPFilter', 'zh-cn': ' BGPFilter' },
  tier: { en: 'tier', 'zh-cn': '策略层' },
  secret: { en: 'Secret', 'zh-cn': ' Secret' },
  namespace: { en: 'namespace', 'zh-cn': '命名空间' },
  label: { en: 'label', 'zh-cn': '标签' },
  'label value': { en: 'label value', 'zh-cn': '标签值' },
  address: { en: 'machine with the address', 'zh-cn': '使用该地址的机器' },
  'route-map': { en: 'route-map', 'zh-cn': ' route-map' },
  'prefix-list': { en: 'prefix-list', 'zh-cn': ' prefix-list' },
  'as-path list': { en: 'AS-path list', 'zh-cn': ' AS 路径列表' },
  'community-list': { en: 'community-list', 'zh-cn': ' community-list' },
  'access-list': { en: 'access-list', 'zh-cn': ' access-list' },
  'peer-group': { en: 'peer-group', 'zh-cn': ' peer-group' },
  symbol: { en: 'BIRD symbol', 'zh-cn': ' BIRD 符号' },
};
