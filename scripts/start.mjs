// `npm start`: from a fresh clone to an editor on the examples. Without a terminal it prints the findings and ends.
import { existsSync } from 'node:fs';
import { ask, at, env, run, stop } from './run.mjs';
import { installPackages } from './setup-packages.mjs';

const node = await installPackages();
console.log('Building …');
if ((await run(node, ['scripts/build.mjs'], { env })) !== 0) stop('The build failed; its messages above say where.');

console.log('\nselvage check examples');
const verdict = await run(node, ['dist/cli.js', 'check', 'examples'], { env });
if (verdict > 1) stop('`selvage check` did not get through; its message above says why.');

if (!process.stdout.isTTY || process.env.CI) {
  console.log(
    '\nThis is no terminal, so no editor is opened. In a terminal, `npm start` opens VS Code on the examples.',
  );
} else if (hasDisplay() && (await ask('code', ['--version']))) {
  console.log('\nOpening VS Code with this Selvage on the examples.');
  process.exitCode = await run('code', [`--extensionDevelopmentPath=${at()}`, at('examples')]);
} else {
  console.log('\nThere is no desktop VS Code here, so VS Code in the browser is started (code-server).');
  process.exitCode = await run(node, ['scripts/start-browser.ts'], { env });
}

function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY) || existsSync('/mnt/wslg');
}
