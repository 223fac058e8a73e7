import { RULES } from '../../rules/registry.ts';
import type { Rule } from '../../rules/rule.ts';
import { lineStart } from '../../syntax/yaml-line.ts';
import { verbatim } from '../../text.ts';
import { type Proposal, RANK } from './proposal.ts';
import type { Spot } from './spot.ts';
import { subjectAt } from './subject.ts';
import { keyInsert, keyPlace } from './writing.ts';

/** The rules below `rules:` of a selvage.yaml and in comments that silence them, with what each of them finds. */
export function ruleProposals(spot: Spot): readonly Proposal[] {
  return spot.yaml === undefined ? inComment(spot) : inConfiguration(spot);
}

/** A comment that silences rules, up to the id that is typed (ignore-comment.ts). */
const SILENCES = /(?:#|!|\/\/|\/\*)\s*selvage-ignore(?:-file)?[:\s]+(?:[a-z0-9*/-]+[,\s]+)*([a-z0-9*/-]*)$/;

function inComment({ doc, offset }: Spot): readonly Proposal[] {
  const typed = SILENCES.exec(doc.text.slice(lineStart(doc.text, offset), offset))?.[1];
  if (typed === undefined) return [];
  const rest = /^[a-z0-9*/-]*/.exec(doc.text.slice(offset, offset + 100))![0];
  return RULES.map((rule, index) => ({
    ...proposalOf(rule, index),
    insert: rule.id,
    replace: [offset - typed.length, offset + rest.length],
  }));
}

function proposalOf({ id, severity, docs }: Rule, index: number): Omit<Proposal, 'insert' | 'replace'> {
  return {
    label: id,
    kind: 'name',
    detail: verbatim(severity),
    documentation: docs.summary,
    rank: RANK.network + index / 1000,
  };
}

function inConfiguration(spot: Spot): readonly Proposal[] {
  const subject = subjectAt(spot);
  const cursor = spot.yaml;
  if (cursor === undefined || subject?.schema !== 'selvage/Config' || subject.path.at(-1) !== 'rules') return [];
  if (cursor.role === 'item' || (cursor.role === 'value' && cursor.flow)) return [];
  const place = keyPlace(cursor, spot.doc.text, 'mapping');
  return RULES.filter(({ id }) => !cursor.written.has(id)).map((rule, index) => ({
    ...proposalOf(rule, index),
    ...keyInsert(spot, place, rule.id, 'scalar', []),
    replace: place.replace,
  }));
}
