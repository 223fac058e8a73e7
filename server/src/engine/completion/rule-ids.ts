import { RULES } from '../../rules/registry.ts';
import { verbatim } from '../../text.ts';
import { type Proposal, RANK } from './proposal.ts';
import type { Spot } from './spot.ts';
import { subjectAt } from './subject.ts';
import { keyInsert, keyPlace } from './writing.ts';

/** The rules below `rules:` of a selvage.yaml, with what each of them finds. */
export function ruleProposals(spot: Spot): readonly Proposal[] {
  const subject = subjectAt(spot);
  const cursor = spot.yaml;
  if (cursor === undefined || subject?.schema !== 'selvage/Config' || subject.path.at(-1) !== 'rules') return [];
  if (cursor.role === 'item' || (cursor.role === 'value' && cursor.flow)) return [];
  const place = keyPlace(cursor, spot.doc.text, 'mapping');
  return RULES.filter(({ id }) => !cursor.written.has(id)).map(
    ({ id, severity, docs }, index): Proposal => ({
      label: id,
      kind: 'name',
      detail: verbatim(severity),
      documentation: docs.summary,
      ...keyInsert(spot, place, id, 'scalar', []),
      replace: place.replace,
      rank: RANK.network + index / 1000,
    }),
  );
}
