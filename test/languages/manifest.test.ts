import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../lsp/editor.ts';
import { CHINESE, faultOf, sourcesIn } from './literals.ts';

const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  readonly description: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly configuration: readonly {
      readonly title: string;
      readonly properties: Readonly<Record<string, Setting>>;
    }[];
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly image: string } }[] }[];
  };
};
const english = JSON.parse(read('package.nls.json')) as Record<string, string>;
const chinese = JSON.parse(read('package.nls.zh-cn.json')) as Record<string, string>;

interface Setting {
  readonly type: string;
  readonly scope?: string;
  readonly order?: number;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly markdownDescription?: string;
}

test('every sentence of the manifest is in both languages, and none is left over', () => {
  const used = [...new Set([...read('package.json').matchAll(/"%([\w.-]+)%"/g)].map((match) => match[1]!))].sort();
  assert.deepEqual(Object.keys(english).sort(), used);
  assert.deepEqual(Object.keys(chinese).sort(), used);
  const links = (text: string): readonly string[] => [...text.matchAll(/\((command:[\w.]+)\)/g)].map((m) => m[1]!);
  for (const key of used) {
    const [en, zh] = [english[key]!, chinese[key]!];
    assert.match(zh, CHINESE, key);
    assert.equal(faultOf({ text: en, holes: [] }, { text: zh, holes: [] }), undefined, key);
    assert.deepEqual(links(zh), links(en), key);
    assert.equal(zh.split('\n').length, en.split('\n').length, key);
  }
});

test('what a person reads in the manifest is never written there directly', () => {
  const READ =
    /"(title|description|markdownDescription|displayName|userDescription|altText|contents|name|patternErrorMessage)": "([^"%][^"]* [^"]*)"/g;
  assert.deepEqual(
    [...JSON.stringify(manifest.contributes, null, 1).matchAll(READ)]
      .map((match) => match[0])
      // Schemas of assistants' tools are for language models.
      .filter((text) => !text.startsWith('"description"')),
    [],
  );
});

test('every command has a title, and something that runs it', () => {
  const sources = [...sourcesIn('client/src'), ...sourcesIn('server/src')].map(([, text]) => text).join('\n');
  for (const { command, title } of manifest.contributes.commands) {
    assert.match(title, /^%.+%$/, command);
    const name = command.slice('selvage.'.length);
    assert.ok(
      sources.includes(`'${command}'`) || sources.includes(`'${name}'`) || sources.includes(`${name}:`),
      command,
    );
  }
  // A link in a text leads to a command that there is.
  const commands = new Set(manifest.contributes.commands.map(({ command }) => command));
  for (const [key, text] of Object.entries(english))
    for (const [, command = ''] of text.matchAll(/\(command:(selvage\.[\w.]+)/g)) assert.ok(commands.has(command), key);
});

test('the settings page reads well: sections in order, and for every setting what it does, where it holds and its values', () => {
  for (const { title, properties } of manifest.contributes.configuration) {
    assert.match(title, /^%.+%$/);
    const orders = Object.values(properties).map(({ order }) => order);
    assert.equal(new Set(orders).size, orders.length, `two settings of ${title} have one order`);
    for (const [name, setting] of Object.entries(properties)) {
      assert.match(setting.markdownDescription ?? '', /^%.+%$/, `${name} has no words`);
      assert.ok(setting.scope !== undefined && setting.order !== undefined, `${name} has no scope or order`);
      assert.ok(setting.default !== undefined, `${name} has no default`);
      assert.equal(setting.enumDescriptions?.length, setting.enum?.length, name);
      // What is started must never be chosen by a folder that was opened.
      if (/\.cluster\./.test(name) && setting.type === 'string') assert.match(setting.scope ?? '', /^machine/, name);
    }
  }
});

test('the pictures of the first steps are there', () => {
  for (const { steps } of manifest.contributes.walkthroughs)
    for (const { media } of steps) assert.ok(existsSync(join(root, media.image)), media.image);
});
