import type { Diagnostic, Engine } from '../../engine.ts';
import type { DocumentState } from '../../workspace/documents.ts';
import { shownPath } from '../scope.ts';

type Doc = Diagnostic['finding']['place']['doc'];
type Path = NonNullable<Diagnostic['finding']['place']['path']>;

/**
 * What a finding is about, by a name that survives edits around it: `kind/namespace/name` of the object and the field in it,
 * or the file and the path or text where there is no named object. Never a line number. List positions are left out,
 * because an item inserted above would change them.
 */
export function subjectOf(engine: Engine, diagnostic: Diagnostic, cwd: string): string {
  const { place } = diagnostic.finding;
  const states = engine.workspace.file(diagnostic.file)?.all ?? [];
  let doc: Doc | undefined = place.doc;
  let path: Path | undefined = place.path;
  let inside = '';
  while (doc !== undefined) {
    const owner = path === undefined ? undefined : ownerOf(states, doc, path);
    if (owner !== undefined) return `${owner.identity}${fieldOf(owner.rest)}${inside}`;
    inside = `${path === undefined ? '' : fieldOf(path)}${inside}`;
    path = doc.hostPath;
    doc = doc.parent;
  }
  return `${shownPath(diagnostic.file, cwd)}${inside === '' ? `#${lineOf(engine, diagnostic)}` : inside}`;
}

function ownerOf(
  states: readonly DocumentState[],
  doc: Doc,
  path: Path,
): { readonly identity: string; readonly rest: Path } | undefined {
  const resources = states.find((state) => state.doc === doc)?.resources ?? [];
  const owner = resources.find(
    ({ path: own, name }) => name?.value !== undefined && own.every((step, i) => step === path[i]),
  );
  if (owner === undefined) return undefined;
  const namespace = owner.namespace?.value;
  const identity = [owner.kind, ...(namespace === undefined ? [] : [namespace]), owner.name!.value!].join('/');
  return { identity, rest: path.slice(owner.path.length) };
}

function fieldOf(path: Path): string {
  return path.length === 0 ? '' : `#${path.map((step) => (typeof step === 'number' ? '*' : step)).join('.')}`;
}

/** The words of the line, for formats whose places have no path. */
function lineOf(engine: Engine, { file, range }: Diagnostic): string {
  const line = engine.workspace.file(file)?.text.split('\n')[range.start.line] ?? '';
  return line.trim().replace(/\s+/g, ' ');
}
