import type { IPPool } from '../model/calico/ip-pool.ts';
import type { Place } from '../syntax/document.ts';
import type { FileState } from '../workspace/file-state.ts';

/** The range of a Calico pool and where it stands. */
export interface PoolRange {
  readonly cidr: string;
  readonly place: Place;
}

/** The ranges of the Calico pools of a file; those that are not readable are left out. */
export function poolRangesIn(file: FileState): readonly PoolRange[] {
  return file.all
    .flatMap(({ resources }) => resources)
    .flatMap((resource) => {
      const { cidr } = resource.kind === 'calico/IPPool' ? (resource as IPPool) : {};
      return cidr?.value === undefined ? [] : [{ cidr: cidr.value, place: cidr.place }];
    });
}
