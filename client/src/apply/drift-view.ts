import * as vscode from 'vscode';
import type { Drift } from './answers.ts';
import type { Named } from './named.ts';
import { targetText } from './plan-text.ts';

type Status = Drift['objects'][number]['status'];
type Entry = Drift['objects'][number];

/** A line of the view: a group of objects that drifted alike, or one of them. */
export type DriftNode = { readonly status: Status; readonly entries: readonly Entry[] } | DriftObject;

export interface DriftObject extends Partial<Named> {
  readonly entry: Entry;
}

/** The whole network beside the cluster, as it was when somebody last asked; it is never read again unasked. */
export interface DriftView extends vscode.Disposable {
  show(drift: Drift): void;
  /** Leaves out objects that were applied since: what was done is not a difference any more. */
  settle(objects: readonly string[]): void;
  /** What is shown now. */
  readonly drift: () => Drift | undefined;
}

const ORDER: readonly Status[] = ['changed', 'added', 'removed', 'unmanaged'];

export function driftView(): DriftView {
  let drift: Drift | undefined;
  const changed = new vscode.EventEmitter<void>();
  const view = vscode.window.createTreeView<DriftNode>('selvage.drift', {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => (node === undefined ? groups(drift) : 'entries' in node ? objects(node, drift) : []),
      getTreeItem: (node) => ('entries' in node ? groupItem(node, isFirst(node, drift)) : objectItem(node)),
    },
  });
  const show = (next: Drift): void => {
    drift = next;
    void vscode.commands.executeCommand('setContext', 'selvage.driftKnown', true);
    const { added, changed: differing, removed, unmanaged } = next.counts;
    const total = added + differing + removed;
    const where = next.targets.map(targetText).join(', ');
    const nothing = vscode.l10n.t('No change: {0} objects say in the cluster what the files say.', next.counts.same);
    view.message = total === 0 ? `${where}\n${nothing}` : where;
    view.description = vscode.l10n.t('as of {0}', new Date(next.at).toLocaleTimeString());
    view.badge =
      total === 0
        ? undefined
        : {
            value: total,
            tooltip: vscode.l10n.t(
              '{0} differ, {1} to add, {2} in no file any more, {3} unmanaged',
              differing,
              added,
              removed,
              unmanaged,
            ),
          };
    changed.fire();
  };
  return {
    drift: () => drift,
    show,
    settle(objects) {
      if (drift !== undefined) show(without(drift, new Set(objects)));
    },
    dispose: () => vscode.Disposable.from(view, changed).dispose(),
  };
}

function without(drift: Drift, settled: ReadonlySet<string>): Drift {
  const counts = { ...drift.counts };
  for (const { object, status } of drift.objects) {
    if (!settled.has(object)) continue;
    counts[status] -= 1;
    if (status === 'added' || status === 'changed') counts.same += 1;
  }
  return { ...drift, counts, objects: drift.objects.filter(({ object }) => !settled.has(object)) };
}

function groups(drift: Drift | undefined): DriftNode[] {
  if (drift === undefined) return [];
  return ORDER.flatMap((status) => {
    const entries = drift.objects.filter((entry) => entry.status === status);
    return entries.length === 0 ? [] : [{ status, entries }];
  });
}

function objects({ entries }: { readonly entries: readonly Entry[] }, drift: Drift | undefined): DriftNode[] {
  return entries.map((entry) => {
    const place = drift?.places.find(({ object }) => object === entry.object);
    return { entry, object: entry.ref, ...(place !== undefined && { uri: place.uri }) };
  });
}

function isFirst({ status }: { readonly status: Status }, drift: Drift | undefined): 'first' | 'other' {
  const [first] = groups(drift);
  return first !== undefined && 'entries' in first && first.status === status ? 'first' : 'other';
}

function groupItem(
  { status, entries }: { readonly status: Status; readonly entries: readonly Entry[] },
  which: 'first' | 'other',
): vscode.TreeItem {
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(titleOf(status), which === 'first' ? Expanded : Collapsed);
  item.id = status;
  item.description = String(entries.length);
  item.iconPath = new vscode.ThemeIcon(ICONS[status]);
  return item;
}

function objectItem(node: DriftObject): vscode.TreeItem {
  const { object, status, fields } = node.entry;
  const item = new vscode.TreeItem(object);
  item.id = `${status} ${object}`;
  item.description = fields.map(({ path }) => path).join(', ');
  item.tooltip = item.description === '' ? object : `${object}: ${item.description}`;
  item.contextValue = `selvage.${status}`;
  item.command = { command: 'selvage.openDrift', title: vscode.l10n.t('Compare'), arguments: [node] };
  return item;
}

const ICONS: Readonly<Record<Status, string>> = {
  changed: 'diff-modified',
  added: 'diff-added',
  removed: 'diff-removed',
  unmanaged: 'question',
};

function titleOf(status: Status): string {
  switch (status) {
    case 'changed':
      return vscode.l10n.t('Differ');
    case 'added':
      return vscode.l10n.t('Not in the cluster');
    case 'removed':
      return vscode.l10n.t('In no file any more');
    case 'unmanaged':
      return vscode.l10n.t('Only in the cluster');
  }
}
