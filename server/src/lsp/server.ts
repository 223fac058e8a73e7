#!/usr/bin/env node
import { homedir } from 'node:os';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeFiles } from '../host/node-files.ts';
import { nodeJournals, stateFolder } from '../host/node-journals.ts';
import { nodeMachine } from '../host/node-machine.ts';
import { packedRulePages } from '../host/rule-pages.ts';
import { start } from './start.ts';

const connection = createConnection(ProposedFeatures.all);

// The last resort: whatever escapes is told in one sentence, and the next request is answered as ever.
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, (error: unknown) =>
    connection.console.error(`Selvage met an unexpected problem: ${String(error).split('\n')[0]}`),
  );

start(connection, nodeFiles, packedRulePages(process.argv[1]), {
  machine: nodeMachine(),
  journals: nodeJournals(stateFolder(process.env, homedir())),
});
connection.listen();
