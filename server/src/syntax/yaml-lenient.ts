/**
 * libyaml, which Kubernetes and containerlab read with, does not ask how far a quoted scalar or a flow collection is indented
 * once it has begun; the YAML specification and the `yaml` library do. A text that only breaks that rule is read as libyaml
 * does: the line breaks in question are taken for spaces, so every offset stays where it was.
 */

/** How many such places one document may have before it is taken for broken. */
export const MOST_REPAIRS = 64;

/**
 * A text with its alias keys (`*app: x`) such that the library sees the colon; undefined when there are none. libyaml ends
 * an alias there, YAML 1.2 takes the colon for a part of its name. The name is one character short in the result.
 */
export function withAliasKeys(text: string): string | undefined {
  const changed = text.replace(/^(\s*(?:- +)?\*[\w-]+)[\w-]:(?=\s|$)/gm, '$1 :');
  return changed === text ? undefined : changed;
}

interface Complaint {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** The text with the line breaks of one too little indented scalar or collection joined; undefined when that is not the trouble. */
export function joinedAt(text: string, complaint: Complaint): string | undefined {
  const quote = complaint.code === 'MISSING_CHAR' ? /^Missing closing (['"])/.exec(complaint.message)?.[1] : undefined;
  if (quote !== undefined) return joinedQuote(text, complaint.pos[0], quote);
  if (complaint.code === 'BAD_INDENT' && complaint.message.startsWith('Flow '))
    return joinedFlow(text, complaint.pos[0]);
  return undefined;
}

/** How many lines a quoted scalar may reach back from where the library misses its end. */
const LONGEST = 500;

function joinedQuote(text: string, near: number, quote: string): string | undefined {
  let lineEnd = text.indexOf('\n', text.lastIndexOf('\n', near - 1) + 1);
  if (lineEnd === -1) return undefined;
  for (let lines = 0; lines < LONGEST && lineEnd > 0; lines++) {
    const line = text.lastIndexOf('\n', lineEnd - 1) + 1;
    for (const match of text.slice(line, lineEnd).matchAll(/(?:^\s*|[:,[{]\s+|-\s+)(["'])/g)) {
      const open = line + match.index + match[0].length - 1;
      if (match[1] !== quote) continue;
      const close = closingQuote(text, open);
      if (close !== undefined && close >= near && close > lineEnd) return joined(text, open, close);
    }
    lineEnd = line - 1;
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
