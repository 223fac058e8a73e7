import { type InitializeParams, InsertTextMode } from 'vscode-languageserver';
import type { Language } from '../text.ts';

/** What the editor can do, asked once. */
export interface ClientAbilities {
  readonly language: Language;
  /** Asks for diagnostics itself; otherwise they are pushed. */
  readonly pulls: boolean;
  readonly refreshes: boolean;
  readonly showsProgress: boolean;
  readonly hasConfiguration: boolean;
  readonly tellsConfigurationChanges: boolean;
  readonly watchesFiles: boolean;
  readonly hasFolders: boolean;
  readonly resolvesEdits: boolean;
  readonly documentChanges: boolean;
  readonly createsFiles: boolean;
  readonly nestedSymbols: boolean;
  readonly mostFolds: number;
  /** Takes inserted text with places where the cursor stops. */
  readonly snippets: boolean;
  /** Writes inserted lines as they are, without indenting them further. */
  readonly insertsAsIs: boolean;
  /** Shows a few words beside every proposal, and not only beside the chosen one. */
  readonly labelDetails: boolean;
  /** Can be told for which languages we format. */
  readonly registersFormatting: boolean;
  /** Asks again for what is drawn into the text, when it is told to. */
  readonly redraws: { readonly inlayHints: boolean; readonly codeLenses: boolean; readonly semanticTokens: boolean };
  /** Knows the command `selvage.showRule`. */
  readonly showsRules: boolean;
  /** Knows the command `selvage.explainSessions`. */
  readonly explainsSessions: boolean;
  /** Reads files for us that are not on this machine's disk. */
  readonly readsFiles: boolean;
}

/** What an editor's own Selvage client tells beside the protocol. */
export interface InitializationOptions {
  readonly yamlExtension?: boolean;
  readonly showsRules?: boolean;
  readonly explainsSessions?: boolean;
  /** Knows VS Code's command that asks for completion once more. */
  readonly suggestsAgain?: boolean;
  readonly readsFiles?: boolean;
  /** The user trusts the workspace, so programs such as calicoctl may be started when a command asks for it. */
  readonly runsTools?: boolean;
  /** Knows the command `selvage.openTopology`. */
  readonly opensTopology?: boolean;
  /** Knows the command `selvage.diffWithCluster`. */
  readonly showsClusterLenses?: boolean;
  /** The settings `selvage.cluster.*`, from editors that are not asked for settings. */
  readonly cluster?: unknown;
  /** Address of a rule's page with `{rule}` for its id; the page packed beside the server when absent. */
  readonly rulePage?: string;
}

export function optionsOf(params: InitializeParams): InitializationOptions {
  const options: unknown = params.initializationOptions;
  return typeof options === 'object' && options !== null ? options : {};
}

export function abilitiesOf(params: InitializeParams): ClientAbilities {
  const { textDocument, workspace, window } = params.capabilities;
  const options = optionsOf(params);
  return {
    language: languageOf(params.locale),
    pulls: textDocument?.diagnostic !== undefined,
    refreshes: workspace?.diagnostics?.refreshSupport === true,
    showsProgress: window?.workDoneProgress === true,
    hasConfiguration: workspace?.configuration === true,
    tellsConfigurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    hasFolders: workspace?.workspaceFolders === true,
    resolvesEdits: textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles:
      workspace?.workspaceEdit?.documentChanges === true &&
      workspace.workspaceEdit.resourceOperations?.includes('create') === true,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    mostFolds: textDocument?.foldingRange?.rangeLimit ?? Number.POSITIVE_INFINITY,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    labelDetails: textDocument?.completion?.completionItem?.labelDetailsSupport === true,
    insertsAsIs:
      textDocument?.completion?.completionItem?.insertTextModeSupport?.valueSet.includes(InsertTextMode.asIs) === true,
    registersFormatting: textDocument?.formatting?.dynamicRegistration === true,
    redraws: {
      inlayHints: workspace?.inlayHint?.refreshSupport === true,
      codeLenses: workspace?.codeLens?.refreshSupport === true,
      semanticTokens: workspace?.semanticTokens?.refreshSupport === true,
    },
    showsRules: options.showsRules === true,
    explainsSessions: options.explainsSessions === true,
    readsFiles: options.readsFiles === true,
  };
}

function languageOf(locale: string | undefined): Language {
  return /^zh\b/i.test((locale ?? '').replace('_', '-')) ? 'zh-cn' : 'en';
}
