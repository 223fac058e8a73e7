import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  type CompletionOptions,
  type CompletionParams,
  CompletionTriggerKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver';
import { type Completion, completionsAt, nascentRouter, pathCompletionsAt } from '../engine/completion.ts';
import { linesOf, offsetAt, rangeAt } from '../engine/lines.ts';
import { isInside } from '../workspace/uri.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';

export const COMPLETION: CompletionOptions = {
  triggerCharacters: [' ', ':', '"', "'", '-', '/', '.', '{', '[', ',', '(', '='],
  resolveProvider: true,
};

export interface CompletionAnswers {
  /** Answers `textDocument/completion`; documentation waits until an item is looked at. */
  list(params: CompletionParams): Promise<CompletionList | null>;
  /** Answers `completionItem/resolve` for an item of the last list. */
  resolve(item: CompletionItem): CompletionItem;
}

/** Answers what may be written at a place (engine/completion.ts), unless the user switched it off. */
export function completionAnswers(
  session: Session,
  files: () => Files,
  isOn: () => Promise<boolean>,
): CompletionAnswers {
  let last: { readonly id: number; readonly items: readonly Completion[] } = { id: 0, items: [] };
  return {
    async list({ textDocument, position, context }) {
      if (!(await isOn())) return null;
      await files().settled();
      const { uris, workspace, fileSystem } = session;
      const uri = uris.known(textDocument.uri);
      const file = workspace.file(uri) ?? nascentRouter(uri, files().textOf(uri) ?? '');
      if (file === undefined) return null;
      const lines = linesOf(uri, file.text);
      const offset = offsetAt(lines, position, file.text.length);
      // A space typed to indent a line is no question.
      if (context?.triggerKind === CompletionTriggerKind.TriggerCharacter && isIndentation(file.text, offset))
        return null;
      const own = workspace.sitesOf(uri);
      const sites = own.length > 0 ? own : workspace.sites().filter(({ root }) => isInside(root, uri));
      const isOpen = (folder: string): boolean => workspace.folders.some((one) => isInside(one.uri, folder));
      const paths = await pathCompletionsAt(file, offset, async (folder) =>
        isOpen(folder) ? fileSystem.list(folder) : [],
      );
      const items = [...paths, ...completionsAt(file, offset, sites)];
      last = { id: last.id + 1, items };
      return {
        isIncomplete: false,
        items: items.map((item, index) => ({
          ...itemOf(session, item),
          textEdit: { range: rangeAt(lines, item.span), newText: newTextOf(session, item) },
          ...(item.before && {
            additionalTextEdits: [
              { range: rangeAt(lines, [item.before.at, item.before.at]), newText: item.before.text },
            ],
          }),
          sortText: String(index).padStart(5, '0'),
          data: [last.id, index],
        })),
      };
    },
    resolve(item) {
      const { language } = session.client;
      const [id, index] = Array.isArray(item.data) ? (item.data as unknown[]) : [];
      const known = id === last.id && typeof index === 'number' ? last.items[index]?.documentation : undefined;
      return known === undefined
        ? item
        : { ...item, documentation: { kind: MarkupKind.Markdown, value: known[language] } };
    },
  };
}

function isIndentation(text: string, offset: number): boolean {
  return /^[ \t]*$/.test(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset));
}

function itemOf({ client, options }: Session, { label, kind, detail, ...item }: Completion): CompletionItem {
  const hasStops = item.insert.some((piece) => typeof piece !== 'string');
  return {
    label,
    kind: KINDS[kind],
    ...(detail !== undefined && { detail: detail[client.language] }),
    // What the network says of a value must be seen beside all of them, to choose by.
    ...(detail !== undefined &&
      kind !== 'field' &&
      client.labelDetails && { labelDetails: { description: detail[client.language] } }),
    ...(item.filter !== undefined && { filterText: item.filter }),
    ...(item.preselect && { preselect: true }),
    ...(item.deprecated && { tags: [CompletionItemTag.Deprecated] }),
    insertTextFormat: hasStops && client.snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    // The text has the indentation that it needs.
    ...(client.insertsAsIs && { insertTextMode: InsertTextMode.asIs }),
    ...(item.again && options.suggestsAgain && { command: AGAIN }),
  };
}

/** VS Code's own command: the value of a key that was just written is asked for at once. */
const AGAIN = { title: '', command: 'editor.action.triggerSuggest' };

/** The text of an item: as a snippet where the editor knows those and the item has places to stop at. */
function newTextOf({ client }: Session, { insert }: Completion): string {
  const isSnippet = client.snippets && insert.some((piece) => typeof piece !== 'string');
  return insert
    .map((piece) => {
      if (typeof piece === 'string') return isSnippet ? escaped(piece) : piece;
      if (!isSnippet) return piece.text ?? '';
      return piece.text === undefined ? `\${${piece.stop}}` : `\${${piece.stop}:${escaped(piece.text)}}`;
    })
    .join('');
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

const KINDS: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  field: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  keyword: CompletionItemKind.Keyword,
  name: CompletionItemKind.Reference,
  label: CompletionItemKind.Constant,
  address: CompletionItemKind.Value,
  snippet: CompletionItemKind.Snippet,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
};
