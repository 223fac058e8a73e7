import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** The server's answer to `selvage/assistant`. */
interface Answer {
  readonly answer?: string;
  readonly refused?: string;
}

interface Contributed {
  readonly name: string;
  readonly displayName: string;
}

const PREFIX = 'selvage_';

/**
 * Gives VS Code's language models the tools that the manifest promises. The server answers them from what the editor shows,
 * unsaved buffers included; every one only reads. Editors without language models get none.
 */
export function languageModelTools(
  client: BaseLanguageClient,
  { packageJSON }: vscode.Extension<unknown>,
): vscode.Disposable {
  if (typeof vscode.lm?.registerTool !== 'function') return new vscode.Disposable(() => {});
  const contributed = (packageJSON.contributes?.languageModelTools ?? []) as readonly Contributed[];
  return vscode.Disposable.from(
    ...contributed.map(({ name, displayName }) => vscode.lm.registerTool(name, toolFor(client, name, displayName))),
  );
}

function toolFor(client: BaseLanguageClient, name: string, title: string): vscode.LanguageModelTool<object> {
  return {
    prepareInvocation: () => ({ invocationMessage: `Selvage: ${title}` }),
    async invoke({ input }, token) {
      const asked = { tool: name.slice(PREFIX.length), input };
      const answer = await client.sendRequest<Answer>('selvage/assistant', asked, token);
      // A refusal is an error of the model's, which reads the sentence and asks better.
      if (answer.answer === undefined)
        throw new Error(answer.refused ?? vscode.l10n.t('Selvage could not answer; its output channel says why.'));
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(answer.answer)]);
    },
  };
}
