// Bundles what users run into dist/. The package is an ES module; VS Code loads CommonJS, so dist/ says that it is that.
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { at, root } from './run.mjs';

const node = { platform: 'node', target: 'node20', format: 'cjs' };
const browser = { platform: 'browser', target: 'es2022', mainFields: ['browser', 'module', 'main'] };

/** Each bundle: where it begins, what it becomes, and how it differs from the rest. */
const bundles = [
  { entry: 'server/src/cli/main.ts', file: 'cli.js', options: { ...node, banner: { js: '#!/usr/bin/env node' } } },
  { entry: 'server/src/lsp/server.ts', file: 'server.js', options: node },
  { entry: 'client/src/extension.ts', file: 'client.js', options: { ...node, external: ['vscode'] } },
  { entry: 'server/src/lsp/browser-server.ts', file: 'browser-server.js', options: { ...browser, format: 'iife' } },
  {
    entry: 'client/src/browser-extension.ts',
    file: 'browser-client.js',
    options: { ...browser, format: 'cjs', external: ['vscode'] },
  },
  {
    entry: 'client/src/topology/view/main.ts',
    file: 'view.js',
    options: { ...browser, format: 'iife', loader: { '.css': 'text' } },
  },
];

/** Resolves to whether every bundle whose source exists was built. */
export async function build() {
  const { build: bundle } = await import('esbuild');
  const dist = at('dist');
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  writeFileSync(at('dist', 'package.json'), '{"type":"commonjs"}\n');
  let complete = true;
  for (const { entry, file, options } of bundles) {
    if (!existsSync(at(entry))) {
      console.log(`${file.padEnd(20)} skipped: ${entry} does not exist`);
      continue;
    }
    try {
      await bundle({
        absWorkingDir: root,
        entryPoints: [entry],
        outfile: `dist/${file}`,
        bundle: true,
        minify: true,
        legalComments: 'none',
        charset: 'utf8', // half the size of escaped Chinese
        logLevel: 'warning',
        logOverride: { 'empty-import-meta': 'error' },
        ...withoutDoubleShebang(entry, options),
      });
      console.log(`${file.padEnd(20)} ${(statSync(at('dist', file)).size / 1024).toFixed(0).padStart(6)} KiB`);
    } catch {
      complete = false; // esbuild has printed why
    }
  }
  if (existsSync(at('dist', 'cli.js'))) chmodSync(at('dist', 'cli.js'), 0o755);
  return complete;
}

function withoutDoubleShebang(entry, options) {
  return readFileSync(at(entry), 'utf8').startsWith('#!') ? { ...options, banner: {} } : options;
}

if (process.argv[1] === at('scripts', 'build.mjs')) process.exitCode = (await build()) ? 0 : 1;
