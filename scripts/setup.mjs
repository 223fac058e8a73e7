// `npm run setup`: everything that `npm start` and `npm test` need, ahead of time.

import { env, run } from './run.mjs';
import { installPackages } from './setup-packages.mjs';
import { systemTools } from './setup-system.mjs';

const node = await installPackages();
for (const { missing } of Object.values(await systemTools())) if (missing) console.log(`Missing: ${missing}`);
process.exitCode = await run(node, ['tools/code-server/install.ts'], { env });
