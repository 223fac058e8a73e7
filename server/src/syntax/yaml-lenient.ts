/**
 * libyaml, which Kubernetes and containerlab read with, does not ask how far a quoted scalar or a flow collection is indented
 * once it has begun; the YAML specification and the `yaml` library do. A text that only breaks that rule is read as libyaml
 * does: the line breaks in question are taken for spaces, so every offset stays where it was.
 */

/** How many such places one document may have before it is taken for broken. */
export const MOST_REPAIRS = 64;

interface Complaint {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** The text with the line breaks of one too little indented scalar or collection joined; undefined when that is not the trouble. */
export function joinedAt(text: string, complaint: Complaint): string | undefined {
  if (complaint.code === 'MISSING_CHAR' && /^Missing closing ['"]/.test(complaint.message))
    return joinedQuote(text, complaint.pos[0]);
  if (complaint.code === 'BAD_INDENT' && complaint.message.startsWith('Flow '))
    return joinedFlow(text, complaint.pos[0]);
  return undefined;
}

function joinedQuote(text: string, near: number): string | undefined {
  const line = text.lastIndexOf('\n', near - 1) + 1;
  const lineEnd = text.indexOf('\n', line);
  if (lineEnd === -1) return undefined;
  for (const match of text.slice(line, lineEnd).matchAll(/(?:^\s*|[:,[{]\s+|-\s+)(["'])/g)) {
    const open = line + match.index + match[0].length - 1;
    const close = closingQuote(text, open);
    if (close !== undefined && close > lineEnd) return joined(text, open, close);
  }
  return undefined;
}

function closingQuote(text: string, open: number): number | undefined {
  const quote = text[open];
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text[at] === quote) {
      if (quote !== "'" || text[at + 1] !== "'") return at;
      at++;
    }
  }
  return undefined;
}

function joinedFlow(text: string, near: number): string | undefined {
  let depth = 0;
  for (let at = near - 1; at >= 0; at--) {
    const char = text[at];
    if (char === ']' || char === '}') depth++;
    else if (char === '[' || char === '{') {
      if (depth === 0) {
        const close = closingBracket(text, at);
        const inside = close === undefined ? '#' : text.slice(at, close);
        // A comment would swallow what follows it on a joined line.
        return close === undefined || /\s#/.test(inside) ? undefined : joined(text, at, close);
      }
      depth--;
    }
  }
  return undefined;
}

function closingBracket(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const char = text[at];
    if (char === '"' || char === "'") {
      const close = /[\s,:[{]/.test(text[at - 1] ?? ' ') ? closingQuote(text, at) : undefined;
      if (close !== undefined) at = close;
    } else if (char === '[' || char === '{') depth++;
    else if (char === ']' || char === '}') {
      depth--;
      if (depth === 0) return at;
    }
  }
  return undefined;
}

function joined(text: string, from: number, to: number): string | undefined {
  const inside = text.slice(from, to);
  // A document marker ends everything, also for libyaml.
  if (/\n(---|\.\.\.)(\s|$)/.test(inside) || !inside.includes('\n')) return undefined;
  return text.slice(0, from) + inside.replace(/[\r\n]/g, ' ') + text.slice(to);
}
