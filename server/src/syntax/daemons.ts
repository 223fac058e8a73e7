import type { Problem, Span } from './span.ts';

/** One `name=yes` or `name=no` line of FRR's `daemons` file. `span` is the value. */
export interface DaemonSwitch {
  readonly name: string;
  readonly on: boolean;
  readonly nameSpan: Span;
  readonly span: Span;
}

export interface DaemonsTree {
  readonly text: string;
  /** Always empty: lines that are no switch (`bgpd_options=…`, shell code) are left alone. */
  readonly problems: readonly Problem[];
  readonly switches: readonly DaemonSwitch[];
  readonly comments: readonly Span[];
}

const SWITCH = /^([ \t]*)([A-Za-z]\w*)=(["']?)(yes|no)\3[ \t]*(?:#.*)?\r?$/gm;

/** Reads FRR's `daemons` file, which the init script sources as shell: the last of two lines for one daemon counts. */
export function parseDaemons(text: string): DaemonsTree {
  const switches = [...text.matchAll(SWITCH)].map((match): DaemonSwitch => {
    const [, indent = '', name = '', quote = '', value = ''] = match;
    const start = match.index + indent.length;
    const from = start + name.length + 1 + quote.length;
    return { name, on: value === 'yes', nameSpan: [start, start + name.length], span: [from, from + value.length] };
  });
  const comments = [...text.matchAll(/^[ \t]*(#[^\n]*)/gm)].map((match): Span => {
    const end = match.index + match[0].length;
    return [end - (match[1]?.length ?? 0), end];
  });
  return { text, problems: [], switches, comments };
}

/** The line that decides whether a daemon starts; undefined when the file does not name it. */
export function daemonSwitch(tree: DaemonsTree, name: string): DaemonSwitch | undefined {
  return tree.switches.findLast((entry) => entry.name === name);
}
