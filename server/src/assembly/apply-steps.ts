import type { BGPConfiguration } from '../model/calico/bgp-configuration.ts';
import type { BGPPeer } from '../model/calico/bgp-peer.ts';
import type { PatchCommand } from '../model/shell/patch.ts';
import type { Doc, Place } from '../syntax/document.ts';
import { fileOffset } from '../syntax/place.ts';
import { commandsOf, programWords } from '../syntax/shell.ts';
import { defineDerivation } from '../workspace/site.ts';
import { baseName, folderOf } from '../workspace/uri.ts';

/** What one step of a script does to the sessions between nodes. */
export interface ApplyStep {
  readonly does: 'mesh off' | 'peer';
  /** The script. */
  readonly doc: Doc;
  readonly place: Place;
}

/**
 * The steps of each script that touches the mesh, in the order in which they run. Scripts of one folder whose names begin with
 * a number run one after the other.
 */
export const APPLY_STEPS = defineDerivation('steps of scripts', (site): readonly (readonly ApplyStep[])[] => {
  const configurations = site.all('calico/BGPConfiguration').filter(switchesOff);
  const peers = site.all('calico/BGPPeer');
  const patches = new Map(site.all('shell/Script').map((script) => [script.doc, script.patches]));
  const patched = [...patches.values()].some((list) => list.length > 0);
  if (peers.length === 0 || (configurations.length === 0 && !patched)) return [];
  const groups = new Map<string, { readonly number: number; readonly steps: readonly ApplyStep[] }[]>();
  for (const doc of site.documents('shell')) {
    const steps = stepsOf(doc, patches.get(doc) ?? [], configurations, peers);
    if (steps.length === 0) continue;
    const number = /^(\d+)[-_. ]/.exec(baseName(doc.file))?.[1];
    const key = number === undefined ? doc.file : `${folderOf(doc.file)}/`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push({ number: Number(number ?? 0), steps });
  }
  return [...groups.values()].map((group) =>
    group.toSorted((a, b) => a.number - b.number).flatMap(({ steps }) => steps),
  );
});

function switchesOff({ name, nodeToNodeMeshEnabled }: BGPConfiguration): boolean {
  return name?.value === 'default' && nodeToNodeMeshEnabled?.value === false;
}

function stepsOf(
  doc: Doc,
  patches: readonly PatchCommand[],
  configurations: readonly BGPConfiguration[],
  peers: readonly BGPPeer[],
): readonly ApplyStep[] {
  const steps: { readonly at: number; readonly step: ApplyStep }[] = [];
  const add = (does: ApplyStep['does'], place: Place, at: number): void => {
    steps.push({ at, step: { does, doc, place } });
  };
  for (const one of configurations)
    if (one.doc.parent === doc) add('mesh off', one.nodeToNodeMeshEnabled!.place, fileOffset(one.doc, 0));
  for (const one of peers) if (one.doc.parent === doc) add('peer', placeOf(one), fileOffset(one.doc, 0));
  for (const { kind, patch, place } of patches)
    if (/^bgpconfig/i.test(kind.value ?? '') && /nodeToNodeMeshEnabled["']?\s*:\s*["']?false/.test(patch.value ?? ''))
      add('mesh off', patch.place, fileOffset(doc, place.span?.[0] ?? 0));
  for (const { file, span } of appliedFiles(doc)) {
    const isIt = (other: Doc) => other.parent === undefined && baseName(other.file) === baseName(file);
    const place = { doc, span };
    const at = fileOffset(doc, span[0]);
    // A file with both is applied in one go.
    if (peers.some((one) => isIt(one.doc))) add('peer', place, at);
    if (configurations.some((one) => isIt(one.doc))) add('mesh off', place, at);
  }
  return steps.toSorted((a, b) => a.at - b.at).map(({ step }) => step);
}

function placeOf(peer: BGPPeer): Place {
  return peer.name?.place ?? { doc: peer.doc, path: peer.path };
}

/** The files that `kubectl apply -f` and the like read. */
function appliedFiles(doc: Doc): readonly { readonly file: string; readonly span: readonly [number, number] }[] {
  if (doc.tree.format !== 'shell') return [];
  return commandsOf(doc.tree.shell).flatMap((command) => {
    const words = programWords(command);
    if (!/(^|\/)(kubectl|calicoctl)$/.test(words[0]?.text ?? '')) return [];
    if (!words.some(({ text }) => /^(apply|create|replace)$/.test(text))) return [];
    return words.flatMap((word, index) => {
      const before = words[index - 1]?.text;
      const isFile = before === '-f' || before === '--filename';
      return isFile && !word.dynamic && word.text !== '-' && /\.(ya?ml|json)$/.test(word.text)
        ? [{ file: word.text, span: word.span }]
        : [];
    });
  });
}
