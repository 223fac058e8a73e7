import type { SiteSettings } from '../../server/src/workspace/settings.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

export const ROOT = 'file:///net';

/** A workspace of these files below file:///net, which is its only folder. */
export function workspaceOf(files: Readonly<Record<string, string>>, settings: Partial<SiteSettings> = {}): Workspace {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: ROOT, settings }]);
  for (const [name, text] of Object.entries(files)) workspace.setFile(`${ROOT}/${name}`, text);
  return workspace;
}

/** Sites by name with the files of each, relative to the folder. */
export function sitesOf(workspace: Workspace): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    workspace
      .sites()
      .map((site) => [site.name, [...workspace.filesOf(site)].map((uri) => uri.slice(ROOT.length + 1)).sort()]),
  );
}

export function pool(name: string, cidr: string): string {
  return `apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata:\n  name: ${name}\nspec:\n  cidr: ${cidr}\n`;
}
