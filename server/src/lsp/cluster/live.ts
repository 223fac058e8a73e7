import { CodeLensRefreshRequest } from 'vscode-languageserver';
import { connect } from '../../apply/connect.ts';
import { type Live, readLive } from '../../apply/live/live.ts';
import type { Session } from '../session.ts';
import { type ClusterHost, clusterSettings, readsLive } from './surroundings.ts';

/** What a running cluster says, for those who asked for it: read once when it is first shown, and again only on demand. */
export interface LiveReading {
  /** As last read; undefined while nothing was read, and always without the user's opting in. Never waits for the cluster. */
  now(): Promise<Live | undefined>;
  /** Reads now, whatever the setting says: somebody asked. */
  refresh(signal?: AbortSignal): Promise<Live>;
  /** Something was applied: what was read is no longer so. */
  forget(): void;
}

export function liveReading(session: Session, host: ClusterHost): LiveReading {
  let known: Live | undefined;
  let isReading = false;

  async function refresh(signal?: AbortSignal): Promise<Live> {
    const connection = await connect(host.machine, await clusterSettings(session));
    known = await readLive(connection, Date.now(), signal);
    if (session.client.redraws.codeLenses) session.connection.sendRequest(CodeLensRefreshRequest.type).catch(() => {});
    return known;
  }

  return {
    refresh,
    forget() {
      known = undefined;
    },
    async now() {
      if (!(await readsLive(session))) return undefined;
      if (known === undefined && !isReading) {
        isReading = true;
        void refresh()
          .catch(() => {})
          .finally(() => {
            isReading = false;
          });
      }
      return known;
    },
  };
}
