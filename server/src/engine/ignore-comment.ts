import type { Doc, Format } from '../syntax/document.ts';
import { yamlOf } from '../syntax/document.ts';
import { fileOffset } from '../syntax/place.ts';
import type { Node } from '../syntax/tree.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { FileEdit } from './file-edits.ts';
import { linesOf } from './lines.ts';

/** A comment above the line of a finding that silences its rule there; undefined where no comment can stand. */
export function ignoreHere(file: FileState, diagnostic: Diagnostic): FileEdit | undefined {
  const start = linesOf(file.uri, file.text)[diagnostic.range.start.line];
  if (start === undefined) return undefined;
  const indent = /^[ \t]*/.exec(lineAt(file.text, start))![0];
  const doc = ownerOf(diagnostic.finding.place.doc, start + indent.length);
  const comment = commentIn(doc, file.uri, `selvage-ignore ${diagnostic.code}`);
  if (comment === undefined || !isBetweenTokens(doc, file.text, start)) return undefined;
  return { file: file.uri, span: [start, start], text: `${indent}${comment}${newlineOf(file.text)}`, create: false };
}

/** A comment at the top of the file that silences a rule in all of it; undefined where no comment can stand. */
export function ignoreInFile(file: FileState, diagnostic: Diagnostic): FileEdit | undefined {
  const root = file.documents[0]?.doc;
  if (root === undefined) return undefined;
  const comment = commentIn(root, file.uri, `selvage-ignore-file ${diagnostic.code}`);
  if (comment === undefined) return undefined;
  // The first line of a script and of cloud-init data means something only there.
  const leads = /^(\uFEFF|)(#!|#cloud-config)/.test(file.text);
  const start = leads ? file.text.indexOf('\n') + 1 : file.text.startsWith('\uFEFF') ? 1 : 0;
  if (leads && start === 0) return undefined;
  return { file: file.uri, span: [start, start], text: comment + newlineOf(file.text), create: false };
}

/** The innermost document that the beginning of a line belongs to: a value on one line has its key's comment above it. */
function ownerOf(doc: Doc, lineStart: number): Doc {
  let owner = doc;
  while (owner.parent !== undefined && fileOffset(owner, 0) > lineStart) owner = owner.parent;
  return owner;
}

function commentIn(doc: Doc, uri: string, text: string): string | undefined {
  if (doc.tree.format === 'vyos') return doc.tree.vyos.commands ? `# ${text}` : `/* ${text} */`;
  if (doc.tree.format === 'frr') return doc.tree.frr.typed ? undefined : `! ${text}`;
  if (doc.tree.format === 'yaml' && isJson(doc, uri)) return undefined;
  return `# ${text}`;
}

function isJson(doc: Doc, uri: string): boolean {
  if (doc.parent === undefined && /\.(json|conflist)$/i.test(uri)) return true;
  return /^\s*[[{]/.test(doc.text);
}

/** Whether a line of its own can be put before this one without landing inside a text or a continued command. */
function isBetweenTokens(doc: Doc, text: string, start: number): boolean {
  const inFile = (offset: number): number => fileOffset(doc, offset);
  switch (doc.format satisfies Format) {
    case 'yaml':
      return !isInScalar(yamlOf(doc)?.root, start, inFile);
    case 'shell': {
      if (/\\\r?\n$/.test(text.slice(Math.max(0, start - 3), start))) return false;
      const tree = doc.tree.format === 'shell' ? doc.tree.shell : undefined;
      const commands = tree?.pipelines.flatMap((pipeline) => pipeline.commands) ?? [];
      return !commands.some(({ words }) =>
        words.some(({ span }) => inFile(span[0]) < start && start < inFile(span[1])),
      );
    }
    default:
      return true;
  }
}

function isInScalar(node: Node | undefined, at: number, inFile: (offset: number) => number): boolean {
  if (node === undefined || node.kind === 'alias') return false;
  if (inFile(node.span[0]) >= at || inFile(node.span[1]) <= at) return false;
  if (node.kind === 'scalar') return true;
  if (node.kind === 'sequence') return node.items.some((item) => isInScalar(item, at, inFile));
  return node.pairs.some((pair) => !pair.merged && isInScalar(pair.value, at, inFile));
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? text.length : end);
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
