import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** `selvage-rule:/family/name.md` is the page of a rule. */
export const RULE_SCHEME = 'selvage-rule';

/** The server's answer to `selvage/rule`. */
export interface RulePage {
  readonly id: string;
  readonly severity: string;
  readonly summary: string;
  readonly why: string;
  readonly source: string;
}

export function addressOf(rule: string): vscode.Uri {
  return vscode.Uri.from({ scheme: RULE_SCHEME, path: `/${rule}.md` });
}

/** Pages of rules: the ones that came with the extension, or made of what the server knows. They are there offline. */
export function rulePages(client: BaseLanguageClient, extension: vscode.Uri): vscode.TextDocumentContentProvider {
  return {
    async provideTextDocumentContent({ path }) {
      const id = path.replace(/^\//, '').replace(/\.md$/, '');
      const packed = await packedPage(extension, id);
      if (packed !== undefined) return packed;
      const rule = await client.sendRequest<RulePage | null>('selvage/rule', { id });
      return rule === null ? vscode.l10n.t('There is no rule {0}.', id) : textOf(rule);
    },
  };
}

/** The page with its worked example, which is written in English. */
async function packedPage(extension: vscode.Uri, id: string): Promise<string | undefined> {
  if (!vscode.env.language.startsWith('en') || !/^[a-z0-9-]+\/[a-z0-9-]+$/.test(id)) return undefined;
  try {
    const page = vscode.Uri.joinPath(extension, 'docs', 'rules', `${id}.md`);
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(page));
  } catch {
    return undefined;
  }
}

function textOf(rule: RulePage): string {
  const ignore = ['```yaml', `# selvage-ignore ${rule.id}`, '```'];
  const settings = ['```json', `"selvage.rules": { "${rule.id}": "off" }`, '```'];
  return [
    `# ${rule.id}`,
    `**${rule.summary}**`,
    rule.why,
    `${vscode.l10n.t('Severity')}: ${severityName(rule.severity)}`,
    `## ${vscode.l10n.t('To silence it')}`,
    vscode.l10n.t('On one line, by a comment above it:'),
    ignore.join('\n'),
    vscode.l10n.t('Everywhere, in the settings (or under `rules:` in `selvage.yaml`):'),
    settings.join('\n'),
    `## ${vscode.l10n.t('Source')}`,
    rule.source,
    '',
  ].join('\n\n');
}

function severityName(severity: string): string {
  switch (severity) {
    case 'error':
      return vscode.l10n.t('error');
    case 'warning':
      return vscode.l10n.t('warning');
    case 'hint':
      return vscode.l10n.t('hint');
    default:
      return vscode.l10n.t('information');
  }
}
