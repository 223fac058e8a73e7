import { BGP } from '../../assembly/bgp.ts';
import { HOSTS } from '../../assembly/hosts.ts';
import { platformOf } from '../../assembly/platform.ts';
import { checksImport } from '../../model/router/defaults.ts';
import { sessionType } from '../../model/router/effective.ts';
import type { BgpInstance } from '../../model/router/router.ts';
import { parseAddress } from '../../network/address.ts';
import type { Router } from '../../network/bgp/types.ts';
import { type Prefix, parsePrefix, prefixesOverlap, sameNetwork } from '../../network/prefix.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'bgp/network-not-connected',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A `network` statement names a prefix that nothing on the router backs.',
      'zh-cn': '`network` 语句中的前缀在该路由器上没有任何依据。',
    },
    why: {
      en: 'VyOS announces it all the same, and what is sent there is dropped. FRR looks for exactly this prefix in its routing table and announces nothing without a word.',
      'zh-cn': 'VyOS 仍会通告它，发往该前缀的流量会被丢弃。FRR 会在路由表中查找完全相同的前缀，找不到就默默地不通告。',
    },
    source: 'observed on FRR (lab B13, B13b); vyos-1x bgpd.frr.j2: `no bgp network import-check`',
  },
  check({ site, report }) {
    const hosts = site.derive(HOSTS);
    const bgpOf = site.derive(BGP).routerOf;
    for (const config of site.all('router/Config')) {
      const [host] = hosts.ofRouterConfig(config);
      const router = host === undefined ? undefined : bgpOf(host);
      if (router === undefined || config.partial || !isKnown(router)) continue;
      const backing = prefixesOn(router);
      const others = config.bgp.some(({ redistribute }) =>
        redistribute.some(({ protocol }) => isLearned(protocol.value)),
      );
      for (const bgp of config.bgp) {
        if (bgp.vrf !== undefined || others) continue;
        const checked = checksImport(config, bgp, platformOf(site, config));
        if (checked !== 'yes' && mayKnowMore(router, bgp)) continue;
        for (const { prefix, routeMap } of bgp.networks) {
          const network = prefix.value === undefined ? undefined : parsePrefix(prefix.value);
          if (network === undefined || routeMap !== undefined || network.length === 0) continue;
          const backed = backing.some((one) =>
            checked === 'yes' ? sameNetwork(one, network) : prefixesOverlap(one, network),
          );
          if (backed) continue;
          report(
            prefix.place,
            checked === 'yes'
              ? {
                  en: `${router.name} has no route to exactly ${prefix.value}, so FRR does not announce it, and says nothing. Give an interface an address in it, or add a static route for it.`,
                  'zh-cn': `${router.name} 没有与 ${prefix.value} 完全一致的路由，因此 FRR 不会通告它，也不会提示。请为接口配置该网段的地址，或添加静态路由。`,
                }
              : {
                  en: `${router.name} announces ${prefix.value}, and no interface or static route of it leads there: what others send to it is dropped. Correct the prefix, or add the interface or route.`,
                  'zh-cn': `${router.name} 会通告 ${prefix.value}，但它没有任何接口或静态路由通往该网段：其他设备发来的流量会被丢弃。请更正前缀，或补上接口或路由。`,
                },
          );
        }
      }
    }
  },
});

/** Whether the files show the router's interfaces: at least every neighbour must be on one of them or routed. */
function isKnown({ interfaces, interfacesComplete, learnsRoutes, neighbours, routes }: Router): boolean {
  if (!interfacesComplete || learnsRoutes) return false;
  const subnets = [...interfaces.flatMap(({ addresses }) => addresses), ...routes.map(({ prefix }) => prefix)].flatMap(
    (text) => parsePrefix(text) ?? [],
  );
  return neighbours.every(({ address }) => {
    const parsed = address === undefined ? undefined : parseAddress(address);
    if (parsed === undefined) return true;
    const host: Prefix = { family: parsed.family, address: parsed.value, length: parsed.family === 4 ? 32 : 128 };
    return subnets.some((subnet) => prefixesOverlap(subnet, host));
  });
}

/** Whether there may be a way to a prefix that is announced unseen: parts of it told by iBGP, or a default route. */
function mayKnowMore({ routes }: Router, bgp: BgpInstance): boolean {
  return (
    routes.some(({ prefix }) => parsePrefix(prefix)?.length === 0) ||
    bgp.neighbors.some((neighbor) => sessionType(bgp, neighbor) !== 'ebgp')
  );
}

function prefixesOn({ interfaces, routes }: Router): readonly Prefix[] {
  return [...interfaces.flatMap(({ addresses }) => addresses), ...routes.map(({ prefix }) => prefix)]
    .flatMap((text) => parsePrefix(text) ?? [])
    .filter(({ length }) => length > 0);
}

/** Routes of other protocols are not in the files. */
function isLearned(protocol: string | undefined): boolean {
  return protocol === undefined || !/^(connected|static|kernel)$/.test(protocol);
}
