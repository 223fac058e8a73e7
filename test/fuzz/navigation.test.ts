import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { peerItemsAt } from '../../server/src/engine/call-hierarchy.ts';
import { linksIn } from '../../server/src/engine/document-links.ts';
import { overlaps } from '../../server/src/engine/file-edits.ts';
import { hoverAt } from '../../server/src/engine/hover.ts';
import { referencesAt } from '../../server/src/engine/references.ts';
import { rename, renameableAt } from '../../server/src/engine/rename.ts';
import { selectionSpans } from '../../server/src/engine/selection-ranges.ts';
import { symbolsLike } from '../../server/src/engine/workspace-symbols.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { corpus } from '../syntax/corpus.ts';
import { mutated, mutation } from './mutations.ts';

const RUNS = 2000;
/** Files that one network may hold here, so that a run stays short. */
const COMPANY = 8;

/** Each folder of the examples and fixtures as a workspace of its own, kept from run to run. */
const networks = [...foldersOf(corpus()).values()].map((entries) => {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: 'file:///fuzz' }]);
  const files = entries.slice(0, COMPANY).map(([path, text]) => [`file:///fuzz/${encodeURI(path)}`, text] as const);
  for (const [uri, text] of files) workspace.setFile(uri, text);
  return { workspace, files };
});

function foldersOf(texts: ReadonlyMap<string, string>): ReadonlyMap<string, [path: string, text: string][]> {
  const folders = new Map<string, [path: string, text: string][]>();
  for (const [path, text] of texts) {
    const [top, name] = path.split('/');
    const folder = top === 'examples' ? `${top}/${name}` : dirname(path);
    folders.set(folder, [...(folders.get(folder) ?? []), [path, text]]);
  }
  return folders;
}

/** What is wrong with the answers about one offset of a file; undefined when nothing is. */
function faultAt(workspace: Workspace, uri: string, at: number): string | undefined {
  const file = workspace.file(uri);
  if (file === undefined) return undefined;
  const sites = workspace.sitesOf(uri);
  const textOf = (one: string): string | undefined => workspace.file(one)?.text;
  const isInside = (one: string, [start, end]: readonly [number, number]): boolean =>
    0 <= start && start <= end && end <= (textOf(one)?.length ?? 0);
  for (const { text } of hoverAt(file, at, sites)) if (text.en === '' || text['zh-cn'] === '') return 'an empty hover';
  const tokens = referencesAt(file, at, sites);
  const stray = tokens.find((token) => !isInside(token.file, token.span));
  if (stray !== undefined) return `a reference outside its file: ${stray.use.kind} ${stray.use.name}`;
  const spans = selectionSpans(file, at);
  if (spans.some((span) => !isInside(uri, span))) return 'a selection outside the text';
  if (linksIn(file, sites, () => false).some(({ span }) => !isInside(uri, span))) return 'a link outside the text';
  peerItemsAt(file, at, sites);
  symbolsLike('n', [file]);
  if ('refused' in renameableAt(file, at, sites)) return undefined;
  const edits = rename(file, at, 'fuzzed-name', sites, textOf);
  if ('refused' in edits) return undefined;
  if (edits.some((edit) => !isInside(edit.file, edit.span))) return 'an edit outside its file';
  if (edits.some((edit, index) => overlaps([edit], edits.slice(index + 1)))) return 'edits that overlap';
  return undefined;
}

test(`${RUNS} mutated files: every question about a place is answered, inside the text`, { timeout: 300_000 }, () => {
  let asked = 0;
  fc.assert(
    fc.property(
      fc.nat(),
      fc.nat(),
      fc.nat(),
      fc.array(mutation, { minLength: 0, maxLength: 4 }),
      (n, f, o, changes) => {
        const { workspace, files } = networks[n % networks.length]!;
        const [uri, text] = files[f % files.length]!;
        const now = changes.reduce(mutated, text);
        workspace.setFile(uri, now);
        const fault = faultAt(workspace, uri, now.length === 0 ? 0 : o % now.length);
        workspace.setFile(uri, text);
        asked++;
        return fault === undefined || assert.fail(`${fault}\n${uri}\n${JSON.stringify(now)}`);
      },
    ),
    { numRuns: RUNS, endOnFailure: true },
  );
  assert.equal(asked, RUNS);
});
