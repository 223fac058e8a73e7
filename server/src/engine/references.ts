import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { namesAt, type Token, tokensOf } from './name-at.ts';

/** Everything that means what is named under the cursor, definitions first. */
export function referencesAt(file: FileState, offset: number, sites: readonly Site[]): readonly Token[] {
  return tokensOf(namesAt(file, offset, sites));
}

/** The same in the file itself, for marking. */
export function highlightsAt(file: FileState, offset: number, sites: readonly Site[]): readonly Token[] {
  return referencesAt(file, offset, sites).filter((token) => token.file === file.uri);
}
