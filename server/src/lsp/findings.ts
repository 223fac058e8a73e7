import type { CancellationToken, Diagnostic as ProtocolDiagnostic } from 'vscode-languageserver';
import type { Diagnostic } from '../engine.ts';
import type { Files } from './files.ts';
import { inSlices } from './guard.ts';
import { type Context, toProtocol } from './protocol-diagnostic.ts';
import type { Session } from './session.ts';

/** How long somebody who types is spared new findings across files, in milliseconds. */
export const HOLD = 150;

/** What to say of one file. Equal `resultId` means equal items. */
export interface Report {
  readonly resultId: string;
  readonly items: readonly ProtocolDiagnostic[];
}

export interface Findings {
  of(uri: string, token?: CancellationToken): Promise<Report>;
  /** Reports of the files that have findings. */
  all(token?: CancellationToken): Promise<ReadonlyMap<string, Report>>;
  /** A key was pressed: new findings across files wait from now. */
  typed(): void;
  forget(uri: string): void;
}

type Hold = 'nothing' | 'new' | 'across';

/**
 * Findings as the editor is told them. A file's own are told at once. Those across files that are new wait until typing
 * pauses and until every folder was read, for half a word or half a network is full of mistakes that are none; those that are
 * resolved go at once.
 */
export function findingsOf(session: Session, files: () => Files, isScanning: () => boolean): Findings {
  const { engine, workspace } = session;
  const shown = new Map<string, ReadonlySet<string>>();
  const known = new Map<string, { readonly json: string; readonly report: Report }>();
  const fresh = new Map<string, { readonly state: string; readonly report: Report }>();
  let every: { readonly state: string; readonly reports: ReadonlyMap<string, Report> } | undefined;
  let lastKey = Number.NEGATIVE_INFINITY;
  let counter = 0;

  const hold = (): Hold => {
    if (isScanning()) return shown.size === 0 ? 'across' : 'new';
    return performance.now() - lastKey < HOLD ? 'new' : 'nothing';
  };
  const stateOf = (holding: Hold): string => `${workspace.revision} ${holding} ${session.yamlExtension}`;
  const context = (uri: string): Context => ({
    language: session.client.language,
    shown: session.uris.shown,
    ...(session.options.rulePage !== undefined && { rulePage: session.options.rulePage }),
    leavesSyntax: session.yamlExtension && files().languageOf(uri) === 'yaml',
  });

  const report = (uri: string, diagnostics: readonly Diagnostic[], holding: Hold): Report => {
    const before = shown.get(uri);
    const told = diagnostics.filter(
      (one) => holding === 'nothing' || !isAcross(one) || (holding === 'new' && before?.has(identity(one)) === true),
    );
    const across = told.filter(isAcross).map(identity);
    if (across.length > 0) shown.set(uri, new Set(across));
    else shown.delete(uri);
    const items = toProtocol(told, context(uri));
    const json = JSON.stringify(items);
    const same = known.get(uri);
    if (same?.json === json) return same.report;
    counter++;
    const next: Report = { resultId: String(counter), items };
    known.set(uri, { json, report: next });
    return next;
  };

  return {
    async of(uri, token) {
      const holding = hold();
      const state = stateOf(holding);
      const last = fresh.get(uri);
      if (last?.state === state) return last.report;
      const diagnostics =
        holding === 'across'
          ? engine.diagnose(uri, () => true)
          : await inSlices(token, (isCancelled) => engine.diagnose(uri, isCancelled));
      const result = report(uri, diagnostics, holding);
      // The state may have moved on between two slices; then nothing is remembered.
      if (stateOf(holding) === state) fresh.set(uri, { state, report: result });
      return result;
    },
    async all(token) {
      const holding = hold();
      const state = stateOf(holding);
      if (every?.state === state) return every.reports;
      const diagnostics =
        holding === 'across'
          ? ownOfAll(session)
          : await inSlices(token, (isCancelled) => engine.diagnoseAll(isCancelled));
      const perFile = new Map<string, Diagnostic[]>();
      for (const one of diagnostics) {
        const list = perFile.get(one.file);
        if (list === undefined) perFile.set(one.file, [one]);
        else list.push(one);
      }
      const reports = new Map<string, Report>();
      for (const [uri, list] of perFile) if (!files().isLoose(uri)) reports.set(uri, report(uri, list, holding));
      for (const uri of [...shown.keys()]) if (!perFile.has(uri)) shown.delete(uri);
      for (const uri of [...known.keys()])
        if (!perFile.has(uri) && workspace.file(uri) === undefined) known.delete(uri);
      if (stateOf(holding) === state) every = { state, reports };
      return reports;
    },
    typed() {
      lastKey = performance.now();
    },
    forget(uri) {
      fresh.delete(uri);
    },
  };
}

/** While folders are being read there is no use in working out what is between files. */
function ownOfAll({ engine, workspace }: Session): readonly Diagnostic[] {
  return [...workspace.files].flatMap(({ uri }) => engine.diagnose(uri, () => true));
}

function isAcross({ finding }: Diagnostic): boolean {
  return finding.rule.check !== undefined;
}

/** What makes a finding the same one while its line moves. */
function identity({ code, message }: Diagnostic): string {
  return `${code} ${message.en}`;
}
