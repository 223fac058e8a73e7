import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { namesAt, type Token, tokensOf } from './name-at.ts';

/** Where the name under the cursor is defined, in any file of its networks. */
export function definitionsAt(file: FileState, offset: number, sites: readonly Site[]): readonly Token[] {
  return tokensOf(namesAt(file, offset, sites)).filter(({ use }) => use.role === 'definition');
}
