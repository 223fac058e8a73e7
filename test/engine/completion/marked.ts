import assert from 'node:assert/strict';
import { type Completion, completionsAt } from '../../../server/src/engine/completion.ts';
import type { SiteSettings } from '../../../server/src/workspace/settings.ts';
import { ROOT, workspaceOf } from '../../workspace/texts.ts';

/** What is proposed at the `|` of the one text that has it. */
export interface Offered {
  readonly labels: readonly string[];
  readonly items: readonly Completion[];
  /** English details by label. */
  detail(label: string): string | undefined;
  /** The text after a proposal is taken; `|` stands where the cursor stops first. */
  accept(label: string): string;
}

/** The proposals for files one of which has its cursor marked by `|` (`¦` where the text itself has bars). */
export function offered(files: Readonly<Record<string, string>>, settings: Partial<SiteSettings> = {}): Offered {
  const mark = Object.values(files).some((text) => text.includes('¦')) ? '¦' : '|';
  const marked = Object.keys(files).find((name) => files[name]!.includes(mark));
  assert.ok(marked !== undefined, 'no cursor is marked');
  const offset = files[marked]!.indexOf(mark);
  const text = files[marked]!.slice(0, offset) + files[marked]!.slice(offset + 1);
  const workspace = workspaceOf({ ...files, [marked]: text }, settings);
  const uri = `${ROOT}/${marked}`;
  const items = completionsAt(workspace.file(uri)!, offset, workspace.sitesOf(uri));
  const item = (label: string): Completion => {
    const found = items.find((one) => one.label === label);
    assert.ok(found !== undefined, `${label} is not among ${items.map((one) => one.label).join(', ')}`);
    return found;
  };
  return {
    items,
    labels: items.map(({ label }) => label),
    detail: (label) => item(label).detail?.en,
    accept(label) {
      const { span, insert, before } = item(label);
      const stops = insert.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.stop]));
      const first = Math.min(...stops.filter((stop) => stop > 0));
      const last = stops.includes(0) ? 0 : undefined;
      const target = Number.isFinite(first) ? first : last;
      const body = insert
        .map((piece) => (typeof piece === 'string' ? piece : `${piece.stop === target ? mark : ''}${piece.text ?? ''}`))
        .join('');
      const head =
        before === undefined
          ? text.slice(0, span[0])
          : text.slice(0, before.at) + before.text + text.slice(before.at, span[0]);
      return head + body + (target === undefined ? mark : '') + text.slice(span[1]);
    },
  };
}
