import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Address pattern of the rule pages that stand beside the bundle, for editors without pages of their own; undefined without them. */
export function packedRulePages(program: string | undefined): string | undefined {
  if (program === undefined) return undefined;
  const folder = join(dirname(program), '..', 'docs', 'rules');
  return existsSync(folder) ? `${pathToFileURL(folder).href}/{rule}.md` : undefined;
}
