import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyEdits } from '../../server/src/engine/file-edits.ts';
import { type Diagnostic, Engine, type Range } from '../../server/src/engine.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { corpus } from '../syntax/corpus.ts';
import { cpuTimeOf } from './cpu-time.ts';
import { mutated, mutation } from './mutations.ts';

const RUNS = 10_000;
/** CPU time that the edit of one file may take at most, whatever it does to the text, in ms. */
const PATIENCE = 1000;
/** Files that one network may hold here, so that a run stays short. */
const COMPANY = 12;

interface Network {
  readonly engine: Engine;
  readonly files: readonly (readonly [uri: string, text: string])[];
}

/** Each folder of the examples and fixtures as a workspace of its own, kept from run to run. */
const networks: readonly Network[] = [...foldersOf(corpus()).values()].map((entries) => {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: 'file:///fuzz' }]);
  const files = entries.slice(0, COMPANY).map(([path, text]) => [`file:///fuzz/${encodeURI(path)}`, text] as const);
  for (const [uri, text] of files) workspace.setFile(uri, text);
  return { engine: new Engine(workspace), files };
});

function foldersOf(texts: ReadonlyMap<string, string>): ReadonlyMap<string, [path: string, text: string][]> {
  const folders = new Map<string, [path: string, text: string][]>();
  for (const [path, text] of texts) {
    const name = networkOf(path);
    folders.set(name, [...(folders.get(name) ?? []), [path, text]]);
  }
  return folders;
}

function networkOf(path: string): string {
  const [top, name] = path.split('/');
  return top === 'examples' ? `${top}/${name}` : dirname(path);
}

function problemOf({ range, related }: Diagnostic, textOf: (uri: string) => string, uri: string): string | undefined {
  if (outside(range, textOf(uri))) return `a range outside the text: ${JSON.stringify(range)}`;
  const other = related.find((one) => outside(one.range, textOf(one.file)));
  return other === undefined ? undefined : `a related range outside the text: ${JSON.stringify(other)}`;
}

function outside({ start, end }: Range, text: string): boolean {
  const lines = text.split('\n');
  const beyond = ({ line, character }: Range['start']): boolean =>
    line < 0 || character < 0 || line >= lines.length || character > lines[line]!.length;
  return (
    beyond(start) ||
    beyond(end) ||
    end.line < start.line ||
    (end.line === start.line && end.character < start.character)
  );
}

/** Fixes are asked for too: their edits must stay inside the text. */
function fixProblem(engine: Engine, diagnostic: Diagnostic): string | undefined {
  for (const fix of diagnostic.finding.fixes)
    for (const { file, span, create } of engine.editsOf(fix)) {
      if (create) continue;
      const text = engine.workspace.file(file)?.text ?? '';
      if (span[0] < 0 || span[1] < span[0] || span[1] > text.length)
        return `the fix «${fix.title.en}» leaves the text: ${JSON.stringify(span)} of ${text.length}`;
    }
  return undefined;
}

test(`${RUNS} mutated files: no crash, no second of silence, no range outside the text`, { timeout: 300_000 }, () => {
  let slowest = 0;
  let findings = 0;
  fc.assert(
    fc.property(
      fc.nat(),
      fc.nat(),
      fc.array(mutation, { minLength: 1, maxLength: 6 }),
      (networkNumber, fileNumber, mutations) => {
        const { engine, files } = networks[networkNumber % networks.length]!;
        const [uri, original] = files[fileNumber % files.length]!;
        const text = mutations.reduce(mutated, original);
        let diagnostics: readonly Diagnostic[] = [];
        const took = cpuTimeOf(() => {
          engine.workspace.setFile(uri, text);
          diagnostics = engine.diagnose(uri);
        });
        slowest = Math.max(slowest, took);
        const told = (problem: string): string => `${problem}\n${uri}\n${JSON.stringify(text)}`;
        if (took > PATIENCE) assert.fail(told(`it took ${Math.round(took)} ms`));
        findings += diagnostics.length;
        for (const diagnostic of diagnostics) {
          const problem =
            problemOf(diagnostic, (file) => engine.workspace.file(file)?.text ?? '', uri) ??
            fixProblem(engine, diagnostic);
          if (problem !== undefined) assert.fail(told(`${diagnostic.code}: ${problem}`));
        }
        engine.workspace.setFile(uri, original);
      },
    ),
    { numRuns: RUNS, endOnFailure: true },
  );
  assert.ok(findings > RUNS, 'the rules had something to say');
  console.log(`${findings} findings; the slowest edit took ${slowest.toFixed(0)} ms`);
});

test('after any series of edits a file has the findings that a fresh engine gives it', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.nat(),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      (networkNumber, fileNumber, mutations) => {
        const { engine, files } = networks[networkNumber % networks.length]!;
        const [uri, original] = files[fileNumber % files.length]!;
        let text = original;
        for (const step of mutations) {
          text = mutated(text, step);
          engine.workspace.setFile(uri, text);
          engine.diagnoseAll();
        }
        const fresh = new Workspace();
        fresh.setFolders([{ uri: 'file:///fuzz' }]);
        for (const [file, content] of files) fresh.setFile(file, file === uri ? text : content);
        const told = (from: Engine): unknown =>
          from
            .diagnoseAll()
            .map(({ file, range, code, severity, message, site }) => ({ file, range, code, severity, message, site }));
        assert.deepEqual(told(engine), told(new Engine(fresh)), `${uri}\n${JSON.stringify(text)}`);
        engine.workspace.setFile(uri, original);
      },
    ),
    { numRuns: 400, endOnFailure: true },
  );
});

test('safe fixes of mutated files come to rest', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.nat(),
      fc.array(mutation, { minLength: 0, maxLength: 3 }),
      (networkNumber, fileNumber, mutations) => {
        const { engine, files } = networks[networkNumber % networks.length]!;
        const [uri, original] = files[fileNumber % files.length]!;
        engine.workspace.setFile(uri, mutations.reduce(mutated, original));
        let rounds = 0;
        for (; rounds < 20; rounds++) {
          const { text } = engine.workspace.file(uri) ?? { text: '' };
          const edits = engine.safeEdits(engine.diagnose(uri)).filter(({ file }) => file === uri);
          const next = applyEdits(text, edits);
          if (next === text) break;
          engine.workspace.setFile(uri, next);
        }
        assert.ok(rounds < 20, `fixes never end in ${uri}: ${JSON.stringify(engine.workspace.file(uri)?.text)}`);
        engine.workspace.setFile(uri, original);
      },
    ),
    { numRuns: 800, endOnFailure: true },
  );
});
