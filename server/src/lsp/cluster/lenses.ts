import type { CodeLens, CodeLensParams } from 'vscode-languageserver';
import { wantedIn } from '../../apply/wanted.ts';
import { linesOf, rangeAt } from '../../engine/lines.ts';
import type { Text } from '../../text.ts';
import type { Files } from '../files.ts';
import type { Session } from '../session.ts';
import type { Switches } from '../switches.ts';
import type { ClusterServer } from './serve.ts';

/** More objects than this are a dump, and a lens on each would be noise. */
const MOST = 60;

/** “Diff with Cluster” over each object that a tool can apply. Shown only to editors that know the command. */
export async function clusterLenses(
  { workspace, uris, client, options }: Session,
  files: Files,
  cluster: ClusterServer,
  switches: Switches,
  { textDocument }: CodeLensParams,
): Promise<readonly CodeLens[]> {
  if (!cluster.allowed() || options.showsClusterLenses !== true) return [];
  if (!(await switches.isOn('codeLens', 'cluster'))) return [];
  await files.settled();
  const file = workspace.file(uris.known(textDocument.uri));
  if (file === undefined || file.format === 'markdown') return [];
  const { objects } = wantedIn([file]);
  if (objects.length > MOST) return [];
  const lines = linesOf(file.uri, file.text);
  return objects.map(({ ref, offset }): CodeLens => {
    const from = offset + (/^(?:---[^\n]*\n|\s+)*/.exec(file.text.slice(offset, offset + 400))?.[0].length ?? 0);
    return {
      range: rangeAt(lines, [from, from]),
      command: {
        title: TITLE[client.language],
        command: 'selvage.diffWithCluster',
        arguments: [{ uri: textDocument.uri, object: ref }],
      },
    };
  });
}

const TITLE: Text = { en: 'Diff with Cluster', 'zh-cn': '与集群比较' };
