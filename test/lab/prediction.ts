import { bgpOf } from '../../server/src/engine/bgp.ts';
import { nodeFiles, uriOfPath } from '../../server/src/host/node-files.ts';
import { scanFolder } from '../../server/src/workspace/scan.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { addressOf, type Outcome, type Path, prefixOf, type RouterOutcome } from './outcome.ts';

/** What Selvage says of the network in a folder, in the words of a measurement. */
export async function predictionOf(folder: string): Promise<Outcome> {
  const workspace = new Workspace(nodeFiles);
  workspace.setFolders([{ uri: uriOfPath(folder) }]);
  await scanFolder(workspace, nodeFiles, uriOfPath(folder));
  const routers = [...workspace.sites()].flatMap((site) => bgpOf(site).routers);
  return new Map(
    routers.map((router): [string, RouterOutcome] => {
      const sessions = new Map<string, 'established' | 'down'>();
      for (const { peerAddress, state } of router.sessions)
        if (sessions.get(addressOf(peerAddress)) !== 'established')
          sessions.set(addressOf(peerAddress), state === 'established' ? 'established' : 'down');
      const paths = router.routes.flatMap(({ from, prefix, nextHop, asPath, usable, best }): Path[] =>
        from === null || isDefault(prefix)
          ? []
          : [{ prefix: prefixOf(prefix), nextHop: addressOf(nextHop ?? ''), asPath, usable, best }],
      );
      return [router.name, { sessions, paths }];
    }),
  );
}

/** Default routes stand in every table for reasons of their own. */
export function isDefault(prefix: string): boolean {
  return prefix === '0.0.0.0/0' || prefix === '::/0';
}
