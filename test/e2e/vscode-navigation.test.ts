import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../lsp/editor.ts';
import { type Editor, openExample, told } from './editor.ts';

let editor: Editor;
before(async () => {
  editor = await openExample('broken-fabric');
});
after(() => editor?.close());

/** The line and column of the last letter of a text in a file on disk, counted from 1. */
function endOf(path: string, text: string): readonly [line: number, column: number] {
  const whole = editor.onDisk(path);
  const before = whole.slice(0, whole.indexOf(text) + text.length - 1).split('\n');
  return [before.length, before.at(-1)!.length + 1];
}

async function put(path: string, text: string): Promise<void> {
  await editor.openFile(path);
  await editor.goTo(...endOf(path, text));
}

/** Renames what is at the cursor, as a person does. */
async function rename(to: string): Promise<void> {
  await editor.page.keyboard.press('F2');
  const input = editor.page.locator('.rename-box input');
  await input.waitFor();
  await input.fill(to);
  await editor.page.keyboard.press('Enter');
}

/** Waits until a file on disk holds this text, and shows both when it never does. */
async function holds(path: string, expected: string): Promise<void> {
  await until(() => editor.onDisk(path) === expected, 'nothing was saved').catch(() => {});
  assert.equal(editor.onDisk(path), expected, path);
}

test('hovering over a selector names the nodes that it selects', () =>
  told(editor, 'hover', async () => {
    await put('calico/bgp.yaml', "nodeSelector: rack == 'rack0'");
    // Findings tell that the files around are read.
    await editor.page.locator('.editor-instance [class*="squiggly-"]').first().waitFor();
    await editor.command('Show or Focus Hover');
    const hover = editor.page.locator('.monaco-hover', { hasText: /Selects \d of 5 nodes/ });
    await hover.first().waitFor();
    assert.match((await hover.first().textContent())!, /lab-control-plane/);
    await editor.shot('hover-selector');
    await editor.page.keyboard.press('Escape');
  }));

test('from the end of a link to the node’s definition', () =>
  told(editor, 'definition', async () => {
    const [line] = endOf('fabric.clab.yml', '    tor0:');
    await put('fabric.clab.yml', '"tor0');
    await editor.page.keyboard.press('F12');
    await editor.page.locator('.statusbar-item', { hasText: `Ln ${line},` }).waitFor();
  }));

test('a pool gets another name in its manifest and in the JSON of an annotation', () =>
  told(editor, 'rename-pool', async () => {
    const [pools, web] = ['spiderpool/pools.yaml', 'apps/web.yaml'];
    const expected = [pools, web].map((path) => editor.onDisk(path).replace('web-v4', 'shop-v4'));
    await put(pools, 'name: web-v4');
    await rename('shop-v4');
    await holds(pools, expected[0]!);
    await holds(web, expected[1]!);
  }));

test('a label’s value gets another name on nodes, in selectors and in what kind’s kubelets are told', () =>
  told(editor, 'rename-label', async () => {
    const renamed = (path: string): string =>
      editor
        .onDisk(path)
        .replaceAll('rack: rack0\n', 'rack: row-a\n')
        .replaceAll("rack == 'rack0'", "rack == 'row-a'")
        .replaceAll('"rack=rack0,', '"rack=row-a,');
    const paths = ['calico/nodes.yaml', 'calico/bgp.yaml', 'calico/pools.yaml', 'kind.yaml'];
    const expected = paths.map((path) => [path, renamed(path)] as const);
    for (const [path, text] of expected) assert.notEqual(editor.onDisk(path), text, `${path} names the rack`);
    await put('calico/nodes.yaml', 'rack: rack0');
    await rename('row-a');
    for (const [path, text] of expected) await holds(path, text);
    await editor.shot('rename');
  }));

test('a name that kind makes is not changed, and the editor says why', () =>
  told(editor, 'refusal', async () => {
    await put('calico/bgp.yaml', 'node: lab-control-plane');
    await editor.page.keyboard.press('F2');
    await editor.page.getByText('It changes only when the cluster is created').first().waitFor();
    await editor.shot('rename-refused');
  }));
