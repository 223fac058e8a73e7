import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ASSISTANT_TOOLS } from '../../server/src/assistant/registry.ts';
import { root } from '../lsp/editor.ts';

interface Contributed {
  readonly name: string;
  readonly displayName: string;
  readonly userDescription: string;
  readonly modelDescription: string;
  readonly toolReferenceName: string;
  readonly canBeReferencedInPrompt: boolean;
  readonly inputSchema: unknown;
}

const read = (name: string): Record<string, unknown> => JSON.parse(readFileSync(join(root, name), 'utf8'));

test('VS Code is promised the tools that the registry has, with the same words and the same inputs', () => {
  const { contributes } = read('package.json') as { contributes: { languageModelTools: readonly Contributed[] } };
  const english = read('package.nls.json');
  const chinese = read('package.nls.zh-cn.json');
  const promised = contributes.languageModelTools;
  assert.deepEqual(
    promised.map(({ name }) => name),
    ASSISTANT_TOOLS.map(({ name }) => `selvage_${name}`),
  );
  for (const [index, tool] of ASSISTANT_TOOLS.entries()) {
    const { modelDescription, inputSchema, displayName, canBeReferencedInPrompt } = promised[index]!;
    assert.equal(modelDescription, tool.description, tool.name);
    assert.deepEqual(inputSchema, tool.input, tool.name);
    assert.ok(canBeReferencedInPrompt, tool.name);
    const key = displayName.slice(1, -1);
    assert.deepEqual({ en: english[key], 'zh-cn': chinese[key] }, tool.title, tool.name);
  }
});
