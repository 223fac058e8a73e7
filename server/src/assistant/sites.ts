import type { Engine } from '../engine.ts';
import { type Answer, refused } from './tool.ts';

type Site = ReturnType<Engine['workspace']['sites']>[number];

/** The input that chooses one of several networks. */
export const SITE = {
  type: 'string',
  description: 'Name of the network (site), where the folder holds several. All of them when absent.',
} as const;

/** The networks that are asked about, or why there are none. */
export function sitesFor({ workspace }: Engine, name: unknown): readonly Site[] | Answer {
  const sites = workspace.sites();
  const found = name === undefined ? sites : sites.filter((site) => site.name === name);
  if (found.length > 0) return found;
  const names = sites.map((site) => site.name);
  return names.length === 0
    ? refused('There is no network here.', '这里没有网络。')
    : refused(
        `There is no network ${String(name)} here; there are: ${names.join(', ')}.`,
        `这里没有名为 ${String(name)} 的网络；现有：${names.join('、')}。`,
      );
}

export function isRefusal<T extends object>(value: T | Answer): value is Answer {
  return 'refused' in value;
}
