import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Edited } from './manifests.ts';
import { type OpenFile, openFile } from './open-file.ts';
import { cpuOf, memoryOf } from './process.ts';
import { type Contestant, type Running, ready, startServer } from './server.ts';

/** How often each thing is measured. */
export interface Effort {
  readonly starts: number;
  readonly edits: number;
  readonly requests: number;
  readonly keys: number;
}

/** Milliseconds between two keys of a burst: a fast typist. */
const KEY_GAP = 60;

export interface Start {
  readonly ms: number;
  readonly idleMemory: number;
}

/** Medians of one server on one file. Times in ms, memory in MB; NaN where there is no answer. */
export interface Measured {
  readonly open: number;
  readonly edit: number;
  readonly editP95: number;
  readonly editCpu: number;
  readonly burst: number;
  readonly burstCpu: number;
  readonly requests: Readonly<Record<string, number>>;
  readonly memory: number;
  readonly peak: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
}

function percentile95(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** From starting the process to the answer to `initialize`. */
export async function measureStart(contestant: Contestant, { starts }: Effort): Promise<Start> {
  const times: number[] = [];
  const idle: number[] = [];
  for (let run = 0; run < starts; run++)
    await inFolder(new Map(), async (folder) => {
      const begun = performance.now();
      const server = await startServer(contestant, folder);
      times.push(performance.now() - begun);
      await ready(server, contestant);
      await pause(500);
      idle.push(memoryOf(server.pid).now);
      await server.stop();
    });
  return { ms: median(times), idleMemory: median(idle) };
}

/** Opens one file of a folder, edits it back and forth, types a burst and asks the usual questions. */
export async function measureFile(
  contestant: Contestant,
  files: ReadonlyMap<string, string>,
  path: string,
  edited: Edited,
  effort: Effort,
): Promise<Measured> {
  return inFolder(files, async (folder) => {
    const server = await startServer(contestant, folder);
    try {
      await ready(server, contestant);
      const file = openFile(server, `${folder}/${path}`, edited);
      const begun = performance.now();
      await file.until(file.open);
      // What came first may have been a part: the time counts until the findings are whole.
      const { print: right, last } = await file.settled();
      const open = last - begun;
      await file.flip();
      const { print: wrong } = await file.settled();
      if (wrong === right) throw new Error('the edit changes no finding');
      await file.until(file.flip, right);
      return {
        open,
        ...(await edits(server, file, right, wrong, effort)),
        ...(await typing(server, file, right, wrong, edited, effort)),
        requests: await questions(server, file, effort),
        ...sizes(server),
      };
    } finally {
      await server.stop();
    }
  });
}

function sizes(server: Running): Pick<Measured, 'memory' | 'peak'> {
  const { now, peak } = memoryOf(server.pid);
  return { memory: now, peak };
}

async function edits(
  server: Running,
  file: OpenFile,
  right: string,
  wrong: string,
  effort: Effort,
): Promise<Pick<Measured, 'edit' | 'editP95' | 'editCpu'>> {
  const times: number[] = [];
  const before = cpuOf(server.pid);
  for (let run = 0; run < effort.edits; run++) {
    times.push(await file.until(file.flip, run % 2 === 0 ? wrong : right));
    await pause(200);
  }
  const cpu = (cpuOf(server.pid) - before) / effort.edits;
  if (effort.edits % 2 === 1) await file.until(file.flip, right);
  return { edit: median(times), editP95: percentile95(times), editCpu: cpu };
}

async function typing(
  server: Running,
  file: OpenFile,
  right: string,
  wrong: string,
  { before, after }: Edited,
  { keys }: Effort,
): Promise<Pick<Measured, 'burst' | 'burstCpu'>> {
  const begun = cpuOf(server.pid);
  for (let key = 1; key < keys; key++) {
    await file.replace(`${before}${key % 2 === 0 ? '' : ' '}`);
    if (server.capabilities.diagnosticProvider !== undefined)
      void server.connection
        .sendRequest('textDocument/diagnostic', { textDocument: { uri: file.uri } })
        .catch(() => {});
    await pause(KEY_GAP);
  }
  const burst = await file.until(() => file.replace(after), wrong);
  await pause(300);
  const burstCpu = (cpuOf(server.pid) - begun) / keys;
  await file.until(() => file.replace(before), right);
  return { burst, burstCpu };
}

/** Questions asked right after an edit, as an editor does. Those that a server does not offer are left out. */
async function questions(
  { connection, capabilities }: Running,
  file: OpenFile,
  { requests }: Effort,
): Promise<Record<string, number>> {
  const textDocument = { uri: file.uri };
  const position = { line: file.at.line, character: file.at.character + 3 };
  const asked: readonly (readonly [name: string, offered: unknown, params: object])[] = [
    ['documentSymbol', capabilities.documentSymbolProvider, {}],
    ['hover', capabilities.hoverProvider, { position }],
    ['completion', capabilities.completionProvider, { position }],
    [
      'codeAction',
      capabilities.codeActionProvider,
      { range: { start: file.at, end: position }, context: { diagnostics: file.diagnostics().slice(0, 1) } },
    ],
  ];
  const times: Record<string, number> = {};
  for (const [name, offered, params] of asked) {
    if (offered === undefined || offered === false) continue;
    const each: number[] = [];
    for (let run = 0; run < requests; run++) {
      await file.flip();
      const begun = performance.now();
      await connection.sendRequest(`textDocument/${name}`, { textDocument, ...params });
      each.push(performance.now() - begun);
      await pause(400);
    }
    times[name] = median(each);
  }
  return times;
}

/** Runs something in a folder of its own with these files; it is given as a URI and goes away afterwards. */
async function inFolder<T>(files: ReadonlyMap<string, string>, act: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'selvage-bench-'));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return await act(pathToFileURL(folder).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
