import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { documents } from './client-options.ts';
import { type FileStatus, fileStatus } from './file-status.ts';
import type { Status } from './network-status.ts';

/** The item in the language status: which network the file belongs to, how much is known of it, and what is not. */
export function showStatus(client: BaseLanguageClient, onStatus: vscode.Event<Status>): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('selvage.status', documents());
  item.name = 'Selvage';
  item.command = { command: 'selvage.checkWorkspace', title: vscode.l10n.t('Check Workspace') };
  let status: Status | undefined;

  const show = async (): Promise<void> => {
    if (!client.isRunning()) {
      item.busy = client.state === State.Starting;
      item.text = item.busy ? vscode.l10n.t('Selvage starts') : vscode.l10n.t('Selvage is stopped');
      item.severity = item.busy ? vscode.LanguageStatusSeverity.Information : vscode.LanguageStatusSeverity.Warning;
      return;
    }
    item.severity = vscode.LanguageStatusSeverity.Information;
    if (status === undefined || status.state === 'scanning') {
      item.busy = true;
      item.text = vscode.l10n.t('Selvage reads the network');
      return;
    }
    item.busy = false;
    item.text = vscode.l10n.t('Selvage: {0} resources in {1} files', status.resources, status.files);
    const document = vscode.window.activeTextEditor?.document;
    item.detail = detailOf(status, document === undefined ? undefined : await fileStatus(client, document));
    if (status.state === 'incomplete' || status.unknown.length > 0)
      item.severity = vscode.LanguageStatusSeverity.Warning;
  };

  void show();
  return vscode.Disposable.from(
    item,
    client.onDidChangeState(() => void show()),
    onStatus((next) => {
      status = next;
      void show();
    }),
    vscode.window.onDidChangeActiveTextEditor(() => void show()),
  );
}

function detailOf(status: Status, file: FileStatus | undefined): string {
  const parts: string[] = [];
  if (file?.skipped !== undefined) parts.push(file.skipped);
  else if (file !== undefined)
    parts.push(
      file.sites.length === 0
        ? vscode.l10n.t('This file is part of no network')
        : vscode.l10n.t('Network: {0}', file.sites.join(', ')),
    );
  if (status.state === 'incomplete') parts.push(vscode.l10n.t('reading was stopped'));
  if (status.unknown.length > 0)
    parts.push(
      vscode.l10n.t('unreadable: {0}', status.unknown.map(({ uri, reason }) => nameOf(uri, reason)).join(', ')),
    );
  if (status.skipped.length > 0) parts.push(vscode.l10n.t('{0} templates left alone', status.skipped.length));
  return parts.join(' · ');
}

function nameOf(uri: string, reason: string): string {
  return `${vscode.workspace.asRelativePath(vscode.Uri.parse(uri))} (${reason})`;
}
