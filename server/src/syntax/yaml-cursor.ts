import type { Span } from './span.ts';
import { type Node, nodeAt, type Path, pairOf, resolved, type YamlTree } from './tree.ts';
import { blockCursor } from './yaml-cursor-block.ts';
import { flowCursor } from './yaml-cursor-flow.ts';
import { lineStart } from './yaml-line.ts';

/**
 * Where somebody types in a YAML text, which is seldom YAML at that moment. `key`: a key of the mapping at `path`; `value`:
 * the value at `path`; `item`: the list item at `path`, which may become either.
 */
export interface YamlCursor {
  readonly role: 'key' | 'value' | 'item';
  readonly path: Path;
  /** What is there already and would be replaced, without its quotes. */
  readonly token: Span;
  readonly quote: '' | "'" | '"';
  readonly flow: boolean;
  /** In block style the column that the token's line or mapping begins at. */
  readonly column: number;
  /** The value stands on the line of its key, so that a block needs a line of its own. */
  readonly behindKey: boolean;
  /** A colon follows the key. */
  readonly hasColon: boolean;
  /** Keys that the mapping has besides this one. */
  readonly written: ReadonlySet<string>;
  /** The scalar that a mapping at or above the cursor has under a key, as far as it can be read. */
  textAt(mapping: Path, key: string): string | undefined;
}

/**
 * The cursor at an offset of a document. Works on the lines around it; the tree, however broken, is asked for brackets that
 * span lines only. Undefined in comments, block scalars and where nothing can be written.
 */
export function yamlCursor(text: string, offset: number, tree: YamlTree): YamlCursor | undefined {
  const line = lineStart(text, offset);
  const around = flowAround(tree.root, offset, []);
  const found =
    around !== undefined && around.start < line
      ? flowCursor(text, around.start, offset, around.path)
      : blockCursor(text, offset);
  if (found === undefined) return undefined;
  const { entriesOf, ...cursor } = found;
  const above = new Map<string, ReadonlyMap<string, string>>();
  const entriesAt = (mapping: Path): ReadonlyMap<string, string> | undefined => {
    const key = JSON.stringify(mapping);
    const known = above.get(key) ?? entriesOf(mapping);
    if (known !== undefined) above.set(key, known);
    return known;
  };
  return {
    ...cursor,
    textAt(mapping, key) {
      const written = entriesAt(mapping)?.get(key);
      return written === undefined || written === '' ? scalarText(tree.root, [...mapping, key]) : written;
    },
  };
}

function scalarText(root: Node | undefined, path: Path): string | undefined {
  const mapping = resolved(nodeAt(root, path.slice(0, -1)));
  const node = resolved(pairOf(mapping, String(path.at(-1)))?.value);
  return node?.kind === 'scalar' && node.text !== '' ? node.text : undefined;
}

/** The outermost brackets around an offset. */
function flowAround(node: Node | undefined, offset: number, path: Path): { start: number; path: Path } | undefined {
  if (node === undefined || node.kind === 'scalar' || node.kind === 'alias') return undefined;
  if (node.flow) return node.span[0] < offset && offset <= node.span[1] ? { start: node.span[0], path } : undefined;
  if (node.kind === 'sequence') {
    const index = node.items.findLastIndex((item) => item.span[0] < offset);
    return index === -1 ? undefined : flowAround(node.items[index], offset, [...path, index]);
  }
  const pair = node.pairs.findLast(({ value, merged }) => !merged && value.span[0] < offset);
  return pair === undefined ? undefined : flowAround(pair.value, offset, [...path, pair.key.text]);
}
