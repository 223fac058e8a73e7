import type { Fact } from '../../network/graph/types.ts';
import type { Text } from '../../text.ts';
import { plain } from './origin.ts';

/** The names of facts, so that one thing is called the same in every view. */
export const FACT = {
  kind: { en: 'kind', 'zh-cn': '类型' },
  image: { en: 'image', 'zh-cn': '镜像' },
  labNode: { en: 'lab node', 'zh-cn': '实验室节点' },
  container: { en: 'shares the network of', 'zh-cn': '共享网络的容器' },
  interface: { en: 'interface', 'zh-cn': '接口' },
  mtu: { en: 'MTU', 'zh-cn': 'MTU' },
  asn: { en: 'AS', 'zh-cn': 'AS' },
  routerId: { en: 'router id', 'zh-cn': 'router id' },
  clusterId: { en: 'cluster id', 'zh-cn': 'cluster id' },
  labels: { en: 'labels', 'zh-cn': '标签' },
  announces: { en: 'announces', 'zh-cn': '通告' },
  addresses: { en: 'addresses', 'zh-cn': '地址' },
  session: { en: 'session', 'zh-cn': '会话' },
  reason: { en: 'why', 'zh-cn': '原因' },
  families: { en: 'address families', 'zh-cn': '地址族' },
  statedBy: { en: 'stated by', 'zh-cn': '来源' },
  owner: { en: 'owner', 'zh-cn': '所属' },
  capacity: { en: 'capacity', 'zh-cn': '容量' },
  used: { en: 'given out', 'zh-cn': '已分配' },
  holds: { en: 'holds', 'zh-cn': '包含' },
  blockSize: { en: 'block size', 'zh-cn': '块大小' },
  overlaps: { en: 'overlaps', 'zh-cn': '重叠' },
  state: { en: 'state', 'zh-cn': '状态' },
} as const satisfies Record<string, Text>;

export function fact(name: keyof typeof FACT, value: string | Text): Fact {
  return { name: FACT[name], value: typeof value === 'string' ? plain(value) : value };
}

/** A fact where there is a value. */
export function factIf(name: keyof typeof FACT, value: string | number | undefined): readonly Fact[] {
  return value === undefined || value === '' ? [] : [fact(name, String(value))];
}
