import type { Text } from '../../text.ts';

/** A prefix as one says it: `10.244.0.0/16#node1` stands for blocks that no file shows. */
export function prefixText(prefix: string): Text {
  const [pool, node] = prefix.split('#');
  if (node === undefined) return { en: prefix, 'zh-cn': prefix };
  return { en: `the blocks of ${node} in ${pool}`, 'zh-cn': `${node} 在 ${pool} 中的地址块` };
}
