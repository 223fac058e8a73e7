import type { YamlTree } from './tree.ts';
import { parseWithLibrary } from './yaml-library.ts';
import { readPlainYaml } from './yaml-plain.ts';

/**
 * Parses one document (of `splitDocuments`). Never throws: what cannot be read becomes a problem, what can be read a tree.
 * Nearly all documents are plain enough for the fast reader; the library has the last word on every other.
 */
export function parseYaml(text: string): YamlTree {
  return readPlainYaml(text) ?? parseWithLibrary(text);
}
