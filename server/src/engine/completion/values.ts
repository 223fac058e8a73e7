import { type FieldInfo, schemaAt } from '../../schemas/index.ts';
import { fieldDocumentation } from './field-text.ts';
import { type Proposal, RANK } from './proposal.ts';
import type { Spot } from './spot.ts';
import { subjectAt } from './subject.ts';
import { keyPlace, scalarAt } from './writing.ts';

/** The values that the schema allows at the cursor, the default first. */
export function valueProposals(spot: Spot): readonly Proposal[] {
  const subject = subjectAt(spot);
  const cursor = spot.yaml;
  if (subject?.schema === undefined || cursor === undefined) return [];
  const own = schemaAt(subject.schema, subject.path);
  const isList = cursor.role !== 'item' && own?.types.includes('array') === true && own.enum === undefined;
  if (cursor.role === 'key' && !isList) return [];
  if (isList && cursor.flow) return [];
  const info = isList ? schemaAt(subject.schema, [...subject.path, 0]) : own;
  if (info === undefined) return [];
  const { before, replace } = isList ? keyPlace(cursor, spot.doc.text, 'item') : { before: '', replace: cursor.token };
  return valuesOf(info).map(
    ({ text, isDefault, isText }, index): Proposal => ({
      label: text === '' ? '""' : text,
      kind: 'value',
      ...(isDefault && { detail: { en: 'default', 'zh-cn': '默认值' } }),
      documentation: fieldDocumentation(info),
      insert: before + (text === '' && cursor.quote === '' ? '""' : scalarAt(spot, text, isText ? 'text' : 'literal')),
      replace,
      rank: RANK.schema + (isDefault ? 0 : 1 + index / 1000),
      ...(isDefault && { preselect: true as const }),
    }),
  );
}

interface Value {
  readonly text: string;
  readonly isDefault: boolean;
  readonly isText: boolean;
}

function valuesOf(info: FieldInfo): readonly Value[] {
  const value = (one: unknown): Value => ({
    text: String(one),
    isDefault: one === info.default,
    isText: typeof one === 'string',
  });
  if (info.enum !== undefined) return info.enum.map(value);
  if (info.types.length === 1 && info.types[0] === 'boolean') return [true, false].map(value);
  const isScalar = typeof info.default === 'string' || typeof info.default === 'number';
  return isScalar && info.default !== '' ? [value(info.default)] : [];
}
