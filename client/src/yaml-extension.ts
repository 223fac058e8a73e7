import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

export const YAML_EXTENSION = 'redhat.vscode-yaml';

/** Whether Red Hat's YAML extension reports YAML's syntax in this window: then we leave that to it. */
export function hasYamlExtension(): boolean {
  return (
    vscode.extensions.getExtension(YAML_EXTENSION) !== undefined &&
    vscode.workspace.getConfiguration('yaml').get('validate', true)
  );
}

/** Tells the server when it comes or goes. */
export function followYamlExtension(client: BaseLanguageClient): vscode.Disposable {
  let told = hasYamlExtension();
  const tell = (): void => {
    const now = hasYamlExtension();
    if (now === told) return;
    told = now;
    if (client.isRunning()) void client.sendNotification('selvage/yamlExtension', now);
  };
  return vscode.Disposable.from(
    vscode.extensions.onDidChange(tell),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('yaml.validate')) tell();
    }),
  );
}
