import type { SelectorNode } from './selector.ts';
import { quoted } from './selector-tokens.ts';

const OPERATORS = {
  equals: '==',
  notEquals: '!=',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
} as const;

type Quote = '"' | "'";

/**
 * The canonical spelling of a selector: single spaces, sets sorted without duplicates, nested groups in parentheses, and
 * values in double quotes, or in the others where those are what the text around them leaves free.
 */
export function formatSelector(node: SelectorNode, quotes: Quote = '"'): string {
  switch (node.op) {
    case 'all':
    case 'global':
      return `${node.op}()`;
    case 'has':
      return `has(${node.label})`;
    case 'not':
      return `!${nested(node.operand, quotes)}`;
    case 'and':
    case 'or':
      return node.operands.map((operand) => nested(operand, quotes)).join(node.op === 'and' ? ' && ' : ' || ');
    case 'in':
    case 'notIn': {
      const values = [...new Set(node.values)].sort().map((value) => quoted(value, quotes));
      return `${node.label} ${node.op === 'in' ? 'in' : 'not in'} {${values.join(', ')}}`;
    }
    default:
      return `${node.label} ${OPERATORS[node.op]} ${quoted(node.value, quotes)}`;
  }
}

function nested(node: SelectorNode, quotes: Quote): string {
  const text = formatSelector(node, quotes);
  return node.op === 'and' || node.op === 'or' ? `(${text})` : text;
}
