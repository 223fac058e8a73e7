import * as vscode from 'vscode';
import type { BaseLanguageClient, Middleware } from 'vscode-languageclient';
import { YAML_EXTENSION } from './yaml-extension.ts';

const SCHEME = 'selvage-schema';

/** What Red Hat's YAML extension offers to others. */
interface YamlExtension {
  registerContributor?(
    scheme: string,
    requestSchema: (resource: string) => string | undefined,
    requestSchemaContent: (address: string) => Promise<string> | string,
  ): boolean;
}

/**
 * Hands Selvage's schemas to Red Hat's YAML extension while the user wants it to complete fields. The setting is asked
 * whenever a schema is, so that it needs no restart; what the extension has already shown for a file it may keep.
 */
export async function offerSchemas(client: BaseLanguageClient): Promise<void> {
  const extension = vscode.extensions.getExtension<YamlExtension>(YAML_EXTENSION);
  if (extension === undefined || !isWanted()) return;
  try {
    const api = await extension.activate();
    api?.registerContributor?.(
      SCHEME,
      (resource) => {
        const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === resource);
        const name = document === undefined || !isWanted() ? undefined : schemaOf(document);
        return name === undefined ? undefined : `${SCHEME}://schema/${name}`;
      },
      async (address) => {
        const name = vscode.Uri.parse(address).path.slice(1);
        return (await client.sendRequest<string | null>('selvage/schema', { name })) ?? '{}';
      },
    );
  } catch {
    // An extension that cannot start offers nothing to hand schemas to; it tells so itself.
  }
}

/** Leaves fields and their fixed values to the other extension where it has our schemas; all else is still ours to propose. */
export const withoutDoubles: Pick<Middleware, 'provideCompletionItem'> = {
  async provideCompletionItem(document, position, context, token, next) {
    const given = await next(document, position, context, token);
    if (!given || !isOffered(document)) return given;
    const ours = ({ kind }: vscode.CompletionItem): boolean =>
      kind !== vscode.CompletionItemKind.Property && kind !== vscode.CompletionItemKind.EnumMember;
    if (Array.isArray(given)) return given.filter(ours);
    return new vscode.CompletionList(given.items.filter(ours), given.isIncomplete);
  },
};

function isOffered(document: vscode.TextDocument): boolean {
  return (
    isWanted() &&
    document.languageId === 'yaml' &&
    vscode.extensions.getExtension(YAML_EXTENSION)?.isActive === true &&
    schemaOf(document) !== undefined
  );
}

function isWanted(): boolean {
  return vscode.workspace.getConfiguration('selvage').get('yamlExtension.completesFields', false);
}

/** Which schema describes a document: by its name, or by a kind that Selvage has a schema of. */
function schemaOf(document: vscode.TextDocument): string | undefined {
  const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
  if (/^selvage\.ya?ml$/.test(name)) return 'configuration';
  if (/\.clab\.ya?ml$/.test(name)) return 'topology';
  return OWN.test(document.getText()) ? 'objects' : undefined;
}

const OWN =
  /^["']?apiVersion["']?:[ \t]*["']?(projectcalico\.org|spiderpool\.spidernet\.io|k8s\.cni\.cncf\.io|kind\.x-k8s\.io)\//m;
