import type { CancellationToken } from 'vscode-languageserver';
import { ask } from '../assistant/registry.ts';
import type { Files } from './files.ts';
import { inSlices } from './guard.ts';
import type { Session } from './session.ts';

/** The answer to `selvage/assistant`: JSON for a language model, or one sentence on why there is none. */
export interface AssistantAnswer {
  readonly answer?: string;
  readonly refused?: string;
}

/** Answers `selvage/assistant` (`tool`, `input`) from the open buffers and the files around them. */
export async function askAssistantTool(
  { engine, client, ready }: Session,
  files: Files,
  params: unknown,
  token: CancellationToken,
): Promise<AssistantAnswer> {
  await ready;
  await files.settled();
  const { tool, input } = (params ?? {}) as { tool?: unknown; input?: unknown };
  const { language } = client;
  const answer = await inSlices(token, (isCancelled) => ask(tool, input, { engine, language, isCancelled }));
  return 'refused' in answer ? { refused: answer.refused[language] } : { answer: JSON.stringify(answer.answer) };
}
