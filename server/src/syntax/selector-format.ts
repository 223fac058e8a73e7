import type { SelectorNode } from './selector.ts';
import { quoted } from './selector-tokens.ts';

const OPERATORS = {
  equals: '==',
  notEquals: '!=',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
} as const;

/** The canonical spelling of a selector: single spaces, double quotes, sets sorted without duplicates, nested groups in parentheses. */
export function formatSelector(node: SelectorNode): string {
  switch (node.op) {
    case 'all':
    case 'global':
      return `${node.op}()`;
    case 'has':
      return `has(${node.label})`;
    case 'not':
      return `!${nested(node.operand)}`;
    case 'and':
    case 'or':
      return node.operands.map(nested).join(node.op === 'and' ? ' && ' : ' || ');
    case 'in':
    case 'notIn': {
      const values = [...new Set(node.values)].sort().map((value) => quoted(value, '"'));
      return `${node.label} ${node.op === 'in' ? 'in' : 'not in'} {${values.join(', ')}}`;
    }
    default:
      return `${node.label} ${OPERATORS[node.op]} ${quoted(node.value, '"')}`;
  }
}

function nested(node: SelectorNode): string {
  const text = formatSelector(node);
  return node.op === 'and' || node.op === 'or' ? `(${text})` : text;
}
