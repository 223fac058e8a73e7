import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every text of the examples and the fixtures, by its path in the project. */
export function corpus(): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const folder of ['examples', 'test'])
    for (const entry of readdirSync(root + folder, { recursive: true, withFileTypes: true })) {
      const path = `${entry.parentPath}/${entry.name}`;
      if (!entry.isFile() || !/\.(ya?ml|json|conflist|conf|cfg|boot|sh)$|\/daemons$/.test(path)) continue;
      const text = readFileSync(path, 'utf8');
      if (text.length < 300_000) texts.set(path.slice(root.length), text);
    }
  return texts;
}

export function yamlCorpus(): readonly (readonly [path: string, text: string])[] {
  return [...corpus()].filter(([path]) => /\.(ya?ml|json|conflist)$/.test(path));
}
