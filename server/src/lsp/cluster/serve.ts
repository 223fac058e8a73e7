import type { CancellationToken, WorkDoneProgressReporter } from 'vscode-languageserver';
import type { Live } from '../../apply/live/live.ts';
import type { Text } from '../../text.ts';
import type { Files } from '../files.ts';
import type { Session } from '../session.ts';
import { type Answer, CLUSTER_COMMANDS, type Commands, clusterCommands } from './commands.ts';
import { type LiveReading, liveReading } from './live.ts';
import type { ClusterHost } from './surroundings.ts';

export { CLUSTER_COMMANDS } from './commands.ts';

export interface ClusterServer {
  /** Whether programs may be run at all: there is a machine, and the user trusts the workspace. */
  allowed(): boolean;
  handles(command: string): boolean;
  /** What the cluster says now, where the user opted in and trusts the workspace. Never waits for the cluster. */
  live(): Promise<Live | undefined>;
  run(
    command: string,
    args: readonly unknown[],
    token: CancellationToken,
    progress: WorkDoneProgressReporter | undefined,
  ): Promise<Answer>;
  dispose(): void;
}

/** Answers the cluster's commands; nothing runs in a workspace that is not trusted, and nothing in a browser. */
export function serveCluster(session: Session, files: () => Files, host: ClusterHost | undefined): ClusterServer {
  let trusted: boolean | undefined;
  let commands: Commands | undefined;
  let reading: LiveReading | undefined;
  const liveOf = (own: ClusterHost): LiveReading => {
    reading ??= liveReading(session, own);
    return reading;
  };
  session.connection.onNotification('selvage/trust', (granted: unknown) => {
    trusted = granted === true;
  });
  const isTrusted = (): boolean => trusted ?? session.options.runsTools === true;
  return {
    allowed: () => host !== undefined && isTrusted(),
    live: async () => (host === undefined || !isTrusted() ? undefined : liveOf(host).now()),
    handles: (command) => CLUSTER_COMMANDS.includes(command),
    async run(command, args, token, progress) {
      const refuse = (text: Text): Answer => ({ failure: text[session.client.language] });
      if (host === undefined) return refuse(NO_MACHINE);
      if (!isTrusted()) return refuse(UNTRUSTED);
      await session.ready;
      await files().settled();
      commands ??= clusterCommands(session, host, liveOf(host));
      const stop = new AbortController();
      const cancelled = token.onCancellationRequested(() => stop.abort());
      try {
        return await commands.run(command.slice('selvage.cluster.'.length), args, {
          signal: stop.signal,
          tell: (done, of, object) =>
            progress?.report(Math.round((100 * done) / Math.max(1, of)), `${Math.min(done + 1, of)}/${of} ${object}`),
        });
      } finally {
        cancelled.dispose();
      }
    },
    dispose: () => commands?.dispose(),
  };
}

const NO_MACHINE: Text = {
  en: 'In a browser no program can be started: diff and apply need VS Code on a machine that reaches the cluster.',
  'zh-cn': '浏览器中无法启动程序：比较与应用需要在能访问集群的机器上运行 VS Code。',
};
const UNTRUSTED: Text = {
  en: 'This workspace is not trusted, so Selvage starts no program. Trust it first; other editors allow it with the initialization option `runsTools`.',
  'zh-cn': '此工作区不受信任，Selvage 不会启动任何程序。请先信任它；其他编辑器可用初始化选项 `runsTools` 允许。',
};
