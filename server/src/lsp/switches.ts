import { CodeLensRefreshRequest, InlayHintRefreshRequest, SemanticTokensRefreshRequest } from 'vscode-languageserver';
import { tellFailure } from './guard.ts';
import type { Session } from './session.ts';

/** What a user may switch off one by one: `selvage.<group>.<name>`. Everything is on unless a setting is `false`. */
export interface Switches {
  isOn(group: 'inlayHints' | 'codeLens' | 'completion', name: string): Promise<boolean>;
  /** What an editor that is not asked for settings gives when it begins. */
  begin(given: unknown): void;
  /** The settings may be others now; `given` is what such an editor pushed. */
  renew(given: unknown): void;
  /** What is shown beside findings may be another now, although nobody typed there. */
  refresh(): void;
}

export function switchesOf(session: Session): Switches {
  const { connection } = session;
  let settings: Promise<unknown> | undefined;
  let pushed: unknown;

  const ask = async (): Promise<unknown> => {
    if (!session.client.hasConfiguration) return (pushed as { selvage?: unknown } | undefined)?.selvage;
    try {
      return await connection.workspace.getConfiguration('selvage');
    } catch (error) {
      tellFailure(connection, 'read its settings', error);
      return undefined;
    }
  };
  const refresh = (): void => {
    const { redraws } = session.client;
    if (redraws.inlayHints) connection.sendRequest(InlayHintRefreshRequest.type).catch(() => {});
    if (redraws.codeLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => {});
  };
  return {
    async isOn(group, name) {
      settings ??= ask();
      return valueAt(await settings, group, name) !== false;
    },
    begin(given) {
      pushed = given;
    },
    renew(given) {
      settings = undefined;
      pushed = given;
      refresh();
      if (session.client.redraws.semanticTokens)
        connection.sendRequest(SemanticTokensRefreshRequest.type).catch(() => {});
    },
    refresh,
  };
}

function valueAt(settings: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined,
    settings,
  );
}
