import { NODE_LABELS } from '../../assembly/node-labels.ts';
import { POD_INDEX } from '../../assembly/policies-pods.ts';
import { SPIDER_POOLS, SPIDER_SUBNETS } from '../../assembly/spiderpool.ts';
import type { Resource } from '../../model/resource.ts';
import type { Family } from '../../network/address.ts';
import { type Range, rangeSize } from '../../network/range.ts';
import { type Text, verbatim } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import type { NetworkValue, ValueTopic } from './network-values.ts';

/** Fields that hold the name of an object which another file defines. */
export const NAME_VALUES: readonly ValueTopic[] = [
  { at: /^calico\/(BGPPeer|HostEndpoint|CalicoNodeStatus) spec\.node$/, values: nodeNames },
  { at: /^calico\/Node (metadata\.name|spec\.orchRefs\.\[\]\.nodeName)$/, values: nodeNames },
  { at: /^spiderpool\/SpiderIPPool spec\.nodeName\.\[\]$/, values: nodeNames },
  { at: /^calico\/BGPPeer spec\.filters\.\[\]$/, values: (site) => named(site.all('calico/BGPFilter'), 'BGPFilter') },
  { at: /^calico\/\w*NetworkPolicy spec\.tier$/, values: tierNames },
  { at: /^calico\/HostEndpoint spec\.profiles\.\[\]$/, values: (site) => named(site.all('calico/Profile'), 'Profile') },
  { at: /^(calico|spiderpool|multus)\/\w+ metadata\.namespace$/, values: namespaceNames },
  { at: /^calico\/.* spec\..*\.services\.namespace$/, values: namespaceNames },
  { at: /^spiderpool\/SpiderIPPool spec\.namespaceName\.\[\]$/, values: namespaceNames },
  { at: /^spiderpool\/SpiderIPPool spec\.multusName\.\[\]$/, values: attachmentNames },
  { at: /^calico\/.* spec\..*\.services\.name$/, values: (site) => named(site.all('kubernetes/Service'), 'Service') },
  {
    at: /^calico\/.* spec\..*\.serviceAccounts\.names\.\[\]$/,
    values: (site) => named(site.all('kubernetes/ServiceAccount'), 'ServiceAccount'),
  },
  { at: /^calico\/\w+ spec\..*secretKeyRef\.name$/, values: (site) => named(site.all('kubernetes/Secret'), 'Secret') },
  { at: /^calico\/\w+ spec\..*secretKeyRef\.key$/, values: (site, { beside }) => secretKeys(site, beside('name')) },
  { at: /^spiderpool\/SpiderMultusConfig spec\.\w+\.ippools\.ipv4\.\[\]$/, values: (site) => spiderPoolNames(site, 4) },
  { at: /^spiderpool\/SpiderMultusConfig spec\.\w+\.ippools\.ipv6\.\[\]$/, values: (site) => spiderPoolNames(site, 6) },
];

/** Every node of the cluster with its labels. */
function nodeNames(site: Site): readonly NetworkValue[] {
  return [...site.derive(NODE_LABELS).values()].map(({ name, labels }) => {
    const shown = [...labels].filter(([key]) => !/kubernetes\.io\//.test(key)).slice(0, 3);
    return {
      value: name,
      kind: 'name',
      detail: verbatim(shown.map(([key, value]) => `${key}=${value ?? '?'}`).join(' ')),
    };
  });
}

function tierNames(site: Site): readonly NetworkValue[] {
  const tiers = site.all('calico/Tier').flatMap(({ name, order }) => {
    const detail: Text =
      order?.value === undefined
        ? verbatim('Tier')
        : { en: `Tier, order ${order.value}`, 'zh-cn': `Tier，顺序 ${order.value}` };
    return name?.value === undefined ? [] : [{ value: name.value, kind: 'name' as const, detail }];
  });
  return tiers.some(({ value }) => value === 'default')
    ? tiers
    : [...tiers, { value: 'default', kind: 'name', detail: verbatim('Tier') }];
}

function namespaceNames(site: Site): readonly NetworkValue[] {
  const names = new Set([
    ...site.all('kubernetes/Namespace').flatMap(({ name }) => name?.value ?? []),
    ...site.derive(POD_INDEX).namespaces,
  ]);
  return [...names].map((value) => ({ value, kind: 'name', detail: verbatim('Namespace') }));
}

/** `namespace/name` of what Multus attaches, as Spiderpool names it. */
export function attachmentNames(site: Site): readonly NetworkValue[] {
  return [...site.all('spiderpool/SpiderMultusConfig'), ...site.all('multus/NetworkAttachmentDefinition')].flatMap(
    ({ name, namespace, kind }) =>
      name?.value === undefined
        ? []
        : [
            {
              value: `${namespace?.value ?? 'default'}/${name.value}`,
              kind: 'name' as const,
              detail: verbatim(kind.slice(kind.indexOf('/') + 1)),
            },
          ],
  );
}

function secretKeys(site: Site, secret: string | undefined): readonly NetworkValue[] {
  return site
    .all('kubernetes/Secret')
    .filter(({ name }) => secret === undefined || name?.value === secret)
    .flatMap(({ keys, name }) =>
      keys.flatMap(({ value }) =>
        value === undefined ? [] : [{ value, kind: 'name' as const, detail: verbatim(`Secret ${name?.value ?? ''}`) }],
      ),
    );
}

function named(resources: readonly Resource[], what: string): readonly NetworkValue[] {
  return resources.flatMap(({ name, namespace }) =>
    name?.value === undefined
      ? []
      : [
          {
            value: name.value,
            kind: 'name' as const,
            detail:
              namespace?.value === undefined
                ? verbatim(what)
                : { en: `${what} in ${namespace.value}`, 'zh-cn': `${what}，命名空间 ${namespace.value}` },
          },
        ],
  );
}

/** SpiderIPPools of a family, with their subnet and how many addresses they give. */
export function spiderPoolNames(site: Site, family?: Family): readonly NetworkValue[] {
  return site.derive(SPIDER_POOLS).flatMap(({ resource, family: own, total }): NetworkValue[] => {
    const name = resource.name?.value;
    if (name === undefined || (family !== undefined && own !== undefined && own !== family)) return [];
    return [{ value: name, kind: 'name', detail: withCount(resource.subnet?.value, total) }];
  });
}

export function spiderSubnetNames(site: Site, family?: Family): readonly NetworkValue[] {
  return site.derive(SPIDER_SUBNETS).flatMap(({ resource, family: own, total }): NetworkValue[] => {
    const name = resource.name?.value;
    if (name === undefined || (family !== undefined && own !== undefined && own !== family)) return [];
    return [{ value: name, kind: 'name', detail: withCount(resource.subnet?.value, total) }];
  });
}

function withCount(subnet: string | undefined, total: readonly Range[] | undefined): Text {
  if (total === undefined) return verbatim(subnet ?? '');
  const count = total.reduce((sum, range) => sum + rangeSize(range), 0n);
  return { en: `${subnet ?? '?'}, ${count} addresses`, 'zh-cn': `${subnet ?? '?'}，${count} 个地址` };
}

/** Calico's pools of a family, by name: IPPools, and those of the operator's Installation. */
export function calicoPoolNames(site: Site, family?: Family): readonly NetworkValue[] {
  const pools = [...site.all('calico/IPPool'), ...site.all('tigera/Installation').flatMap(({ ipPools }) => ipPools)];
  return pools.flatMap(({ name, cidr }): NetworkValue[] => {
    const own = cidr?.value?.includes(':') ? 6 : 4;
    if (name?.value === undefined || (family !== undefined && own !== family)) return [];
    return [{ value: name.value, kind: 'name', detail: verbatim(cidr?.value ?? '') }];
  });
}
