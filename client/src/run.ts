import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { clusterCommands } from './apply/register.ts';
import { checkWorkspace } from './commands/check-workspace.ts';
import { createConfiguration } from './commands/create-configuration.ts';
import { explainSessions } from './commands/explain-sessions.ts';
import { restartServer } from './commands/restart-server.ts';
import { showRule } from './commands/show-rule.ts';
import { openContainerlab } from './containerlab-extension.ts';
import { EXPLANATION_SCHEME, explanations } from './explanations.ts';
import { answerFileRequests } from './file-requests.ts';
import { followKubernetesExtension } from './kubernetes-extension.ts';
import { languageModelTools } from './language-model-tools.ts';
import { networkStatus } from './network-status.ts';
import { networkView } from './network-view.ts';
import { nameReadFiles } from './read-files.ts';
import { routerLanguages } from './router-languages.ts';
import { RULE_SCHEME, rulePages } from './rule-pages.ts';
import { showStatus } from './status.ts';
import { topologyPanels } from './topology/panel.ts';
import { followYamlExtension } from './yaml-extension.ts';
import { offerSchemas } from './yaml-schemas.ts';

/**
 * Everything that is the same in a window on the desktop and in a browser, and the one thing that is not: how an example is
 * opened. Returns what stops the server.
 */
export async function run(
  context: vscode.ExtensionContext,
  client: BaseLanguageClient,
  openExample: () => Promise<void>,
): Promise<() => Promise<void>> {
  const status = networkStatus(client);
  context.subscriptions.push(
    status,
    vscode.workspace.registerTextDocumentContentProvider(RULE_SCHEME, rulePages(client, context.extensionUri)),
    vscode.workspace.registerTextDocumentContentProvider(EXPLANATION_SCHEME, explanations(client)),
    vscode.commands.registerCommand('selvage.checkWorkspace', () => checkWorkspace(client)),
    vscode.commands.registerCommand('selvage.restartServer', () => restartServer(client)),
    vscode.commands.registerCommand('selvage.showRule', (rule?: unknown) => showRule(client, rule)),
    vscode.commands.registerCommand('selvage.explainSessions', (uri?: unknown, position?: unknown) =>
      explainSessions(client, uri, position),
    ),
    vscode.commands.registerCommand('selvage.createConfiguration', () => createConfiguration(client)),
    vscode.commands.registerCommand('selvage.openExample', openExample),
    vscode.commands.registerCommand('selvage.firstSteps', () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#firstSteps`),
    ),
    showStatus(client, status.event),
    networkView(status.event),
    nameReadFiles(client, status.event),
    answerFileRequests(client),
    followYamlExtension(client),
    followKubernetesExtension(),
    openContainerlab(),
    routerLanguages(client),
    languageModelTools(client, context.extension),
    topologyPanels(context, client),
    clusterCommands(client),
  );
  await client.start();
  void offerSchemas(client);
  return () => client.stop();
}
