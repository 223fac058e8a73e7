import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type {
  CodeLens,
  CompletionList,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Location,
  Position,
  SelectionRange,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { applied, type Editor, startEditor } from './editor.ts';

const LAB = `name: fabric
topology:
  nodes:
    rr: {kind: linux, image: "bird:2", binds: ["rr/bird.conf:/etc/bird/bird.conf"], exec: ["ip addr add 10.0.0.1/24 dev eth1"]}
    n1: {kind: linux, exec: ["ip addr add 10.0.0.11/24 dev eth1"]}
    n2: {kind: linux, exec: ["ip addr add 10.0.0.12/24 dev eth1"]}
    br: {kind: bridge}
  links:
    - endpoints: ["rr:eth1", "br:l"]
    - endpoints: ["n1:eth1", "br:a"]
    - endpoints: ["n2:eth1", "br:b"]
`;
const BIRD = `router id 10.0.0.1;
define OWN = 65000;
ipv4 table back;
function ours(prefix p) {
  return p ~ [ 10.244.0.0/16+ ];
}
filter pods {
  if ours(net) then accept;
  reject;
}
protocol device {
}
protocol static {
  ipv4;
  route 10.9.0.0/16 via 10.0.0.12;
}
template bgp nodes {
  local as OWN;
  ipv4 {
    import filter pods;
    export none;
  };
}
protocol bgp n1 from nodes {
  neighbor 10.0.0.11 as 64512;
}
protocol bgp 'n-2' from nodes {
  neighbor 10.0.0.12 as 64999;
  ipv4 { export filter pods; };
}
`;
const node = (name: string, host: number): string =>
  `apiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {name: ${name}}\nspec: {bgp: {ipv4Address: 10.0.0.${host}/24}}\n`;
const CALICO = `${node('n1', 11)}---\n${node('n2', 12)}---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata: {name: default}
spec: {nodeToNodeMeshEnabled: false}
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: {name: to-rr}
spec: {peerIP: 10.0.0.1, asNumber: 65000}
`;
const PATH = 'rr/bird.conf';

let editor: Editor;
before(async () => {
  editor = await startEditor({
    files: { 'lab.clab.yml': LAB, [PATH]: BIRD, 'calico.yaml': CALICO },
    initializationOptions: { explainsSessions: true },
  });
  await editor.ready();
  await editor.open(PATH, BIRD, 'bird');
});
after(() => editor.stop());

/** The place of the `|` in a piece of the configuration, the rest of which tells it from others. */
function at(marked: string, text = BIRD): { textDocument: { uri: string }; position: Position } {
  const [before, after] = marked.split('|') as [string, string];
  const found = text.indexOf(before + after);
  assert.notEqual(found, -1, marked);
  const lines = text.slice(0, found + before.length).split('\n');
  return {
    textDocument: { uri: editor.uri(PATH) },
    position: { line: lines.length - 1, character: lines.at(-1)!.length },
  };
}

const shown = ({ uri, range }: Location): string => `${uri.split('/').at(-1)}:${range.start.line + 1}`;

test('the outline has what is named, whom sessions are with, channels and routes', async () => {
  const found = await editor.connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', {
    textDocument: { uri: editor.uri(PATH) },
  });
  const lines: string[] = [];
  const visit = ({ name, detail, children = [] }: DocumentSymbol, depth: number): void => {
    lines.push('  '.repeat(depth) + name + (detail === undefined ? '' : ` (${detail})`));
    for (const child of children) visit(child, depth + 1);
  };
  for (const symbol of found) visit(symbol, 0);
  assert.deepEqual(lines, [
    'define OWN (65000)',
    'ipv4 table back',
    'function ours',
    'filter pods',
    'protocol device',
    'protocol static',
    '  route 10.9.0.0/16 (via 10.0.0.12)',
    'template bgp nodes',
    '  ipv4',
    'protocol bgp n1 (10.0.0.11, AS 64512)',
    'protocol bgp n-2 (10.0.0.12, AS 64999)',
    '  ipv4',
  ]);
});

test('blocks fold, and a selection grows from the word to its statement and block', async () => {
  const folds = await editor.connection.sendRequest<FoldingRange[]>('textDocument/foldingRange', {
    textDocument: { uri: editor.uri(PATH) },
  });
  assert.deepEqual(
    folds.map(({ startLine, endLine }) => `${startLine}-${endLine}`),
    ['3-5', '6-9', '10-11', '12-15', '16-22', '18-21', '23-25', '26-29'],
  );
  const { textDocument, position } = at('import filter po|ds;');
  const [selection] = await editor.connection.sendRequest<SelectionRange[]>('textDocument/selectionRange', {
    textDocument,
    positions: [position],
  });
  const lines: string[] = [];
  for (let one: SelectionRange | undefined = selection; one !== undefined; one = one.parent)
    lines.push(`${one.range.start.line}:${one.range.start.character}-${one.range.end.line}:${one.range.end.character}`);
  assert.deepEqual(lines.slice(0, 4), ['19:18-19:22', '19:4-19:23', '18:2-21:3', '16:0-22:1']);
});

test('a session and its neighbour tell what comes of them, and why it stays down', async () => {
  const up = await editor.connection.sendRequest<Hover | null>('textDocument/hover', at('protocol bgp n|1'));
  assert.match((up!.contents as { value: string }).value, /1 of 1 sessions? up[\s\S]*`n1`/);
  const down = await editor.connection.sendRequest<Hover | null>('textDocument/hover', at('neighbor 10.0|.0.12 as'));
  assert.match((down!.contents as { value: string }).value, /`rr` ↔ `n2`.*\*\*down\*\*.*as-mismatch/);
  const lenses = await editor.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
    textDocument: { uri: editor.uri(PATH) },
  });
  const lens = lenses.find(({ command }) => command?.command === 'selvage.explainSessions');
  assert.match(lens!.command!.title, /1 of 2|2 sessions/);
  const [uri, position] = lens!.command!.arguments as [string, Position];
  const page = await editor.connection.sendRequest<string | null>('selvage/explainSessions', { uri, position });
  assert.match(page!, /64999/);
});

test('definition and references of filters, functions, templates and constants; addresses lead to their machines', async () => {
  const where = async (method: string, marked: string): Promise<readonly string[]> => {
    const context = { includeDeclaration: true };
    const found = await editor.connection.sendRequest<Location | Location[] | null>(`textDocument/${method}`, {
      ...at(marked),
      context,
    });
    return [found ?? []].flat().map(shown).sort();
  };
  assert.deepEqual(await where('definition', 'import filter po|ds'), ['bird.conf:7']);
  assert.deepEqual(await where('definition', 'if ou|rs(net)'), ['bird.conf:4']);
  assert.deepEqual(await where('definition', 'n1 from no|des'), ['bird.conf:17']);
  assert.deepEqual(await where('definition', 'local as O|WN'), ['bird.conf:2']);
  assert.deepEqual(await where('references', 'filter po|ds {'), ['bird.conf:20', 'bird.conf:29', 'bird.conf:7']);
  assert.ok((await where('definition', 'neighbor 10.0.0.1|1')).includes('calico.yaml:4'));
});

test('a filter gets another name everywhere; names that BIRD cannot have are refused', async () => {
  const rename = (marked: string, newName: string) =>
    editor.connection.sendRequest<WorkspaceEdit>('textDocument/rename', { ...at(marked), newName });
  const edit = await rename('export filter po|ds', 'from_pods');
  assert.equal(applied(BIRD, edit, editor.uri(PATH)), BIRD.replaceAll('pods', 'from_pods'));
  assert.equal(applied(BIRD, await rename("bgp 'n-|2'", 'n_2'), editor.uri(PATH)), BIRD.replace("'n-2'", "'n_2'"));
  await assert.rejects(rename('export filter po|ds', 'from-pods'), /BIRD takes letters/);
  await assert.rejects(rename('export filter po|ds', 'accept'), /no word of its own/);
  // A function and a filter cannot share a name.
  await assert.rejects(rename('export filter po|ds', 'ours'), /already/);
});

test('a variable of a function is not the filter of the same name', async () => {
  const text = `${BIRD}function f(int pods) {\n  return pods > 1;\n}\n`;
  await editor.type(PATH, 2, text);
  const edit = await editor.connection.sendRequest<WorkspaceEdit>('textDocument/rename', {
    ...at('filter po|ds {'),
    newName: 'p2',
  });
  assert.ok(applied(text, edit, editor.uri(PATH)).endsWith('function f(int pods) {\n  return pods > 1;\n}\n'));
  await editor.type(PATH, 3, BIRD);
});

test('completion offers what the network and the file know, as an edit of the word that is typed', async () => {
  const text = BIRD.replace('export filter pods; };', 'export filter po };');
  await editor.type(PATH, 4, text);
  const answer = await editor.connection.sendRequest<CompletionList>(
    'textDocument/completion',
    at('export filter po| }', text),
  );
  const edit = answer.items.find(({ label }) => label === 'pods')!.textEdit as TextEdit;
  const changes = { [editor.uri(PATH)]: [edit] };
  assert.equal(applied(text, { changes }, editor.uri(PATH)), text.replace('filter po }', 'filter pods }'));
  await editor.type(PATH, 5, BIRD);
});

test('an empty bird.conf begins with a whole router', async () => {
  await editor.open('new/bird.conf', '', 'bird');
  const answer = await editor.connection.sendRequest<CompletionList>('textDocument/completion', {
    textDocument: { uri: editor.uri('new/bird.conf') },
    position: { line: 0, character: 0 },
  });
  const router = answer.items.find(({ label }) => label === 'BIRD router')!;
  assert.match((router.textEdit as TextEdit).newText, /protocol bgp uplink \{\n\tlocal as 65001;/);
});

test('what it includes is a link, and is offered while it is typed', async () => {
  const text = 'router id 10.0.0.9;\ninclude "bird.conf";\ninclude "gone.conf";\ninclude "*.conf";\ninclude "";\n';
  await editor.open('rr/top.bird', text, 'bird');
  const textDocument = { uri: editor.uri('rr/top.bird') };
  const links = await editor.connection.sendRequest<DocumentLink[]>('textDocument/documentLink', { textDocument });
  assert.deepEqual(
    links.map(({ target, range }) => [target?.split('/').slice(-2).join('/'), range.start.line]),
    [['rr/bird.conf', 1]],
  );
  const position = { line: 4, character: 9 };
  const offered = await editor.connection.sendRequest<CompletionList>('textDocument/completion', {
    textDocument,
    position,
  });
  assert.ok(offered.items.some(({ label }) => label === 'bird.conf'));
});

test('formatting indents blocks as the editor is set, and leaves the rest', async () => {
  const format = (options: object) =>
    editor.connection.sendRequest<TextEdit[]>('textDocument/formatting', {
      textDocument: { uri: editor.uri(PATH) },
      options,
    });
  assert.deepEqual(await format({ tabSize: 2, insertSpaces: true }), []);
  const tabs = await format({ tabSize: 8, insertSpaces: false });
  const text = applied(BIRD, { changes: { [editor.uri(PATH)]: tabs } }, editor.uri(PATH));
  assert.equal(
    text,
    BIRD.replace(/^( {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2)),
  );
});
