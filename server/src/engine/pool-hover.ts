import { type MeasuredPool, POOL_CAPACITY } from '../assembly/pool-capacity.ts';
import type { Installation, InstallationPool } from '../model/calico/installation.ts';
import type { IPPool } from '../model/calico/ip-pool.ts';
import type { Resource } from '../model/resource.ts';
import { formatPrefix } from '../network/prefix-space.ts';
import type { Place } from '../syntax/document.ts';
import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { documentsAt } from './documents-at.ts';
import { covers, type HoverPart } from './hover.ts';

/** Over a pool's CIDR or block size: how many blocks there are, and who has them. */
export function poolHover(file: FileState, offset: number, site: Site): HoverPart | undefined {
  const pools = documentsAt(file, offset).flatMap(({ resources }) => resources.flatMap(poolsOf));
  for (const pool of pools) {
    const place = placesOf(pool).find((one) => covers(one, offset));
    // What is asked of the whole site waits until it is known that the cursor asks it.
    if (place === undefined) continue;
    const measured = site.derive(POOL_CAPACITY).find((one) => one.pool.origin.pool === pool);
    if (measured !== undefined) return { place, text: textOf(measured) };
  }
  return undefined;
}

function poolsOf(resource: Resource): readonly (IPPool | InstallationPool)[] {
  if (resource.kind === 'calico/IPPool') return [resource as IPPool];
  return resource.kind === 'tigera/Installation' ? (resource as Installation).ipPools : [];
}

function placesOf({ cidr, blockSize }: IPPool | InstallationPool): readonly Place[] {
  return [cidr, blockSize].flatMap((field) => (field === undefined ? [] : [field.place]));
}

function textOf({ pool, capacity, nodesKnown }: MeasuredPool): Text {
  const { blocks, addressesPerBlock, usedBlocks, perNode, nodesWithout, nextBlock } = capacity;
  const cidr = formatPrefix(pool.network);
  const nodes = [...perNode.values()].length;
  const holders = [...perNode].filter(([, count]) => count > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  const held = holders.slice(0, 12).map(([node, count]) => `- \`${node}\`: ${count}`);
  const en = [`**${cidr}**: ${blocks} blocks of ${addressesPerBlock} addresses`];
  const zh = [`**${cidr}**：${blocks} 个地址块，每块 ${addressesPerBlock} 个地址`];
  if (nodesKnown && nodes > 0) {
    en.push(
      `${nodes} nodes may use it${nodesWithout > 0 ? `; **${nodesWithout} of them will find no block left**` : ''}`,
    );
    zh.push(`${nodes} 个节点可以使用它${nodesWithout > 0 ? `；**其中 ${nodesWithout} 个将分不到地址块**` : ''}`);
  }
  if (usedBlocks > 0n) {
    const next = nextBlock === undefined ? '' : formatPrefix(nextBlock);
    en.push(
      [`${usedBlocks} are known to be in use${next === '' ? '' : `, the next one free is ${next}`}:`, '', ...held].join(
        '\n',
      ),
    );
    zh.push(
      [`已知有 ${usedBlocks} 个在使用${next === '' ? '' : `，下一个空闲的是 ${next}`}：`, '', ...held].join('\n'),
    );
  }
  return { en: en.join('\n\n'), 'zh-cn': zh.join('\n\n') };
}
