import { BGP } from '../../assembly/bgp.ts';
import { HOSTS, type Host, mayMeet } from '../../assembly/hosts.ts';
import { INTERFACES } from '../../assembly/interfaces.ts';
import { TWINS } from '../../assembly/twins.ts';
import { type Address, parseAddress, sameAddress } from '../../network/address.ts';
import { lazily } from '../../network/once.ts';
import type { Field } from '../../syntax/document.ts';
import type { Site } from '../../workspace/site.ts';
import { folderOf } from '../../workspace/uri.ts';
import { defineRule } from '../rule.ts';

interface Identified {
  readonly host: Host;
  readonly asn: number | undefined;
  readonly id: Address;
  readonly field: Field<string>;
  readonly ownsAddress: boolean;
}

export default defineRule({
  id: 'bgp/duplicate-router-id',
  severity: 'warning',
  docs: {
    summary: { en: 'Two routers have one router id.', 'zh-cn': '两台路由器使用同一 router-id。' },
    why: {
      en: 'An iBGP session between the two is refused (Bad BGP identifier), and clients of one reflector that share an id drop each other’s routes. Between eBGP neighbours it does no harm today, and misleads whoever reads the tables.',
      'zh-cn':
        '二者之间的 iBGP 会话会被拒绝（Bad BGP identifier）；同一反射器下 router-id 相同的客户端会丢弃彼此的路由。在 eBGP 邻居之间目前无害，但会误导查看路由表的人。',
    },
    source: 'observed on FRR and BIRD (lab D4, D4g, D4h)',
  },
  check({ site, report }) {
    const byId = new Map<string, Identified[]>();
    const twins = site.derive(TWINS);
    for (const router of routersIn(site)) {
      const key = String(router.id.value);
      byId.set(key, [...(byId.get(key) ?? []), router]);
    }
    const networks = lazily(() => networksOf(site));
    const areBeside = (one: Host, other: Host): boolean =>
      one !== other &&
      mayMeet(one, other) &&
      !twins.areOne(one, other) &&
      (foldersOf(one).some((folder) => foldersOf(other).includes(folder)) || networks()(one) === networks()(other));
    for (const routers of byId.values()) {
      // The one whose own address it is keeps it; without an owner the first one does.
      const keepersFirst = [...routers].sort((one, other) => Number(other.ownsAddress) - Number(one.ownsAddress));
      for (const [index, router] of keepersFirst.entries()) {
        const keeper = keepersFirst.slice(0, index).find((other) => areBeside(router.host, other.host));
        if (keeper === undefined) continue;
        const internal = router.asn !== undefined && router.asn === keeper.asn;
        report(
          router.field.place,
          {
            en: `${router.host.name} has the router id ${router.field.value} of ${keeper.host.name}. ${internal ? `Both are AS ${router.asn}: an iBGP session between them is refused, and reflected routes are dropped.` : 'The first iBGP session or reflector between them fails; until then only the tables mislead.'} Give it an id of its own.`,
            'zh-cn': `${router.host.name} 的 router-id ${router.field.value} 与 ${keeper.host.name} 相同。${internal ? `二者同属 AS ${router.asn}：它们之间的 iBGP 会话会被拒绝，反射的路由会被丢弃。` : '二者之间一旦有 iBGP 会话或反射器就会失败；在此之前只是路由表具有误导性。'}请为其设置独立的 router-id。`,
          },
          {
            ...(internal && { severity: 'error' as const }),
            related: [
              {
                place: keeper.field.place,
                message: { en: `${keeper.host.name} has it here.`, 'zh-cn': `${keeper.host.name} 在此使用它。` },
              },
            ],
          },
        );
      }
    }
  },
});

/** The folder of a router's files, and the one above it: routers of one network lie there beside each other. */
function foldersOf({ routerConfigs }: Host): readonly string[] {
  return routerConfigs.flatMap(({ doc }) => [folderOf(doc.file), folderOf(folderOf(doc.file))]);
}

/** Which routers are joined by sessions, however far apart: each is told by one of them. */
function networksOf(site: Site): (host: Host) => unknown {
  const joined = new Map<unknown, unknown>();
  const find = (one: unknown): unknown => {
    let at = one;
    while (joined.has(at)) at = joined.get(at);
    return at;
  };
  for (const { router, peer } of site.derive(BGP).prediction.sessions) {
    if (peer === undefined) continue;
    const [one, other] = [find(router.origin), find(peer.origin)];
    if (one !== other) joined.set(one, other);
  }
  return find;
}

function* routersIn(site: Site): Generator<Identified> {
  const interfaces = site.derive(INTERFACES);
  for (const host of site.derive(HOSTS).all) {
    for (const config of host.routerConfigs)
      for (const bgp of config.bgp) {
        const id = bgp.routerId?.value === undefined ? undefined : parseAddress(bgp.routerId.value);
        // A VRF's instance may well repeat the id of the main one, or of another router's.
        if (id === undefined || bgp.routerId === undefined || bgp.vrf !== undefined) continue;
        const addresses = interfaces.of(host).flatMap((port) => port.addresses);
        const ownsAddress = addresses.some(({ prefix }) =>
          sameAddress({ family: prefix.family, value: prefix.address }, id),
        );
        yield { host, asn: bgp.asn?.value, id, field: bgp.routerId, ownsAddress };
      }
  }
}
