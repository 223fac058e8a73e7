import { containerName } from '../model/containerlab/container-name.ts';
import { once } from '../network/once.ts';
import type { Doc } from '../syntax/document.ts';
import { commandsOf, programWords, type ShellWord } from '../syntax/shell.ts';
import { isBridge, type Lab } from './labs.ts';
import { type NameUse, spanPlace } from './names.ts';
import { labScope } from './names-containerlab.ts';

/** What a word of a command is taken for, by the program that it is given to. */
interface Named {
  readonly as: 'node' | 'container' | 'bridge';
  readonly text: string;
  readonly span: readonly [number, number];
}

/** The machines of labs and clusters under the names that commands call them by. */
export interface MachineNames {
  /** Of containers: the node that each is, and where its name begins in the container's. */
  readonly containers: ReadonlyMap<string, Pick<NameUse, 'name' | 'scope'>>;
  readonly bridges: ReadonlyMap<string, Pick<NameUse, 'name' | 'scope'>>;
}

/** Containers of labs are called by lab and node; those of kind and external ones by their own name, which is the node's. */
export function machineNames(labs: readonly Lab[], clusterNodes: Iterable<string>): MachineNames {
  const containers = new Map<string, Pick<NameUse, 'name' | 'scope'>>();
  const bridges = new Map<string, Pick<NameUse, 'name' | 'scope'>>();
  for (const name of clusterNodes) containers.set(name, { name, scope: '' });
  for (const lab of labs)
    for (const node of lab.nodes.values()) {
      const container = containerName(lab.topology, node.name);
      const meant = { name: node.name, scope: labScope(lab.topology) };
      if (isBridge(node)) bridges.set(node.name, meant);
      else if (container !== undefined && node.kind?.name !== 'ext-container') containers.set(container, meant);
    }
  return { containers, bridges };
}

/** The nodes that a script's commands name: of kubectl and calicoctl, containers of Docker, bridges of iproute2. */
export function shellNames(doc: Doc, { containers, bridges }: MachineNames): readonly NameUse[] {
  return wordsOf(doc).flatMap(({ as, text, span }): readonly NameUse[] => {
    const meant = as === 'node' ? { name: text, scope: '' } : (as === 'container' ? containers : bridges).get(text);
    if (meant === undefined) return [];
    // A container's name ends in the node's.
    const place = spanPlace(doc, [span[1] - meant.name.length, span[1]]);
    return [{ kind: 'node', ...meant, place, role: 'reference' }];
  });
}

const wordsOf = once((doc: Doc): readonly Named[] =>
  doc.tree.format === 'shell' ? commandsOf(doc.tree.shell).flatMap((command) => namedIn(programWords(command))) : [],
);

function namedIn(words: readonly ShellWord[]): readonly Named[] {
  const program = words[0]?.text.replace(/^.*\//, '') ?? '';
  if (/^(kubectl|oc|calicoctl)$/.test(program)) return nodeArguments(words);
  if (/^(docker|podman|nerdctl)$/.test(program))
    return words.slice(1).flatMap((word) => whole('container', word, /^[^:]+/));
  if (/^(ip|brctl|ovs-vsctl|bridge|ifconfig)$/.test(program))
    return words.slice(1).flatMap((word) => whole('bridge', word, /^.+/));
  return [];
}

/** `label node n1 rack=r1`, `patch node n1 -p …`, `drain n1`, `describe node/n1`. */
function nodeArguments(words: readonly ShellWord[]): readonly Named[] {
  const named: Named[] = [];
  let follows = false;
  for (const word of words.slice(1)) {
    const { text } = word;
    if (/^(node|nodes|no|drain|cordon|uncordon)$/.test(text)) follows = true;
    else if (/^-|=|-$/.test(text)) follows = false;
    else if (/^nodes?\/./.test(text)) named.push(...whole('node', word, /[^/]+$/));
    else if (follows) named.push(...whole('node', word, /^.+/));
  }
  return named;
}

/** The part of a word that a pattern finds; nothing in a word that a variable completes or that quotes cut up. */
function whole(as: Named['as'], { text, dynamic, segments }: ShellWord, pattern: RegExp): readonly Named[] {
  const [segment, ...others] = segments;
  const found = pattern.exec(text);
  if (dynamic || found === null || segment === undefined || others.length > 0) return [];
  const start = segment.outer + found.index;
  return [{ as, text: found[0], span: [start, start + found[0].length] }];
}
