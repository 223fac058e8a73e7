import type { Problem, Span } from './span.ts';

/** One `name=value` or bare `name` line of a dnsmasq configuration. */
export interface DnsmasqLine {
  readonly name: string;
  readonly nameSpan: Span;
  /** Without the comment behind it; absent for a switch such as `strict-order`. */
  readonly value?: string;
  readonly valueSpan?: Span;
}

export interface DnsmasqTree {
  readonly text: string;
  /** Always empty: options that are not known are left alone. */
  readonly problems: readonly Problem[];
  readonly lines: readonly DnsmasqLine[];
}

/** Reads `dnsmasq.conf`. A `#` begins a comment at the start of a line or behind white space (dnsmasq(8)). */
export function parseDnsmasq(text: string): DnsmasqTree {
  const lines: DnsmasqLine[] = [];
  for (const match of text.matchAll(/^[^\n]*/gm)) {
    const line = match[0].replace(/(^|\s)#.*$/, '');
    const parts = /^(\s*)([a-z0-9-]+)(\s*=\s*)?(.*?)\s*$/i.exec(line);
    if (parts === null) continue;
    const [, indent = '', name = '', equals = '', value = ''] = parts;
    const start = match.index + indent.length;
    const nameSpan: Span = [start, start + name.length];
    if (equals === '') {
      if (value === '') lines.push({ name, nameSpan });
      continue;
    }
    const from = nameSpan[1] + equals.length;
    lines.push({ name, nameSpan, value, valueSpan: [from, from + value.length] });
  }
  return { text, problems: [], lines };
}

const TELLING =
  /^[ \t]*(server|listen-address|resolv-file|addn-hosts|strict-order|no-resolv|address|local|dhcp-range|bind-interfaces|domain-needed|bogus-priv|interface|cache-size|expand-hosts|no-hosts|conf-dir)\b/m;

/** Whether a text has at least one of dnsmasq's usual options. */
export function looksLikeDnsmasq(text: string): boolean {
  return TELLING.test(text);
}
