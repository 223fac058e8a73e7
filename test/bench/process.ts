import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds in one clock tick: USER_HZ is 100 on Linux. */
const TICK = 10;

/** A process and all that it started. Empty answers where there is no /proc. */
function treeOf(pid: number): readonly number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
    );
    return [pid, ...children.flatMap(treeOf)];
  } catch {
    return [];
  }
}

/** CPU time that a process tree has used, in milliseconds; NaN where the system does not tell. */
export function cpuOf(pid: number): number {
  const ticks = treeOf(pid).map((each) => {
    try {
      const fields = readFileSync(`/proc/${each}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return Number(fields[11]) + Number(fields[12]);
    } catch {
      return 0;
    }
  });
  return ticks.length === 0 ? Number.NaN : ticks.reduce((sum, each) => sum + each, 0) * TICK;
}

/** Resident memory of a process tree now and at its highest, in MB; NaN where the system does not tell. */
export function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
  const sizes = treeOf(pid).map((each) => {
    try {
      const status = readFileSync(`/proc/${each}/status`, 'utf8');
      return [
        Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0),
        Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0),
      ] as const;
    } catch {
      return [0, 0] as const;
    }
  });
  if (sizes.length === 0) return { now: Number.NaN, peak: Number.NaN };
  const sum = (index: 0 | 1): number => sizes.reduce((all, size) => all + size[index], 0) / 1024;
  return { now: sum(0), peak: sum(1) };
}
