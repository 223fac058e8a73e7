import { ASSISTANT_TOOLS, ask } from '../../assistant/registry.ts';
import type { Answer } from '../../assistant/tool.ts';
import { sliced } from '../../engine/slices.ts';
import { Engine } from '../../engine.ts';
import { confinedFiles } from '../../host/confined-files.ts';
import { uriOfPath } from '../../host/node-files.ts';
import type { Language } from '../../text.ts';
import { scanFolder } from '../../workspace/scan.ts';
import { Workspace } from '../../workspace/workspace.ts';
import { VERSION } from '../version.ts';

/** Speaks the Model Context Protocol on standard input and output until that is closed. Reads nothing outside of the folder. */
export async function serveAssistant(folder: string, language: Language): Promise<void> {
  const { ProtocolError, ProtocolErrorCode, Server, serveStdio } = await import('./protocol.ts');
  const answer = asker(folder, language);
  const toolsOnly = { capabilities: { tools: {} }, instructions: INSTRUCTIONS };
  const handle = serveStdio(() => {
    const server = new Server({ name: 'selvage', title: 'Selvage', version: VERSION }, toolsOnly);
    server.setRequestHandler('tools/list', () => ({ tools: toolsIn(language) }));
    server.setRequestHandler('tools/call', async ({ params }, { mcpReq }) => {
      if (!ASSISTANT_TOOLS.some(({ name }) => name === params.name))
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool ${params.name}.`);
      return resultOf(await answer(params.name, params.arguments, mcpReq.signal), language);
    });
    return server;
  });
  await new Promise<void>((resolve) => {
    process.stdin.once('close', resolve);
    process.stdin.once('end', resolve);
  });
  await handle.close();
}

/** Reads the folder anew at every question: between two of them an assistant edits files. */
function asker(folder: string, language: Language) {
  const files = confinedFiles(folder);
  const uri = uriOfPath(folder);
  return async (name: string, input: unknown, signal: AbortSignal): Promise<Answer> => {
    const workspace = new Workspace(files);
    workspace.setFolders([{ uri }]);
    await scanFolder(workspace, files, uri, { isCancelled: () => signal.aborted });
    const engine = new Engine(workspace);
    return sliced(
      () => signal.throwIfAborted(),
      (isCancelled) => ask(name, input, { engine, language, isCancelled }),
    );
  };
}

/** A refusal is a result that says so, as the protocol wants it: the model reads the sentence and asks better. */
function resultOf(answer: Answer, language: Language) {
  return 'refused' in answer
    ? { content: [{ type: 'text' as const, text: answer.refused[language] }], isError: true }
    : {
        content: [{ type: 'text' as const, text: JSON.stringify(answer.answer) }],
        structuredContent: answer.answer,
      };
}

const READ_ONLY = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

function toolsIn(language: Language) {
  return ASSISTANT_TOOLS.map(({ name, title, description, input }) => ({
    name,
    title: title[language],
    description,
    inputSchema: input as unknown as { type: 'object' },
    annotations: { title: title[language], ...READ_ONLY },
  }));
}

const INSTRUCTIONS =
  'Selvage reads Calico, Spiderpool, containerlab, kind, FRR, VyOS and shell files of one folder as one network. Ask `check` before and after editing such files; every finding is about the network as a whole. Nothing is ever written, started or contacted.';
