import { type CodeAction, CodeActionKind } from 'vscode-languageserver';
import type { ObjectRef } from '../../apply/objects.ts';
import { wantedIn } from '../../apply/wanted.ts';
import type { Diagnostic } from '../../engine.ts';
import type { Text } from '../../text.ts';
import type { Session } from '../session.ts';
import type { ClusterServer } from './serve.ts';

/**
 * The first fix of a finding, followed by the apply of the object that it mends: planned, shown and asked for like every other.
 * Nothing when the fix reaches beyond that object, or when no tool applies it.
 */
export function applyFix(
  session: Session,
  cluster: ClusterServer,
  one: Diagnostic,
): { readonly fix: string; readonly action: CodeAction } | undefined {
  const { client, engine, workspace, uris, options } = session;
  const [fix] = one.finding.fixes;
  const file = workspace.file(one.file);
  if (fix === undefined || file === undefined) return undefined;
  if (!cluster.allowed() || options.showsClusterLenses !== true) return undefined;
  const { doc } = one.finding.place;
  // What stands inside a script or a heredoc is applied by that script.
  if (doc.embedding !== undefined || doc.format !== 'yaml') return undefined;
  const [object, ...others] = wantedIn([file]).objects.filter(({ offset }) => offset === doc.base);
  if (object === undefined || others.length > 0) return undefined;
  const end = doc.base + doc.text.length;
  const edits = engine.editsOf(fix);
  if (edits.length === 0) return undefined;
  if (!edits.every((edit) => edit.file === one.file && edit.span[0] >= doc.base && edit.span[1] <= end))
    return undefined;
  return { fix: fix.title.en, action: actionFor(fix.title, uris.shown(one.file), object.ref, client.language) };
}

function actionFor(fix: Text, uri: string, object: ObjectRef, language: keyof Text): CodeAction {
  const title: Text = { en: `${fix.en}, and apply it to the cluster…`, 'zh-cn': `${fix['zh-cn']}，并应用到集群…` };
  return {
    title: title[language],
    kind: CodeActionKind.QuickFix,
    command: { title: title[language], command: 'selvage.applyToCluster', arguments: [{ uri, object }] },
  };
}
