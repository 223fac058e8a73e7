import type { Measured, Start } from './measure.ts';

export interface Result {
  readonly server: string;
  readonly start: Start;
  readonly files: readonly { readonly name: string; readonly measured: Measured | string }[];
}

const REQUESTS = ['documentSymbol', 'hover', 'completion', 'codeAction'];

/** Results as a Markdown table: one row a measurement and file, one column a server. */
export function tableOf(results: readonly Result[]): string {
  const header = ['', ...results.map(({ server }) => server)];
  const rows: (readonly string[])[] = [
    ['start, ms', ...results.map(({ start }) => number(start.ms))],
    ['memory when idle, MB', ...results.map(({ start }) => number(start.idleMemory))],
  ];
  for (const [index, { name }] of (results[0]?.files ?? []).entries()) {
    const row = (what: string, of: (measured: Measured) => string): void => {
      rows.push([
        `${name}: ${what}`,
        ...results.map(({ files }) => {
          const measured = files[index]!.measured;
          return typeof measured === 'string' ? measured : of(measured);
        }),
      ]);
    };
    row('open → findings, ms', ({ open }) => number(open));
    row('edit → right findings, ms (95 %)', ({ edit, editP95 }) => `${number(edit)} (${number(editP95)})`);
    row('CPU an edit, ms', ({ editCpu }) => number(editCpu));
    row('burst: last key → right findings, ms', ({ burst }) => number(burst));
    row('CPU a key of the burst, ms', ({ burstCpu }) => number(burstCpu));
    row('symbols / hover / completion / actions, ms', ({ requests }) =>
      REQUESTS.map((request) => number(requests[request] ?? Number.NaN)).join(' / '),
    );
    row('memory (peak), MB', ({ memory, peak }) => `${number(memory)} (${number(peak)})`);
  }
  return [header, header.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function number(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value < 10 ? value.toFixed(1) : Math.round(value).toString();
}
