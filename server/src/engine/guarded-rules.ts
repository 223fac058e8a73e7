import type { Rule, RuleId } from '../rules/rule.ts';

/**
 * The same rules, of which one that throws says nothing more instead of silencing all others. `onFailure` hears of it; what
 * the rule reported before stays.
 */
export function guardedRules(
  rules: readonly Rule[],
  onFailure: (rule: RuleId, error: unknown) => void,
): readonly Rule[] {
  return rules.map((rule) => {
    const guarded = <A extends readonly unknown[]>(run: (...input: A) => void): ((...input: A) => void) => {
      return (...input) => {
        try {
          run(...input);
        } catch (error) {
          onFailure(rule.id, error);
        }
      };
    };
    return {
      ...rule,
      ...(rule.document && { document: guarded(rule.document) }),
      ...(rule.check && { check: guarded(rule.check) }),
      ...(rule.each && {
        each: Object.fromEntries(
          Object.entries(rule.each).map(([kind, run]) => [kind, guarded(run as (...input: unknown[]) => void)]),
        ) as NonNullable<Rule['each']>,
      }),
    };
  });
}
