import { type FieldInfo, fieldsAt, type SchemaKey, schemaAt } from '../../schemas/index.ts';
import type { Path } from '../../syntax/tree.ts';
import { fieldDetail, fieldDocumentation } from './field-text.ts';
import { type Proposal, RANK } from './proposal.ts';
import type { Spot } from './spot.ts';
import { type Subject, subjectAt } from './subject.ts';
import { keyInsert, keyPlace } from './writing.ts';

/** The fields that the schema knows for the mapping at the cursor: required ones first, those that it has left out. */
export function fieldProposals(spot: Spot): readonly Proposal[] {
  const subject = subjectAt(spot);
  const cursor = spot.yaml;
  if (subject?.schema === undefined || cursor === undefined) return [];
  // In brackets, and in quotes, an item is no mapping.
  if (cursor.role === 'item' && (cursor.flow || cursor.quote !== '')) return [];
  const { schema, path } = subject;
  const own = schemaAt(schema, path);
  const isList = cursor.role !== 'item' && !cursor.flow && own?.types.includes('array') === true;
  if (cursor.role === 'value' && (cursor.flow || !(isList || own?.types.includes('object') === true))) return [];
  const at = isList ? [...path, 0] : path;
  const place = keyPlace(cursor, spot.doc.text, isList ? 'item' : 'mapping');
  return fieldsAt(schema, at)
    .filter(({ name }) => isList || cursor.role === 'value' || !cursor.written.has(name))
    .filter(({ name }) => !isNobodys(subject, at, name))
    .map((info, index): Proposal => {
      const written = keyInsert(spot, place, info.name, sortOf(info), requiredBelow(schema, [...at, info.name]));
      return {
        label: info.name,
        kind: 'field',
        detail: fieldDetail(info),
        documentation: fieldDocumentation(info),
        ...written,
        replace: place.replace,
        rank: RANK.schema + groupOf(info) + Math.min(index, 120) / 1000,
        ...(info.deprecated && { deprecated: true as const }),
      };
    });
}

/** What must be there, what most files have, the rest, and what is going away. */
function groupOf({ name, required, deprecated }: FieldInfo): number {
  if (required) return 0;
  if (deprecated) return 190;
  const usual = USUAL.indexOf(name);
  return usual === -1 ? 60 : 1 + usual;
}

/** The fields that stand in most of the files that people write, in the order in which they write them. */
const USUAL = (
  'apiVersion kind metadata spec name namespace labels peerIP asNumber nodeSelector peerSelector cidr ipipMode vxlanMode natOutgoing ' +
  'blockSize subnet ips gateway bgp ipv4Address selector types ingress egress action protocol source destination ports ' +
  'nodes links image binds exec endpoints'
).split(' ');

/** What the cluster writes itself. */
function isNobodys({ schema }: Subject, at: Path, name: string): boolean {
  if (at.length === 0) return name === 'status' && schema !== 'containerlab/Topology';
  return (
    at.length === 1 &&
    at[0] === 'metadata' &&
    /^(creationTimestamp|deletion.*|generation|managedFields|resourceVersion|selfLink|uid|ownerReferences|finalizers|generateName)$/.test(
      name,
    )
  );
}

function sortOf({ types }: FieldInfo): 'scalar' | 'mapping' | 'list' {
  if (types.includes('string') || types.includes('integer') || types.includes('number')) return 'scalar';
  return types.includes('array') ? 'list' : types.includes('object') ? 'mapping' : 'scalar';
}

/** The fields of a mapping that must be there and are plain values. */
function requiredBelow(schema: SchemaKey, path: Path): readonly string[] {
  // Nothing is without a name; that some objects may be given one by the cluster is for those who ask for it.
  if (path.length === 1 && path[0] === 'metadata') return ['name'];
  const fields = fieldsAt(schema, path).filter(({ required }) => required);
  return fields.every((field) => sortOf(field) === 'scalar') ? fields.map(({ name }) => name) : [];
}
