import { type MeasuredPool, POOL_CAPACITY } from '../assembly/pool-capacity.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { counted } from './counted.ts';
import type { InlayHint } from './inlay-hints.ts';

/** Into how many blocks Calico cuts a pool, and whether they go round: beside the block size, else beside the CIDR. */
export function blockHints(file: FileState, site: Site): readonly InlayHint[] {
  const holdsPools = file.topics.some((topic) => topic === 'calico/IPPool' || topic === 'tigera/Installation');
  return holdsPools ? site.derive(POOL_CAPACITY).flatMap(hintOf) : [];
}

function hintOf({ pool, capacity, nodesKnown }: MeasuredPool): readonly InlayHint[] {
  const { blocks, addressesPerBlock, perNode, nodesWithout } = capacity;
  const place = pool.origin.pool.blockSize?.place ?? pool.cidr.place;
  const nodes = perNode.size;
  const en = `${counted(blocks)} ${blocks === 1n ? 'block' : 'blocks'} of ${counted(addressesPerBlock)}`;
  const zh = `${counted(blocks)} 个地址块，每块 ${counted(addressesPerBlock)} 个地址`;
  if (!nodesKnown || nodes === 0) return [{ place, label: { en, 'zh-cn': zh } }];
  const tooltip =
    nodesWithout > 0
      ? {
          en: `${nodes} nodes may use this pool, and ${nodesWithout} of them will find no block left.`,
          'zh-cn': `${nodes} 个节点可以使用此地址池，其中 ${nodesWithout} 个将分不到地址块。`,
        }
      : { en: `Nodes that may use this pool: ${nodes}.`, 'zh-cn': `可以使用此地址池的节点：${nodes} 个。` };
  return [{ place, label: { en, 'zh-cn': zh }, tooltip }];
}
