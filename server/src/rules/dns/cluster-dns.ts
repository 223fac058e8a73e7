import { rangeHolding, rangesFor } from '../../assembly/shell.ts';
import { CLUSTER_DNS } from '../../assembly/shell-dns.ts';
import type { ForwardServer } from '../../model/dns/forwarder.ts';
import { parseAddress, sameAddress } from '../../network/address.ts';
import { editDistance } from '../../network/near.ts';
import { rangeContains } from '../../network/range.ts';
import type { Field } from '../../syntax/document.ts';
import { replaceText } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'dns/cluster-dns',
  severity: 'warning',
  docs: {
    summary: {
      en: 'The cluster’s domain is forwarded to an address that is not the cluster’s DNS, or is misspelt.',
      'zh-cn': '集群域名被转发到不是集群 DNS 的地址，或域名拼写错误。',
    },
    why: {
      en: 'A name ending in the cluster’s domain exists only in the cluster’s DNS. Sent to another address it finds nobody who answers; with a slip in the domain the rule never applies, and public servers say that the name does not exist.',
      'zh-cn':
        '以集群域名结尾的名称只存在于集群 DNS 中。转发到其他地址就没有人应答；域名写错则规则永远不会生效，公共服务器会回答该名称不存在。',
    },
    source: 'dnsmasq(8) --server=/domain/address; kubeadm networking.dnsDomain, cluster.local by default',
  },
  check({ site, report }) {
    for (const forwarder of site.all('dns/Forwarder'))
      for (const server of forwarder.servers) {
        const domains = clusterDomains(site);
        const slip = misspelt(site, server, domains);
        if (slip !== undefined) {
          const { written, meant } = slip;
          report(
            written.place,
            {
              en: `${written.value} is no domain of this cluster, whose DNS ${server.address.value} is; its domain is ${meant}. Names of the cluster never get there.`,
              'zh-cn': `${server.address.value} 是此集群的 DNS，但 ${written.value} 不是该集群的域名，应为 ${meant}。集群内的名称不会被转发到那里。`,
            },
            { fixes: [change(written, meant)] },
          );
          continue;
        }
        if (!server.domains.some(({ value }) => value !== undefined && domains.includes(value))) continue;
        const known = elsewhere(site, server.address);
        if (known === undefined) continue;
        report(
          server.address.place,
          {
            en: `${server.address.value} ${known.en}, so names of the cluster get no answer. Use the ClusterIP of its DNS${known.meant === undefined ? '' : `, ${known.meant}`}.`,
            'zh-cn': `${server.address.value} ${known['zh-cn']}，集群内的名称得不到应答。请使用集群 DNS 的 ClusterIP${known.meant === undefined ? '' : `（${known.meant}）`}。`,
          },
          { fixes: known.meant === undefined ? [] : [change(server.address, known.meant)] },
        );
      }
  },
});

function clusterDomains(site: Site): readonly string[] {
  const written = site.all('kubeadm/ClusterConfiguration').flatMap(({ dnsDomain }) => dnsDomain?.value ?? []);
  return written.length > 0 ? written : ['cluster.local'];
}

interface Slip {
  readonly written: Field<string>;
  readonly meant: string;
}

/** A domain one or two letters away from the cluster's, sent to an address of its Service range. */
function misspelt(site: Site, { domains, address }: ForwardServer, known: readonly string[]): Slip | undefined {
  const at = address.value === undefined ? undefined : parseAddress(address.value);
  if (at === undefined || rangeHolding(site, at, 'services') === undefined) return undefined;
  for (const written of domains) {
    const domain = written.value?.replace(/^\*?\./, '');
    if (domain === undefined || known.includes(domain)) continue;
    const meant = known.find((one) => editDistance(domain, one, 2) <= 2);
    if (meant !== undefined) return { written, meant };
  }
  return undefined;
}

interface Elsewhere {
  readonly en: string;
  readonly 'zh-cn': string;
  readonly meant?: string;
}

/** Why an address is not the cluster's DNS; undefined when it is, or when nothing here says what is. */
function elsewhere(site: Site, field: Field<string>): Elsewhere | undefined {
  const address = field.value === undefined ? undefined : parseAddress(field.value);
  if (address === undefined) return undefined;
  const servers = site.derive(CLUSTER_DNS).flatMap(({ addresses }) => addresses.flatMap(({ value }) => value ?? []));
  const parsed = servers.flatMap((text) => parseAddress(text) ?? []);
  if (parsed.some((one) => sameAddress(one, address))) return undefined;
  const [meant] = servers;
  const services = rangesFor(site, 'services').filter(({ range }) => range.family === address.family);
  if (services.length === 0 || services.some(({ range }) => rangeContains(range, address)))
    return parsed.length === 0
      ? undefined
      : { en: 'is not its DNS Service', 'zh-cn': '不是集群的 DNS Service', ...(meant !== undefined && { meant }) };
  // Another machine of the office may well forward these names in its turn.
  if (rangeHolding(site, address, 'nodes') !== undefined) return undefined;
  const list = services.map(({ text }) => text).join(', ');
  return {
    en: `is outside the Service range (${list})`,
    'zh-cn': `不在 Service 网段（${list}）内`,
    ...(meant !== undefined && { meant }),
  };
}

function change(field: Field<string>, meant: string): Fix {
  return {
    title: { en: `Change to ${meant}`, 'zh-cn': `改为 ${meant}` },
    kind: 'pick',
    edits: () => replaceText(field.place, meant),
  };
}
