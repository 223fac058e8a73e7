import {
  type CancellationToken,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type ExecuteCommandParams,
  type InitializeResult,
  type InlayHint,
  type InlayHintParams,
  WatchKind,
  type WorkDoneProgressReporter,
} from 'vscode-languageserver';
import { editorSchemaNamed } from '../engine/editor-schemas.ts';
import { guardedRules } from '../engine/guarded-rules.ts';
import { Engine } from '../engine.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import { Workspace } from '../workspace/workspace.ts';
import { announceTo } from './announcer.ts';
import { askAssistantTool } from './assistant-tools.ts';
import { CHECK, checkAll } from './check.ts';
import { abilitiesOf, optionsOf } from './client-abilities.ts';
import { byScheme, clientFiles } from './client-files.ts';
import { clusterLenses } from './cluster/lenses.ts';
import { CLUSTER_COMMANDS, serveCluster } from './cluster/serve.ts';
import type { ClusterHost } from './cluster/surroundings.ts';
import { ACTION_KINDS, codeActions, resolveCodeAction } from './code-actions.ts';
import { codeLenses } from './code-lens.ts';
import { topologyLenses } from './code-lens-topology.ts';
import { COMPLETION, completionAnswers } from './completion.ts';
import { configurationDraft } from './configuration-draft.ts';
import { documentDiagnostics, workspaceDiagnostics } from './diagnostics.ts';
import { documentSymbols } from './document-symbols.ts';
import { explainSessions } from './explain-sessions.ts';
import { SYNC, trackFiles } from './files.ts';
import { findingsOf } from './findings.ts';
import { trackFolders } from './folders.ts';
import { foldingRanges } from './folding.ts';
import { formatting, registerFormatting } from './formatting.ts';
import { serveGraphs } from './graph.ts';
import { guarded, tellFailure } from './guard.ts';
import { hover } from './hover.ts';
import { inlayHints } from './inlay-hints.ts';
import { NAVIGATION, serveNavigation } from './navigation.ts';
import { ruleOf, rulesOf } from './rule-pages.ts';
import { SEMANTIC_TOKENS, semanticTokens } from './semantic-tokens.ts';
import { newSession } from './session.ts';
import { fileStatus, statusReporter } from './status.ts';
import { switchesOf } from './switches.ts';

/** Every name that a scan would read (workspace/formats.ts), for the editor's file watcher. VS Code's patterns do not nest braces. */
const WATCHED = [
  '**/*.{yaml,yml,json,conflist,sh,bash,conf,cfg,boot,config,frr,vyos,bird,txt,md}',
  '**/{daemons,.gitignore,.selvageignore}',
];

const WATCHERS = [
  ...WATCHED.map((globPattern) => ({ globPattern, kind: WatchKind.Change })),
  // Any file may be one that a topology binds, and a folder comes and goes as a whole.
  { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
];

/** Puts the server together on a connection; nothing is read before the editor says that it is initialized. */
export function start(connection: Connection, disk: FileSystem, rulePages?: string, host?: ClusterHost): void {
  const fileSystem = byScheme(disk, clientFiles(connection), () => session.client.readsFiles);
  const workspace = new Workspace(fileSystem);
  const failed = new Set<string>();
  const engine = new Engine(
    workspace,
    guardedRules(new Engine(workspace).rules, (rule, error) => {
      if (failed.has(rule)) return;
      failed.add(rule);
      tellFailure(connection, `run the rule ${rule}`, error);
    }),
  );
  const session = newSession(connection, engine, workspace, fileSystem);
  const findings = findingsOf(
    session,
    () => files,
    () => folders.isScanning(),
  );
  const reportStatus = statusReporter(session, () => folders);
  const switches = switchesOf(session);
  const announcer = announceTo(
    session,
    () => files,
    findings,
    () => {
      reportStatus();
      switches.refresh();
    },
  );
  const files = trackFiles(session, {
    changed(uri, typed) {
      if (typed) findings.typed();
      announcer.changed(uri);
      graphs.changed();
    },
    closed(uri) {
      findings.forget(uri);
      announcer.closed(uri);
    },
    appeared: (folder) => folders.scan(folder),
  });
  const folders = trackFolders(session, () => files, {
    changed() {
      announcer.changed('');
      graphs.changed();
    },
    scanning: reportStatus,
  });
  const graphs = serveGraphs(
    session,
    () => files,
    () => folders.isScanning(),
  );
  const cluster = serveCluster(session, () => files, host);
  let opened: readonly { readonly uri: string; readonly name: string }[] = [];
  let given: unknown;

  connection.onInitialize((params): InitializeResult => {
    session.client = abilitiesOf(params);
    session.options = { ...(rulePages !== undefined && { rulePage: rulePages }), ...optionsOf(params) };
    session.yamlExtension = session.options.yamlExtension === true;
    const root = params.rootUri;
    opened = params.workspaceFolders ?? (root ? [{ uri: root, name: root }] : []);
    given = params.initializationOptions;
    switches.begin(given);
    return {
      serverInfo: { name: 'selvage' },
      capabilities: {
        textDocumentSync: { openClose: true, change: SYNC },
        diagnosticProvider: { identifier: 'selvage', interFileDependencies: true, workspaceDiagnostics: true },
        codeActionProvider: { codeActionKinds: [...ACTION_KINDS], resolveProvider: true },
        ...NAVIGATION,
        hoverProvider: true,
        completionProvider: COMPLETION,
        codeLensProvider: {},
        inlayHintProvider: true,
        ...(session.client.registersFormatting ? {} : { documentFormattingProvider: true }),
        semanticTokensProvider: SEMANTIC_TOKENS,
        documentSymbolProvider: { label: 'Selvage' },
        foldingRangeProvider: true,
        executeCommandProvider: {
          commands: [CHECK, ...(host === undefined ? [] : CLUSTER_COMMANDS)],
          workDoneProgress: true,
        },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(
    guarded(connection, 'begin', undefined, async () => {
      const { client } = session;
      const refused = (error: unknown): void => tellFailure(connection, 'register for changes', error);
      if (client.tellsConfigurationChanges)
        connection.client.register(DidChangeConfigurationNotification.type, { section: 'selvage' }).catch(refused);
      if (client.watchesFiles)
        connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHERS }).catch(refused);
      registerFormatting(session);
      if (client.hasFolders)
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => void folders.change(added, removed));
      await folders.open(opened, given).finally(session.begin);
    }),
  );
  connection.onDidChangeConfiguration(
    guarded(connection, 'read its settings', undefined, ({ settings }) => {
      switches.renew(settings);
      return folders.configure(settings);
    }),
  );
  connection.onDidChangeWatchedFiles(({ changes }) => files.watched(changes));
  connection.onNotification('selvage/yamlExtension', (active: unknown) => {
    session.yamlExtension = active === true;
    announcer.changed('');
  });

  const nothing = { kind: 'full' as const, items: [] };
  connection.languages.diagnostics.on(
    guarded(connection, 'check a document', nothing, (params, token) =>
      documentDiagnostics(session, files, findings, announcer, params, token),
    ),
  );
  connection.languages.diagnostics.onWorkspace(
    guarded(connection, 'check the workspace', { items: [] }, (params, token, _progress, reporter) =>
      workspaceDiagnostics(session, files, findings, announcer, params, token, reporter),
    ),
  );
  connection.onCodeAction(
    guarded(connection, 'offer fixes', [], (params) => codeActions(session, files, cluster, params)),
  );
  connection.onCodeActionResolve((action) =>
    guarded(connection, 'work out a fix', action, () => resolveCodeAction(session, files, action))(),
  );
  connection.onDocumentSymbol(
    guarded(connection, 'outline a document', [], (params) => documentSymbols(session, files, params)),
  );
  connection.onHover(guarded(connection, 'describe a token', null, (params) => hover(session, files, params)));
  const completion = completionAnswers(
    session,
    () => files,
    () => switches.isOn('completion', 'enabled'),
  );
  connection.onCompletion(guarded(connection, 'propose what to write', null, (params) => completion.list(params)));
  connection.onCompletionResolve((item) =>
    guarded(connection, 'describe a proposal', item, () => completion.resolve(item))(),
  );
  connection.languages.inlayHint.on(
    guarded<[InlayHintParams], InlayHint[]>(connection, 'count what is behind a token', [], (params) =>
      // Half of the files would give half of a count.
      folders.isScanning() ? [] : inlayHints(session, files, switches, params),
    ),
  );
  connection.languages.semanticTokens.on(
    guarded(connection, 'colour a document', { data: [] }, (params) => semanticTokens(session, files, params)),
  );
  connection.languages.semanticTokens.onRange(
    guarded(connection, 'colour a part of a document', { data: [] }, (params) =>
      semanticTokens(session, files, params),
    ),
  );
  serveNavigation(connection, session, () => files);
  connection.onDocumentFormatting(
    guarded(connection, 'format a document', null, (params) => formatting(session, files, params)),
  );
  connection.onCodeLens(
    guarded(connection, 'count sessions', [], async (params) => [
      ...((await codeLenses(session, files, switches, params)) ?? []),
      ...(await topologyLenses(session, files, switches, params)),
      ...(await clusterLenses(session, files, cluster, switches, params)),
    ]),
  );
  connection.onRequest(
    'selvage/explainSessions',
    guarded(connection, 'explain sessions', null, (params: unknown) => explainSessions(session, files, params)),
  );
  connection.onRequest(
    'selvage/configurationDraft',
    guarded(connection, 'draft a configuration', null, (params: unknown) => configurationDraft(session, files, params)),
  );
  connection.onRequest(
    'selvage/assistant',
    guarded(connection, 'answer an assistant', {}, (params: unknown, token: CancellationToken) =>
      askAssistantTool(session, files, params, token),
    ),
  );
  connection.onFoldingRanges(
    guarded(connection, 'fold a document', [], (params) => foldingRanges(session, files, params)),
  );
  connection.onExecuteCommand(
    guarded<[ExecuteCommandParams, CancellationToken, WorkDoneProgressReporter], unknown>(
      connection,
      'carry out a command',
      null,
      ({ command, arguments: args = [] }, token, progress) => {
        if (command === CHECK) return checkAll(session, files, token);
        return cluster.handles(command) ? cluster.run(command, args, token, progress) : Promise.resolve(null);
      },
    ),
  );
  connection.onRequest('selvage/rule', (params: unknown) => ruleOf(session, (params as { id?: unknown } | null)?.id));
  connection.onRequest('selvage/rules', () => rulesOf(session));
  connection.onRequest(
    'selvage/schema',
    (params: unknown) =>
      editorSchemaNamed((params as { name?: unknown } | null)?.name, session.client.language) ?? null,
  );
  connection.onRequest(
    'selvage/file',
    guarded(connection, 'describe a file', { sites: [], resources: 0, objects: 0 }, (params: unknown) =>
      fileStatus(session, files, (params as { uri?: unknown } | null)?.uri),
    ),
  );
  connection.onShutdown(() => {
    announcer.dispose();
    graphs.dispose();
    cluster.dispose();
  });
}
