import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openExample } from '../test/e2e/editor.ts';

/** Takes the pictures of README.md in a real VS Code: npm run package first, then node scripts/take-screenshots.ts. */
const root = join(import.meta.dirname, '..');
const editor = await openExample('broken-fabric');
try {
  await editor.openFile('frr/tor0/frr.conf');
  await editor.goTo(31, 34);
  await editor.squiggles('error').first().waitFor();
  await (await editor.problems('bgp/')).first().waitFor();
  await editor.shot('readme-problems');
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  copyFileSync(join(root, 'test/e2e/screenshots/readme-problems.png'), join(root, 'docs/images/problems.png'));
} finally {
  await editor.close();
}
