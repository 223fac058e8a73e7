import { spawn } from 'node:child_process';
import {
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
  WorkDoneProgressCreateRequest,
} from 'vscode-languageserver/node';

/** A language server to measure. */
export interface Contestant {
  readonly name: string;
  readonly args: readonly string[];
  readonly settings: unknown;
  /** It says by `selvage/status` when it has read the folder. */
  readonly announces?: true;
}

export interface Running {
  readonly connection: ProtocolConnection;
  readonly pid: number;
  readonly capabilities: InitializeResult['capabilities'];
  /** Called with the file and findings whenever the server publishes; with nothing when it wants to be asked again. */
  listen(listener: (uri?: string, version?: number, diagnostics?: readonly Diagnostic[]) => void): () => void;
  /** Still reading the folder, as far as it says so. */
  busy(): boolean;
  stop(): Promise<void>;
}

/** Starts a server on a folder and takes it through `initialize`; the time until its answer is the caller's to take. */
export async function startServer({ args, settings, announces }: Contestant, folder: string): Promise<Running> {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const listeners = new Set<Parameters<Running['listen']>[0]>();
  const section = (name: string | undefined): unknown =>
    (name ?? '')
      .split('.')
      .reduce<unknown>(
        (at, key) => (key === '' ? at : ((at as Record<string, unknown> | undefined)?.[key] ?? null)),
        settings,
      );
  connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map((item) => section(item.section)));
  connection.onRequest(RegistrationRequest.type, () => {});
  connection.onRequest(WorkDoneProgressCreateRequest.type, () => {});
  connection.onRequest(DiagnosticRefreshRequest.type, () => {
    for (const listener of listeners) listener();
  });
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version, diagnostics }) => {
    for (const listener of listeners) listener(uri, version, diagnostics);
  });
  let busy = announces === true;
  connection.onNotification('selvage/status', ({ state }: { state: string }) => {
    busy = state === 'scanning';
    for (const listener of listeners) listener();
  });
  connection.onUnhandledNotification(() => {});
  connection.listen();
  const { capabilities } = (await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: folder,
    workspaceFolders: [{ uri: folder, name: 'bench' }],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true, diagnostics: { refreshSupport: true } },
      textDocument: {
        publishDiagnostics: { versionSupport: true, relatedInformation: true },
        diagnostic: { dynamicRegistration: false },
        hover: { contentFormat: ['markdown'] },
        completion: { completionItem: { snippetSupport: true } },
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
        codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source'] } } },
      },
      window: { workDoneProgress: true },
    },
  })) as InitializeResult;
  return {
    connection,
    pid: child.pid!,
    capabilities,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    busy: () => busy,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      const late = setTimeout(() => child.kill('SIGKILL'), 3000);
      await connection.sendRequest('shutdown').catch(() => {});
      await connection.sendNotification('exit').catch(() => {});
      await gone;
      clearTimeout(late);
      connection.dispose();
    },
  };
}

/** Says that the client is ready, with the settings for servers that wait to be told. */
export async function ready({ connection }: Running, { settings }: Contestant): Promise<void> {
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('workspace/didChangeConfiguration', { settings });
}
