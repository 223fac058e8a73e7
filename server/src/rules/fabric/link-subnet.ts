import type { InterfaceAddress } from '../../assembly/interfaces.ts';
import { endName, SEGMENTS, type Segment, type SegmentEnd } from '../../assembly/links.ts';
import { BITS, formatAddress, isLinkLocal } from '../../network/address.ts';
import { containsAddress, formatPrefix, networkOf, type Prefix, sameNetwork } from '../../network/prefix.ts';
import { defineRule, type Report } from '../rule.ts';

/** An address of one end that takes part in the link's subnet. */
interface EndAddress {
  readonly end: SegmentEnd;
  readonly address: InterfaceAddress;
}

export default defineRule({
  id: 'fabric/link-subnet',
  severity: 'error',
  yieldsTo: ['fabric/address-disagreement'],
  docs: {
    summary: {
      en: 'The ends of a link are in different subnets or have one address, or one subnet stands on two links of a router.',
      'zh-cn': '链路两端不在同一子网或地址相同，或者路由器的两条链路使用同一子网。',
    },
    why: {
      en: 'Two ends reach each other without a router only inside one subnet. A subnet on two links of a router sends half of its traffic down the wrong one.',
      'zh-cn': '只有在同一子网内，两端才能不经路由器互通。同一子网出现在路由器的两条链路上时，一部分流量会走错链路。',
    },
    source: 'RFC 1122 §3.3.1: a destination outside every connected subnet is sent to a router',
  },
  check({ site, report }) {
    const { all } = site.derive(SEGMENTS);
    const said = new Set<InterfaceAddress>();
    for (const segment of all) {
      if (reportTwins(segment, report)) continue;
      if (segment.ends.length === 2 && segment.bridges.length === 0)
        for (const one of reportApart(segment, report)) said.add(one.address);
      else reportOutsider(segment, report);
    }
    reportRepeated(all, said, report);
  },
});

/** Host routes, link-local addresses, other routing tables and enslaved ports say nothing of the link's subnet. */
function addressesOf(end: SegmentEnd): readonly EndAddress[] {
  const { addresses, enslaved, shutdown } = end.interface;
  if (enslaved || shutdown) return [];
  return addresses
    .filter(({ prefix }) => prefix.length < BITS[prefix.family] && !isLinkLocal(addressOf(prefix)))
    .map((address) => ({ end, address }));
}

function addressOf({ family, address }: Prefix): { readonly family: 4 | 6; readonly value: bigint } {
  return { family, value: address };
}

function reach(one: EndAddress, other: EndAddress): boolean {
  const [a, b] = [one.address.prefix, other.address.prefix];
  return containsAddress(a, addressOf(b)) && containsAddress(b, addressOf(a));
}

/** One address at two ends of a segment. */
function reportTwins(segment: Segment, report: Report): boolean {
  const all = segment.ends.flatMap(addressesOf);
  let found = false;
  for (const [index, one] of all.entries()) {
    const twin = all
      .slice(0, index)
      .find(
        (other) =>
          other.end.host !== one.end.host &&
          other.address.prefix.family === one.address.prefix.family &&
          other.address.prefix.address === one.address.prefix.address,
      );
    if (twin === undefined) continue;
    found = true;
    const address = formatAddress(addressOf(one.address.prefix));
    report(
      one.address.text.place,
      {
        en: `\`${endName(one.end)}\` and \`${endName(twin.end)}\` of one link have the same address, \`${address}\`. Neither end reaches the other. Give one of them another address.`,
        'zh-cn': `同一链路上的 \`${endName(one.end)}\` 与 \`${endName(twin.end)}\` 地址相同（\`${address}\`），两端互不可达。请为其中一端换一个地址。`,
      },
      { related: [relatedTo(twin)] },
    );
  }
  return found;
}

/** The two ends of a cable share no subnet of a family in which both have an address; gives back what it spoke of. */
function reportApart({ ends: [left, right] }: Segment, report: Report): readonly EndAddress[] {
  if (left === undefined || right === undefined || left.host === right.host) return [];
  if (!left.interface.addressesKnown || !right.interface.addressesKnown) return [];
  const apart: EndAddress[] = [];
  for (const family of [4, 6] as const) {
    const near = addressesOf(left).filter(({ address }) => address.prefix.family === family);
    const far = addressesOf(right).filter(({ address }) => address.prefix.family === family);
    const [one] = near;
    const [other] = far;
    if (one === undefined || other === undefined || near.some((a) => far.some((b) => reach(a, b)))) continue;
    report(
      one.address.text.place,
      {
        en: `\`${endName(left)}\` is in \`${network(one)}\`, and \`${endName(right)}\` at the other end of the cable has \`${other.address.text.value}\`. The two cannot talk to each other. Put both into one subnet.`,
        'zh-cn': `\`${endName(left)}\` 位于 \`${network(one)}\`，而链路对端 \`${endName(right)}\` 的地址是 \`${other.address.text.value}\`，两端无法互通。请将两端放入同一子网。`,
      },
      { related: [relatedTo(other)] },
    );
    apart.push(...near, ...far);
  }
  return apart;
}

/** On a bridge, an end that shares no subnet with anyone while at least two others share one. */
function reportOutsider(segment: Segment, report: Report): void {
  if (segment.ends.some((end) => !end.interface.addressesKnown)) return;
  const all = segment.ends.flatMap(addressesOf);
  for (const end of segment.ends) {
    for (const family of [4, 6] as const) {
      const own = all.filter((one) => one.end === end && one.address.prefix.family === family);
      const others = all.filter((one) => one.end !== end && one.address.prefix.family === family);
      const [one] = own;
      if (one === undefined || own.some((a) => others.some((b) => reach(a, b)))) continue;
      const pair = others.find((a) => others.some((b) => a.end !== b.end && reach(a, b)));
      if (pair === undefined) continue;
      report(
        one.address.text.place,
        {
          en: `\`${endName(end)}\` has \`${one.address.text.value}\`, and everything else on this bridge is in \`${network(pair)}\` or elsewhere. It reaches none of them. Give it an address of that subnet.`,
          'zh-cn': `\`${endName(end)}\` 的地址是 \`${one.address.text.value}\`，而该网桥上的其他端口位于 \`${network(pair)}\` 等子网，彼此都无法互通。请为其配置该子网的地址。`,
        },
        { related: [relatedTo(pair)] },
      );
    }
  }
}

/** Two interfaces of one router, on two segments, in one subnet; `said` are addresses whose cable shows already that they are wrong. */
function reportRepeated(all: readonly Segment[], said: ReadonlySet<InterfaceAddress>, report: Report): void {
  const seen = new Map<unknown, (EndAddress & { readonly segment: Segment })[]>();
  for (const segment of all)
    for (const end of segment.ends) {
      if (end.host.routerConfigs.length === 0) continue;
      const before = seen.get(end.host) ?? [];
      for (const one of addressesOf(end).filter(({ address }) => address.source === 'router')) {
        const other = before.find(
          (known) =>
            known.segment !== segment &&
            known.end.interface.vrf === end.interface.vrf &&
            sameNetwork(known.address.prefix, one.address.prefix),
        );
        if (other !== undefined && !said.has(one.address) && !said.has(other.address))
          report(
            one.address.text.place,
            {
              en: `\`${network(one)}\` is on two links of \`${end.host.name}\`: \`${endName(other.end)}\` and \`${endName(end)}\`. The router sends everything for it down one of them. Give each link a subnet of its own.`,
              'zh-cn': `\`${network(one)}\` 同时位于 \`${end.host.name}\` 的两条链路：\`${endName(other.end)}\` 和 \`${endName(end)}\`。路由器只会把去往该子网的流量发到其中一条。请为每条链路使用各自的子网。`,
            },
            { related: [relatedTo(other)] },
          );
        before.push({ ...one, segment });
      }
      seen.set(end.host, before);
    }
}

function network({ address }: EndAddress): string {
  return formatPrefix(networkOf(address.prefix));
}

function relatedTo({ end, address }: EndAddress): {
  readonly place: InterfaceAddress['text']['place'];
  readonly message: { readonly en: string; readonly 'zh-cn': string };
} {
  const text = `\`${endName(end)}\`: ${address.text.value}`;
  return { place: address.text.place, message: { en: text, 'zh-cn': text.replace(': ', '：') } };
}
