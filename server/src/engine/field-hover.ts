import { schemaKey } from '../assembly/schema-problems.ts';
import type { Resource } from '../model/resource.ts';
import { type SchemaKey, schemaAt } from '../schemas/index.ts';
import { yamlOf } from '../syntax/document.ts';
import { spotAt } from '../syntax/path-at.ts';
import { nodeAt, type Path } from '../syntax/tree.ts';
import type { Text } from '../text.ts';
import { CONFIGURATION_NAMES } from '../workspace/configuration.ts';
import type { DocumentState } from '../workspace/documents.ts';
import type { FileState } from '../workspace/file-state.ts';
import { baseName } from '../workspace/uri.ts';
import { fieldDetail, fieldDocumentation } from './completion/field-text.ts';
import { documentsAt, offsetInDocument } from './documents-at.ts';
import type { HoverPart } from './hover.ts';

/** What the schema says of a field: over its key, and over a value that is one word. */
export function fieldHover(file: FileState, offset: number): HoverPart | undefined {
  const [state] = documentsAt(file, offset);
  const root = state && yamlOf(state.doc)?.root;
  if (state === undefined || root === undefined) return undefined;
  const spot = spotAt(root, offsetInDocument(state.doc, offset));
  if (spot === undefined || spot.path.length === 0) return undefined;
  if (spot.part === 'value' && nodeAt(root, spot.path)?.kind !== 'scalar') return undefined;
  const owner = ownerOf(state, spot.path);
  const path = spot.path.slice(owner?.at.length);
  const info = owner && path.length > 0 ? schemaAt(owner.key, path) : undefined;
  if (info === undefined) return undefined;
  const [detail, documentation] = [fieldDetail(info), fieldDocumentation(info)];
  const name = fieldPath(path);
  const said = (language: keyof Text): string =>
    [`**${name}**${detail[language] === '' ? '' : ` — ${detail[language]}`}`, documentation[language]]
      .filter((text) => text !== '')
      .join('\n\n');
  return {
    place: { doc: state.doc, path: spot.path, part: spot.part },
    text: { en: said('en'), 'zh-cn': said('zh-cn') },
  };
}

interface Owner {
  readonly key: SchemaKey;
  readonly at: Path;
}

/** The object of a document that a path is in, and its schema. */
function ownerOf({ doc, resources }: DocumentState, path: Path): Owner | undefined {
  if (CONFIGURATION_NAMES.has(baseName(doc.file)) && doc.parent === undefined) return { key: 'selvage/Config', at: [] };
  const resource = resources.find((one: Resource) => one.path.every((step, index) => path[index] === step));
  const key = resource && schemaKey(resource);
  return key && { key, at: resource.path };
}

/** `spec.ipPools[].cidr`: which item it is, one sees. */
function fieldPath(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}
