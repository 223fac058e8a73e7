import type { RuleLevel, SiteSettings } from '../workspace/settings.ts';
import { tellFailure } from './guard.ts';
import type { Session } from './session.ts';

const LEVELS: ReadonlySet<unknown> = new Set(['off', 'hint', 'information', 'warning', 'error']);

/** An editor that does not answer must not keep findings waiting. */
const PATIENCE = 3000;

/** The `selvage.*` settings of every folder, in the order of the folders. `given` is what an editor pushed that is not asked. */
export async function readSettings(
  { connection, client }: Session,
  folders: readonly string[],
  given?: unknown,
): Promise<readonly Partial<SiteSettings>[]> {
  if (!client.hasConfiguration) {
    const own = settingsOf((given as { selvage?: unknown } | undefined)?.selvage);
    return folders.map(() => own);
  }
  if (folders.length === 0) return [];
  try {
    const asked = connection.workspace.getConfiguration(
      folders.map((scopeUri) => ({ scopeUri, section: 'selvage' })),
    ) as Promise<unknown[] | null>;
    const answers = await Promise.race([asked, afterPatience()]);
    return folders.map((_, index) => settingsOf(answers?.[index]));
  } catch (error) {
    tellFailure(connection, 'read its settings', error);
    return folders.map(() => ({}));
  }
}

function afterPatience(): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE).unref?.());
}

/** Settings as an editor gives them. What has the wrong type is not there; an empty version is the newest one. */
export function settingsOf(given: unknown): Partial<SiteSettings> {
  if (typeof given !== 'object' || given === null) return {};
  const { rules, calicoVersion, spiderpoolVersion } = given as Record<string, unknown>;
  const levels = Object.entries(typeof rules === 'object' && rules !== null ? rules : {}).filter(
    (entry): entry is [string, RuleLevel] => LEVELS.has(entry[1]),
  );
  return {
    ...(isVersion(calicoVersion) && { calicoVersion: calicoVersion.replace(/^v/, '') }),
    ...(isVersion(spiderpoolVersion) && { spiderpoolVersion: spiderpoolVersion.replace(/^v/, '') }),
    ...(levels.length > 0 && { rules: Object.fromEntries(levels) }),
  };
}

function isVersion(given: unknown): given is string {
  return typeof given === 'string' && /^v?\d+\.\d+/.test(given);
}
