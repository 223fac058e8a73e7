import type { Engine } from '../engine.ts';
import type { Language } from '../text.ts';
import type { Session } from './session.ts';

/** What a rule's page says, in the editor's language. */
export interface RulePage {
  readonly id: string;
  readonly severity: string;
  readonly summary: string;
  readonly why: string;
  readonly source: string;
}

/** Answers `selvage/rule`: null for an id that there is none of. */
export function ruleOf({ engine, client }: Session, id: unknown): RulePage | null {
  const rule = engine.rules.find((one) => one.id === id);
  return rule === undefined ? null : pageOf(rule, client.language);
}

/** Answers `selvage/rules`: all of them, in order of id. */
export function rulesOf({ engine, client }: Session): readonly RulePage[] {
  return engine.rules.map((rule) => pageOf(rule, client.language));
}

function pageOf({ id, severity, docs }: Engine['rules'][number], language: Language): RulePage {
  return { id, severity, summary: docs.summary[language], why: docs.why[language], source: docs.source };
}
