import type { Around } from '../../apply/cluster.ts';
import { type LeftAside, type WantedObject, wantedIn } from '../../apply/wanted.ts';
import type { Engine } from '../../engine.ts';
import type { Context } from '../command.ts';
import { readScope } from '../read.ts';
import { refuse } from '../refusal.ts';
import { inScope, scopeOf } from '../scope.ts';
import type { ClusterOptions } from './options.ts';

/** What the user asked about: the objects of the named files, and the network that they are part of. */
export interface ClusterScope {
  readonly engine: Engine;
  readonly around: Around;
  readonly wanted: readonly WantedObject[];
  readonly aside: readonly LeftAside[];
}

/** Reads the files. Refuses when they are of several networks: a cluster is one. */
export async function clusterScope(
  paths: readonly string[],
  { site: name, tool }: ClusterOptions,
  { terminal }: Context,
): Promise<ClusterScope> {
  const { engine, scope } = await readScope(scopeOf(paths, terminal.cwd));
  const { workspace } = engine;
  const sites = workspace
    .sites()
    .map((site) => ({ site, files: [...workspace.filesOf(site)].filter((uri) => inScope(scope, uri)) }))
    .filter(({ site, files }) => files.length > 0 && (name === undefined || site.name === name))
    .map(({ site, files }) => ({
      site,
      found: wantedIn(files.flatMap((uri) => workspace.file(uri) ?? [])),
    }))
    .filter(({ found }) => name !== undefined || found.objects.length + found.aside.length > 0);
  if (sites.length > 1) {
    const names = sites.map(({ site }) => site.name).join(', ');
    refuse({
      en: `These files are of several networks (${names}); a cluster is one. Choose with --site.`,
      'zh-cn': `这些文件属于多张网络（${names}），而一个集群只有一张。请用 --site 选择。`,
    });
  }
  const [only] = sites;
  if (only === undefined)
    return refuse({
      en: 'There is nothing here that calicoctl or kubectl could apply.',
      'zh-cn': '这里没有 calicoctl 或 kubectl 可以应用的对象。',
    });
  const files = [...workspace.filesOf(only.site)].flatMap((uri) => workspace.file(uri) ?? []);
  const objects = only.found.objects.filter((one) => tool === undefined || one.tool === tool);
  return { engine, around: { site: only.site, files }, wanted: objects, aside: only.found.aside };
}
