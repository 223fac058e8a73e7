import fc from 'fast-check';

/** Characters and words that mean something to one of the formats. */
const PIECES = [
  '\n',
  '\r\n',
  '\r',
  '\t',
  ' ',
  '  ',
  '\0',
  '\uFEFF',
  '\u2028',
  '\uD800',
  '🦊',
  '网络',
  ':',
  ': ',
  '- ',
  '-',
  '---\n',
  '...\n',
  '|\n',
  '>-\n',
  '#',
  ' # ',
  '"',
  "'",
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  '&a ',
  '*a',
  '<<: *a',
  '!tag ',
  '? ',
  '%YAML 1.1\n',
  '{{ .x }}',
  `$${'{X}'}`,
  '$(y)',
  '`',
  '<<EOF\n',
  'EOF\n',
  ';',
  '!',
  '\n!\n',
  'null',
  'true',
  '0',
  '-1',
  '1e999',
  '0x',
  '99999999999999999999',
  '10.0.0.0/8',
  '10.0.0.0/33',
  '0.0.0.0/0',
  '::/0',
  'fd00::/129',
  '::ffff:1.2.3.4',
  '/',
  '10.0.0.9-10.0.0.1',
  'all()',
  'has(',
  "a == 'b",
  '!!',
  '&& ||',
  'items:',
  'kind: List\n',
  'apiVersion: v1\n',
  'spec:',
  'metadata: []\n',
  'constructor',
  '__proto__: 1\n',
  'topology: []\n',
  'nodes:',
  'links: {}\n',
  'neighbor ',
  ' remote-as ',
  'router bgp x\n',
  'exit\n',
  'route-map X permit 10\n',
  'set protocols bgp ',
  'selvage-ignore */*',
  '[{"ipv4":[',
  '\\"',
] as const;

type Mutation =
  | { readonly does: 'insert'; readonly at: number; readonly text: string }
  | { readonly does: 'delete'; readonly at: number; readonly length: number }
  | { readonly does: 'copy'; readonly at: number; readonly length: number; readonly to: number }
  | { readonly does: 'cut'; readonly at: number }
  | { readonly does: 'indent'; readonly at: number; readonly by: number }
  | { readonly does: 'line ends' };

const place = fc.double({ min: 0, max: 1, noNaN: true });

export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constant('insert' as const), at: place, text: fc.constantFrom(...PIECES) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('insert' as const),
      at: place,
      text: fc.string({ unit: 'binary', maxLength: 8 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('delete' as const), at: place, length: fc.integer({ min: 1, max: 60 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('copy' as const),
      at: place,
      length: fc.integer({ min: 1, max: 400 }),
      to: place,
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('cut' as const), at: place }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('indent' as const), at: place, by: fc.integer({ min: -4, max: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('line ends' as const) }) },
);

/** A text after a mutation; places are parts of its length. */
export function mutated(text: string, step: Mutation): string {
  if (step.does === 'line ends')
    return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n');
  const at = Math.floor(step.at * text.length);
  switch (step.does) {
    case 'insert':
      return text.slice(0, at) + step.text + text.slice(at);
    case 'delete':
      return text.slice(0, at) + text.slice(at + step.length);
    case 'copy': {
      const to = Math.floor(step.to * text.length);
      return text.slice(0, to) + text.slice(at, at + step.length) + text.slice(to);
    }
    case 'cut':
      return text.slice(0, at);
    case 'indent': {
      const start = text.lastIndexOf('\n', at) + 1;
      const rest = text.slice(start);
      return (
        text.slice(0, start) +
        (step.by > 0 ? ' '.repeat(step.by) + rest : rest.replace(new RegExp(`^ {0,${-step.by}}`), ''))
      );
    }
  }
}
