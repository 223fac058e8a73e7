import type { FileState } from '../workspace/file-state.ts';
import { linesOf, positionAt } from './lines.ts';

/** A release that a file names, and where. */
export interface NamedRelease {
  /** `3.31`: fields come and go with minor releases. */
  readonly release: string;
  readonly file: string;
  /** From 1 on. */
  readonly line: number;
}

/** Images, and the addresses that the projects publish their manifests under. */
const NAMED: Readonly<Record<'calico' | 'spiderpool', RegExp>> = {
  calico:
    /(?:\bcalico\/(?:node|cni|kube-controllers|typha|apiserver|ctl):|projectcalico\/calico\/(?:blob\/|raw\/|releases\/download\/)?|calicoVersion:\s*["']?)v?(3\.\d+)(?:\.\d+)?\b/g,
  spiderpool: /\bspiderpool\/spiderpool-(?:agent|controller):v?(\d+\.\d+)(?:\.\d+)?\b/g,
};

/** Each release of a product that these files name, once, where it is named first. */
export function releasesIn(files: Iterable<FileState>, product: keyof typeof NAMED): readonly NamedRelease[] {
  const found = new Map<string, NamedRelease>();
  for (const { uri, text } of files)
    for (const match of text.matchAll(NAMED[product])) {
      const release = match[1]!;
      if (!found.has(release))
        found.set(release, { release, file: uri, line: positionAt(linesOf(uri, text), match.index).line + 1 });
    }
  return [...found.values()];
}
