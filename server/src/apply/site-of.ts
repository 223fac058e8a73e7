import { BGP } from '../assembly/bgp.ts';
import type { Prediction } from '../network/bgp/predict.ts';
import type { FileState } from '../workspace/file-state.ts';
import { readFile } from '../workspace/file-state.ts';
import { DEFAULT_SETTINGS } from '../workspace/settings.ts';
import { type Site, trackedSite } from '../workspace/site.ts';
import { toolFor } from './kinds.ts';
import { authored } from './normalise.ts';
import { type ApiObject, keyOf, refOf } from './objects.ts';

/** The network as it would be with these objects in the cluster and everything else as the files say. */
export interface Supposed {
  /** Predicts BGP for the cluster holding exactly these objects. */
  bgpWith(objects: readonly ApiObject[]): Prediction;
}

/** A network of which no file is known: what follows for it follows from the cluster's objects alone. */
export function emptySite(): Site {
  return trackedSite({
    name: 'cluster',
    root: 'file:///cluster',
    settings: DEFAULT_SETTINGS,
    files: [],
    file: () => undefined,
    exists: () => undefined,
    pathOf: (uri) => uri,
  });
}

/**
 * A site whose cluster objects can be exchanged. Its routers, labs and kind clusters stay; Calico's objects come from the
 * cluster, for the files' own are what is wanted and not what is.
 */
export function suppose(site: Site, files: readonly FileState[]): Supposed {
  const around = files.flatMap((file) => withoutClusterObjects(file));
  const known = new Map<string, FileState>();
  const fileOf = (object: ApiObject): FileState => {
    const own = authored(object);
    const text = JSON.stringify(own);
    const found = known.get(text);
    if (found !== undefined) return found;
    const [group, kind, namespace, name] = JSON.parse(keyOf(refOf(object))) as string[];
    const uri = `${site.root}/cluster/${[group, kind, namespace, name].map((part) => encodeURIComponent(part!)).join('/')}.yaml`;
    const file = readFile({ uri, format: 'yaml', text }, undefined);
    known.set(text, file);
    return file;
  };

  return {
    bgpWith(objects) {
      const states = new Map([...around, ...objects.map(fileOf)].map((file) => [file.uri, file]));
      return trackedSite({
        name: site.name,
        root: site.root,
        settings: site.settings,
        files: [...states.keys()],
        file: (uri) => states.get(uri),
        exists: (uri) => site.exists(uri),
        pathOf: (uri) => site.pathOf(uri),
      }).derive(BGP).prediction;
    },
  };
}

/** The file without the documents that are about the cluster; nothing where a script mixes them with commands. */
function withoutClusterObjects(file: FileState): readonly FileState[] {
  if (file.skipped !== undefined || file.format === 'markdown') return [];
  const isCluster = (state: FileState['all'][number]): boolean =>
    state.resources.some((resource) => {
      const apiVersion = 'apiVersion' in resource ? (resource.apiVersion as { value?: string } | undefined)?.value : '';
      return toolFor(apiVersion ?? '', resource.kind.slice(resource.kind.indexOf('/') + 1)) === 'calicoctl';
    });
  if (!file.all.some(isCluster)) return [file];
  if (file.format !== 'yaml') return [];
  const kept = file.documents.filter((state) => !isCluster(state));
  if (kept.length === 0) return [];
  return [
    readFile({ uri: file.uri, format: 'yaml', text: kept.map(({ doc }) => doc.text).join('\n---\n') }, undefined),
  ];
}
