import type { BgpInstance } from '../model/router/config.ts';
import { formatAddress } from '../network/address.ts';
import { defineDerivation } from '../workspace/site.ts';
import { baseName, folderOf } from '../workspace/uri.ts';
import { HOSTS, type Host } from './hosts.ts';
import { INTERFACES, type Interfaces } from './interfaces.ts';

/** Descriptions of one machine that lie side by side: versions of a file, or a file and the commands it was made from. */
export interface Twins {
  readonly areOne: (one: Host, other: Host) => boolean;
  /** Whether there is another description of the machine, so that nobody knows which of them is in force. */
  readonly has: (host: Host) => boolean;
}

/**
 * Two router configurations of one name, of one daemon in one folder, with the same addresses throughout, or alike in all
 * that makes a BGP speaker. Two nodes of labs are two machines, whatever their files say: what looks like a copy there
 * is one.
 */
export const TWINS = defineDerivation('descriptions of one machine', (site): Twins => {
  const interfaces = site.derive(INTERFACES);
  const twins = new Map<Host, Set<Host>>();
  const join = (one: Host, other: Host): void => {
    if (one === other || (isMachine(one) && isMachine(other))) return;
    twins.set(one, (twins.get(one) ?? new Set()).add(other));
    twins.set(other, (twins.get(other) ?? new Set()).add(one));
  };
  const byMark = new Map<string, Host[]>();
  const byAddress = new Map<string, Host[]>();
  const addresses = new Map<Host, ReadonlySet<string>>();
  for (const host of site.derive(HOSTS).all) {
    if (host.routerConfigs.length === 0 && host.labNodes.length === 0) continue;
    const own = addressesOf(interfaces, host);
    addresses.set(host, own);
    for (const other of new Set([...own].flatMap((address) => byAddress.get(address) ?? [])))
      if (coincide(own, addresses.get(other)!) || areSameSpeaker(host, other)) join(host, other);
    for (const address of own) push(byAddress, address, host);
    for (const mark of marksOf(host)) {
      for (const other of byMark.get(mark) ?? []) join(host, other);
      push(byMark, mark, host);
    }
  }
  for (const host of addresses.keys())
    for (const original of byMark.get(`file ${originalOf(host)}`) ?? []) join(host, original);
  return {
    areOne: (one, other) => twins.get(one)?.has(other) === true,
    has: (host) => twins.has(host),
  };
});

function isMachine(host: Host): boolean {
  return host.labNodes.length > 0 || host.kindNodes.length > 0 || host.calicoNodes.length > 0;
}

/** What no two routers have in common: the name, the file, and AS, router id and neighbours taken together. */
function marksOf(host: Host): readonly string[] {
  const speaker = speakerOf(host);
  const peers = speaker?.bgp.neighbors.map(({ peer }) => peer.value ?? '').sort() ?? [];
  const files = host.routerConfigs.filter(({ doc }) => doc.parent === undefined).map(({ doc }) => `file ${doc.file}`);
  return [
    `name ${host.name}`,
    ...files,
    ...(speaker === undefined || peers.length === 0 ? [] : [`speaker ${speaker.text} ${peers.join(' ')}`]),
  ];
}

/** The file of which `bgpd_old.conf` in the same folder is a version: `bgpd.conf`. */
function originalOf(host: Host): string | undefined {
  const doc = host.routerConfigs.map((config) => config.doc).find(({ parent }) => parent === undefined);
  const daemon = doc === undefined ? undefined : /^(frr|bgpd)[-_.].*\.conf$/.exec(baseName(doc.file))?.[1];
  return daemon === undefined ? undefined : `${folderOf(doc!.file)}/${daemon}.conf`;
}

function areSameSpeaker(one: Host, other: Host): boolean {
  const speaker = speakerOf(one);
  return speaker !== undefined && speaker.text === speakerOf(other)?.text;
}

/** AS and router id, where both are written. */
function speakerOf(host: Host): { readonly bgp: BgpInstance; readonly text: string } | undefined {
  const bgp = host.routerConfigs.flatMap((config) => config.bgp).find(({ vrf }) => vrf === undefined);
  if (bgp?.asn?.value === undefined || bgp.routerId?.value === undefined) return undefined;
  return { bgp, text: `${bgp.asn.value} ${bgp.routerId.value}` };
}

function addressesOf(interfaces: Interfaces, host: Host): ReadonlySet<string> {
  const found = interfaces
    .of(host)
    .filter(({ name }) => name !== 'lo')
    .flatMap((port) => port.addresses)
    .map(({ prefix }) => formatAddress({ family: prefix.family, value: prefix.address }));
  return new Set(found);
}

/** One shared address is a mistake that somebody wants to hear of; all of several are the same machine. */
function coincide(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const shared = [...one].filter((address) => other.has(address)).length;
  return shared >= 2 && shared === Math.min(one.size, other.size);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
