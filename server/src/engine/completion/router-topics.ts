import type { Host } from '../../assembly/hosts.ts';
import { INTERFACES } from '../../assembly/interfaces.ts';
import type { RouterConfig } from '../../model/router/config.ts';
import { formatAddress, parseAddress } from '../../network/address.ts';
import { formatPrefix, networkOf, type Prefix } from '../../network/prefix.ts';
import { type BirdSymbolSort, birdSymbols } from '../../syntax/bird-symbols.ts';
import type { Field } from '../../syntax/document.ts';
import { type Text, verbatim } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import type { NetworkValue } from './network-values.ts';
import { asNumbers, peerAddresses } from './peers.ts';
import type { Spot } from './spot.ts';
import { vyosSyntax } from './vyos-grammar.ts';

/** What is asked of a topic. */
interface Asked {
  readonly spot: Spot;
  readonly site: Site;
  /** Absent while the file says too little to be a router's. */
  readonly config: RouterConfig | undefined;
  readonly host: Host | undefined;
  readonly words: RegExpExecArray;
}

/** The values of one kind of word, by the words before it. */
export interface RouterTopic {
  readonly frr?: RegExp;
  readonly vyos?: RegExp;
  readonly bird?: RegExp;
  readonly values: (asked: Asked) => readonly NetworkValue[];
}

/** What the network and the configuration know of the words that routers' configurations want. */
export const ROUTER_TOPICS: readonly RouterTopic[] = [
  {
    frr: /^router-bgp: neighbor$/,
    vyos: /\bbgp( \d+)? neighbor$|\bstatic route6? \S+ next-hop$/,
    bird: /^bgp: neighbor$|^static: route \S+ via$/,
    values: farEnds,
  },
  { frr: /^address-family: neighbor$/, values: ownNeighbours },
  {
    frr: /: neighbor (\S+) remote-as$/,
    vyos: /\bneighbor (\S+)( interface( v6only)?)? remote-as$/,
    values: ({ site, words }) => [...asNumbers(site, words[1]), ...SIDES],
  },
  { bird: /^bgp: neighbor (\S+ )?as$/, values: ({ site, words }) => asNumbers(site, words[1]?.trim()) },
  { bird: /^(bgp: local|bgp: source address)$/, vyos: /\bupdate-source$/, values: ownAddresses },
  { bird: /^channel: (import|export) filter$/, values: symbols('filter') },
  { bird: /^top: (protocol|template) \S+ (\S+ )?from$/, values: symbols('template') },
  { bird: /^(channel|pipe): (\w+ )?table$/, values: symbols('table') },
  { bird: /^filter: (.*[^.])?$|^channel: (import|export) where( .*)?$/, values: symbols('function', 'constant') },
  {
    frr: /^top: router bgp$/,
    vyos: /\bbgp (system-as|local-as)$/,
    bird: /^bgp: local (\S+ )?as$/,
    values: ({ site }) => asNumbers(site),
  },
  { vyos: /^protocols bgp$/, values: ({ spot, site }) => (writesAsFirst(spot) ? asNumbers(site) : []) },
  { frr: /: neighbor \S+ peer-group$/, vyos: /\bneighbor \S+ peer-group$/, values: peerGroups },
  {
    frr: /: (neighbor|redistribute|network) .*route-map$|^route-map: call$/,
    vyos: /\b(ipv[46]-unicast|redistribute \S+|network \S+)( .*)? route-map( export| import)?$|\bcall$/,
    values: ({ config }) => named(config?.routeMaps, ROUTE_MAP),
  },
  {
    frr: /: neighbor \S+ prefix-list$|: match ip address prefix-list$|: match ipv6 address prefix-list$/,
    vyos: /\bunicast prefix-list (export|import)$|\bmatch ip(v6)? address prefix-list6?$/,
    values: ({ config }) => named(config?.prefixLists, PREFIX_LIST),
  },
  {
    frr: /: neighbor \S+ filter-list$|: match as-path$/,
    vyos: /\bmatch as-path$/,
    values: ({ config }) => named(config?.asPathLists, AS_PATH_LIST),
  },
  {
    frr: /: match (large-)?community$/,
    vyos: /\bmatch community community-list$/,
    values: ({ config }) => named(config?.communityLists, COMMUNITY_LIST),
  },
  {
    frr: /: neighbor \S+ distribute-list$/,
    vyos: /\bdistribute-list (export|import)$/,
    values: ({ config }) => named(config?.accessLists, ACCESS_LIST),
  },
  {
    frr: /: neighbor \S+ update-source$|: neighbor$|^top: interface$/,
    vyos: /\binterfaces (ethernet|bonding|dummy|bridge)$|\bupdate-source$|\boutbound-interface( name)?$|\bmember interface$|\bmatch interface$|\b(next-hop \S+|route6? \S+) interface$|\bnext-hop-interface$/,
    values: portNames,
  },
  {
    frr: /^(router-bgp|address-family): network$/,
    vyos: /\bunicast network$|\bnat source rule \S+ source address$/,
    values: ownNetworks,
  },
];

/** VyOS up to 1.3 has the router's AS behind `bgp`. */
function writesAsFirst({ doc }: Spot): boolean {
  return doc.tree.format === 'vyos' && vyosSyntax(doc.tree.vyos) === 'old';
}

/** Addresses of those that share a link with the router come first; its own are left out. */
function farEnds(asked: Asked): readonly NetworkValue[] {
  const { site, host, config } = asked;
  const near = networksOf(asked);
  const written = new Set(config?.bgp.flatMap(({ neighbors }) => neighbors.flatMap(({ peer }) => peer.value ?? [])));
  const all = peerAddresses(site, near, (speaker) => speaker.host === host);
  const reachable = near.length === 0 ? all : all.filter(({ rank = 0 }) => rank < 20);
  return [
    ...reachable.map((one) => (written.has(String(one.value)) ? { ...one, rank: (one.rank ?? 0) + 40 } : one)),
    ...(config?.software === 'bird' ? [] : peerGroups(asked)),
  ];
}

/** What the router has sessions with already: a family is set up for those. */
function ownNeighbours({ config }: Asked): readonly NetworkValue[] {
  return (config?.bgp ?? []).flatMap(({ neighbors, peerGroups: groups }) =>
    [...neighbors, ...groups].flatMap(({ peer, remoteAs, sort }): NetworkValue[] =>
      peer.value === undefined
        ? []
        : [
            {
              value: peer.value,
              kind: 'name',
              detail: verbatim(sort === 'group' ? 'peer-group' : `AS ${remoteAs?.value ?? '?'}`),
            },
          ],
    ),
  );
}

/** Half a line, `neighbor 10.0.0.1 peer-group`, looks as if it defined a group of that name. */
function peerGroups({ config }: Asked): readonly NetworkValue[] {
  const groups = (config?.bgp ?? []).flatMap((instance) => instance.peerGroups.map(({ peer }) => ({ name: peer })));
  return named(
    groups.filter(({ name }) => parseAddress(name.value ?? '') === undefined),
    PEER_GROUP,
  );
}

/** The router's interfaces as its lab, its own configuration and its commands tell them. */
function portNames({ site, host }: Asked): readonly NetworkValue[] {
  if (host === undefined) return [];
  return site
    .derive(INTERFACES)
    .of(host)
    .map(({ name, addresses }) => ({
      value: name,
      kind: 'name',
      detail: verbatim(addresses.map(({ text }) => text.value ?? '').join(' ')),
      rank: 50,
    }));
}

/** The router's own addresses with their interfaces. */
function ownAddresses({ site, host }: Asked): readonly NetworkValue[] {
  if (host === undefined) return [];
  return site
    .derive(INTERFACES)
    .of(host)
    .flatMap(({ name, addresses }) =>
      addresses.map(
        ({ prefix: { family, address } }): NetworkValue => ({
          value: formatAddress({ family, value: address }),
          kind: 'address',
          detail: verbatim(name),
        }),
      ),
    );
}

/** What a configuration of BIRD gives names to. */
function symbols(...sorts: readonly BirdSymbolSort[]): RouterTopic['values'] {
  return ({ spot: { doc } }) =>
    doc.tree.format !== 'bird'
      ? []
      : birdSymbols(doc.tree.bird.statements)
          .filter(({ sort }) => sorts.includes(sort))
          .map(({ sort, name }) => ({ value: doc.text.slice(...name.span), kind: 'name', detail: verbatim(sort) }));
}

function ownNetworks(asked: Asked): readonly NetworkValue[] {
  return [...new Set(networksOf(asked).map(formatPrefix))].map((value) => ({
    value,
    kind: 'address',
    detail: CONNECTED,
  }));
}

function networksOf({ site, host }: Asked): readonly Prefix[] {
  if (host === undefined) return [];
  return site
    .derive(INTERFACES)
    .of(host)
    .flatMap(({ addresses }) => addresses.map(({ prefix }) => networkOf(prefix)));
}

/** Each name once, with how many entries it has. */
function named(entries: readonly { readonly name: Field<string> }[] | undefined, what: Text): readonly NetworkValue[] {
  const counts = new Map<string, number>();
  for (const { name } of entries ?? [])
    if (name.value !== undefined) counts.set(name.value, (counts.get(name.value) ?? 0) + 1);
  return [...counts.keys()].map((value) => ({ value, kind: 'name', detail: what }));
}

const ROUTE_MAP = verbatim('route-map');
const PREFIX_LIST = verbatim('prefix-list');
const AS_PATH_LIST = verbatim('as-path access-list');
const COMMUNITY_LIST = verbatim('community-list');
const ACCESS_LIST = verbatim('access-list');
const PEER_GROUP = verbatim('peer-group');
const CONNECTED: Text = { en: 'connected', 'zh-cn': '直连' };

const SIDES: readonly NetworkValue[] = [
  { value: 'external', kind: 'value', detail: { en: 'any AS but the own', 'zh-cn': '任何其他 AS' }, rank: 60 },
  { value: 'internal', kind: 'value', detail: { en: 'the own AS', 'zh-cn': '本 AS' }, rank: 60 },
];
