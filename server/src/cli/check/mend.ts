import { applyEdits, overlaps } from '../../engine/file-edits.ts';
import type { Diagnostic, Engine, FileEdit } from '../../engine.ts';

/** Which fixes may be made unasked: those with one right outcome, or also the first of those that are a choice. */
export type Daring = 'safe' | 'unsafe';

export interface Mended {
  /** New texts by URI, of files that changed or are created. */
  readonly texts: ReadonlyMap<string, string>;
  /** What was done, in order; one entry a finding. */
  readonly done: readonly { readonly diagnostic: Diagnostic; readonly title: Diagnostic['message'] }[];
  /** False when fixes were still being found after the last round. */
  readonly settled: boolean;
}

/** One fix can uncover another; a text that still changes after so many rounds is going in circles. */
const ROUNDS = 20;

/** Applies fixes in the workspace until nothing changes. Only files for which `mayChange` is true are touched. */
export function mend(
  engine: Engine,
  diagnose: () => readonly Diagnostic[],
  daring: Daring,
  mayChange: (uri: string) => boolean,
): Mended {
  const texts = new Map<string, string>();
  const seen = new Set<string>();
  const done: { diagnostic: Diagnostic; title: Diagnostic['message'] }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { edits, taken } = chooseEdits(engine, diagnose(), daring, mayChange);
    const changed = applied(engine, edits);
    const state = JSON.stringify([...changed]);
    if (changed.size === 0 || seen.has(state)) return { texts, done, settled: changed.size === 0 };
    seen.add(state);
    done.push(...taken);
    for (const [uri, text] of changed) {
      texts.set(uri, text);
      engine.workspace.setFile(uri, text);
    }
  }
  return { texts, done, settled: false };
}

function chooseEdits(
  engine: Engine,
  diagnostics: readonly Diagnostic[],
  daring: Daring,
  mayChange: (uri: string) => boolean,
): {
  readonly edits: readonly FileEdit[];
  readonly taken: readonly { diagnostic: Diagnostic; title: Diagnostic['message'] }[];
} {
  const edits: FileEdit[] = [];
  const taken: { diagnostic: Diagnostic; title: Diagnostic['message'] }[] = [];
  for (const diagnostic of diagnostics) {
    const { fixes } = diagnostic.finding;
    const fix = fixes.find(({ kind }) => kind === 'safe') ?? (daring === 'unsafe' ? fixes[0] : undefined);
    if (fix === undefined) continue;
    const own = engine.editsOf(fix);
    if (own.length === 0 || overlaps(own, edits) || !own.every(({ file }) => mayChange(file))) continue;
    edits.push(...own);
    taken.push({ diagnostic, title: fix.title });
  }
  return { edits, taken };
}

/** The files that edits change, with their new texts. */
function applied(engine: Engine, edits: readonly FileEdit[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const before = engine.workspace.file(file)?.text ?? '';
    const after = applyEdits(
      before,
      edits.filter((edit) => edit.file === file),
    );
    if (after !== before) texts.set(file, after);
  }
  return texts;
}
