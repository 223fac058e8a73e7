import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IGrammar } from 'vscode-textmate';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const { createOnigScanner, createOnigString, loadWASM } =
  require('vscode-oniguruma') as typeof import('vscode-oniguruma');
const { INITIAL, parseRawGrammar, Registry } = require('vscode-textmate') as typeof import('vscode-textmate');

export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly contributes: {
    readonly languages: readonly {
      readonly id: string;
      readonly filenames: readonly string[];
      readonly firstLine: string;
      readonly configuration: string;
    }[];
    readonly grammars: readonly {
      readonly language?: string;
      readonly scopeName: string;
      readonly path: string;
      readonly injectTo?: readonly string[];
    }[];
  };
  readonly activationEvents: readonly string[];
};

export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** A grammar as VS Code would load it: ours by the manifest, with what it injects; YAML's is VS Code's own. */
export async function grammar(scope: string): Promise<IGrammar> {
  await loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
  const { grammars } = manifest.contributes;
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    getInjections: (into) => grammars.filter(({ injectTo }) => injectTo?.includes(into)).map((one) => one.scopeName),
    async loadGrammar(wanted) {
      const own = grammars.find(({ scopeName }) => scopeName === wanted);
      const path = own?.path ?? YAML[wanted];
      return path === undefined ? null : parseRawGrammar(read(path), path);
    },
  });
  const loaded = await registry.loadGrammar(scope);
  if (loaded === null) throw new Error(`There is no grammar ${scope}.`);
  return loaded;
}

const YAML: Readonly<Record<string, string>> = { 'source.yaml': 'node_modules/tm-grammars/grammars/yaml.json' };

/** The stretches of a text that have one innermost scope, line by line, without those that are blank. */
export function scopes(of: IGrammar, text: string): readonly (readonly [text: string, scope: string])[] {
  let state = INITIAL;
  return text.split('\n').flatMap((line) => {
    const { tokens, ruleStack } = of.tokenizeLine(line, state);
    state = ruleStack;
    const stretches: [text: string, scope: string][] = [];
    for (const { startIndex, endIndex, scopes: all } of tokens) {
      const scope = all.at(-1) ?? '';
      const last = stretches.at(-1);
      if (last?.[1] === scope) last[0] += line.slice(startIndex, endIndex);
      else stretches.push([line.slice(startIndex, endIndex), scope]);
    }
    return stretches.filter(([stretch]) => stretch.trim() !== '');
  });
}
