import type { Engine } from '../engine.ts';
import type { Diagnostic } from './diagnostic.ts';
import { applyEdits } from './file-edits.ts';

/** More rounds than this would be two fixes that undo each other. */
const MOST_ROUNDS = 20;

/** Whether a file has a fix that can be applied without asking, and that changes nothing but this file. */
export function hasSafeFix(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((one) => one.fixes.some(({ kind }) => kind === 'safe'));
}

/**
 * The text of a file after all its `safe` fixes, and the fixes that these make possible; undefined when nothing changes.
 * Fixes that would also change other files are left to the user. The workspace is the same afterwards as before.
 */
export function fixedText(engine: Engine, uri: string): string | undefined {
  const { workspace } = engine;
  const file = workspace.file(uri);
  if (file?.format === undefined) return undefined;
  const original = file.text;
  const language = file.format === 'shell' ? 'shellscript' : 'yaml';
  let text = original;
  try {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const own = engine.diagnose(uri).filter((one) => staysIn(engine, one, uri));
      const edits = engine.safeEdits(own);
      const next = applyEdits(text, edits);
      if (next === text) break;
      text = next;
      workspace.setFile(uri, text, language);
      if (workspace.file(uri)?.format === undefined) break;
    }
  } finally {
    workspace.setFile(uri, original, language);
  }
  return text === original ? undefined : text;
}

function staysIn(engine: Engine, { finding }: Diagnostic, uri: string): boolean {
  const fix = finding.fixes.find(({ kind }) => kind === 'safe');
  return fix !== undefined && engine.editsOf(fix).every((edit) => edit.file === uri && !edit.create);
}
