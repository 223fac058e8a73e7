import * as vscode from 'vscode';
import { documents } from './client-options.ts';

const KUBERNETES_EXTENSION = 'ms-kubernetes-tools.vscode-kubernetes-tools';

/** The part of the Kubernetes extension's interface for others that says which cluster it works with. */
interface Configuration {
  getKubeconfigPath(): { readonly pathType: 'host'; readonly hostPath: string } | { readonly pathType: 'wsl' };
  readonly onDidActiveContextChanged: vscode.Event<string | null>;
}

interface Broker {
  get?(component: string, version: string): { readonly available: boolean; readonly api?: Configuration };
}

const USE = 'selvage.useKubeconfig';

/**
 * Says beside the file's network which kubeconfig the Kubernetes extension works with, and offers to use it for Selvage's
 * commands, too. Nothing is taken over unasked: what is applied where is the user's to say. Shown only while that extension runs.
 */
export function followKubernetesExtension(): vscode.Disposable {
  let item: vscode.LanguageStatusItem | undefined;
  let heard: vscode.Disposable | undefined;
  let context: string | undefined;

  const show = (): void => {
    const configuration = activeConfiguration();
    const path = kubeconfigOf(configuration);
    if (configuration === undefined || path === undefined) return;
    heard ??= configuration.onDidActiveContextChanged((name) => {
      context = name ?? undefined;
      show();
    });
    item ??= vscode.languages.createLanguageStatusItem('selvage.kubernetes', documents());
    item.name = vscode.l10n.t('Cluster of the Kubernetes extension');
    item.text = context === undefined ? path : vscode.l10n.t('{0} in {1}', context, path);
    const isOurs = vscode.workspace.getConfiguration('selvage.cluster').get('kubeconfig') === path;
    item.detail = isOurs
      ? vscode.l10n.t('Selvage works with it, too')
      : vscode.l10n.t('Selvage works with its own setting or the default');
    item.command = isOurs ? undefined : { command: USE, title: vscode.l10n.t('Use for Selvage'), arguments: [] };
  };
  const use = async (): Promise<void> => {
    const path = kubeconfigOf(activeConfiguration());
    if (path === undefined) return;
    await vscode.workspace
      .getConfiguration('selvage.cluster')
      .update('kubeconfig', path, vscode.ConfigurationTarget.Global);
    show();
  };

  show();
  return vscode.Disposable.from(
    { dispose: () => void [item, heard].map((one) => one?.dispose()) },
    vscode.commands.registerCommand(USE, use),
    vscode.window.onDidChangeActiveTextEditor(show),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('selvage.cluster.kubeconfig')) show();
    }),
  );
}

function activeConfiguration(): Configuration | undefined {
  const extension = vscode.extensions.getExtension<Broker>(KUBERNETES_EXTENSION);
  // It is not started for this: it starts when its user wants it.
  if (extension?.isActive !== true) return undefined;
  const answer = extension.exports?.get?.('configuration', 'v1');
  return answer?.available === true ? answer.api : undefined;
}

function kubeconfigOf(configuration: Configuration | undefined): string | undefined {
  try {
    const path = configuration?.getKubeconfigPath();
    return path?.pathType === 'host' ? path.hostPath : undefined;
  } catch {
    return undefined; // it has none
  }
}
