import * as vscode from 'vscode';
import type { Status } from './network-status.ts';

interface Row {
  readonly label: string;
  readonly description?: string;
  readonly icon: string;
  readonly uri?: vscode.Uri;
  readonly command?: string;
  readonly rows?: readonly Row[];
}

/**
 * The view “Network” in the Explorer: each network of the workspace, and the files that are left alone. Without any, VS Code
 * shows the welcome of the manifest in its place.
 */
export function networkView(onStatus: vscode.Event<Status>): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  let rows: readonly Row[] = [];
  const provider: vscode.TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    getChildren: (row) => [...(row === undefined ? rows : (row.rows ?? []))],
    getTreeItem: itemOf,
  };
  return vscode.Disposable.from(
    changed,
    vscode.window.registerTreeDataProvider('selvage.network', provider),
    onStatus((status) => {
      if (status.state === 'scanning') return;
      rows = rowsOf(status);
      void vscode.commands.executeCommand('setContext', 'selvage.scanned', true);
      void vscode.commands.executeCommand('setContext', 'selvage.hasNetwork', status.resources > 0);
      changed.fire(undefined);
    }),
  );
}

function rowsOf({ sites, resources, unknown, skipped }: Status): readonly Row[] {
  const left = [...unknown, ...skipped].map(({ uri, reason }): Row => {
    const file = vscode.Uri.parse(uri);
    return { label: vscode.workspace.asRelativePath(file), description: reason, icon: 'file', uri: file };
  });
  const networks = resources === 0 ? [] : sites.filter(({ files }) => files > 0);
  return [
    ...networks.map(
      ({ name, root, files }): Row => ({
        // The one network of a folder has no name of its own.
        label: name === 'default' ? decodeURIComponent(root.slice(root.lastIndexOf('/') + 1)) : name,
        description: vscode.l10n.t('{0} files', files),
        icon: 'type-hierarchy',
        uri: vscode.Uri.parse(root),
        command: 'selvage.openTopology',
      }),
    ),
    ...(left.length === 0 || networks.length === 0
      ? []
      : [{ label: vscode.l10n.t('Left alone'), description: String(left.length), icon: 'circle-slash', rows: left }]),
  ];
}

function itemOf({ label, description, icon, uri, command, rows }: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(
    label,
    rows === undefined ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.iconPath = new vscode.ThemeIcon(icon);
  if (description !== undefined) item.description = description;
  if (uri !== undefined) item.tooltip = uri.fsPath;
  if (command !== undefined) item.command = { command, title: label };
  else if (uri !== undefined) item.command = { command: 'vscode.open', title: label, arguments: [uri] };
  return item;
}
