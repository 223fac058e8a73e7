import type { Memento } from 'vscode';
import type { View } from './panel.ts';

export type Places = Readonly<Record<string, readonly [x: number, y: number]>>;

/** Where a person put the nodes of a picture: kept in the workspace's storage, never in a topology file. */
export function keptPlaces(storage: Memento): {
  of(site: string, view: View): Places;
  keep(site: string, view: View, places: Places | null): Thenable<void>;
} {
  const key = (site: string, view: View): string => `topology.places/${site}/${view}`;
  return {
    of: (site, view) => storage.get<Places>(key(site, view)) ?? {},
    keep: (site, view, places) => storage.update(key(site, view), places ?? undefined),
  };
}
