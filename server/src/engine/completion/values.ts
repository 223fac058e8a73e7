import { type FieldInfo, schemaAt } from '../../schemas/index.ts';
import { fieldDocumentation } from './field-text.ts';
import { type Proposal, RANK } from './proposal.ts';
import type { Spot } from './spot.ts';
import { subjectAt } from './subject.ts';
import { valuePlace } from './value-place.ts';
import { scalarAt } from './writing.ts';

/** The values that the schema allows at the cursor, the default first. */
export function valueProposals(spot: Spot): readonly Proposal[] {
  const subject = subjectAt(spot);
  const place = subject && valuePlace(spot, subject);
  if (subject?.schema === undefined || place === undefined) return [];
  const info = schemaAt(subject.schema, place.path);
  if (info === undefined) return [];
  return valuesOf(info).map(
    ({ text, isDefault, isText }, index): Proposal => ({
      label: text === '' ? '""' : text,
      kind: 'value',
      ...(isDefault && { detail: { en: 'default', 'zh-cn': '默认值' } }),
      documentation: fieldDocumentation(info),
      insert: place.before + written(spot, text, isText),
      replace: place.replace,
      rank: RANK.schema + (isDefault ? 0 : 1 + index / 1000),
      ...(isDefault && { preselect: true as const }),
    }),
  );
}

function written(spot: Spot, text: string, isText: boolean): string {
  if (text === '' && spot.yaml?.quote === '') return '""';
  return scalarAt(spot, text, isText ? 'text' : 'literal');
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
