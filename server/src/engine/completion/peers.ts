import { BGP_SPEAKERS, type BgpSpeaker, type SpeakerAddress } from '../../assembly/bgp-speakers.ts';
import { formatAddress, parseAddress, sameAddress } from '../../network/address.ts';
import { containsAddress, networkOf, type Prefix } from '../../network/prefix.ts';
import type { Text } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import type { NetworkValue, ValueTopic } from './network-values.ts';

/** The far ends of sessions: addresses and AS numbers of the routers and nodes that the files know. */
export const PEER_VALUES: readonly ValueTopic[] = [
  { at: /^calico\/BGPPeer spec\.peerIP$/, values: (site) => peerAddresses(site, nodeNetworks(site), () => false) },
  { at: /^calico\/BGPPeer spec\.asNumber$/, values: (site, { beside }) => asNumbers(site, beside('peerIP')) },
  {
    at: /^calico\/(BGPConfiguration spec|Node spec\.bgp|BGPPeer spec)\.(asNumber|localASNumber)$/,
    values: (site) => asNumbers(site),
  },
];

/**
 * Addresses of BGP speakers, those on one of `networks` first: nobody else can be reached without a route. Speakers for which
 * `isOwn` holds are left out.
 */
export function peerAddresses(
  site: Site,
  networks: readonly Prefix[],
  isOwn: (speaker: BgpSpeaker) => boolean,
): readonly NetworkValue[] {
  const speakers = site.derive(BGP_SPEAKERS).filter((speaker) => !isOwn(speaker));
  return speakers.flatMap((speaker) =>
    speaker.addresses
      .filter(({ interface: port }) => port === undefined || !/^eth0$/.test(port) || speaker.isNode)
      .map((address): NetworkValue => {
        const own = addressOf(address);
        const isNear = networks.some((network) => containsAddress(network, own));
        return {
          value: formatAddress(own),
          kind: 'address',
          detail: speakerText(speaker, address),
          rank: (isNear ? 0 : 20) + (speaker.isNode ? 5 : 0),
        };
      }),
  );
}

function addressOf({ prefix }: SpeakerAddress): { family: Prefix['family']; value: bigint } {
  return { family: prefix.family, value: prefix.address };
}

function speakerText({ name, asn }: BgpSpeaker, { interface: port }: SpeakerAddress): Text {
  const place = port === undefined ? name : `${name} ${port}`;
  return asn === undefined
    ? { en: place, 'zh-cn': place }
    : { en: `${place}, AS ${asn}`, 'zh-cn': `${place}，AS ${asn}` };
}

/** The networks that the cluster's nodes stand in. */
function nodeNetworks(site: Site): readonly Prefix[] {
  return site
    .derive(BGP_SPEAKERS)
    .filter(({ isNode }) => isNode)
    .flatMap(({ addresses }) => addresses.map(({ prefix }) => networkOf(prefix)));
}

/** Every AS number in use with who has it; that of the router with an address comes first. */
export function asNumbers(site: Site, at?: string): readonly NetworkValue[] {
  const address = at === undefined ? undefined : parseAddress(at);
  const owners = new Map<number, { readonly names: string[]; isAsked: boolean }>();
  const ownersOf = (asn: number) => {
    const known = owners.get(asn) ?? { names: [], isAsked: false };
    owners.set(asn, known);
    return known;
  };
  for (const speaker of site.derive(BGP_SPEAKERS)) {
    if (speaker.asn === undefined) continue;
    const entry = ownersOf(speaker.asn);
    entry.names.push(speaker.name);
    if (address !== undefined && speaker.addresses.some((own) => sameAddress(addressOf(own), address)))
      entry.isAsked = true;
  }
  for (const [name, asn] of site.settings.asns) ownersOf(asn).names.push(name);
  return [...owners].map(([value, { names, isAsked }]) => ({
    value,
    kind: 'address' as const,
    detail: listed(names),
    rank: isAsked ? 0 : 10,
  }));
}

function listed(names: readonly string[]): Text {
  const shown = names.slice(0, 3);
  const more = names.length - shown.length;
  return {
    en: shown.join(', ') + (more === 0 ? '' : ` and ${more} more`),
    'zh-cn': shown.join('、') + (more === 0 ? '' : ` 等 ${names.length} 个`),
  };
}
