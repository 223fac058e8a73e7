import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { CompletionList, Diagnostic } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { BUILT_SERVER, type Editor, startEditor } from './editor.ts';

/** The engine of Red Hat's YAML extension, as far as it is asked here. */
interface YamlService {
  configure(settings: unknown): void;
  doComplete(document: TextDocument, position: object, isKubernetes: boolean): Promise<CompletionList>;
  doValidation(document: TextDocument, isKubernetes: boolean): Promise<Diagnostic[]>;
}
const { getLanguageService } = createRequire(import.meta.url)('yaml-language-server') as {
  getLanguageService(parts: unknown): YamlService;
};

let editor: Editor;
before(async () => {
  editor = await startEditor({ server: BUILT_SERVER });
});
after(() => editor.stop());

test('the YAML extension’s own engine completes our fields from our schema, and complains of nothing', async () => {
  const schema = await editor.connection.sendRequest<string | null>('selvage/schema', { name: 'objects' });
  const yaml = getLanguageService({
    schemaRequestService: () => Promise.reject(new Error('nothing is fetched')),
    workspaceContext: { resolveRelativePath: (path: string) => path },
    telemetry: { send() {}, sendError() {}, sendTrack() {} },
  });
  yaml.configure({
    validate: true,
    completion: true,
    hover: true,
    customTags: [],
    schemas: [{ uri: 'selvage-schema://schema/objects', fileMatch: ['*'], schema: JSON.parse(schema ?? 'null') }],
  });
  let asked = 0;
  const complete = async (text: string): Promise<readonly string[]> => {
    const document = TextDocument.create(`file:///net/${++asked}.yaml`, 'yaml', 1, text.replace('|', ''));
    const { items } = await yaml.doComplete(document, document.positionAt(text.indexOf('|')), false);
    return items.map(({ label }) => label);
  };
  const pool = 'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata:\n  name: a\nspec:\n';
  const fields = await complete(`${pool}  cidr: 10.0.0.0/8\n  |\n`);
  assert.ok(fields.includes('blockSize') && fields.includes('natOutgoing'), fields.join(' '));
  assert.ok(!fields.includes('peerIP'), 'the fields of other kinds are not among them');
  assert.ok((await complete(`${pool}  vxlanMode: |\n`)).includes('CrossSubnet'));

  const wrong = TextDocument.create(
    'file:///net/b.yaml',
    'yaml',
    1,
    `${pool}  cidr: 7\n  nonsense: true\n  vxlanMode: Perhaps\n`,
  );
  assert.deepEqual(await yaml.doValidation(wrong, false), []);
  assert.equal(await editor.connection.sendRequest('selvage/schema', { name: '../package.json' }), null);
});
