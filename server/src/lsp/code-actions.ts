import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic as ProtocolDiagnostic,
  type Range,
} from 'vscode-languageserver';
import { canonicalSelectorEdits } from '../engine/canonical-selectors.ts';
import { fixedText, hasSafeFix } from '../engine/fix-file.ts';
import { ignoreHere, ignoreInFile } from '../engine/ignore-comment.ts';
import { linesOf, offsetAt } from '../engine/lines.ts';
import type { Diagnostic, FileEdit } from '../engine.ts';
import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import { applyFix } from './cluster/apply-fix.ts';
import type { ClusterServer } from './cluster/serve.ts';
import type { Files } from './files.ts';
import { protocolDiagnostic } from './protocol-diagnostic.ts';
import type { Session } from './session.ts';
import { workspaceEdit } from './workspace-edits.ts';

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.selvage`;
export const SHOW_RULE = 'selvage.showRule';
/** For `editor.codeActionsOnSave`: YAML itself is left to others. */
export const FORMAT_SELECTORS = `${CodeActionKind.Source}.format.selvage`;
export const CANONICAL_SELECTOR = `${CodeActionKind.RefactorRewrite}.selvage`;
export const ACTION_KINDS: readonly string[] = [CodeActionKind.QuickFix, FIX_ALL, FORMAT_SELECTORS, CANONICAL_SELECTOR];

/** What an action is found again by when the editor wants its edit. Positions are those of the diagnostic. */
interface ActionData {
  readonly uri: string;
  readonly what: 'fix' | 'ignore-here' | 'ignore-file' | 'fix-all' | 'selectors';
  readonly code?: string;
  readonly range?: Range;
  readonly message?: string;
  readonly fix?: string;
}

/** Answers `textDocument/codeAction`: the fixes of what stands in the range, ways to silence it, and fix-all. */
export async function codeActions(
  session: Session,
  files: Files,
  cluster: ClusterServer,
  params: CodeActionParams,
): Promise<CodeAction[]> {
  await files.settled();
  const uri = session.uris.known(params.textDocument.uri);
  const all = session.engine.diagnose(uri);
  const wants = (kind: string): boolean =>
    params.context.only === undefined ||
    params.context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix))
    for (const one of all)
      if (touches(one.range, params.range)) actions.push(...quickFixes(session, files, cluster, one));
  if (wants(FIX_ALL) && hasSafeFix(all))
    actions.push(
      lazily(session, files, { title: say(session, FIX_ALL_TITLE), kind: FIX_ALL }, { uri, what: 'fix-all' }),
    );
  // The whole file is looked through only when that is what is asked for, and not at every move of the cursor.
  for (const kind of [CANONICAL_SELECTOR, ...(params.context.only === undefined ? [] : [FORMAT_SELECTORS])])
    if (wants(kind)) actions.push(...canonicalSelectors(session, files, kind, { uri, range: params.range }));
  return session.client.resolvesEdits ? actions : actions.filter(({ edit, command }) => edit ?? command);
}

/** Answers `codeAction/resolve` with the edit as the text is now; without one when the finding is gone. */
export async function resolveCodeAction(session: Session, files: Files, action: CodeAction): Promise<CodeAction> {
  await files.settled();
  const data = action.data as ActionData | undefined;
  if (data?.what === undefined || action.edit !== undefined) return action;
  const edit = workspaceEdit(session, files, editsOf(session, data));
  return edit === undefined ? action : { ...action, edit };
}

function quickFixes(session: Session, files: Files, cluster: ClusterServer, one: Diagnostic): CodeAction[] {
  const diagnostics: ProtocolDiagnostic[] = [
    protocolDiagnostic(one, {
      language: session.client.language,
      shown: session.uris.shown,
      leavesSyntax: false,
      ...(session.options.rulePage !== undefined && { rulePage: session.options.rulePage }),
    }),
  ];
  const found = { uri: one.file, code: one.code, range: one.range, message: one.message.en };
  const kind = CodeActionKind.QuickFix;
  const safe = one.fixes.filter((fix) => fix.kind === 'safe');
  const actions = one.fixes.map((fix) =>
    lazily(
      session,
      files,
      { title: say(session, fix.title), kind, diagnostics, ...(fix === safe[0] && { isPreferred: true }) },
      { ...found, what: 'fix', fix: fix.title.en },
    ),
  );
  const file = session.workspace.file(one.file);
  if (file !== undefined && ignoreHere(file, one) !== undefined)
    actions.push(
      lazily(
        session,
        files,
        { title: ignoreTitle(session, one.code), kind, diagnostics },
        { ...found, what: 'ignore-here' },
      ),
    );
  if (file !== undefined && ignoreInFile(file, one) !== undefined)
    actions.push(
      lazily(
        session,
        files,
        { title: ignoreFileTitle(session, one.code), kind, diagnostics },
        { ...found, what: 'ignore-file' },
      ),
    );
  const applying = applyFix(session, cluster, one);
  if (applying !== undefined)
    actions.push(
      lazily(session, files, { ...applying.action, diagnostics }, { ...found, what: 'fix', fix: applying.fix }),
    );
  if (session.client.showsRules) {
    const title = say(session, { en: `Open the page of ${one.code}`, 'zh-cn': `打开 ${one.code} 的说明` });
    actions.push({ title, kind, diagnostics, command: { title, command: SHOW_RULE, arguments: [one.code] } });
  }
  return actions;
}

/** The selectors in the range, or those of the whole file, in their canonical form; nothing where they are in it. */
function canonicalSelectors(
  session: Session,
  files: Files,
  kind: string,
  { uri, range }: { readonly uri: string; readonly range: Range },
): CodeAction[] {
  const whole = kind === FORMAT_SELECTORS;
  const data: ActionData = { uri, what: 'selectors', ...(!whole && { range }) };
  if (editsOf(session, data).length === 0) return [];
  const title = whole
    ? { en: 'Write all selectors in their canonical form', 'zh-cn': '将所有选择器改写为规范格式' }
    : { en: 'Write the selector in its canonical form', 'zh-cn': '将选择器改写为规范格式' };
  return [lazily(session, files, { title: say(session, title), kind }, data)];
}

function lazily(session: Session, files: Files, action: CodeAction, data: ActionData): CodeAction {
  if (session.client.resolvesEdits) return { ...action, data };
  const edit = workspaceEdit(session, files, editsOf(session, data));
  return edit === undefined ? action : { ...action, edit };
}

function editsOf({ engine, workspace }: Session, data: ActionData): readonly FileEdit[] {
  const file = workspace.file(data.uri);
  if (file === undefined) return [];
  if (data.what === 'fix-all') {
    const text = fixedText(engine, data.uri);
    return text === undefined ? [] : [smallest(data.uri, file.text, text)];
  }
  if (data.what === 'selectors') return canonicalSelectorEdits(file, data.range && spanIn(file, data.range));
  const one = engine.diagnose(data.uri).find((other) => isSame(other, data));
  if (one === undefined) return [];
  if (data.what === 'fix') {
    const fix = one.finding.fixes.find(({ title }) => title.en === data.fix);
    return fix === undefined ? [] : engine.editsOf(fix);
  }
  const edit = data.what === 'ignore-here' ? ignoreHere(file, one) : ignoreInFile(file, one);
  return edit === undefined ? [] : [edit];
}

function spanIn({ uri, text }: FileState, { start, end }: Range): readonly [number, number] {
  const lines = linesOf(uri, text);
  return [offsetAt(lines, start, text.length), offsetAt(lines, end, text.length)];
}

function isSame(one: Diagnostic, data: ActionData): boolean {
  return (
    one.code === data.code &&
    one.message.en === data.message &&
    one.range.start.line === data.range?.start.line &&
    one.range.start.character === data.range.start.character
  );
}

/** The change from one text to another without what is the same at both ends. */
function smallest(file: string, before: string, after: string): FileEdit {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return { file, span: [head, before.length - tail], text: after.slice(head, after.length - tail), create: false };
}

function touches(one: Range, other: Range): boolean {
  return !isBefore(one.end, other.start) && !isBefore(other.end, one.start);
}

function isBefore(one: Range['start'], other: Range['start']): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

function say({ client }: Session, text: Text): string {
  return text[client.language];
}

function ignoreTitle(session: Session, rule: string): string {
  return say(session, { en: `Ignore ${rule} here`, 'zh-cn': `在此处忽略 ${rule}` });
}

function ignoreFileTitle(session: Session, rule: string): string {
  return say(session, { en: `Ignore ${rule} in this file`, 'zh-cn': `在此文件中忽略 ${rule}` });
}

const FIX_ALL_TITLE: Text = { en: 'Apply all safe fixes of Selvage', 'zh-cn': '应用 Selvage 的所有安全修复' };
