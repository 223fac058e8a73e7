import * as vscode from 'vscode';

/** A network that came with the extension, by the name of its folder. */
interface Example {
  readonly folder: string;
  readonly label: string;
  readonly detail: string;
}

function examples(): readonly Example[] {
  return [
    {
      folder: 'broken-fabric',
      label: vscode.l10n.t('A broken fabric'),
      detail: vscode.l10n.t('Two racks with Calico, Spiderpool, FRR and VyOS, and a mistake of almost every kind.'),
    },
    {
      folder: '004-leaf-spine',
      label: vscode.l10n.t('Leaf and spine'),
      detail: vscode.l10n.t('A containerlab fabric of VyOS routers under a kind cluster with route reflectors.'),
    },
    {
      folder: '000-in-cluster-reflectors',
      label: vscode.l10n.t('Route reflectors inside the cluster'),
      detail: vscode.l10n.t('Calico nodes that take over from the mesh, and the order in which that must happen.'),
    },
    {
      folder: '003-spiderpool-bgp',
      label: vscode.l10n.t('Spiderpool announced over BGP'),
      detail: vscode.l10n.t('Fixed Pod addresses from Spiderpool, announced by Calico to an FRR router.'),
    },
  ];
}

/** Copies an example into a folder that the user picks, beside whatever is there, and opens the copy. */
export async function openExample({ extensionUri }: vscode.ExtensionContext): Promise<void> {
  const example = await vscode.window.showQuickPick(
    examples().map((one) => ({ ...one })),
    { placeHolder: vscode.l10n.t('Which network?'), matchOnDetail: true },
  );
  if (example === undefined) return;
  const [parent] =
    (await vscode.window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      title: vscode.l10n.t('Where to put a copy of “{0}”', example.label),
      openLabel: vscode.l10n.t('Put It Here'),
    })) ?? [];
  if (parent === undefined) return;
  const copy = await freeName(parent, example.folder);
  try {
    await vscode.workspace.fs.copy(vscode.Uri.joinPath(extensionUri, 'examples', example.folder), copy, {
      overwrite: false,
    });
  } catch {
    void vscode.window.showErrorMessage(vscode.l10n.t('{0} could not be written.', copy.fsPath));
    return;
  }
  const isBusy = (vscode.workspace.workspaceFolders ?? []).length > 0;
  await vscode.commands.executeCommand('vscode.openFolder', copy, { forceNewWindow: isBusy });
}

/** A name that nothing has there yet: `broken-fabric`, `broken-fabric-2`, … */
async function freeName(parent: vscode.Uri, name: string): Promise<vscode.Uri> {
  for (let number = 1; ; number++) {
    const uri = vscode.Uri.joinPath(parent, number === 1 ? name : `${name}-${number}`);
    try {
      await vscode.workspace.fs.stat(uri);
    } catch {
      return uri;
    }
  }
}
