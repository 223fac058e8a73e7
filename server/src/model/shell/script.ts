import type { Doc, Field } from '../../syntax/document.ts';
import { isTemplated } from '../../syntax/scalar.ts';
import { commandsOf, programWords, type ShellCommand, type ShellTree, type ShellWord } from '../../syntax/shell.ts';
import { type IptablesRule, listedRule, readIptables } from './iptables.ts';
import { type PatchCommand, readPatch } from './patch.ts';
import { listedRoute, type RouteLine, readIpRoute, readRoute } from './route.ts';
import { readSysctl, type SysctlLine } from './sysctl.ts';

/**
 * What a script, or a pasted terminal session, does to the network of the machine it runs on. Scripts that do nothing to it
 * are no resource. Which machine that is, a script does not say.
 */
export interface ShellScript {
  readonly kind: 'shell/Script';
  readonly doc: Doc;
  readonly path: readonly [];
  readonly routes: readonly RouteLine[];
  readonly iptables: readonly IptablesRule[];
  readonly sysctl: readonly SysctlLine[];
  readonly patches: readonly PatchCommand[];
}

export function shellScriptOf(doc: Doc, tree: ShellTree): ShellScript | undefined {
  const routes: RouteLine[] = [];
  const iptables: IptablesRule[] = [];
  const sysctl: SysctlLine[] = [];
  const patches: PatchCommand[] = [];
  for (const command of commandsOf(tree)) {
    const words = programWords(command).map((word) => wordField(doc, word));
    const program = words[0]?.value?.replace(/^.*\//, '');
    if (program === undefined) continue;
    const place = { doc, span: command.span };
    if (program === 'ip') push(routes, readIpRoute(words, place));
    else if (program === 'route') push(routes, readRoute(words, place));
    else if (/^ip6?tables$/.test(program)) push(iptables, readIptables(words, place));
    else push(routes, listedRoute(words, place));
    push(iptables, listedRule(words, place));
    push(patches, readPatch(words, place));
    for (const line of readSysctl(words, command, doc)) sysctl.push(line);
  }
  if (routes.length + iptables.length + sysctl.length + patches.length === 0) return undefined;
  return { kind: 'shell/Script', doc, path: [], routes, iptables, sysctl, patches };
}

function push<T>(list: T[], one: T | undefined): void {
  if (one !== undefined) list.push(one);
}

/** A word as a field; its value is not known where the shell or a template fills it in. */
export function wordField(doc: Doc, word: ShellWord): Field<string> {
  const known = !word.dynamic && !isTemplated(word.text);
  const first = word.segments[0];
  const last = word.segments.at(-1);
  const span =
    first === undefined || last === undefined
      ? word.span
      : ([first.outer, last.outer + (last.width ?? last.length)] as const);
  return { value: known ? word.text : undefined, place: { doc, span } };
}

/** The command's program without its folder, behind `sudo` and assignments; undefined when it is computed. */
export function programOf(command: ShellCommand): string | undefined {
  const word = programWords(command)[0];
  return word === undefined || word.dynamic ? undefined : word.text.replace(/^.*\//, '');
}
