import { workingFolder } from '../../assembly/labs.ts';
import { birdPositionAt } from '../../syntax/bird-position.ts';
import type { Span } from '../../syntax/span.ts';
import type { DirectoryEntry } from '../../workspace/file-system.ts';
import { folderOf, resolvePath } from '../../workspace/uri.ts';
import { type Proposal, RANK } from './proposal.ts';
import type { Spot } from './spot.ts';
import { subjectAt } from './subject.ts';
import { valuePlace } from './value-place.ts';

/** A folder whose entries may be written at the cursor. */
export interface PathQuestion {
  /** URI of the folder. */
  readonly folder: string;
  /** The name that is typed, to its end. */
  readonly replace: Span;
  readonly before: string;
  /** A bind goes on with where its file is mounted. */
  readonly isBind: boolean;
}

const PATHS = /(^|\.)(startup-config|license|binds\.\[\]|env-files\.\[\])$/;

/** The folder that a path of a topology is in, or one that BIRD includes; undefined elsewhere, and for paths outside the file's reach. */
export function pathQuestion(spot: Spot): PathQuestion | undefined {
  if (spot.doc.format === 'bird') return includeQuestion(spot);
  const { doc, yaml, offset } = spot;
  const subject = subjectAt(spot);
  const place = subject && valuePlace(spot, subject);
  if (yaml === undefined || place === undefined || subject?.schema !== 'containerlab/Topology') return undefined;
  const field = place.path.map((step) => (typeof step === 'number' ? '[]' : step)).join('.');
  const home = workingFolder(doc);
  const typed = doc.text.slice(yaml.token[0], offset);
  if (!PATHS.test(field) || home === undefined || /^[/~]|[:$]|__/.test(typed)) return undefined;
  const slash = typed.lastIndexOf('/') + 1;
  const rest = /^[^/:"'\s,\]}]*/.exec(doc.text.slice(offset, yaml.token[1]))![0];
  const isListItem = place.before !== '';
  return {
    folder: resolvePath(home, typed.slice(0, slash)),
    replace: isListItem ? place.replace : [yaml.token[0] + slash, offset + rest.length],
    before: place.before,
    isBind: field.endsWith('binds.[]') && !/^[^\s"',\]}]*:/.test(doc.text.slice(offset, yaml.token[1])),
  };
}

/** Inside the quotes of `include "…"`. */
function includeQuestion({ doc, offset }: Spot): PathQuestion | undefined {
  if (doc.tree.format !== 'bird' || doc.parent !== undefined) return undefined;
  const position = birdPositionAt(doc.tree.bird, offset);
  if (position === undefined) return undefined;
  const { words, token } = position;
  const typed = doc.text.slice(token[0], offset);
  const isPath = words.length === 1 && words[0]!.text === 'include' && doc.text[token[0] - 1] === '"';
  if (!isPath || /^[/~]/.test(typed)) return undefined;
  const slash = typed.lastIndexOf('/') + 1;
  return {
    folder: resolvePath(folderOf(doc.file), typed.slice(0, slash)),
    replace: [token[0] + slash, token[1]],
    before: '',
    isBind: false,
  };
}

/** Where images keep the files that are mostly mounted. */
const MOUNTED: Readonly<Record<string, string>> = {
  'frr.conf': '/etc/frr/frr.conf',
  daemons: '/etc/frr/daemons',
  'vtysh.conf': '/etc/frr/vtysh.conf',
};

/** The entries of the folder as proposals, folders with a slash behind them. */
export function pathProposals(question: PathQuestion, entries: readonly DirectoryEntry[]): readonly Proposal[] {
  return entries
    .filter(({ name, kind }) => kind !== 'other' && !name.startsWith('.'))
    .map(({ name, kind }): Proposal => {
      const mount = question.isBind && kind === 'file' ? MOUNTED[name] : undefined;
      return {
        label: kind === 'directory' ? `${name}/` : name,
        kind: kind === 'directory' ? 'folder' : 'file',
        insert: question.before + (kind === 'directory' ? `${name}/` : mount === undefined ? name : `${name}:${mount}`),
        replace: question.replace,
        rank: RANK.network + (kind === 'directory' ? 1 : 0),
        ...(kind === 'directory' && { again: true as const }),
      };
    });
}
