import type { DnsmasqTree } from '../../syntax/dnsmasq.ts';
import type { Doc, Field } from '../../syntax/document.ts';
import type { ResolvTree } from '../../syntax/resolv.ts';
import { isTemplated } from '../../syntax/scalar.ts';

/** A dnsmasq configuration: where it listens and whom it asks. */
export interface Forwarder {
  readonly kind: 'dns/Forwarder';
  readonly doc: Doc;
  readonly path: readonly [];
  readonly listenAddresses: readonly Field<string>[];
  /** `server=` and `local=` lines with an address. */
  readonly servers: readonly ForwardServer[];
  readonly resolvFile?: Field<string>;
  readonly noResolv: boolean;
  readonly port?: Field<string>;
}

export interface ForwardServer {
  /** The domains it is asked for; none means every name. */
  readonly domains: readonly Field<string>[];
  /** Without a port. */
  readonly address: Field<string>;
}

/** A `resolv.conf`. */
export interface Resolver {
  readonly kind: 'dns/Resolver';
  readonly doc: Doc;
  readonly path: readonly [];
  readonly nameservers: readonly Field<string>[];
}

export function forwarderOf(doc: Doc, tree: DnsmasqTree): Forwarder {
  const valuesOf = (name: string): readonly Field<string>[] =>
    tree.lines.flatMap((line) => {
      if (line.name !== name || line.value === undefined || line.valueSpan === undefined) return [];
      return [field(doc, line.value, line.valueSpan[0])];
    });
  const resolvFile = valuesOf('resolv-file').at(-1);
  const port = valuesOf('port').at(-1);
  return {
    kind: 'dns/Forwarder',
    doc,
    path: [],
    listenAddresses: valuesOf('listen-address').flatMap((one) => split(one, ',')),
    servers: [...valuesOf('server'), ...valuesOf('local')].flatMap(serverOf),
    ...(resolvFile && { resolvFile }),
    noResolv: tree.lines.some(({ name }) => name === 'no-resolv'),
    ...(port && { port }),
  };
}

/** `10.0.0.1`, `10.0.0.1#5353` or `/cluster.local/example.org/10.96.0.10`. */
function serverOf(written: Field<string>): readonly ForwardServer[] {
  const parts = split(written, '/');
  const last = parts.at(-1);
  if (last === undefined) return [];
  const [address] = split(last, '#');
  if (address === undefined || address.value === '') return [];
  return [{ domains: parts.slice(0, -1).filter(({ value }) => value !== ''), address }];
}

export function resolverOf(doc: Doc, tree: ResolvTree): Resolver {
  const nameservers = tree.lines.flatMap(({ keyword, words }) =>
    keyword === 'nameserver' && words[0] !== undefined ? [field(doc, words[0].text, words[0].span[0])] : [],
  );
  return { kind: 'dns/Resolver', doc, path: [], nameservers };
}

function field(doc: Doc, text: string, start: number): Field<string> {
  return { value: isTemplated(text) ? undefined : text, place: { doc, span: [start, start + text.length] } };
}

function split(whole: Field<string>, separator: string): readonly Field<string>[] {
  if (whole.value === undefined) return [];
  const { doc, span } = whole.place;
  let at = span?.[0] ?? 0;
  return whole.value.split(separator).map((part) => {
    const leading = part.length - part.trimStart().length;
    const one = field(doc, part.trim(), at + leading);
    at += part.length + separator.length;
    return one;
  });
}
