import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { root, until } from './editor.ts';
import { pool } from './texts.ts';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly uri?: string };
  readonly result?: unknown;
}

/** The built worker in a scope that has what a web worker has, and nothing of Node. */
function startWorker(files: Readonly<Record<string, string>>): {
  send(message: object): void;
  readonly heard: Message[];
} {
  const heard: Message[] = [];
  const scope: Record<string, unknown> & { onmessage?: (event: { data: unknown }) => void } = {
    ...{ setTimeout, clearTimeout, setInterval, clearInterval, performance, queueMicrotask },
    ...{ TextEncoder, TextDecoder, URL, structuredClone, console },
  };
  const send = (message: object): void => scope.onmessage?.({ data: { jsonrpc: '2.0', ...message } });
  scope.postMessage = (message: Message): void => {
    heard.push(structuredClone(message));
    const uri = message.params?.uri ?? '';
    if (message.method === 'selvage/list')
      send({
        id: message.id,
        result: uri === 'vscode-vfs://host/net' ? Object.keys(files).map((name) => ({ name, kind: 'file' })) : [],
      });
    if (message.method === 'selvage/read')
      send({ id: message.id, result: files[uri.replace('vscode-vfs://host/net/', '')] ?? null });
  };
  scope.addEventListener = (): void => {};
  scope.self = scope;
  runInContext(readFileSync(join(root, 'dist', 'browser-server.js'), 'utf8'), createContext(scope));
  return { send, heard };
}

test('in a browser the same server reads a virtual workspace through the editor', async () => {
  const { send, heard } = startWorker({ 'a.yaml': pool('a', '10.1.0.0/16'), 'b.yaml': pool('b', '10.1.4.0/24') });
  const answer = (id: number): Message | undefined => heard.find((message) => message.id === id && 'result' in message);
  const itemsOf = (id: number): readonly { uri: string; items: { code: string }[] }[] =>
    (answer(id)?.result as { items: [] } | undefined)?.items ?? [];
  const folder = { uri: 'vscode-vfs://host/net', name: 'net' };
  const capabilities = { textDocument: { diagnostic: {} } };
  const initializationOptions = { readsFiles: true };
  send({ id: 1, method: 'initialize', params: { capabilities, workspaceFolders: [folder], initializationOptions } });
  await until(() => answer(1) !== undefined, 'not initialized');
  send({ method: 'initialized', params: {} });
  let id = 2;
  await until(async () => {
    send({ id: ++id, method: 'workspace/diagnostic', params: { previousResultIds: [] } });
    await until(() => answer(id) !== undefined, 'the workspace was not checked');
    return itemsOf(id).length > 0;
  }, 'nothing was found');
  assert.deepEqual(
    itemsOf(id).map(({ uri, items }) => [uri, items[0]?.code]),
    [['vscode-vfs://host/net/b.yaml', 'ipam/pool-overlap']],
  );
});
