import { ADDRESS_OWNERS, type AddressOwner } from '../assembly/address-owners.ts';
import { ADDRESS_PLAN, type PlannedRange } from '../assembly/address-plan.ts';
import { type Address, formatAddress, isLinkLocal, parseAddress } from '../network/address.ts';
import { formatPrefix, hostPrefix, networkOf, type Prefix, parsePrefix } from '../network/prefix.ts';
import { parseRange, type Range, rangeOf, rangeSize, rangesOverlap, rangeWithin } from '../network/range.ts';
import { isPublic } from '../network/special.ts';
import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { counted } from './counted.ts';
import { documentsAt, offsetInDocument } from './documents-at.ts';
import type { HoverPart } from './hover.ts';

/** Over an address, a CIDR or a range in a file of any format: how large it is, whose it is, and what it overlaps. */
export function addressHover(file: FileState, offset: number, site: Site): HoverPart | undefined {
  const word = wordAt(file.text, offset);
  const text = word && textOf(word.text, site);
  const [state] = documentsAt(file, offset);
  if (word === undefined || text === undefined || state === undefined) return undefined;
  const start = offsetInDocument(state.doc, word.start);
  return { place: { doc: state.doc, span: [start, start + word.text.length] }, text };
}

const WORD = /[0-9a-fA-F:.]+(?:\/\d+|-[0-9a-fA-F:.]+)?/g;
/** Longer lines hold data and no sentence of a configuration. */
const LONGEST_LINE = 4096;

function wordAt(text: string, offset: number): { readonly text: string; readonly start: number } | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset);
  const line = text.slice(start, newline === -1 ? text.length : newline);
  if (line.length > LONGEST_LINE) return undefined;
  for (const { 0: found, index } of line.matchAll(WORD)) {
    const from = start + index;
    const before = line[index - 1] ?? ' ';
    const after = line[index + found.length] ?? ' ';
    if (offset < from || offset > from + found.length || /[\w.$}-]/.test(before) || /[\w${]/.test(after)) continue;
    // A port behind an IPv4 address, and the colon or the point behind a word.
    const trimmed = found
      .replace(/^(\d+\.\d+\.\d+\.\d+):\d*$/, '$1')
      .replace(/[.:]$/, (end) => (found.endsWith('::') ? end : ''));
    return { text: trimmed, start: from };
  }
  return undefined;
}

function textOf(word: string, site: Site): Text | undefined {
  const address = parseAddress(word);
  if (address !== undefined) return addressText(address, site);
  const prefix = parsePrefix(word);
  if (prefix !== undefined) return prefixText(prefix, site);
  const range = word.includes('-') ? parseRange(word) : undefined;
  return range && rangeText(word, range, site);
}

function addressText(address: Address, site: Site): Text {
  const text = formatAddress(address);
  const owners = site.derive(ADDRESS_OWNERS).get(text) ?? [];
  const own = rangeOf(hostPrefix(address));
  const around = smallestFirst(site.derive(ADDRESS_PLAN).filter(({ range }) => rangeWithin(own, range)));
  return joined(
    {
      en: `**${text}** — ${sort(hostPrefix(address)).en}`,
      'zh-cn': `**${text}** — ${sort(hostPrefix(address))['zh-cn']}`,
    },
    ownersText(owners),
    aroundText(around),
  );
}

function ownersText(owners: readonly AddressOwner[]): Text | undefined {
  if (owners.length === 0) return undefined;
  const named = owners.map(
    ({ host, interface: port }) => `\`${host.name}\`${port === undefined ? '' : ` \`${port}\``}`,
  );
  if (named.length === 1) return { en: `${named[0]} has it.`, 'zh-cn': `属于 ${named[0]}。` };
  return {
    en: `**${named.length} machines have it**: ${named.join(', ')}.`,
    'zh-cn': `**有 ${named.length} 台机器使用它**：${named.join('、')}。`,
  };
}

function prefixText(prefix: Prefix, site: Site): Text {
  const network = networkOf(prefix);
  const range = rangeOf(prefix);
  const head = headText(formatPrefix(network), range, sort(network));
  const host = { family: prefix.family, value: prefix.address };
  const isHost = formatPrefix(prefix) !== formatPrefix(network);
  const owners =
    isHost || prefix.length >= (prefix.family === 4 ? 31 : 127)
      ? (site.derive(ADDRESS_OWNERS).get(formatAddress(host)) ?? [])
      : [];
  const inIt: Text | undefined = isHost
    ? { en: `The address in it is ${formatAddress(host)}.`, 'zh-cn': `其中的地址是 ${formatAddress(host)}。` }
    : undefined;
  return joined(head, inIt, ownersText(owners), neighboursText(range, site));
}

function rangeText(word: string, range: Range, site: Site): Text {
  return joined(headText(word, range, undefined), neighboursText(range, site));
}

function headText(name: string, range: Range, what: Text | undefined): Text {
  const first = formatAddress({ family: range.family, value: range.first });
  const last = formatAddress({ family: range.family, value: range.last });
  const size = rangeSize(range);
  const count = counted(size);
  return {
    en: `**${name}** — ${count} ${size === 1n ? 'address' : 'addresses'}, ${first} to ${last}${what === undefined ? '' : `; ${what.en}`}`,
    'zh-cn': `**${name}** — ${count} 个地址，${first} 至 ${last}${what === undefined ? '' : `；${what['zh-cn']}`}`,
  };
}

/** Most of each sort that are told. */
const MOST = 5;

/** Whose the range is, what it lies in, what lies in it, and what it overlaps without being either. */
function neighboursText(range: Range, site: Site): Text | undefined {
  const met = site.derive(ADDRESS_PLAN).filter((one) => rangesOverlap(one.range, range));
  const same = met.filter((one) => rangeWithin(one.range, range) && rangeWithin(range, one.range));
  const outer = smallestFirst(met.filter((one) => !same.includes(one) && rangeWithin(range, one.range)));
  const inner = met.filter((one) => !same.includes(one) && rangeWithin(one.range, range));
  const cut = met.filter((one) => !same.includes(one) && !outer.includes(one) && !inner.includes(one));
  const uses = new Set(same.filter(({ disabled }) => disabled !== true).map(({ use }) => use));
  return joined(
    listed({ en: 'It is', 'zh-cn': '即' }, same),
    uses.size > 1
      ? { en: '**The same addresses are for different things.**', 'zh-cn': '**相同的地址被用于不同的用途。**' }
      : undefined,
    aroundText(outer),
    listed({ en: 'In it are', 'zh-cn': '包含' }, inner),
    listed({ en: '**It overlaps**', 'zh-cn': '**重叠于**' }, cut),
  );
}

function aroundText(around: readonly PlannedRange[]): Text | undefined {
  return listed({ en: 'It lies in', 'zh-cn': '位于' }, around);
}

function listed(lead: Text, ranges: readonly PlannedRange[]): Text | undefined {
  if (ranges.length === 0) return undefined;
  const told = ranges.slice(0, MOST);
  const more = ranges.length - told.length;
  return {
    en: `${lead.en} ${told.map((range) => shown(range).en).join(', ')}${more === 0 ? '' : ` and ${more} more`}.`,
    'zh-cn': `${lead['zh-cn']} ${told.map((range) => shown(range)['zh-cn']).join('、')}${more === 0 ? '' : ` 以及另外 ${more} 个`}。`,
  };
}

/** A node's address stands for the subnet that it is in. */
function shown({ use, owner, text }: PlannedRange): Text {
  const prefix = use === 'nodes' ? parsePrefix(text) : undefined;
  if (prefix === undefined) return { en: `${owner.en} (${text})`, 'zh-cn': `${owner['zh-cn']} (${text})` };
  const subnet = formatPrefix(networkOf(prefix));
  return { en: `the subnet ${subnet} of ${owner.en}`, 'zh-cn': `${owner['zh-cn']} 所在的子网 ${subnet}` };
}

function smallestFirst(ranges: readonly PlannedRange[]): readonly PlannedRange[] {
  return ranges.toSorted((a, b) => {
    const difference = rangeSize(a.range) - rangeSize(b.range);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  });
}

/** What kind of address space it is. */
function sort(prefix: Prefix): Text {
  const address = { family: prefix.family, value: prefix.address };
  if (isLinkLocal(address)) return { en: 'link-local', 'zh-cn': '链路本地' };
  if (prefix.family === 6)
    return prefix.address >> 121n === 0xfcn >> 1n
      ? { en: 'a unique local address', 'zh-cn': '唯一本地地址' }
      : { en: 'IPv6', 'zh-cn': 'IPv6' };
  return isPublic(prefix)
    ? { en: 'public address space', 'zh-cn': '公网地址空间' }
    : { en: 'private or special address space', 'zh-cn': '私有或专用地址空间' };
}

function joined(...parts: readonly (Text | undefined)[]): Text {
  const said = parts.filter((part) => part !== undefined && part.en !== '') as readonly Text[];
  return {
    en: said.map((part) => part.en).join('\n\n'),
    'zh-cn': said.map((part) => part['zh-cn']).join('\n\n'),
  };
}
