import { readFileSync } from 'node:fs';

const KINDS = ['BGPPeer', 'IPPool', 'NetworkPolicy', 'Node'];

/** Selvage's own schemas as one, so that yaml-language-server checks the same objects by the same words. */
export function peerSchema(): string {
  const definitions = Object.fromEntries(
    KINDS.map((kind) => {
      const text = readFileSync(new URL(`../../schemas/calico/${kind}.json`, import.meta.url), 'utf8');
      const { $schema, ...schema } = JSON.parse(text.replaceAll('#/$defs/', `#/definitions/${kind}/$defs/`)) as Record<
        string,
        unknown
      >;
      return [kind, schema];
    }),
  );
  const allOf = KINDS.map((kind) => ({
    if: { properties: { kind: { const: kind } }, required: ['kind'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { $ref: `#/definitions/${kind}` },
  }));
  return JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'object', allOf, definitions });
}
