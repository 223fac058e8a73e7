import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { documents } from '../client-options.ts';
import { pageOf } from './page.ts';
import { keptPlaces } from './places.ts';
import { type Picture, savePicture } from './save.ts';

export const PANEL_TYPE = 'selvage.topology';

const VIEWS = ['physical', 'bgp', 'addresses'] as const;
export type View = (typeof VIEWS)[number];

interface Source {
  readonly file: string;
  readonly range: { readonly start: vscode.Position; readonly end: vscode.Position };
}

interface Asked {
  readonly type: 'ask';
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}

/** The topology panels: they show what the server draws, and never write to a file unless asked to save a picture. */
export function topologyPanels(context: vscode.ExtensionContext, client: BaseLanguageClient): vscode.Disposable {
  const open = new Map<string, Panel>();
  let counter = 0;
  const adopt = (webview: vscode.WebviewPanel, uri: string | undefined, view: View | undefined): void => {
    const id = `topology-${Date.now()}-${++counter}`;
    open.set(id, panelIn(webview, { id, context, client, uri, view, closed: () => open.delete(id) }));
  };
  const show = (view?: View): void => {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const [panel] = open.values();
    if (panel !== undefined) {
      panel.show(view);
      return;
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    adopt(vscode.window.createWebviewPanel(PANEL_TYPE, vscode.l10n.t('Topology'), place, {}), uri, view);
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('selvage.openTopology', (view?: unknown) =>
      show(VIEWS.find((one) => one === view)),
    ),
    vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, {
      async deserializeWebviewPanel(webview) {
        adopt(webview, undefined, undefined);
      },
    }),
    client.onNotification(
      'selvage/graphChanged',
      ({ panel, revision, changes }: { panel: string; revision: number; changes: unknown }) =>
        open.get(panel)?.tell({ type: 'changes', revision, changes }),
    ),
    client.onNotification('selvage/graphStale', ({ panel }: { panel: string }) =>
      open.get(panel)?.tell({ type: 'stale' }),
    ),
    // A server that was started anew knows of no panel.
    client.onDidChangeState(() => {
      if (client.isRunning()) for (const panel of open.values()) panel.tell({ type: 'stale' });
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
      if (kind === vscode.TextEditorSelectionChangeKind.Command) return;
      for (const panel of open.values()) panel.cursorMoved(textEditor);
    }),
  );
}

interface Panel {
  show(view: View | undefined): void;
  tell(message: unknown): void;
  cursorMoved(editor: vscode.TextEditor): void;
}

interface Setting {
  readonly id: string;
  readonly context: vscode.ExtensionContext;
  readonly client: BaseLanguageClient;
  readonly uri: string | undefined;
  readonly view: View | undefined;
  closed(): void;
}

function panelIn(panel: vscode.WebviewPanel, { id, context, client, uri, view, closed }: Setting): Panel {
  const { webview } = panel;
  const places = keptPlaces(context.workspaceState);
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist');
  panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'icon.png');
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  const tell = (message: unknown): void => void webview.postMessage(message);

  const answers: Readonly<Record<string, (params: never) => unknown>> = {
    graph: ({ view: shown, site }: { view: View; site?: string }) =>
      client.sendRequest('selvage/graph', { panel: id, view: shown, site, uri, pins: places.of(site ?? '', shown) }),
    path: (question: object) => client.sendRequest('selvage/graphPath', { panel: id, ...question }),
    reveal: (source: Source) => reveal(source, panel),
    keepPlaces: ({
      view: shown,
      site,
      places: moved,
    }: {
      view: View;
      site: string;
      places: Record<string, readonly [number, number]> | null;
    }) => places.keep(site, shown, moved),
    save: async (picture: Picture) => {
      const text =
        picture.content === undefined
          ? await client.sendRequest<string | null>('selvage/graphText', { panel: id, format: picture.format })
          : null;
      await savePicture(picture, text, uri);
    },
  };
  const listening = webview.onDidReceiveMessage(async (message: Asked) => {
    if (message.type !== 'ask') return;
    let result: unknown = null;
    try {
      result = await answers[message.method]?.(message.params as never);
    } catch {
      // The server stops just now; the panel asks again when it is back.
      if (message.method === 'graph') result = { revision: 0, sites: [], graph: null };
    }
    tell({ type: 'answer', id: message.id, result: result ?? null });
  });
  panel.onDidDispose(() => {
    listening.dispose();
    closed();
    if (client.isRunning()) void client.sendNotification('selvage/graphClosed', { panel: id });
  });
  webview.html = pageOf(webview, dist, view);

  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    tell,
    show(next) {
      panel.reveal(undefined, true);
      if (next !== undefined) tell({ type: 'view', view: next });
    },
    cursorMoved({ document, selection }) {
      clearTimeout(timer);
      if (!panel.visible || vscode.languages.match(documents(), document) === 0) return;
      timer = setTimeout(async () => {
        try {
          const ids = await client.sendRequest('selvage/graphAt', {
            panel: id,
            uri: document.uri.toString(),
            position: selection.active,
          });
          tell({ type: 'select', ids });
        } catch {
          // The server stops just now.
        }
      }, 80);
    },
  };
}

/** Shows a token in the editor beside the panel; the focus stays in the panel. */
async function reveal({ file, range }: Source, panel: vscode.WebviewPanel): Promise<void> {
  const uri = vscode.Uri.parse(file);
  const isShown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const others = vscode.window.visibleTextEditors
    .map(({ viewColumn }) => viewColumn)
    .filter((column) => column !== undefined && column !== panel.viewColumn);
  const column =
    isShown?.viewColumn ??
    others[0] ??
    (panel.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One);
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const selection = new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
    await vscode.window.showTextDocument(document, {
      viewColumn: column,
      preserveFocus: true,
      preview: true,
      selection,
    });
  } catch {
    void vscode.window.showWarningMessage(vscode.l10n.t('{0} cannot be opened.', uri.path.split('/').at(-1) ?? file));
  }
}
