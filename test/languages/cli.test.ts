import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from 'commander';
import { programFor } from '../../server/src/cli/run.ts';
import type { Language } from '../../server/src/text.ts';
import { folderWith, selvage } from '../cli/site.ts';
import { CHINESE } from './literals.ts';

function program(language: Language): Command {
  const terminal = { cwd: '.', env: {}, columns: 100, out() {}, error() {}, input: async () => Buffer.from('') };
  return programFor({ terminal, language, say: (text) => text[language], exitWith() {} });
}

function* commandsOf(command: Command): Generator<Command> {
  yield command;
  for (const one of command.commands) yield* commandsOf(one);
}

function wordsOf(command: Command): readonly (readonly [what: string, words: string])[] {
  const help = command.createHelp();
  return [
    [command.name(), command.description()],
    ...help.visibleOptions(command).map((one) => [`${command.name()} ${one.flags}`, one.description] as const),
    ...command.registeredArguments.map((one) => [`${command.name()} <${one.name()}>`, one.description] as const),
  ];
}

test('every command, option and argument is told in both languages', () => {
  const english = [...commandsOf(program('en'))].flatMap(wordsOf);
  const chinese = [...commandsOf(program('zh-cn'))].flatMap(wordsOf);
  assert.deepEqual(
    chinese.map(([what]) => what),
    english.map(([what]) => what),
  );
  assert.ok(english.length > 60, String(english.length));
  for (const [what, words] of english) {
    assert.match(words, /[a-z]/, what);
    assert.doesNotMatch(words, CHINESE, what);
  }
  for (const [what, words] of chinese) assert.match(words, CHINESE, `${what}: ${words}`);
});

test('no line of the Chinese help is English', async () => {
  const folder = folderWith({});
  for (const command of program('zh-cn').commands) {
    const { code, out } = await selvage(folder, [command.name(), '--help', '--lang', 'zh-cn']);
    assert.equal(code, 0, command.name());
    // Commander's own words, and sentences of ours that were not translated.
    assert.doesNotMatch(
      out,
      /\b(Usage|Options|Arguments|Commands|Examples|choices|default):|display help/,
      command.name(),
    );
    for (const line of out.split('\n'))
      assert.ok(!/\b[a-z]+ [a-z]+ [a-z]+ [a-z]+ [a-z]+\b/.test(line) || CHINESE.test(line), line);
  }
});

test('the locale of the terminal decides, and --lang wins', async () => {
  const folder = folderWith({});
  for (const [env, args, chinese] of [
    [{ LANG: 'zh_CN.UTF-8' }, [], true],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'zh_CN.UTF-8' }, [], true],
    [{ LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'C' }, [], false],
    [{ LANG: 'zh_CN.UTF-8' }, ['--lang', 'en'], false],
    [{}, ['--lang=zh-cn'], true],
    [{}, [], false],
  ] as const) {
    const { out, error } = await selvage(folder, ['check', ...args], { env });
    assert.equal(CHINESE.test(out + error), chinese, JSON.stringify([env, args, out, error]));
    const refusal = await selvage(folder, ['check', 'nowhere', ...args], { env });
    assert.equal(refusal.code, 2);
    assert.equal(CHINESE.test(refusal.error), chinese, refusal.error);
  }
});
