import type { VyosTree } from '../../syntax/vyos.ts';
import type { Text } from '../../text.ts';

/** The command syntax of VyOS up to 1.3, and from 1.4 on. */
export type VyosSyntax = 'old' | 'current';

/**
 * One word of VyOS' configuration. `node`: others stand in it; `tag`: it has a name or number, and others stand in it;
 * `leaf`: it has a value; `flag`: it stands alone.
 */
export interface VyosWord {
  readonly name: string;
  readonly sort: 'node' | 'tag' | 'leaf' | 'flag';
  readonly detail: Text;
  /** Absent where both have it. */
  readonly only?: VyosSyntax;
  readonly children: readonly VyosWord[];
  /** The few values that it takes. */
  readonly values: readonly string[];
}

function word(sort: VyosWord['sort']) {
  return (name: string, en: string, zh: string, children: readonly VyosWord[] = []): VyosWord => ({
    name,
    sort,
    detail: { en, 'zh-cn': zh },
    children,
    values: [],
  });
}

export const node = word('node');
export const tag = word('tag');
export const flag = word('flag');

export function leaf(name: string, en: string, zh: string, ...values: readonly string[]): VyosWord {
  return { ...word('leaf')(name, en, zh), values };
}

/** Words that only one syntax has. */
export function only(syntax: VyosSyntax, ...words: readonly VyosWord[]): readonly VyosWord[] {
  return words.map((one) => ({ ...one, only: syntax }));
}

/** What may come behind some words: further words, or the value of one. */
export type VyosAnswer = { readonly words: readonly VyosWord[] } | { readonly value: VyosWord };

/** What may come behind the words of a path; undefined behind what is complete or not described. */
export function vyosAnswer(
  top: readonly VyosWord[],
  path: readonly string[],
  syntax: VyosSyntax,
): VyosAnswer | undefined {
  let words = top.filter((one) => one.only === undefined || one.only === syntax);
  for (let at = 0; at < path.length; ) {
    const found = words.find(({ name }) => name === path[at]);
    if (found === undefined || found.sort === 'flag') return undefined;
    const hasValue = found.sort === 'tag' || found.sort === 'leaf';
    if (hasValue && at + 1 === path.length) return { value: found };
    if (found.sort === 'leaf') return undefined;
    at += hasValue ? 2 : 1;
    words = found.children.filter((one) => one.only === undefined || one.only === syntax);
  }
  return { words };
}

/** The syntax of a configuration: by the release in its footer, by the versions there, else by how it names its AS. */
export function vyosSyntax({ version, components, text }: VyosTree): VyosSyntax {
  if (version !== undefined) return /^1\.[0-3]\b/.test(version) ? 'old' : 'current';
  // src/migration-scripts/bgp/0-to-1 took the AS out of the node's name.
  if (components !== undefined) return (components.get('bgp') ?? 0) < 1 ? 'old' : 'current';
  return /\bbgp\s+\d+(\s*\{|\s+[a-z])/.test(text) ? 'old' : 'current';
}
