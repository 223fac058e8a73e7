// `npm run lab [-- name …]`: runs FRR and BIRD in network namespaces and compares what they do with what is predicted.
// `--record` writes down what was measured (test/lab/scenarios/**/measured.json). Needs root; on Debian it installs them.
import { at, env, run, stop } from './run.mjs';
import { installPackages } from './setup-packages.mjs';
import { labObstacle } from './setup-system.mjs';

const words = process.argv.slice(2);
const names = words.filter((word) => !word.startsWith('-'));
const unknown = words.find((word) => word.startsWith('-') && word !== '--record');
if (unknown !== undefined) stop(`There is no option ${unknown}; there is --record.`);

const node = await installPackages();
const obstacle = await labObstacle();
if (obstacle !== undefined) stop(`The lab cannot run: ${obstacle}.`);
const asked = { SELVAGE_LAB: names.join(' '), ...(words.includes('--record') && { SELVAGE_LAB_RECORD: '1' }) };
process.exitCode = await run(node, ['--test', '--test-reporter=spec', at('test', 'lab', 'lab.test.ts')], {
  env: { ...env, ...asked },
});
