import type { Diagnostic, Position } from 'vscode-languageserver/node';
import type { Edited } from './manifests.ts';
import type { Running } from './server.ts';

/** How long a server may take before it is said to have no answer. */
const PATIENCE = 60_000;
/** A server that has said nothing for so long has said everything. */
const QUIET = 1200;

export interface OpenFile {
  readonly uri: string;
  readonly at: Position;
  /** The file as it was opened, or with its mistake. */
  flip(): Promise<void>;
  replace(text: string): Promise<void>;
  /** Does something and resolves to the milliseconds until findings arrive; with `want`, until they are those. */
  until(act: () => Promise<void>, want?: string): Promise<number>;
  /** Waits until nothing comes any more; resolves to the findings as one text, and when the last word came. */
  settled(): Promise<{ readonly print: string; readonly last: number }>;
  diagnostics(): readonly Diagnostic[];
}

/** What findings say, in a form that can be compared. */
export function printOf(diagnostics: readonly Diagnostic[]): string {
  return JSON.stringify(diagnostics.map(({ range, message, severity }) => [range, message, severity]).sort());
}

/** A file in an editor: it asks for findings where the server lets itself be asked, and listens elsewhere. */
export function openFile(
  server: Running,
  uri: string,
  { text, before, after }: Edited,
): OpenFile & { open(): Promise<void> } {
  const { connection, capabilities } = server;
  const offset = text.indexOf(before);
  const above = text.slice(0, offset).split('\n');
  const at: Position = { line: above.length - 1, character: above.at(-1)!.length };
  const pulls = capabilities.diagnosticProvider !== undefined;
  const sync = capabilities.textDocumentSync;
  const incremental = (typeof sync === 'object' ? sync.change : sync) === 2;
  let version = 1;
  let current = before;
  let diagnostics: readonly Diagnostic[] = [];

  const replace = async (next: string): Promise<void> => {
    const lines = current.split('\n');
    const end =
      lines.length === 1
        ? { line: at.line, character: at.character + current.length }
        : { line: at.line + lines.length - 1, character: lines.at(-1)!.length };
    const whole = text.slice(0, offset) + next + text.slice(offset + before.length);
    current = next;
    version++;
    const change = incremental ? { range: { start: at, end }, text: next } : { text: whole };
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [change],
    });
  };
  const pull = async (): Promise<void> => {
    const report = (await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } })) as {
      items?: Diagnostic[];
    };
    diagnostics = report.items ?? diagnostics;
  };
  const until = async (act: () => Promise<void>, want?: string): Promise<number> => {
    const begun = performance.now();
    return new Promise<number>((resolve, reject) => {
      const finish = (error?: unknown): void => {
        clearTimeout(timer);
        stop();
        if (error === undefined) resolve(performance.now() - begun);
        else reject(error);
      };
      const timer = setTimeout(() => finish(new Error('no right findings in time')), PATIENCE);
      const judge = (): boolean => want === undefined || printOf(diagnostics) === want;
      const ask = (): void => {
        pull().then(() => judge() && finish(), finish);
      };
      const stop = server.listen((file, ofVersion, published) => {
        if (file === undefined) return pulls ? ask() : undefined;
        if (pulls || file !== uri || (ofVersion !== undefined && ofVersion < version)) return;
        diagnostics = published ?? [];
        if (judge()) finish();
      });
      act().then(() => pulls && ask(), finish);
    });
  };
  return {
    uri,
    at,
    replace,
    until,
    flip: () => replace(current === before ? after : before),
    open: () =>
      connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version, text } }),
    async settled() {
      let last = performance.now();
      const stop = server.listen((file, _version, published) => {
        last = performance.now();
        if (file === uri && !pulls) diagnostics = published ?? [];
        if (file === undefined && pulls) void pull();
      });
      while (server.busy() || performance.now() - last < QUIET) await new Promise((resolve) => setTimeout(resolve, 50));
      stop();
      if (pulls) await pull();
      return { print: printOf(diagnostics), last };
    },
    diagnostics: () => diagnostics,
  };
}
