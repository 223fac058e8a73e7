import { LABS, type Lab } from '../assembly/labs.ts';
import type { NamedSettings, NodeSettings } from '../model/containerlab/node-settings.ts';
import type { BirdStatement } from '../syntax/bird.ts';
import { birdNameSpan } from '../syntax/bird-lexer.ts';
import type { Doc, Field, Place } from '../syntax/document.ts';
import { documentSpanInFile } from '../syntax/place.ts';
import { commandsOf, programWords, type ShellWord } from '../syntax/shell.ts';
import type { Span } from '../syntax/span.ts';
import { wordSpan, wordSpanInFile } from '../syntax/word.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { folderOf, resolvePath } from '../workspace/uri.ts';

/** A path in a file, and what it leads to: the URI of a file, or an address in the Internet. */
export interface DocumentLink {
  readonly span: Span;
  readonly target: string;
}

/**
 * The paths in a file that lead to other files: what a topology mounts and starts from, what a script applies, and what a
 * configuration of BIRD includes. Paths
 * that do not exist lead nowhere, and folders cannot be opened; `isFolder` tells them.
 */
export function linksIn(
  file: FileState,
  sites: readonly Site[],
  isFolder: (uri: string) => boolean,
): readonly DocumentLink[] {
  const found = new Map<string, DocumentLink>();
  for (const site of sites)
    for (const link of [...topologyLinks(file, site), ...scriptLinks(file, site), ...includeLinks(file, site)]) {
      if (!isWeb(link.target) && isFolder(link.target)) continue;
      found.set(link.span.join(), link);
    }
  return [...found.values()].sort((a, b) => a.span[0] - b.span[0]);
}

function topologyLinks(file: FileState, site: Site): readonly DocumentLink[] {
  return site
    .derive(LABS)
    .filter(({ topology }) => topology.doc.file === file.uri)
    .flatMap((lab) => pathsOf(lab).flatMap(({ field, node }) => linkTo(field, lab.folder, site, node) ?? []));
}

interface WrittenPath {
  readonly field: Field<string>;
  /** Whose name stands for `__clabNodeName__`. */
  readonly node?: string;
}

function pathsOf({ topology }: Lab): readonly WrittenPath[] {
  const { defaults, kinds, groups, nodes } = topology;
  const shared: readonly NodeSettings[] = [...(defaults ? [defaults] : []), ...kinds.values(), ...groups.values()];
  return [
    ...shared.flatMap(filesOf).map((field) => ({ field })),
    ...[...nodes.values()].flatMap((node: NamedSettings) =>
      filesOf(node).map((field) => ({ field, node: node.name.value ?? '' })),
    ),
  ];
}

function filesOf({ binds, startupConfig, license, envFiles }: NodeSettings): readonly Field<string>[] {
  const sources = binds.flatMap(({ source }) => source ?? []);
  return [...sources, ...[startupConfig, license].flatMap((field) => field ?? []), ...envFiles];
}

/** Paths of the machine itself and those that containerlab fills in lead nowhere here. */
function linkTo(
  { place }: Field<string>,
  folder: string | undefined,
  site: Site,
  node: string | undefined,
): DocumentLink | undefined {
  // The variable makes the value unknown, so the text itself is read.
  const written = place.doc.text.slice(...wordSpan(place));
  const path = node === undefined ? written : written.replaceAll('__clabNodeName__', node);
  if (path === '' || path.includes('\n')) return undefined;
  const span = wordSpanInFile(place);
  if (isWeb(path)) return { span, target: path };
  if (folder === undefined || /^[/~\\]|^[A-Za-z]:|[$]|__clab|\{\{/.test(path)) return undefined;
  const target = resolvePath(folder, path);
  return site.exists(target) === false ? undefined : { span, target };
}

function isWeb(path: string): boolean {
  return /^https?:\/\//i.test(path);
}

/** BIRD looks from the folder of the file that includes another (conf/cf-lex.l, cf_include); patterns lead to many. */
function includeLinks(file: FileState, site: Site): readonly DocumentLink[] {
  const linksOf = (doc: Doc, { words, body = [] }: BirdStatement): readonly DocumentLink[] => {
    const [keyword, path] = words;
    const inner = body.flatMap((statement) => linksOf(doc, statement));
    if (keyword?.text !== 'include' || path?.kind !== 'string' || /^[/~]|[*?[]|^$/.test(path.text)) return inner;
    const target = resolvePath(folderOf(doc.file), path.text);
    if (site.exists(target) === false) return inner;
    return [{ span: documentSpanInFile(doc, birdNameSpan(path)), target }, ...inner];
  };
  return file.all.flatMap(({ doc }) =>
    doc.tree.format === 'bird' && doc.parent === undefined
      ? doc.tree.bird.statements.flatMap((statement) => linksOf(doc, statement))
      : [],
  );
}

/** The options behind which the tools of this field take a file. */
const FILE_OPTIONS: Readonly<Record<string, RegExp>> = {
  kubectl: /^(-f|--filename)$/,
  oc: /^(-f|--filename)$/,
  calicoctl: /^(-f|--filename)$/,
  containerlab: /^(-t|--topo)$/,
  clab: /^(-t|--topo)$/,
  kind: /^--config$/,
  helm: /^(-f|--values)$/,
};

function scriptLinks(file: FileState, site: Site): readonly DocumentLink[] {
  return file.all.flatMap(({ doc }) => {
    if (doc.tree.format !== 'shell') return [];
    return commandsOf(doc.tree.shell).flatMap((command) => wordsToFiles(programWords(command), doc, site));
  });
}

function wordsToFiles(words: readonly ShellWord[], doc: Doc, site: Site): readonly DocumentLink[] {
  const program = words[0]?.text.replace(/^.*\//, '') ?? '';
  const option = Object.hasOwn(FILE_OPTIONS, program) ? FILE_OPTIONS[program] : undefined;
  if (option === undefined) return [];
  return words.flatMap((word, index): readonly DocumentLink[] => {
    const inline = /^(--?\w+)=(.+)$/.exec(word.text);
    const path =
      inline !== null && option.test(inline[1]!)
        ? inline[2]!
        : option.test(words[index - 1]?.text ?? '')
          ? word.text
          : '';
    const place = pathPlace(doc, word, path);
    if (place === undefined || path === '' || path === '-' || word.dynamic) return [];
    const span = documentSpanInFile(place.doc, place.span!);
    if (isWeb(path)) return [{ span, target: path }];
    if (/^[/~]/.test(path)) return [];
    const target = resolvePath(folderOf(doc.file), path);
    // A script may change directory first: only what is really there is meant.
    return site.exists(target) === true ? [{ span, target }] : [];
  });
}

/** Where the path stands in a word, its quotes and its option left out; undefined when it is put together of several. */
function pathPlace(doc: Doc, { segments }: ShellWord, path: string): Place | undefined {
  const first = segments[0];
  const last = segments.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const end = last.outer + last.length;
  return doc.text.slice(end - path.length, end) === path ? { doc, span: [end - path.length, end] } : undefined;
}
