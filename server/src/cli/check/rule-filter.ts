import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { matchesRule, nearestRules, ruleOf } from '../../engine/catalogue.ts';
import { refuse } from '../refusal.ts';

export interface RuleFilter {
  readonly wanted: (code: string) => boolean;
  /** `--rule` takes every word after it; those that are files or folders were meant as paths. */
  readonly extraPaths: readonly string[];
}

/** What `--rule` asks for. Refuses ids that are no rule and no path. */
export function ruleFilter(ids: readonly string[], cwd: string): RuleFilter {
  const words = ids.flatMap((id) => id.split(',')).filter((id) => id !== '');
  const extraPaths = words.filter((word) => !isRule(word) && existsSync(resolve(cwd, word)));
  const rules = words.filter((word) => !extraPaths.includes(word));
  const unknown = rules.find((word) => !isRule(word));
  if (unknown !== undefined) refuseRule(unknown);
  return { wanted: (code) => rules.length === 0 || rules.some((rule) => matchesRule(rule, code)), extraPaths };
}

function isRule(word: string): boolean {
  return ruleOf(word) !== undefined || (word.endsWith('/*') && nearestRules(word).length > 0);
}

/** Refuses an unknown rule and names those that look like it. */
export function refuseRule(id: string): never {
  const near = nearestRules(id);
  const listed = near.join(', ');
  refuse({
    en: `There is no rule ${id}. ${near.length === 0 ? '`selvage rules` lists all of them.' : `Did you mean ${listed}?`}`,
    'zh-cn': `没有规则 ${id}。${near.length === 0 ? '`selvage rules` 会列出全部规则。' : `是否想输入 ${listed}？`}`,
  });
}
