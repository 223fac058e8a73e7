import { editDistance } from '../network/near.ts';
import { RULES } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';

export type { Rule };
export { RULES };

export function ruleOf(id: string): Rule | undefined {
  return RULES.find((rule) => rule.id === id);
}

/** Whether a rule's id is meant by `family/name`, `family/*` or `*`. */
export function matchesRule(pattern: string, id: string): boolean {
  return pattern === id || pattern === '*' || (pattern.endsWith('/*') && id.startsWith(pattern.slice(0, -1)));
}

/** Ids that look like what was written, nearest first; all of a family for `family/*`. */
export function nearestRules(written: string, most = 3): readonly string[] {
  const asked = written.toLowerCase();
  if (asked.endsWith('/*')) return RULES.map(({ id }) => id).filter((id) => matchesRule(asked, id));
  const name = asked.slice(asked.indexOf('/') + 1);
  const limit = Math.max(2, asked.length >> 2);
  return RULES.map(({ id }) => ({ id, distance: distanceTo(id, asked, name, limit) }))
    .filter(({ distance }) => distance <= limit)
    .sort((one, other) => one.distance - other.distance || (one.id < other.id ? -1 : 1))
    .slice(0, most)
    .map(({ id }) => id);
}

/** People forget the family more often than the name. */
function distanceTo(id: string, asked: string, name: string, limit: number): number {
  const own = id.slice(id.indexOf('/') + 1);
  if (own === name || (name.length > 3 && own.includes(name))) return 1;
  return Math.min(editDistance(asked, id, limit), editDistance(name, own, limit));
}
