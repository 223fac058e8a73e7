import type { Position } from 'vscode-languageserver';
import { type Explanation, explanationAt } from '../engine/bgp-explanation.ts';
import type { EndText } from '../engine/bgp-words.ts';
import { linesOf, offsetAt } from '../engine/lines.ts';
import type { Language, Text } from '../text.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';

/** The client's command “Why is this down?”, which asks for `selvage/explainSessions`. */
export const EXPLAIN_SESSIONS = 'selvage.explainSessions';

/** Answers `selvage/explainSessions` with a page in Markdown; null where nothing states a session. */
export async function explainSessions(session: Session, files: Files, params: unknown): Promise<string | null> {
  await files.settled();
  const asked = askedOf(params);
  if (asked === undefined) return null;
  const uri = session.uris.known(asked.uri);
  const file = session.workspace.file(uri);
  if (file === undefined) return null;
  const offset = offsetAt(linesOf(uri, file.text), asked.position, file.text.length);
  const explanation = explanationAt(file, offset, session.workspace.sitesOf(uri));
  return explanation === undefined ? null : pageOf(explanation, session);
}

function askedOf(params: unknown): { readonly uri: string; readonly position: Position } | undefined {
  const { uri, position } = (params ?? {}) as { uri?: unknown; position?: Partial<Position> };
  if (typeof uri !== 'string') return undefined;
  const { line, character } = position ?? {};
  if (typeof line !== 'number' || typeof character !== 'number') return undefined;
  return { uri, position: { line, character } };
}

function pageOf({ name, sessions, faults }: Explanation, session: Session): string {
  const say = (text: Text): string => text[session.client.language];
  const sections = faults.flatMap(({ title, why, ends }) => [
    `## ${title}`,
    `${sentence(say(why), session.client.language)}`,
    ends.map(({ text, place }) => `- ${say(text)}${place === undefined ? '' : ` ${link(session, place)}`}`).join('\n'),
  ]);
  const none = say({
    en: `All ${sessions} sessions come up.`,
    'zh-cn': `全部 ${sessions} 个会话都可以建立。`,
  });
  return [`# ${name}`, ...(faults.length === 0 ? [none] : sections), ''].join('\n\n');
}

function sentence(clause: string, language: Language): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}${language === 'en' ? '.' : '。'}`;
}

/** `[nodes.yaml:12](file:///…#L12)`, which an editor opens at that line. */
function link({ engine, uris }: Session, place: NonNullable<EndText['place']>): string {
  const { file, range } = engine.locate(place);
  const line = range.start.line + 1;
  const name = decodeURIComponent(file.slice(file.lastIndexOf('/') + 1));
  return `([${name}:${line}](${uris.shown(file)}#L${line}))`;
}
