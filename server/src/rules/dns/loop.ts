import { CLUSTER_DNS, resolverFileOf } from '../../assembly/shell-dns.ts';
import type { Forwarder } from '../../model/dns/forwarder.ts';
import { parseAddress, sameAddress } from '../../network/address.ts';
import type { Field } from '../../syntax/document.ts';
import { removeLines } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'dns/loop',
  severity: 'error',
  docs: {
    summary: {
      en: 'A name server that asks itself, at once or by way of another.',
      'zh-cn': '域名服务器直接或间接地查询自己。',
    },
    why: {
      en: 'Two servers that ask each other for the same names pass every question around until it times out. A server that lists its own address asks nobody there: dnsmasq drops the entry and only its log tells, so the reserve that the line seems to give does not exist.',
      'zh-cn':
        '两台服务器互相查询同样的名称时，每个问题都会来回传递直到超时。把自己的地址列为上游则等于没有上游：dnsmasq 会丢弃该条目，只在日志中提示，看似存在的备用服务器并不存在。',
    },
    source: 'dnsmasq network.c check_servers: “ignoring nameserver … local interface”; CoreDNS plugin loop',
  },
  check({ site, report }) {
    for (const forwarder of site.all('dns/Forwarder')) {
      for (const upstream of upstreamsOf(site, forwarder)) {
        const own = forwarder.listenAddresses.find((listen) => isSame(listen, upstream));
        if (own !== undefined) {
          // On another port it is another server.
          if (forwarder.port !== undefined && forwarder.port.value !== '53') continue;
          const { doc, span } = upstream.place;
          const isWholeLine = doc !== forwarder.doc;
          report(
            upstream.place,
            {
              en: `${upstream.value} is the address that this dnsmasq listens on. It drops the entry and only its log tells, so there is one upstream fewer than it looks. Remove it.`,
              'zh-cn': `${upstream.value} 正是此 dnsmasq 的监听地址。它会丢弃该条目，只在日志中提示，实际上游比看起来少一个。请删除。`,
            },
            {
              severity: 'warning',
              related: [{ place: own.place, message: { en: 'It listens here.', 'zh-cn': '它在此地址监听。' } }],
              fixes: isWholeLine
                ? [
                    {
                      title: { en: 'Remove the line', 'zh-cn': '删除此行' },
                      kind: 'safe',
                      edits: () => removeLines(doc, span ?? [0, 0]),
                    },
                  ]
                : [],
            },
          );
          continue;
        }
        const back = site
          .derive(CLUSTER_DNS)
          .filter(({ addresses }) => addresses.some((address) => isSame(address, upstream)))
          .flatMap(({ forwards }) => forwards)
          .find((forward) => forwarder.listenAddresses.some((listen) => isSame(listen, forward)));
        if (back === undefined) continue;
        report(
          upstream.place,
          {
            en: `dnsmasq asks the cluster’s DNS (${upstream.value}) for every name, and that asks ${back.value}, which is this dnsmasq: each question goes round until it times out. Ask the cluster for its own domain only: \`server=/cluster.local/${upstream.value}\`.`,
            'zh-cn': `dnsmasq 向集群 DNS（${upstream.value}）查询所有名称，而集群 DNS 又向 ${back.value}（即此 dnsmasq）查询：每个问题都会循环直到超时。请只让集群解析自己的域：\`server=/cluster.local/${upstream.value}\`。`,
          },
          {
            related: [
              { place: back.place, message: { en: 'CoreDNS asks this dnsmasq.', 'zh-cn': 'CoreDNS 查询此 dnsmasq。' } },
            ],
          },
        );
      }
    }
  },
});

/** The servers that dnsmasq asks for every name, and its own address among those of single domains. */
function upstreamsOf(site: Site, forwarder: Forwarder): readonly Field<string>[] {
  const resolver = forwarder.noResolv ? undefined : resolverFileOf(site, forwarder);
  return [
    ...forwarder.servers.filter(({ domains }) => domains.length === 0).map(({ address }) => address),
    ...(resolver?.nameservers ?? []),
  ];
}

function isSame(one: Field<string>, other: Field<string>): boolean {
  const a = one.value === undefined ? undefined : parseAddress(one.value);
  const b = other.value === undefined ? undefined : parseAddress(other.value);
  return a !== undefined && b !== undefined && sameAddress(a, b);
}
