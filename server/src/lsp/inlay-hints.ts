import { type InlayHint, InlayHintKind, type InlayHintParams, MarkupKind } from 'vscode-languageserver';
import { INLAY_TOPICS, type InlayTopic, inlayHintsIn } from '../engine/inlay-hints.ts';
import { linesOf, offsetAt, positionAt } from '../engine/lines.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';
import type { Switches } from './switches.ts';

/** Answers `textDocument/inlayHint` with the topics that the settings `selvage.inlayHints.*` leave on. */
export async function inlayHints(
  { uris, workspace, client }: Session,
  files: Files,
  switches: Switches,
  { textDocument, range }: InlayHintParams,
): Promise<InlayHint[]> {
  await files.settled();
  const uri = uris.known(textDocument.uri);
  const file = workspace.file(uri);
  if (file === undefined) return [];
  const topics: InlayTopic[] = [];
  for (const topic of INLAY_TOPICS) if (await switches.isOn('inlayHints', topic)) topics.push(topic);
  const lines = linesOf(uri, file.text);
  const within = [
    offsetAt(lines, range.start, file.text.length),
    offsetAt(lines, range.end, file.text.length),
  ] as const;
  return inlayHintsIn(file, workspace.sitesOf(uri), within, topics).map(({ offset, label, tooltip }) => ({
    position: positionAt(lines, offset),
    label: label[client.language],
    kind: InlayHintKind.Type,
    paddingLeft: true,
    ...(tooltip !== undefined && { tooltip: { kind: MarkupKind.Markdown, value: tooltip[client.language] } }),
  }));
}
