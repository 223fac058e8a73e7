import type { CodeLens, CodeLensParams } from 'vscode-languageserver';
import { wantedIn } from '../../apply/wanted.ts';
import { linesOf, rangeAt } from '../../engine/lines.ts';
import type { Text } from '../../text.ts';
import type { Files } from '../files.ts';
import type { Session } from '../session.ts';
import type { Switches } from '../switches.ts';
import { liveLenses } from './live-lenses.ts';
import type { ClusterServer } from './serve.ts';

/** More objects than this are a dump, and a lens on each would be noise. */
const MOST = 60;

/** “Diff with Cluster” and “Apply…” over each object that a tool can apply, and what the cluster says of it now. Shown only to editors that know the command. */
export async function clusterLenses(
  session: Session,
  files: Files,
  cluster: ClusterServer,
  switches: Switches,
  { textDocument }: CodeLensParams,
): Promise<readonly CodeLens[]> {
  const { workspace, uris, client, options } = session;
  if (!cluster.allowed() || options.showsClusterLenses !== true) return [];
  if (!(await switches.isOn('codeLens', 'cluster'))) return [];
  await files.settled();
  const file = workspace.file(uris.known(textDocument.uri));
  if (file === undefined || file.format === 'markdown') return [];
  const live = await cluster.live();
  const beside = live === undefined ? [] : liveLenses(session, file, live);
  const { objects } = wantedIn([file]);
  if (objects.length > MOST) return beside;
  const lines = linesOf(file.uri, file.text);
  const commands = objects.flatMap(({ ref, offset }): CodeLens[] => {
    const from = offset + (/^(?:---[^\n]*\n|\s+)*/.exec(file.text.slice(offset, offset + 400))?.[0].length ?? 0);
    return COMMANDS.map(({ title, command }) => ({
      range: rangeAt(lines, [from, from]),
      command: { title: title[client.language], command, arguments: [{ uri: textDocument.uri, object: ref }] },
    }));
  });
  return [...commands, ...beside];
}

const COMMANDS: readonly { readonly title: Text; readonly command: string }[] = [
  { title: { en: 'Diff with Cluster', 'zh-cn': '与集群比较' }, command: 'selvage.diffWithCluster' },
  { title: { en: 'Apply…', 'zh-cn': '应用…' }, command: 'selvage.applyToCluster' },
];
