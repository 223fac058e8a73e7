import { selectorOf } from '../assembly/selectors.ts';
import { type SelectorUse, selectorsOf } from '../model/calico/selectors.ts';
import { type Doc, type Place, yamlOf } from '../syntax/document.ts';
import type { Edit } from '../syntax/edit.ts';
import { fileSpan, nodeOf, spanOfPlace } from '../syntax/place.ts';
import { formatSelector } from '../syntax/selector.ts';
import type { Span } from '../syntax/span.ts';
import { nodeAt, type Path, type Scalar } from '../syntax/tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import type { FileState } from '../workspace/file-state.ts';
import { documentsWithin } from './documents-within.ts';
import { type FileEdit, toFileEdits } from './file-edits.ts';

/**
 * The edits that write the selectors of a file, or those that touch a span of it, in their canonical form. A selector that
 * Calico refuses, a template, an empty one and one that somebody laid out over lines stay as they are.
 */
export function canonicalSelectorEdits(file: FileState, within?: Span): readonly FileEdit[] {
  const documents = within === undefined ? file.all : documentsWithin(file, within);
  const edits = documents
    .flatMap(({ resources }) => resources)
    .flatMap((resource) => selectorsOf(resource))
    .filter(({ field }) => within === undefined || touches(field.place, within))
    .flatMap(canonical);
  return toFileEdits(edits, (uri) => (uri === file.uri ? file.text : undefined));
}

function touches(place: Place, [start, end]: Span): boolean {
  const [from, to] = fileSpan(place);
  return from <= end && start <= to;
}

function canonical({ field: { value, place } }: SelectorUse): readonly Edit[] {
  const tree = value === undefined || value.trim() === '' ? undefined : selectorOf(value).tree;
  const node = nodeOf(place);
  if (tree === undefined || node?.kind !== 'scalar' || place.path === undefined) return [];
  if (node.style === 'literal' || node.style === 'folded' || place.doc.text.slice(...node.span).includes('\n'))
    return [];
  const [double, single] = [formatSelector(tree), formatSelector(tree, "'")];
  if (value === double || (node.style !== 'plain' && value === single)) return [];
  const span = spanOfPlace(place);
  const written = spellings(node, double, single).find((text) =>
    reads(place.doc, place.path!, span, text, [double, single]),
  );
  return written === undefined ? [] : [{ doc: place.doc, span, text: written }];
}

/** Ways to write the scalar, the one nearest to how it is written now first: values take the quotes that YAML leaves free. */
function spellings({ style }: Scalar, double: string, single: string): readonly string[] {
  const inDouble = [`"${single}"`, JSON.stringify(double)];
  if (style === 'single') return [`'${double.replaceAll("'", "''")}'`];
  return style === 'plain' ? [double, ...inDouble] : inDouble;
}

/** Whether YAML reads the selector back when this stands in its place. */
function reads(doc: Doc, path: Path, [start, end]: Span, text: string, wanted: readonly string[]): boolean {
  const after = parseYaml(doc.text.slice(0, start) + text + doc.text.slice(end));
  const node = nodeAt(after.root, path);
  return (
    after.problems.length === (yamlOf(doc)?.problems.length ?? 0) &&
    node?.kind === 'scalar' &&
    node.value === node.text &&
    node.tag === undefined &&
    wanted.includes(node.text)
  );
}
