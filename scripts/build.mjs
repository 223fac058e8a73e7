// Bundles what users run into dist/. The package is an ES module; VS Code loads CommonJS, so dist/ says that it is that.
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { at, root } from './run.mjs';

const node = { platform: 'node', target: 'node20', format: 'cjs' };
const plugins = [schemasApart(), docsApart(), libraryApart('yaml')];
const browser = { platform: 'browser', target: 'es2022', mainFields: ['browser', 'module', 'main'] };

/** Each bundle: where it begins, what it becomes, and how it differs from the rest. */
const bundles = [
  {
    entry: 'server/src/cli/main.ts',
    file: 'cli.js',
    options: { ...node, plugins: [...plugins, protocolApart()], banner: { js: '#!/usr/bin/env node' } },
  },
  { entry: 'server/src/lsp/boot.ts', file: 'server.js', options: { ...node, plugins: [serverApart()] } },
  { entry: 'server/src/lsp/server.ts', file: 'language-server.js', options: { ...node, plugins } },
  // Read by `selvage mcp` alone.
  { entry: 'server/src/cli/mcp/protocol.ts', file: 'mcp-protocol.js', options: node },
  // Read by both of these when they first need it: in a browser, which loads one file, all is in the one.
  { entry: 'server/src/schemas/index.ts', file: 'schemas.js', options: node },
  { entry: 'node_modules/yaml/dist/index.js', file: 'yaml.js', options: node },
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
  await writeRuleDocs(bundle);
  if (existsSync(at('dist', 'cli.js'))) chmodSync(at('dist', 'cli.js'), 0o755);
  return complete;
}

/** Half a megabyte of validators and schemas is read when the first object is checked: functions that pass calls on. */
function schemasApart() {
  const room = /[\\/]server[\\/]src[\\/]schemas[\\/]index\.ts$/;
  return {
    name: 'schemas apart',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^\.\/schemas\.js$/ }, () => ({ path: './schemas.js', external: true }));
      onLoad({ filter: room }, ({ path }) => {
        const exported = [...readFileSync(path, 'utf8').matchAll(/^export \{([^}]*)\} from/gm)].flatMap(([, names]) =>
          names.split(',').map((name) => name.trim()),
        );
        const functions = exported.filter((name) => name !== '' && !name.startsWith('type '));
        return {
          contents: functions
            .map((name) => `export const ${name} = (...input) => require('./schemas.js').${name}(...input);`)
            .join('\n'),
          loader: 'js',
        };
      });
    },
  };
}

/** The library of the Model Context Protocol is a third of the command line, and one command in twelve wants it. */
function protocolApart() {
  return {
    name: 'protocol apart',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/protocol\.ts$/ }, () => ({ path: './mcp-protocol.js', external: true }));
    },
  };
}

/** A library that few files need is read when the first of them does: its names are looked up in it then. */
function libraryApart(library) {
  const names = Object.keys(createRequire(import.meta.url)(library));
  return {
    name: `${library} apart`,
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^\.\/[a-z]+\.js$/, namespace: library }, ({ path }) => ({ path, external: true }));
      onResolve({ filter: new RegExp(`^${library}$`) }, () => ({ path: library, namespace: library }));
      onLoad({ filter: /.*/, namespace: library }, () => ({
        contents: `const library = () => require('./${library}.js');
          for (const name of ${JSON.stringify(names)})
            Object.defineProperty(exports, name, { enumerable: true, get: () => library()[name] });`,
        loader: 'js',
      }));
    },
  };
}

/** Node keeps compiled what is loaded once it has been told to: the server, but not the file that tells it. */
function serverApart() {
  return {
    name: 'server apart',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/server\.ts$/ }, () => ({ path: './language-server.js', external: true }));
    },
  };
}

const DOCS = /^ {2}docs: \{\n[\s\S]*?^ {2}\},\n/m;

/** The page of a rule, in two languages, is read when somebody opens it: dist/rule-docs.js has all of them. */
function docsApart() {
  return {
    name: 'docs apart',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^\.\/rule-docs\.js$/ }, () => ({ path: './rule-docs.js', external: true }));
      onResolve({ filter: /^rule-docs$/ }, () => ({ path: 'rule-docs', namespace: 'apart' }));
      onLoad({ filter: /.*/, namespace: 'apart' }, () => ({
        contents: `const of = (id) => require('./rule-docs.js')[id];
          export const docsOf = (id) => ({
            get summary() { return of(id).summary; },
            get why() { return of(id).why; },
            get source() { return of(id).source; },
          });`,
        loader: 'js',
      }));
      onLoad({ filter: /[\\/]server[\\/]src[\\/]rules[\\/][a-z0-9-]+[\\/][a-z0-9-]+\.ts$/ }, ({ path }) => {
        const source = readFileSync(path, 'utf8');
        const id = /^ {2}id: '([^']+)',$/m.exec(source)?.[1];
        if (id === undefined || !DOCS.test(source)) return undefined;
        const contents = `import { docsOf } from 'rule-docs';\n${source.replace(DOCS, `  docs: docsOf('${id}'),\n`)}`;
        return { contents, loader: 'ts' };
      });
    },
  };
}

async function writeRuleDocs(bundle) {
  const { outputFiles } = await bundle({
    absWorkingDir: root,
    stdin: { contents: "export { RULES } from './server/src/rules/registry.ts';", resolveDir: root },
    bundle: true,
    write: false,
    ...node,
  });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', outputFiles[0].text)(
    module,
    module.exports,
    createRequire(import.meta.url),
  );
  const docs = Object.fromEntries(
    module.exports.RULES.map(({ id, docs: { summary, why, source } }) => [id, { summary, why, source }]),
  );
  writeFileSync(at('dist', 'rule-docs.js'), `module.exports=${JSON.stringify(docs)};\n`);
}

function withoutDoubleShebang(entry, options) {
  return readFileSync(at(entry), 'utf8').startsWith('#!') ? { ...options, banner: {} } : options;
}

if (process.argv[1] === at('scripts', 'build.mjs')) process.exitCode = (await build()) ? 0 : 1;
