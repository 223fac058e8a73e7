import { draftConfiguration } from '../engine/configuration-draft.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';

/** Answers `selvage/configurationDraft` (`folder`, a URI) with the text of a `selvage.yaml` fit to that folder. */
export async function configurationDraft(session: Session, files: Files, params: unknown): Promise<string | null> {
  await session.ready;
  await files.settled();
  const { folder } = (params ?? {}) as { folder?: unknown };
  if (typeof folder !== 'string') return null;
  return draftConfiguration(session.engine, session.uris.known(folder), session.client.language);
}
