import { ADDRESS_PLAN } from '../../assembly/address-plan.ts';
import { BGP_SPEAKERS } from '../../assembly/bgp-speakers.ts';
import { type Address, formatAddress } from '../../network/address.ts';
import { formatPrefix, parsePrefix } from '../../network/prefix.ts';
import { nextFree } from '../../network/prefix-space.ts';
import { formatRange, rangeOf } from '../../network/range.ts';
import type { Span } from '../../syntax/span.ts';
import { lineStart } from '../../syntax/yaml-line.ts';
import { CONFIGURATION_NAMES } from '../../workspace/configuration.ts';
import type { Site } from '../../workspace/site.ts';
import { baseName, folderOf } from '../../workspace/uri.ts';
import { poolCidrs } from './addresses.ts';
import { type Proposal, RANK, type Stop } from './proposal.ts';
import {
  BIRD_SNIPPETS,
  CALICO_SNIPPETS,
  FRR_SNIPPETS,
  LAB_SNIPPETS,
  SELVAGE_SNIPPETS,
  type Snippet,
} from './snippet-bodies.ts';
import type { Spot } from './spot.ts';

/** Whole objects where a document holds nothing but the word that is typed; their ranges and peers are the network's. */
export function snippetProposals(spot: Spot, site: Site): readonly Proposal[] {
  const replace = onlyWord(spot);
  if (replace === undefined) return [];
  const snippets = snippetsFor(spot);
  if (snippets.length === 0) return [];
  const known = knownOf(site, spot);
  return snippets.map(({ name, detail, body }, index): Proposal => {
    const text = body.replace(/\{(\w+)\}/g, (whole, key: string) => known[key] ?? whole);
    return {
      label: name,
      kind: 'snippet',
      detail,
      documentation: { en: fenced(text, spot), 'zh-cn': fenced(text, spot) },
      insert: piecesOf(text),
      replace,
      rank: RANK.other + index,
    };
  });
}

/** The word at the left edge that is all there is in the document, comments and its `---` aside. */
function onlyWord({ doc, offset }: Spot): Span | undefined {
  const start = lineStart(doc.text, offset);
  const typed = doc.text.slice(start, offset);
  const rest = /^[\w -]*/.exec(doc.text.slice(offset))![0];
  if (!/^[\w -]*$/.test(typed) || /^\s/.test(typed)) return undefined;
  const others = doc.text.slice(0, start) + doc.text.slice(offset + rest.length);
  const isEmpty = others.split(/\r?\n/).every((line) => /^(---\s*)?$|^\s*([#!].*)?$/.test(line));
  return isEmpty ? [start, offset + rest.trimEnd().length] : undefined;
}

/** Files that many projects have and that hold no network. */
const OTHER_FILES =
  /^(docker-)?compose[.\w-]*\.ya?ml$|^(chart|values|kustomization|action|mkdocs|codecov|dependabot)[.\w-]*\.ya?ml$|^\.|\/\.github\//i;

function snippetsFor({ doc }: Spot): readonly Snippet[] {
  if (doc.format === 'frr') return FRR_SNIPPETS;
  if (doc.format === 'bird') return BIRD_SNIPPETS;
  if (doc.format !== 'yaml') return [];
  const name = baseName(doc.file);
  if (doc.parent === undefined && CONFIGURATION_NAMES.has(name)) return SELVAGE_SNIPPETS;
  if (/\.clab\.ya?ml$/.test(name)) return LAB_SNIPPETS;
  // A document that was not saved yet has no ending.
  if (!/\.ya?ml$|^[^.]+$/.test(name) || OTHER_FILES.test(name) || doc.file.includes('/.github/')) return [];
  return [...CALICO_SNIPPETS, ...LAB_SNIPPETS];
}

/** What the snippets take from the network, or what stands for it while the network is empty. */
function knownOf(site: Site, spot: Spot): Readonly<Record<string, string>> {
  const { file } = spot.doc;
  const taken = site.derive(ADDRESS_PLAN).map(({ range }) => range);
  const free = nextFree({ family: 4, address: 0n, length: 16 }, taken) ?? parsePrefix('10.244.0.0/16')!;
  const { first } = rangeOf(free);
  const address = (host: bigint): Address => ({ family: 4, value: first + host });
  const router = site.derive(BGP_SPEAKERS).find(({ isNode, addresses }) => !isNode && addresses.length > 0);
  const [port] = router?.addresses ?? [];
  return {
    cidr: formatPrefix(free),
    pods: String(poolCidrs(site, { spot })[0]?.value ?? formatPrefix(free)),
    range: formatRange({ family: 4, first: address(10n).value, last: address(99n).value }),
    peer:
      port === undefined ? '192.168.0.1' : formatAddress({ family: port.prefix.family, value: port.prefix.address }),
    as: String(router?.asn ?? 65000),
    router: baseName(file) === 'frr.conf' ? baseName(folderOf(file)) : 'leaf1',
  };
}

/** A body in pieces; a stop that stands twice is filled in once for both. */
function piecesOf(body: string): readonly (string | Stop)[] {
  return body
    .split(/(<\d:[^>]*>)/)
    .map((part): string | Stop => {
      const stop = /^<(\d):(.*)>$/.exec(part);
      return stop === null ? part : { stop: Number(stop[1]), text: stop[2]! };
    })
    .filter((piece) => piece !== '');
}

function fenced(body: string, { doc }: Spot): string {
  const text = body.replace(/<\d:([^>]*)>/g, '$1');
  return `\`\`\`${doc.format === 'yaml' ? 'yaml' : ''}\n${text}\`\`\``;
}
