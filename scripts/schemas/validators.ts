/** Compiles schemas to plain JavaScript with ajv, and makes the result small. Nothing of ajv is needed at run time. */
import { _, Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { transform } from 'esbuild';
import type { Schema } from './schema.ts';

const FORMATS = ['as-number', 'cidr', 'int32', 'int64'];

/** The text of an ES module that exports `validators`: kind → function(data) → violations or null. */
export async function validatorsOf(
  kinds: Record<string, Schema>,
  definitions: Record<string, Schema>,
): Promise<string> {
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    messages: false,
    inlineRefs: false,
    code: { source: true, esm: true, lines: false, optimize: true, formats: _`formats` },
  });
  for (const format of FORMATS)
    ajv.addFormat(format, { type: format.startsWith('int') ? 'number' : 'string', validate: () => true } as never);
  ajv.addSchema({
    $id: 'definitions',
    $defs: Object.fromEntries(Object.entries(definitions).map(([name, part]) => [name, lean(part)])),
  });
  for (const [kind, schema] of Object.entries(kinds)) {
    const { properties, ...rest } = lean(schema);
    // What the system writes is never the user's mistake.
    const { status: _status, ...own } = properties ?? {};
    ajv.addSchema({ $id: kind, ...rest, ...(properties === undefined ? {} : { properties: own }) });
  }
  const names = Object.fromEntries(Object.keys(kinds).map((kind, index) => [`v${index}`, kind]));
  const code = small((standalone as unknown as { default: typeof standalone.default }).default(ajv, names));
  const table = Object.entries(names).map(([name, kind]) => `${JSON.stringify(kind)}: ${name}`);
  const module = `import { violation, characters } from '../violation.ts';\nimport { formats } from '../formats.ts';\n${code}\nexport const validators = { ${table.join(', ')} };\n`;
  return (await transform(module, { minifySyntax: true, minifyIdentifiers: false, target: 'es2022' })).code;
}

/** Only what decides; references lead to the definitions. Keys are checked elsewhere, with the nearest names at hand. */
function lean(schema: Schema): Schema {
  const drop = ['description', 'title', 'default', 'deprecated', 'nullable'];
  return JSON.parse(
    JSON.stringify(schema, (key, value) => {
      if (key === '$ref') return `definitions${value}`;
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return withoutWords(value);
      return value;
    }),
  );
  function withoutWords(value: Record<string, unknown>): Record<string, unknown> {
    const isNames =
      Object.values(value).every((child) => typeof child === 'object' && child !== null && !Array.isArray(child)) &&
      value.type === undefined;
    if (isNames) return value;
    return Object.fromEntries(
      Object.entries(value).filter(
        ([name, child]) =>
          !(name.startsWith('x-') || (drop.includes(name) && (typeof child !== 'object' || name === 'default'))),
      ),
    );
  }
}

/** ajv's text for an error is long and says twice what the schema says; a call says it once. */
function small(code: string): string {
  const error =
    /const (err\d+) = \{instancePath(?::(.*?))?,schemaPath:"[^"]*",keyword:"(\w+)",params:\{(.*?)\}\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}errors\+\+;/g;
  let result = code.replace(error, (_all, _name, path: string | undefined, keyword: string, params: string) => {
    const missing = /^missingProperty: ("[^"]*")/.exec(params)?.[1];
    return `vErrors = violation(vErrors, ${path ?? 'instancePath'}, ${JSON.stringify(keyword)}${missing === undefined ? '' : `, ${missing}`});errors++;`;
  });
  result = result
    .replace(/^"use strict";/, '')
    .replace(/export const v\d+ = validate\d+;/g, (text) => text.slice('export '.length))
    .replace(/export default validate\d+;/g, '')
    .replace(
      /const func\d+ = require\("ajv\/dist\/runtime\/ucs2length"\)\.default;/g,
      (text) => `const ${/func\d+/.exec(text)![0]} = characters;`,
    )
    .replace(/\/\*# sourceURL=.*?\*\//g, '')
    .replace(/, \{instancePath:(.*?),parentData:\w+,parentDataProperty:[^,]*?,rootData\}\)/g, ', $1)')
    .replace(
      /function (validate\d+)\(data, \{instancePath="", parentData, parentDataProperty, rootData=data\}=\{\}\)/g,
      'function $1(data, instancePath = "")',
    );
  result = withoutSchemas(result);
  const left = /require\(|parentData|schemaPath/.exec(result);
  if (left !== null)
    throw new Error(`ajv's code has changed its shape near ${result.slice(left.index - 80, left.index + 80)}`);
  return result;
}

/** Takes out the copies of the schemas that nothing refers to any more. */
function withoutSchemas(code: string): string {
  let result = code;
  for (const found of [...code.matchAll(/const (schema\d+) = /g)].reverse()) {
    const start = found.index + found[0].length;
    const end = endOfJson(code, start);
    const uses = code.split(new RegExp(`\\b${found[1]}\\b`)).length - 2;
    if (uses > 0) throw new Error(`${found[1]} is still used`);
    result = result.slice(0, found.index) + result.slice(end + 1);
  }
  return result;
}

function endOfJson(text: string, start: number): number {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    if (text[i] === '"') for (i++; text[i] !== '"'; i++) if (text[i] === '\\') i++;
    if (text[i] === '{' || text[i] === '[') depth++;
    if (text[i] === '}' || text[i] === ']') depth--;
    if (depth === 0) return i + 1;
  }
  throw new Error('unterminated schema');
}
