import * as vscode from 'vscode';
import { type LanguageClientOptions, RevealOutputChannelOn } from 'vscode-languageclient';
import { hasYamlExtension } from './yaml-extension.ts';
import { withoutDoubles } from './yaml-schemas.ts';

/** Also the prefix of the settings. */
export const CLIENT_ID = 'selvage';
export const CLIENT_NAME = 'Selvage';

const LANGUAGES = ['yaml', 'dockercompose', 'json', 'jsonc', 'shellscript', 'markdown', 'frr', 'vyos', 'bird'];

/** Daemons, pasted output and router configurations whose names say too little have no language of their own. VS Code's patterns do not nest braces. */
const PATTERNS = ['**/daemons', '**/*.{conf,cfg,boot,config,frr,vyos,bird,conflist,txt}'];

interface Selected {
  readonly scheme: string;
  readonly language?: string;
  readonly pattern?: string;
}

/** The documents that the server hears of; it decides by itself which of them are part of a network. */
export function documents(): readonly Selected[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const schemes = new Set(['file', 'untitled', ...folders.map(({ uri }) => uri.scheme)]);
  return [...schemes].flatMap((scheme) => [
    ...LANGUAGES.map((language) => ({ scheme, language })),
    ...PATTERNS.map((pattern) => ({ scheme, pattern })),
  ]);
}

export function clientOptions(log: vscode.LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: documents().map(({ scheme, language, pattern }) =>
      language === undefined ? { scheme, pattern: pattern! } : { scheme, language },
    ),
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticPullOptions: { onChange: true, onSave: true },
    middleware: withoutDoubles,
    initializationOptions: () => ({
      yamlExtension: hasYamlExtension(),
      showsRules: true,
      explainsSessions: true,
      suggestsAgain: true,
      readsFiles: true,
      runsTools: vscode.workspace.isTrusted,
      opensTopology: true,
      showsClusterLenses: true,
      rulePage: 'command:selvage.showRule?%5B%22{rule}%22%5D',
    }),
  };
}
