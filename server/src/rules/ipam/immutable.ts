import type { IPPool } from '../../model/calico/ip-pool.ts';
import { networkOf, type Prefix, parsePrefix, sameNetwork } from '../../network/prefix.ts';
import type { Place } from '../../syntax/document.ts';
import { folderOf, isInside } from '../../workspace/uri.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'ipam/immutable',
  severity: 'error',
  docs: {
    summary: {
      en: 'A pool’s cidr or blockSize differs from that of the same pool as the cluster has it.',
      'zh-cn': '地址池的 cidr 或 blockSize 与集群中同名地址池不同。',
    },
    why: {
      en: 'Calico refuses the change. Blocks are handed out already, and other ones over them would give one address to two pods. The way is a new pool: create it, disable the old one, move the pods, delete the old one.',
      'zh-cn':
        'Calico 会拒绝此更改。块已经分配，再覆盖不同的块会使两个 Pod 得到同一地址。正确做法是新建地址池：先创建，再禁用旧池，迁移 Pod，最后删除旧池。',
    },
    source: 'projectcalico/calico IPPool: update validation (calico.md I25, I26; users.md M25)',
  },
  yieldsTo: ['ipam/host-bits', 'ipam/block-size'],
  check({ site, report }) {
    const live = new Map<string, IPPool | undefined>();
    for (const pool of site.all('calico/IPPool')) {
      const name = pool.name?.value;
      // Two live objects of one name are of two clusters, or of two moments.
      if (name !== undefined && pool.uid !== undefined) live.set(name, live.has(name) ? undefined : pool);
    }
    if (live.size === 0) return;
    for (const pool of site.all('calico/IPPool')) {
      const saved = pool.name?.value === undefined ? undefined : live.get(pool.name.value);
      if (saved !== undefined && pool.uid === undefined && areNear(pool, saved)) compare(pool, saved, report);
    }
  },
});

/** A folder beside this one may be another cluster's, in which the default pool has the same name. */
function areNear(pool: IPPool, saved: IPPool): boolean {
  const [one, other] = [folderOf(pool.doc.file), folderOf(saved.doc.file)];
  return isInside(one, other) || isInside(other, one);
}

function compare(pool: IPPool, saved: IPPool, report: Report): void {
  const [own, theirs] = [networkIn(pool), networkIn(saved)];
  if (own === undefined || theirs === undefined) return;
  if (!sameNetwork(own, theirs)) {
    report(
      pool.cidr!.place,
      {
        en: `The cluster has this pool as ${saved.cidr!.value}, and a pool’s cidr never changes: Calico refuses this one. Make a new pool and retire the old one.`,
        'zh-cn': `集群中此地址池为 ${saved.cidr!.value}，而地址池的 cidr 不可更改：Calico 会拒绝。请新建地址池并停用旧池。`,
      },
      { related: [asSaved(saved.cidr!.place)] },
    );
    return;
  }
  const [size, before] = [blockSizeOf(pool, own), blockSizeOf(saved, theirs)];
  if (size === undefined || before === undefined || size === before) return;
  const absent = pool.blockSize === undefined;
  report(
    pool.blockSize?.place ?? pool.cidr!.place,
    {
      en: `The cluster has this pool with blocks of /${before}, ${absent ? `and without blockSize this asks for /${size}` : `not /${size}`}: Calico refuses the change, for blocks are handed out already. Keep it, or make a new pool.`,
      'zh-cn': `集群中此地址池的块为 /${before}，${absent ? `而此处未写 blockSize，即 /${size}` : `而不是 /${size}`}：块已经分配，Calico 会拒绝更改。请保持不变，或新建地址池。`,
    },
    { related: [asSaved(saved.blockSize?.place ?? saved.cidr!.place)] },
  );
}

function asSaved(place: Place) {
  return { place, message: { en: 'As the cluster has it.', 'zh-cn': '集群中的现状。' } };
}

function networkIn({ cidr }: IPPool): Prefix | undefined {
  const prefix = cidr?.value === undefined ? undefined : parsePrefix(cidr.value);
  return prefix && networkOf(prefix);
}

/** With the default that Calico writes; undefined when it is not known. */
function blockSizeOf({ blockSize }: IPPool, { family }: Prefix): number | undefined {
  if (blockSize === undefined || blockSize.value === 0) return family === 4 ? 26 : 122;
  return blockSize.value;
}
