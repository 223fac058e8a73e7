import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  type CodeAction,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  type DocumentDiagnosticReport,
  FileChangeType,
  LogMessageNotification,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Range,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
  WorkDoneProgressCreateRequest,
  type WorkspaceDiagnosticReport,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const SOURCE_SERVER = join(root, 'server', 'src', 'lsp', 'server.ts');
export const BUILT_SERVER = join(root, 'dist', 'server.js');

/** What a modern editor can do; a test takes away what it wants to miss. */
export const MODERN: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
  },
  window: { workDoneProgress: true },
  textDocument: {
    diagnostic: { dynamicRegistration: false },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      resolveSupport: { properties: ['edit'] },
    },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
};

export interface Options {
  readonly files?: Readonly<Record<string, string>>;
  readonly server?: string;
  readonly capabilities?: ClientCapabilities;
  /** Folders to open, below the trial's folder; `['']` is the trial's folder itself. */
  readonly folders?: readonly string[];
  readonly settings?: unknown;
  readonly locale?: string;
  readonly initializationOptions?: unknown;
}

/** An editor made of nothing but the protocol, on a folder of its own. */
export interface Editor {
  readonly connection: ProtocolConnection;
  readonly folder: string;
  readonly published: ReadonlyMap<string, PublishDiagnosticsParams>;
  readonly messages: readonly string[];
  readonly progress: readonly { readonly kind: string }[];
  readonly watchers: readonly string[];
  /** How often the server asked to be asked again. */
  refreshes(): number;
  status(): { state: string; resources: number; sites: { name: string }[]; skipped: { uri: string }[] } | undefined;
  settings(next: unknown): void;
  uri(path: string): string;
  write(path: string, text: string): void;
  remove(path: string): void;
  /** Tells the server what happened on disk. */
  watched(...events: readonly [path: string, what: 'created' | 'changed' | 'deleted'][]): Promise<void>;
  open(path: string, text: string, language?: string): Promise<void>;
  type(path: string, version: number, text: string, range?: Range): Promise<void>;
  close(path: string): Promise<void>;
  pull(path: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  codes(path: string): Promise<readonly string[]>;
  pullAll(previousResultIds?: { uri: string; value: string }[]): Promise<WorkspaceDiagnosticReport>;
  actions(path: string, at: Diagnostic | Range, only?: string[]): Promise<CodeAction[]>;
  resolve(action: CodeAction): Promise<CodeAction>;
  /** Waits until every folder was read. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export async function startEditor(options: Options = {}): Promise<Editor> {
  const folder = mkdtempSync(join(tmpdir(), 'selvage-lsp-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(options.files ?? {})) write(path, text);
  const server = spawn(process.execPath, [options.server ?? SOURCE_SERVER, '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout!),
    new StreamMessageWriter(server.stdin!),
  );
  // A server that dies must fail the test and not keep it waiting.
  server.once('exit', () => connection.dispose());
  const published = new Map<string, PublishDiagnosticsParams>();
  const messages: string[] = [];
  const progress: { kind: string }[] = [];
  const watchers: string[] = [];
  let refreshes = 0;
  let settings = options.settings;
  let status: ReturnType<Editor['status']>;
  connection.onRequest(DiagnosticRefreshRequest.type, () => {
    refreshes++;
  });
  connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => settings ?? null));
  connection.onRequest(WorkDoneProgressCreateRequest.type, () => {});
  connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
    watchers.push(...registrations.map(({ method }) => method));
  });
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    published.set(params.uri, params);
  });
  connection.onNotification(LogMessageNotification.type, ({ message }) => {
    messages.push(message);
  });
  connection.onNotification('$/progress', ({ value }: { value: { kind: string } }) => {
    progress.push(value);
  });
  connection.onNotification('selvage/status', (next: NonNullable<typeof status>) => {
    status = next;
  });
  connection.onUnhandledNotification(() => {});
  connection.listen();

  const uri = (path: string): string =>
    path === '' ? pathToFileURL(folder).href : pathToFileURL(join(folder, path)).href;
  const folders = (options.folders ?? ['']).map((path) => ({ uri: uri(path), name: path }));
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    locale: options.locale,
    capabilities: options.capabilities ?? MODERN,
    workspaceFolders: folders,
    initializationOptions: options.initializationOptions,
  });
  await connection.sendNotification('initialized', {});

  const pull: Editor['pull'] = (path, previousResultId) =>
    connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: uri(path) }, previousResultId });
  return {
    connection,
    folder,
    published,
    messages,
    progress,
    watchers,
    refreshes: () => refreshes,
    status: () => status,
    settings(next) {
      settings = next;
    },
    uri,
    write,
    remove: (path) => rmSync(join(folder, path), { recursive: true }),
    watched: (...events) =>
      connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: events.map(([path, what]) => ({
          uri: uri(path),
          type: { created: FileChangeType.Created, changed: FileChangeType.Changed, deleted: FileChangeType.Deleted }[
            what
          ],
        })),
      }),
    open: (path, text, language = 'yaml') =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uri(path), languageId: language, version: 1, text },
      }),
    type: (path, version, text, range) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uri(path), version },
        contentChanges: [range === undefined ? { text } : { range, text }],
      }),
    close: (path) => connection.sendNotification('textDocument/didClose', { textDocument: { uri: uri(path) } }),
    pull,
    async codes(path) {
      const report = await pull(path);
      return report.kind === 'full' ? report.items.map(({ code }) => String(code)) : ['unchanged'];
    },
    pullAll: (previousResultIds = []) => connection.sendRequest('workspace/diagnostic', { previousResultIds }),
    actions: async (path, at, only) => {
      const diagnostics = 'range' in at ? [at] : [];
      const range = 'range' in at ? at.range : at;
      const context = { diagnostics, ...(only !== undefined && { only }) };
      return (
        (await connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', {
          textDocument: { uri: uri(path) },
          range,
          context,
        })) ?? []
      );
    },
    resolve: (action) => connection.sendRequest('codeAction/resolve', action),
    ready: () => until(() => status !== undefined && status.state !== 'scanning', 'the folders were never read'),
    async stop() {
      await ended(connection, server);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function ended(connection: ProtocolConnection, server: ChildProcess): Promise<void> {
  const exit = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  await exit;
}

/** Waits until something is so; fails with `otherwise` after a minute and a half, which a busy machine may need. */
export async function until(holds: () => boolean | Promise<boolean>, otherwise: string): Promise<void> {
  const end = Date.now() + 90_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A text after the changes that an edit makes to one file. */
export function applied(text: string, edit: WorkspaceEdit | undefined, uri: string): string {
  const change = edit?.documentChanges?.find((one) => 'edits' in one && one.textDocument.uri === uri);
  const edits = change !== undefined && 'edits' in change ? change.edits : (edit?.changes?.[uri] ?? []);
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = ({ line, character }: { line: number; character: number }): number =>
    (starts[line] ?? text.length) + character;
  return [...edits]
    .filter((one) => 'newText' in one)
    .sort((one, other) => offset(other.range.start) - offset(one.range.start))
    .reduce((now, one) => now.slice(0, offset(one.range.start)) + one.newText + now.slice(offset(one.range.end)), text);
}
