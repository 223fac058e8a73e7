import type { CancellationToken } from 'vscode-languageserver';
import type { Files } from './files.ts';
import { inSlices } from './guard.ts';
import type { Session } from './session.ts';

export const CHECK = 'selvage.check';

/** How many findings of each severity there are in the whole workspace. */
export interface CheckResult {
  readonly files: number;
  readonly resources: number;
  readonly error: number;
  readonly warning: number;
  readonly information: number;
  readonly hint: number;
}

/** Checks everything that is known, with nothing held back. */
export async function checkAll(
  { engine, workspace }: Session,
  files: Files,
  token?: CancellationToken,
): Promise<CheckResult> {
  await files.settled();
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  const found = await inSlices(token, (isCancelled) => engine.diagnoseAll(isCancelled));
  for (const { severity, file } of found) if (!files.isLoose(file)) counts[severity]++;
  const { files: read, resources } = workspace.counts;
  return { files: read, resources, ...counts };
}
