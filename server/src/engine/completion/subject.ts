import { type SchemaKey, schemaKeyOf } from '../../schemas/index.ts';
import type { Path } from '../../syntax/tree.ts';
import { CONFIGURATION_NAMES } from '../../workspace/configuration.ts';
import { baseName } from '../../workspace/uri.ts';
import type { Spot } from './spot.ts';

/** The object that is being written, by what it says of itself so far. */
export interface Subject {
  readonly apiVersion?: string;
  readonly kind?: string;
  /** Absent for an object that no schema describes. */
  readonly schema?: SchemaKey;
  /** Path of the object in its document: of an item of a list, or the root. */
  readonly at: Path;
  /** Path of the cursor inside the object. */
  readonly path: Path;
}

/** The object around a cursor in YAML; undefined elsewhere. */
export function subjectAt({ doc, yaml }: Pick<Spot, 'doc' | 'yaml'>): Subject | undefined {
  if (yaml === undefined) return undefined;
  if (doc.parent === undefined && CONFIGURATION_NAMES.has(baseName(doc.file)))
    return { schema: 'selvage/Config', at: [], path: yaml.path };
  const listed = yaml.path[0] === 'items' && typeof yaml.path[1] === 'number' && isList(yaml.textAt([], 'kind'));
  const at = listed
    ? yaml.path.slice(0, 2)
    : typeof yaml.path[0] === 'number' && yaml.path.length > 1
      ? yaml.path.slice(0, 1)
      : [];
  const list = yaml.textAt([], 'kind');
  const typed = listed && list !== 'List' ? list?.slice(0, -'List'.length) : undefined;
  const apiVersion = yaml.textAt(at, 'apiVersion') ?? (listed ? yaml.textAt([], 'apiVersion') : undefined);
  const kind = yaml.textAt(at, 'kind') ?? typed;
  const schema =
    schemaKeyOf(apiVersion, kind) ??
    (kind === undefined && isTopology(doc.file, doc.text) ? 'containerlab/Topology' : undefined);
  return {
    at,
    path: yaml.path.slice(at.length),
    ...(apiVersion !== undefined && { apiVersion }),
    ...(kind !== undefined && { kind }),
    ...(schema !== undefined && { schema }),
  };
}

function isList(kind: string | undefined): boolean {
  return kind?.endsWith('List') === true;
}

/** By its name, or by the one key that no other tool's file of that shape has. */
function isTopology(file: string, text: string): boolean {
  if (/\.clab\.ya?ml$/.test(file) && !/^apiVersion\s*:/m.test(text)) return true;
  return /^topology[ \t]*:/m.test(text) && /^name[ \t]*:/m.test(text);
}
