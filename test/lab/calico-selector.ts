/** Whether a Calico selector selects these labels, for the operators that the scenarios use. */
export function selects(selector: string, labels: Readonly<Record<string, string>>): boolean {
  const text = selector.trim();
  for (const [operator, all] of [
    ['||', false],
    ['&&', true],
  ] as const) {
    const parts = splitOutside(text, operator);
    if (parts.length > 1)
      return all ? parts.every((part) => selects(part, labels)) : parts.some((part) => selects(part, labels));
  }
  if (text === '' || text === 'all()') return true;
  if (text.startsWith('!')) return !selects(text.slice(1), labels);
  if (text.startsWith('(') && text.endsWith(')')) return selects(text.slice(1, -1), labels);
  const has = /^has\(\s*([^)\s]+)\s*\)$/.exec(text);
  if (has !== null) return has[1]! in labels;
  const equal = /^(\S+)\s*(==|!=)\s*['"]([^'"]*)['"]$/.exec(text);
  if (equal !== null) return (labels[equal[1]!] === equal[3]) === (equal[2] === '==');
  const list = /^(\S+)\s+(not\s+)?in\s*\{([^}]*)\}$/.exec(text);
  if (list === null) throw new Error(`The lab does not know the selector ${text}`);
  const values = list[3]!.split(',').map((value) => value.trim().slice(1, -1));
  const value = labels[list[1]!];
  return (value !== undefined && values.includes(value)) === (list[2] === undefined);
}

function splitOutside(text: string, operator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let begin = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')') depth--;
    if (depth > 0 || !text.startsWith(operator, at)) continue;
    parts.push(text.slice(begin, at));
    begin = at + operator.length;
    at = begin - 1;
  }
  return [...parts, text.slice(begin)];
}
