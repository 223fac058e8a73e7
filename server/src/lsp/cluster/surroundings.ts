import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { ClusterSettings, Machine } from '../../apply/connect.ts';
import type { JournalStore } from '../../apply/journal.ts';
import type { Text } from '../../text.ts';
import type { Session } from '../session.ts';

/** What the server needs to run tools; absent where no program can be started, as in a browser. */
export interface ClusterHost {
  readonly machine: Machine;
  readonly journals: JournalStore;
}

/** An editor that does not answer must not keep a command waiting for ever; one on a busy machine may take its time. */
const PATIENCE = 30_000;

/** Whether the user wants to see, beside files, what the cluster says now. Only this may be set for one workspace. Not said is no. */
export async function readsLive(session: Session): Promise<boolean> {
  const given = await givenSettings(session).catch(() => undefined);
  return typeof given === 'object' && given !== null && (given as { live?: unknown }).live === true;
}

/**
 * The settings `selvage.cluster.*`. Editors must give only those of the user or the machine: a workspace that could name
 * programs could run them. Refuses when the editor does not say: with other settings a command would reach another cluster.
 */
export async function clusterSettings(session: Session): Promise<ClusterSettings> {
  return settingsFrom(await givenSettings(session));
}

async function givenSettings({ connection, client, options }: Session): Promise<unknown> {
  if (!client.hasConfiguration) return options.cluster;
  const asked = connection.workspace.getConfiguration('selvage.cluster') as Promise<unknown>;
  const late = new Promise<never>((_, reject) => {
    const refusal = new ResponseError(LSPErrorCodes.RequestFailed, NOT_SAID[client.language]);
    setTimeout(() => reject(refusal), PATIENCE).unref?.();
  });
  return (await Promise.race([asked, late])) ?? options.cluster;
}

const NOT_SAID: Text = {
  en: `Nothing was run: the editor did not say its settings \`selvage.cluster\` within ${PATIENCE / 1000} seconds. Try again.`,
  'zh-cn': `未运行任何程序：编辑器在 ${PATIENCE / 1000} 秒内没有给出设置 \`selvage.cluster\`。请重试。`,
};

/** Settings as an editor gives them: what is empty or of another type is not there. */
export function settingsFrom(given: unknown): ClusterSettings {
  if (typeof given !== 'object' || given === null) return {};
  const values = given as Record<string, unknown>;
  const texts = Object.fromEntries(
    ['calicoctl', 'kubectl', 'containerlab', 'calicoctlConfig', 'kubeconfig', 'context'].flatMap((key) => {
      const value = values[key];
      return typeof value === 'string' && value.trim() !== '' ? [[key, value.trim()]] : [];
    }),
  );
  const seconds = values.timeout;
  return {
    ...texts,
    ...(values.allowVersionMismatch === true && { versions: 'may differ' as const }),
    ...(typeof seconds === 'number' && seconds > 0 && seconds <= 3600 && { timeout: seconds * 1000 }),
  };
}
