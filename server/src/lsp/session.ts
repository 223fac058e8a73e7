import type { Connection } from 'vscode-languageserver';
import type { Engine } from '../engine.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { abilitiesOf, type ClientAbilities, type InitializationOptions } from './client-abilities.ts';
import { type Uris, uriForms } from './uris.ts';

/** What every part of the server shares. The editor's abilities are set by `initialize`, before anything else is asked. */
export interface Session {
  readonly connection: Connection;
  readonly engine: Engine;
  readonly workspace: Workspace;
  readonly fileSystem: FileSystem;
  readonly uris: Uris;
  client: ClientAbilities;
  options: InitializationOptions;
  /** Another extension checks the syntax of open YAML documents. */
  yamlExtension: boolean;
  /** Resolves when the folders and their settings are known; what a document is depends on them. */
  readonly ready: Promise<void>;
  readonly begin: () => void;
}

export function newSession(
  connection: Connection,
  engine: Engine,
  workspace: Workspace,
  fileSystem: FileSystem,
): Session {
  let begin = (): void => {};
  const ready = new Promise<void>((resolve) => {
    begin = resolve;
  });
  return {
    ready,
    begin,
    connection,
    engine,
    workspace,
    fileSystem,
    uris: uriForms(),
    client: abilitiesOf({ processId: null, rootUri: null, capabilities: {} }),
    options: {},
    yamlExtension: false,
  };
}
