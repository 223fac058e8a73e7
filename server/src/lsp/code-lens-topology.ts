import type { CodeLens, CodeLensParams } from 'vscode-languageserver';
import type { Text } from '../text.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';
import type { Switches } from './switches.ts';

/** Which view of the topology is about an object of this kind. */
const VIEWS: ReadonlyMap<string, 'physical' | 'bgp'> = new Map([
  ['containerlab/Topology', 'physical'],
  ['calico/BGPConfiguration', 'bgp'],
]);

/** “Open Topology” over a lab's cables and over a cluster's BGP. Shown only to editors that know the command. */
export async function topologyLenses(
  { engine, workspace, uris, client, options }: Session,
  files: Files,
  switches: Switches,
  { textDocument }: CodeLensParams,
): Promise<readonly CodeLens[]> {
  if (options.opensTopology !== true || !(await switches.isOn('codeLens', 'topology'))) return [];
  await files.settled();
  const file = workspace.file(uris.known(textDocument.uri));
  const resources = (file?.all ?? []).flatMap((document) => document.resources);
  return resources.flatMap(({ kind, name }): CodeLens[] => {
    const view = VIEWS.get(kind);
    if (view === undefined || name === undefined) return [];
    const command = { title: TITLE[client.language], command: 'selvage.openTopology', arguments: [view] };
    return [{ range: engine.locate(name.place).range, command }];
  });
}

const TITLE: Text = { en: 'Open Topology', 'zh-cn': '打开拓扑图' };
