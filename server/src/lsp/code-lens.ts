import type { CodeLens, CodeLensParams, Command } from 'vscode-languageserver';
import { type BgpStatement, bgpStatementsIn } from '../engine/bgp-statements.ts';
import { summaryOf } from '../engine/bgp-words.ts';
import { EXPLAIN_SESSIONS } from './explain-sessions.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';
import type { Switches } from './switches.ts';

/** A lens each would be a crowd where every node and neighbour has one. */
const SHOWN = new Set<BgpStatement['kind']>(['BGPPeer', 'BGPConfiguration', 'router']);

/** Answers `textDocument/codeLens`: how many sessions come up, above everything that states several of them. */
export async function codeLenses(
  { engine, uris, workspace, client }: Session,
  files: Files,
  switches: Switches,
  { textDocument }: CodeLensParams,
): Promise<CodeLens[]> {
  if (!(await switches.isOn('codeLens', 'sessions'))) return [];
  await files.settled();
  const uri = uris.known(textDocument.uri);
  const file = workspace.file(uri);
  if (file === undefined) return [];
  const lenses = new Map<string, CodeLens>();
  for (const site of workspace.sitesOf(uri))
    for (const statement of bgpStatementsIn(file, site)) {
      if (!SHOWN.has(statement.kind) || statement.sessions.length === 0) continue;
      const range = engine.locate(statement.place).range;
      const title = summaryOf(statement)[client.language];
      // An empty command is text that cannot be clicked.
      const command: Command =
        client.explainsSessions && statement.sessions.some(({ state }) => state !== 'established')
          ? { title, command: EXPLAIN_SESSIONS, arguments: [textDocument.uri, range.start] }
          : { title, command: '' };
      lenses.set(`${range.start.line} ${title}`, { range, command });
    }
  return [...lenses.values()];
}
