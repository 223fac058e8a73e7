import { ADDRESS_CLAIMS, type AddressClaim, type ClaimSource, withAddress } from '../../assembly/addresses.ts';
import type { Host } from '../../assembly/hosts.ts';
import { INTERFACES } from '../../assembly/interfaces.ts';
import { SEGMENTS } from '../../assembly/links.ts';
import { formatAddress, sameAddress } from '../../network/address.ts';
import { containsAddress, type Prefix } from '../../network/prefix.ts';
import type { Field, Place } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import type { Text } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'fabric/address-disagreement',
  severity: 'error',
  docs: {
    summary: {
      en: 'The files of a site give one node different addresses.',
      'zh-cn': '同一节点在不同文件中的地址不一致。',
    },
    why: {
      en: "The address on the card comes from the lab, the one that BGP is sourced from comes from Calico, and the kubelet registers a third. Where they differ, the node's sessions have no source address or the router waits for somebody else.",
      'zh-cn':
        '网卡上的地址来自实验环境，BGP 的源地址来自 Calico，kubelet 又注册另一个。三者不一致时，该节点的会话没有可用的源地址，或者路由器在等待另一个地址。',
    },
    source: 'observed: BIRD cannot bind an address that no interface has; facts S72',
  },
  check({ site, report }) {
    for (const [host, claims] of site.derive(ADDRESS_CLAIMS)) {
      const group = claims.length < 2 ? [] : disputed(site, host, claims);
      if (group.length === 0) continue;
      const neighbours = neighbourStatements(site, group);
      const values = byVotes(group, neighbours);
      const [right] = values;
      const odd = group.filter((claim) => addressText(claim) !== right);
      const [first] = odd.toSorted((one, other) => RANK.indexOf(one.source) - RANK.indexOf(other.source));
      if (first === undefined || right === undefined) continue;
      const rest = group.filter((claim) => claim !== first);
      const agreeing = rest.filter((claim) => addressText(claim) === right);
      report(
        first.text.place,
        {
          en: `\`${host.name}\` has \`${addressText(first)}\` according to ${SAYS[first.source].en}, and \`${right}\` according to ${sources(agreeing, 'en')}. Its BGP sessions then have no address to start from, or nobody to reach. Make all of them the same.`,
          'zh-cn': `\`${host.name}\` 的地址，${SAYS[first.source]['zh-cn']}为 \`${addressText(first)}\`，${sources(agreeing, 'zh-cn')}为 \`${right}\`。其 BGP 会话将没有可用的源地址，或无法到达对端。请统一为同一地址。`,
        },
        {
          related: [
            ...rest.map((claim) => ({ place: claim.text.place, message: claimText(claim) })),
            ...neighbours.map(({ router, field }) => ({
              place: field.place,
              message: {
                en: `\`${router}\` peers with ${field.value}`,
                'zh-cn': `\`${router}\` 的邻居是 ${field.value}`,
              },
            })),
          ],
          fixes: values.map((value) => unify(host, group, value)),
        },
      );
    }
  },
});

/** Which claim is reported first when several differ from the most: nearest to the wire. */
const RANK: readonly ClaimSource[] = ['exec', 'router', 'calico', 'kind', 'kubernetes'];

const SAYS: Readonly<Record<ClaimSource, Text>> = {
  exec: { en: 'the lab', 'zh-cn': '实验环境中' },
  router: { en: 'its configuration', 'zh-cn': '其配置中' },
  calico: { en: "Calico's Node", 'zh-cn': 'Calico 的 Node 中' },
  kind: { en: "kind's `node-ip`", 'zh-cn': 'kind 的 `node-ip` 中' },
  kubernetes: { en: 'the Kubernetes Node', 'zh-cn': 'Kubernetes 的 Node 中' },
};

/**
 * The claims that cannot all be right. A node with several cards may well use one for the kubelet and another for BGP, so
 * two claims only contradict each other inside one subnet, or where one lies in the subnet of a link that the node is not on.
 */
function disputed(site: Site, host: Host, all: readonly AddressClaim[]): readonly AddressClaim[] {
  const labs = new Set(host.labNodes.map(({ lab }) => lab));
  // The same container in two labs, or two definitions of one node: variants, of which one is in use at a time.
  if (labs.size > 1 || host.kindNodes.length > 1) return [];
  const ports = site.derive(INTERFACES).of(host);
  if (ports.some(({ addressesKnown }) => !addressesKnown)) return [];
  const interfaces = all.filter(({ source }) => source === 'exec' || source === 'router');
  const declared = all.filter(({ source }) => source !== 'exec' && source !== 'router');
  const conflict = new Set<AddressClaim>();
  for (const claim of declared) {
    if (interfaces.length > 0 && !interfaces.some((port) => same(port, claim))) {
      const beside = interfaces.filter((port) => port.prefix !== undefined && inside(port.prefix, claim));
      const foreign = beside.length === 0 && isOnOtherLink(site, host, claim) ? interfaces : [];
      for (const port of [...beside, ...foreign])
        if (port.address.family === claim.address.family) conflict.add(port).add(claim);
    }
    for (const other of declared) {
      if (other.source === claim.source || same(other, claim) || claim.prefix === undefined) continue;
      const bothOnCards = [claim, other].every((one) => interfaces.some((port) => same(port, one)));
      if (inside(claim.prefix, other) && !bothOnCards) conflict.add(claim).add(other);
    }
  }
  if (conflict.size === 0) return [];
  // Those who say the same as one of the parties belong to it.
  const group = all.filter((claim) => [...conflict].some((party) => same(party, claim)));
  const perSource = new Map<ClaimSource, Set<string>>();
  for (const claim of group) {
    const said = perSource.get(claim.source) ?? new Set();
    perSource.set(claim.source, said.add(addressText(claim)));
  }
  // A source that contradicts itself is several variants of one file, or several addresses on purpose.
  return [...perSource.values()].some((said) => said.size > 1) ? [] : group;
}

function same(one: AddressClaim, other: AddressClaim): boolean {
  return sameAddress(one.address, other.address);
}

function inside(prefix: Prefix, { address }: AddressClaim): boolean {
  return prefix.length > 0 && containsAddress(prefix, address);
}

/** A shorter prefix on an interface is a summary or a slip, not the subnet of one link. */
const SHORTEST = { 4: 16, 6: 48 } as const;

/** Whether an address lies in the subnet of a link of the host's lab that the host is not plugged into. */
function isOnOtherLink(site: Site, host: Host, { address }: AddressClaim): boolean {
  const subnets = site
    .derive(SEGMENTS)
    .all.filter(({ lab }) => host.labNodes.some((node) => node.lab === lab))
    .filter(({ ends }) =>
      ends.some((end) =>
        end.interface.addresses.some(
          ({ prefix }) => prefix.length >= SHORTEST[prefix.family] && containsAddress(prefix, address),
        ),
      ),
    );
  return subnets.length > 0 && subnets.every(({ ends }) => ends.every((end) => end.host !== host));
}

interface NeighbourStatement {
  readonly router: string;
  readonly field: Field<string>;
}

/** Routers that have one of the disputed addresses as a BGP neighbour. */
function neighbourStatements(site: Site, group: readonly AddressClaim[]): readonly NeighbourStatement[] {
  const texts = new Set(group.map(addressText));
  return site
    .all('router/Config')
    .flatMap((config) =>
      config.bgp.flatMap(({ neighbors }) =>
        neighbors
          .filter(({ sort, peer }) => sort === 'address' && texts.has(peer.value ?? ''))
          .map(({ peer }) => ({ router: config.hostname?.value ?? 'router', field: peer })),
      ),
    );
}

/** The addresses in dispute, the one that most files agree on first; a tie goes to what kind or Calico says. */
function byVotes(group: readonly AddressClaim[], neighbours: readonly NeighbourStatement[]): readonly string[] {
  const votes = new Map<string, number>();
  const vote = (text: string, weight: number): void => void votes.set(text, (votes.get(text) ?? 0) + weight);
  const counted = new Set<string>();
  for (const claim of group) {
    const key = `${claim.source} ${addressText(claim)}`;
    if (!counted.has(key)) vote(addressText(claim), 1 + RANK.indexOf(claim.source) / 100);
    counted.add(key);
  }
  for (const { field } of neighbours) vote(field.value ?? '', 1);
  return [...votes].toSorted(([, one], [, other]) => other - one).map(([text]) => text);
}

function addressText({ address }: AddressClaim): string {
  return formatAddress(address);
}

function claimText({ source, text }: AddressClaim): Text {
  return { en: `${capital(SAYS[source].en)} says ${text.value}`, 'zh-cn': `${SAYS[source]['zh-cn']}为 ${text.value}` };
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function sources(claims: readonly AddressClaim[], language: keyof Text): string {
  const names = [...new Set(claims.map(({ source }) => SAYS[source][language]))];
  if (language === 'zh-cn') return names.join('、');
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function unify(host: Host, group: readonly AddressClaim[], value: string): Fix {
  const odd = group.filter((claim) => addressText(claim) !== value);
  return {
    title: { en: `Use \`${value}\` for \`${host.name}\``, 'zh-cn': `\`${host.name}\` 使用 \`${value}\`` },
    kind: 'pick',
    edits: () => odd.flatMap((claim) => rewrite(claim.text, value)),
  };
}

function rewrite({ place, value }: { readonly place: Place; readonly value: string | undefined }, address: string) {
  return replaceScalar(place, withAddress(value ?? '', address));
}
