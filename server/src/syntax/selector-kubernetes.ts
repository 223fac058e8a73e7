import { quoted } from './selector-tokens.ts';
import type { Span } from './span.ts';

const KEY = '[A-Za-z0-9_./-]+';
const EQUALITY = new RegExp(`^(${KEY})\\s*(==?|!=)\\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_.-]*))$`);
const MEMBERSHIP = new RegExp(`^(${KEY})\\s+(in|notin)\\s*\\(([^(){}]*)\\)$`);
const EXISTENCE = new RegExp(`^(!?)\\s*(${KEY})$`);

/**
 * What a Kubernetes label selector of at least two requirements, such as `a=b,c in (d,e),!f`, is in Calico's language;
 * undefined when the text is none.
 */
export function kubernetesStyle(text: string): { readonly span: Span; readonly text: string } | undefined {
  const requirements = splitAtCommas(text);
  if (requirements.length < 2) return undefined;
  const conditions: string[] = [];
  for (const requirement of requirements) {
    const condition = conditionOf(requirement.trim());
    if (condition === undefined) return undefined;
    conditions.push(condition);
  }
  const start = text.length - text.trimStart().length;
  return { span: [start, text.trimEnd().length], text: conditions.join(' && ') };
}

function conditionOf(requirement: string): string | undefined {
  const equality = EQUALITY.exec(requirement);
  if (equality) {
    const [, key, operator, double, single, bare] = equality;
    return `${key} ${operator === '!=' ? '!=' : '=='} ${quoted(double ?? single ?? bare ?? '', "'")}`;
  }
  const membership = MEMBERSHIP.exec(requirement);
  if (membership) {
    const [, key, operator, list = ''] = membership;
    const values = list.split(',').map((value) => quoted(value.trim().replace(/^(["'])(.*)\1$/, '$2'), '"'));
    return `${key} ${operator === 'in' ? 'in' : 'not in'} {${values.join(', ')}}`;
  }
  const existence = EXISTENCE.exec(requirement);
  return existence ? `${existence[1]}has(${existence[2]})` : undefined;
}

/** Splits at commas that stand in no quotes and no parentheses. */
function splitAtCommas(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '(' || c === '{') depth += 1;
    else if (c === ')' || c === '}') depth -= 1;
    else if (c === ',' && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, text.slice(start)];
}
