import type { Resource } from '../model/resource.ts';
import { resourcesOf, sameFacts } from '../model/resources.ts';
import { parseBird } from '../syntax/bird.ts';
import { parseDaemons } from '../syntax/daemons.ts';
import { parseDnsmasq } from '../syntax/dnsmasq.ts';
import { type Doc, type Format, type Tree, yamlOf } from '../syntax/document.ts';
import { parseFrr } from '../syntax/frr.ts';
import { parseMarkdown } from '../syntax/markdown.ts';
import { parseNodeStatus } from '../syntax/node-status.ts';
import { parseResolv } from '../syntax/resolv.ts';
import { sameContent } from '../syntax/same-content.ts';
import { parseShell } from '../syntax/shell.ts';
import { splitDocuments } from '../syntax/split.ts';
import { looksLikeVtysh, parseVtysh } from '../syntax/vtysh.ts';
import { parseVyos } from '../syntax/vyos.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { type Embedded, embeddedTexts } from './embedded.ts';

/** A document with what was read from it. The workspace keeps these; rules see `doc` and the resources. */
export interface DocumentState {
  readonly doc: Doc;
  resources: readonly Resource[];
  children: readonly DocumentState[];
}

/** Trees of the last texts, so that undo and redo cost nothing, the checks of a single document included. */
const recentTrees = new Map<string, Tree>();
/** How many characters they may have together: a tree takes some thirty times the memory of its text. */
const MOST_REMEMBERED = 1_000_000;
let remembered = 0;

function parseTree(format: Format, text: string): Tree {
  const key = `${format}\n${text}`;
  const known = recentTrees.get(key);
  if (known !== undefined) return known;
  const tree = parse(format, text);
  recentTrees.set(key, tree);
  remembered += key.length;
  for (const oldest of recentTrees.keys()) {
    if (remembered <= MOST_REMEMBERED) break;
    recentTrees.delete(oldest);
    remembered -= oldest.length;
  }
  return tree;
}

function parse(format: Format, text: string): Tree {
  switch (format) {
    case 'yaml':
      return { format, yaml: parseYaml(text) };
    case 'frr':
      return { format, frr: looksLikeVtysh(text) ? parseVtysh(text) : parseFrr(text) };
    case 'vyos':
      return { format, vyos: parseVyos(text) };
    case 'bird':
      return { format, bird: parseBird(text) };
    case 'daemons':
      return { format, daemons: parseDaemons(text) };
    case 'shell':
      return { format, shell: parseShell(text) };
    case 'dnsmasq':
      return { format, dnsmasq: parseDnsmasq(text) };
    case 'resolv':
      return { format, resolv: parseResolv(text) };
    case 'node-status':
      return { format, nodeStatus: parseNodeStatus(text) };
    case 'markdown':
      return { format, markdown: parseMarkdown(text) };
  }
}

/** The documents of a file: one a YAML document, one for a whole file of any other format. */
export function readDocuments(
  file: string,
  format: Format,
  text: string,
  before: readonly DocumentState[],
): readonly DocumentState[] {
  if (format !== 'yaml') return [readOne({ file, format, text, base: 0 }, before[0])];
  const slices = splitDocuments(text);
  const sameAt = (old: DocumentState | undefined, slice: { start: number; end: number } | undefined): boolean =>
    old !== undefined &&
    slice !== undefined &&
    old.doc.format === format &&
    old.doc.text.length === slice.end - slice.start &&
    old.doc.text === text.slice(slice.start, slice.end);
  let head = 0;
  while (sameAt(before[head], slices[head])) head++;
  let tail = 0;
  const most = Math.min(before.length, slices.length) - head;
  while (tail < most && sameAt(before.at(-1 - tail), slices.at(-1 - tail))) tail++;
  const changed = before.slice(head, before.length - tail);
  const pairsUp = changed.length === slices.length - head - tail;
  /** The document that had a text, once: a text that stands in a file twice is two documents. */
  const free = [...changed];
  const takeWith = (wanted: string): DocumentState | undefined => {
    const at = free.findIndex((state) => state.doc.text === wanted);
    return at === -1 ? undefined : free.splice(at, 1)[0];
  };
  return slices.map((slice, index) => {
    const fromEnd = slices.length - 1 - index;
    const kept = index < head ? before[index] : fromEnd < tail ? before.at(-1 - fromEnd) : undefined;
    if (kept !== undefined) {
      kept.doc.base = slice.start;
      return kept;
    }
    const input = { file, format, text: text.slice(slice.start, slice.end), base: slice.start };
    return readOne(input, pairsUp ? changed[index - head] : takeWith(input.text));
  });
}

interface Input {
  readonly file: string;
  readonly format: Format;
  readonly text: string;
  readonly base: number;
  readonly parent?: Doc;
  readonly embedded?: Embedded;
}

/** Reads a text; when it says the same as `before` did, `before` takes the new tree and stays. */
function readOne(input: Input, before: DocumentState | undefined): DocumentState {
  if (before !== undefined && before.doc.format === input.format && before.doc.text === input.text) {
    before.doc.base = input.base;
    if (input.embedded !== undefined) before.doc.embedding = input.embedded.embedding;
    return before;
  }
  const tree = parseTree(input.format, input.text);
  const doc: Doc = {
    file: input.file,
    format: input.format,
    text: input.text,
    tree,
    base: input.base,
    ...(input.parent && { parent: input.parent }),
    ...(input.embedded && { embedding: input.embedded.embedding, hostPath: input.embedded.hostPath }),
  };
  const resources = resourcesOf(doc);
  if (before === undefined || before.doc.format !== input.format || !keepsIdentity(before, doc, resources)) {
    const children = readChildren(doc, resources, []);
    doc.children = children.map((child) => child.doc);
    return { doc, resources, children };
  }
  const children = readChildren(doc, resources, before.children);
  const kept = before.doc;
  if (children.length !== before.children.length || children.some((child, i) => child !== before.children[i])) {
    // Something inside changed its meaning: the whole document is a new one, and its children must point at it.
    const fresh = readChildren(doc, resources, []);
    doc.children = fresh.map((child) => child.doc);
    return { doc, resources, children: fresh };
  }
  kept.text = doc.text;
  kept.tree = doc.tree;
  kept.base = doc.base;
  if (doc.embedding !== undefined) kept.embedding = doc.embedding;
  return before;
}

/** Text formats have no paths, so their places move with every edit; only YAML documents can keep their identity. */
function keepsIdentity(before: DocumentState, doc: Doc, resources: readonly Resource[]): boolean {
  const [old, now] = [yamlOf(before.doc), yamlOf(doc)];
  if (old === undefined || now === undefined || !sameFacts(before.resources, resources)) return false;
  // Rules that know a kind of file which the model does not, such as a conflist, read the tree itself.
  return resources.length > 0 || sameContent(old, now);
}

function readChildren(
  doc: Doc,
  resources: readonly Resource[],
  before: readonly DocumentState[],
): readonly DocumentState[] {
  return embeddedTexts(doc, resources).map((embedded, index) =>
    readOne(
      {
        file: doc.file,
        format: embedded.format,
        text: embedded.text,
        base: 0,
        parent: before[index]?.doc.parent ?? doc,
        embedded,
      },
      before[index],
    ),
  );
}

/** A document and everything inside it, outermost first. */
export function* withChildren(states: readonly DocumentState[]): Generator<DocumentState> {
  for (const state of states) {
    yield state;
    yield* withChildren(state.children);
  }
}
