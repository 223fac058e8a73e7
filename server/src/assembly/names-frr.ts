import { canonicalAddress, parseAddress } from '../network/address.ts';
import type { Doc } from '../syntax/document.ts';
import type { FrrLine, FrrTree, Word } from '../syntax/frr.ts';
import { isTemplated } from '../syntax/scalar.ts';
import { type NameUse, type PolicyKind, spanPlace } from './names.ts';

/** Every name that an FRR configuration, or commands typed at vtysh, define or use, by the words in front of it. */
export function frrNames(doc: Doc, tree: FrrTree, scope: string): readonly NameUse[] {
  const found: NameUse[] = [];
  const add = (kind: PolicyKind, word: Word | undefined, role: NameUse['role'], family?: 'ipv6'): void => {
    if (word === undefined || isTemplated(word.text)) return;
    const place = spanPlace(doc, word.span);
    found.push({ kind, name: word.text, scope: family === undefined ? scope : `${scope} ${family}`, place, role });
  };
  const visit = (line: FrrLine, inIpv6: boolean): void => {
    const { words } = line;
    const texts = words.map(({ text }) => text);
    const isIpv6 = texts[0] === 'address-family' ? texts[1] === 'ipv6' : inIpv6;
    if (!define(words, texts, line.block === 'route-map', add)) refer(words, texts, isIpv6, add);
    for (const place of neighbourWords(words, texts)) found.push(addressUse(doc, place));
    if (texts[0] === 'hostname' && words[1] !== undefined)
      found.push({
        kind: 'node',
        name: texts[1]!,
        scope: `${scope} hostname`,
        place: spanPlace(doc, words[1].span),
        role: 'reference',
      });
    for (const child of line.children) visit(child, isIpv6);
  };
  for (const line of tree.lines) visit(line, false);
  // `neighbor eth1` names an interface unless there is a group of that name.
  const groups = new Set(
    found.filter(({ kind, role }) => kind === 'peer-group' && role === 'definition').map(({ name }) => name),
  );
  return found.filter(({ kind, name }) => kind !== 'peer-group' || groups.has(name));
}

type Add = (kind: PolicyKind, word: Word | undefined, role: NameUse['role'], family?: 'ipv6') => void;

/** Commands that define what they name. */
function define(words: readonly Word[], texts: readonly string[], opensRouteMap: boolean, add: Add): boolean {
  const [first, second, third] = texts;
  if (opensRouteMap || (first === 'route-map' && /^(permit|deny)$/.test(third ?? ''))) {
    add('route-map', words[1], 'definition');
    return true;
  }
  const isFamily = first === 'ip' || first === 'ipv6';
  if (isFamily && second === 'prefix-list') {
    add('prefix-list', words[2], 'definition', first === 'ipv6' ? 'ipv6' : undefined);
    return true;
  }
  if (first === 'access-list' || (isFamily && second === 'access-list')) {
    add('access-list', words[first === 'access-list' ? 1 : 2], 'definition', first === 'ipv6' ? 'ipv6' : undefined);
    return true;
  }
  if ((first === 'bgp' || first === 'ip') && second === 'as-path' && third === 'access-list') {
    add('as-path list', words[3], 'definition');
    return true;
  }
  if ((first === 'bgp' || first === 'ip') && /^(ext|large-)?community-list$/.test(second ?? '')) {
    add('community-list', words[/^(standard|expanded)$/.test(third ?? '') ? 3 : 2], 'definition');
    return true;
  }
  if (first === 'neighbor' && third === 'peer-group' && words.length === 3) {
    add('peer-group', words[1], 'definition');
    return true;
  }
  return false;
}

/** Words that a name of the kind stands behind, wherever they are in a command. */
const REFERRING: Readonly<Record<string, PolicyKind>> = {
  'route-map': 'route-map',
  'advertise-map': 'route-map',
  'exist-map': 'route-map',
  'non-exist-map': 'route-map',
  'unsuppress-map': 'route-map',
  'suppress-map': 'route-map',
  'table-map': 'route-map',
  call: 'route-map',
  'prefix-list': 'prefix-list',
  'filter-list': 'as-path list',
  'distribute-list': 'access-list',
  'comm-list': 'community-list',
  'peer-group': 'peer-group',
};

function refer(words: readonly Word[], texts: readonly string[], inIpv6: boolean, add: Add): void {
  const [first, second, third] = texts;
  // Free text holds no names.
  if (first === 'description' || third === 'description' || third === 'password') return;
  const isIpv6 = first === 'match' ? second === 'ipv6' : inIpv6;
  for (const [index, text] of texts.entries()) {
    const kind = Object.hasOwn(REFERRING, text) ? REFERRING[text] : undefined;
    if (kind === undefined || (text === 'call' && index > 0)) continue;
    const family = isIpv6 && (kind === 'prefix-list' || kind === 'access-list') ? 'ipv6' : undefined;
    add(kind, words[index + 1], 'reference', family);
  }
  if (first === 'match' && second === 'as-path') add('as-path list', words[2], 'reference');
  if (first === 'match' && /^(ext|large-)?community$/.test(second ?? '')) add('community-list', words[2], 'reference');
  if (first === 'match' && /^ip(v6)?$/.test(second ?? '') && words.length === 4 && texts[3] !== 'prefix-list')
    add('access-list', words[3], 'reference', isIpv6 ? 'ipv6' : undefined);
  if (first === 'neighbor' && second !== undefined && parseAddress(second) === undefined)
    add('peer-group', words[1], 'reference');
}

/** Addresses of other machines: neighbours and next hops. */
function neighbourWords(words: readonly Word[], texts: readonly string[]): readonly Word[] {
  const [first, second] = texts;
  if (first === 'neighbor')
    return words
      .slice(1, 2)
      .concat(valueAfter(words, texts, 'update-source'))
      .filter(isAddress);
  if ((first === 'ip' || first === 'ipv6') && second === 'route') return words.slice(3, 4).filter(isAddress);
  return [];
}

function valueAfter(words: readonly Word[], texts: readonly string[], word: string): readonly Word[] {
  const at = texts.indexOf(word);
  return at === -1 ? [] : words.slice(at + 1, at + 2);
}

function isAddress({ text }: Word): boolean {
  return parseAddress(text) !== undefined;
}

function addressUse(doc: Doc, { text, span }: Word): NameUse {
  return { kind: 'address', name: canonicalAddress(text), scope: '', place: spanPlace(doc, span), role: 'reference' };
}
