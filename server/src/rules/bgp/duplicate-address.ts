import { HOSTS, type Host, mayMeet } from '../../assembly/hosts.ts';
import { INTERFACES } from '../../assembly/interfaces.ts';
import type { Lab } from '../../assembly/labs.ts';
import { SEGMENTS } from '../../assembly/links.ts';
import { TWINS } from '../../assembly/twins.ts';
import { type Address, isLinkLocal } from '../../network/address.ts';
import { once } from '../../network/once.ts';
import { parsePrefixOrAddress } from '../../network/prefix.ts';
import type { Field } from '../../syntax/document.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule } from '../rule.ts';

interface Owner {
  readonly host: Host;
  readonly address: Address;
  readonly field: Field<string>;
  /** Interface name; absent for an address of a Calico Node. */
  readonly port?: string;
}

/** Interfaces that may carry one address on several routers on purpose: gateways shared by anycast, loopbacks, tunnels. */
const SHARED = /^(lo|dum|vlan|vl\d|irb|br|bvi|bond\d*\.|vrrp|vxlan|tun|gre|wg|ipip|cali|macvlan)/i;

export default defineRule({
  id: 'bgp/duplicate-address',
  severity: 'error',
  yieldsTo: ['fabric/link-subnet', 'fabric/address-disagreement'],
  docs: {
    summary: { en: 'Two nodes or interfaces own one address.', 'zh-cn': '两个节点或接口拥有同一地址。' },
    why: {
      en: 'Whoever answers ARP first gets the traffic and the BGP session; after a restart it may be the other one. Both look healthy by themselves.',
      'zh-cn': '谁先应答 ARP，流量和 BGP 会话就归谁；重启后可能换成另一方。单独看两者都正常。',
    },
    source: 'observed in the lab (D5, D5b); users.md M44',
  },
  check({ site, report }) {
    const owners = new Map<string, Owner[]>();
    const twins = site.derive(TWINS);
    const withVrfs = labsWithVrfs(site);
    for (const owner of ownersIn(site)) {
      const key = `${owner.address.family} ${owner.address.value}`;
      const known = owners.get(key) ?? [];
      owners.set(key, [...known, owner]);
      const before = known.find(({ host }) => mayMeet(host, owner.host) && !twins.areOne(host, owner.host));
      if (before === undefined) continue;
      if (before.host === owner.host || onOneLink(site, before, owner)) continue;
      if (owner.host.labNodes.some(({ lab }) => withVrfs.has(lab))) continue;
      report(
        owner.field.place,
        {
          en: `${owner.host.name} has ${owner.field.value}, and so has ${before.host.name}. Whoever answers ARP first takes the traffic and the session. Give one of them another address.`,
          'zh-cn': `${owner.host.name} 使用了 ${owner.field.value}，而 ${before.host.name} 也使用它。谁先应答 ARP，流量和会话就归谁。请为其中之一更换地址。`,
        },
        {
          related: [
            {
              place: before.field.place,
              message: { en: `${before.host.name} has it here.`, 'zh-cn': `${before.host.name} 在此使用了它。` },
            },
          ],
        },
      );
    }
  },
});

/** Labs in which a router keeps customers apart, who may then use the same addresses. */
function labsWithVrfs(site: Site): ReadonlySet<Lab> {
  const interfaces = site.derive(INTERFACES);
  const hosts = site.derive(HOSTS).all.filter((host) => interfaces.of(host).some(({ vrf }) => vrf !== undefined));
  return new Set(hosts.flatMap(({ labNodes }) => labNodes.map(({ lab }) => lab)));
}

function* ownersIn(site: Site): Generator<Owner> {
  const interfaces = site.derive(INTERFACES);
  const segments = site.derive(SEGMENTS);
  for (const host of site.derive(HOSTS).all) {
    for (const port of interfaces.of(host)) {
      if (SHARED.test(port.name) || port.vrf !== undefined || port.enslaved || port.shutdown) continue;
      // A lab gives a node the ports that have a cable, and no other.
      if (segments.of(host, port.name) === null) continue;
      for (const { text, prefix } of port.addresses) {
        const address = { family: prefix.family, value: prefix.address };
        if (!isLinkLocal(address)) yield { host, address, field: text, port: port.name };
      }
    }
    yield* nodeAddressesOf(host);
  }
}

const nodeAddressesOf = once((host: Host): readonly Owner[] =>
  host.calicoNodes.flatMap((node) =>
    [node.ipv4Address, node.ipv6Address].flatMap((field) => {
      const prefix = field?.value === undefined ? undefined : parsePrefixOrAddress(field.value);
      if (field === undefined || prefix === undefined) return [];
      return [{ host, address: { family: prefix.family, value: prefix.address }, field }];
    }),
  ),
);

/** One address at both ends of a link is told by `fabric/link-subnet`. */
function onOneLink(site: Site, one: Owner, other: Owner): boolean {
  if (one.port === undefined || other.port === undefined) return false;
  const segments = site.derive(SEGMENTS);
  const here = segments.of(one.host, one.port);
  return here !== undefined && here !== null && here === segments.of(other.host, other.port);
}
