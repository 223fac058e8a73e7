import type { SpiderMultusConfig } from '../../model/spiderpool/multus-config.ts';
import type { Place } from '../../syntax/document.ts';
import { nodeOf } from '../../syntax/place.ts';
import type { Text } from '../../text.ts';
import type { Report } from '../rule.ts';

const INJECT = ['cni.spidernet.io/rdma-resource-inject', 'cni.spidernet.io/network-resource-inject'] as const;
const NAME = 'multus.spidernet.io/cr-name';
const VERSION = 'multus.spidernet.io/cni-version';
const VERSIONS = ['0.3.0', '0.3.1', '0.4.0', '1.0.0'];

/** CNI configurations written as JSON (X23, X25). */
export function judgeJson(config: SpiderMultusConfig, report: Report): void {
  const custom = config.customCNI;
  if (custom?.value !== undefined && custom.value !== '' && parsed(custom.value) === undefined)
    report(custom.place, {
      en: 'customCNI is not JSON. The webhook refuses the object.',
      'zh-cn': 'customCNI 不是 JSON，Webhook 会拒绝该对象。',
    });
  for (const { value, place } of config.chainCNIJsonData) {
    if (value === undefined) continue;
    const json = parsed(value)?.value;
    if (typeof json === 'object' && json !== null && typeof (json as { type?: unknown }).type === 'string') continue;
    report(place, {
      en: 'Each item of chainCNIJsonData is the JSON of one CNI plugin, with its `type`. The webhook refuses the object.',
      'zh-cn': 'chainCNIJsonData 的每一项应为带有 `type` 的 CNI 插件 JSON，Webhook 会拒绝该对象。',
    });
  }
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Annotations of the object (X20–X22, X26, X28). */
export function judgeAnnotations(config: SpiderMultusConfig, report: Report): void {
  const name = config.annotations.get(NAME);
  if (name?.value !== undefined && !isSubdomain(name.value))
    report(name.place, {
      en: `\`${name.value}\` cannot be the name of an object: lower-case letters, digits, \`-\` and \`.\`. The webhook refuses it.`,
      'zh-cn': `\`${name.value}\` 不能作为对象名称：只能使用小写字母、数字、\`-\` 与 \`.\`，Webhook 会拒绝。`,
    });
  const version = config.annotations.get(VERSION);
  if (version?.value !== undefined && !VERSIONS.includes(version.value))
    report(version.place, {
      en: `The CNI version is one of ${VERSIONS.join(', ')}; \`${version.value}\` is refused.`,
      'zh-cn': `CNI 版本只能是 ${VERSIONS.join('、')} 之一；\`${version.value}\` 会被拒绝。`,
    });
  for (const key of INJECT) if (config.annotations.has(key)) judgeInjection(config, key, report);
}

function judgeInjection(config: SpiderMultusConfig, key: (typeof INJECT)[number], report: Report): void {
  const place: Place = { doc: config.doc, path: [...config.path, 'metadata', 'annotations', key], part: 'key' };
  if (config.cniType !== undefined && config.cniType.value === undefined) return;
  const type = config.cniType?.value ?? 'custom';
  if (type === 'ovs' || type === 'custom') {
    report(place, {
      en: `A resource cannot be injected with the type \`${type}\`; the webhook refuses the object.`,
      'zh-cn': `类型 \`${type}\` 不支持资源注入，Webhook 会拒绝该对象。`,
    });
    return;
  }
  const block = config.blocks.find((one) => one.type === type);
  if (block === undefined) return;
  const resource =
    type === 'ipoib' ? block.master[0] : /sriov$/.test(type) ? block.resourceName : block.rdmaResourceName;
  if (resource === undefined || resource.value === '') {
    if (key === INJECT[0])
      report(
        place,
        lacks(type === 'macvlan' || type === 'ipvlan' || type === 'vlan' ? 'rdmaResourceName' : 'resourceName', type),
      );
    return;
  }
  // Written one level too high: the schema says so.
  if (nodeOf({ doc: config.doc, path: [...config.path, 'spec', 'ippools'] }) !== undefined) return;
  const pools = block.ippools;
  if (pools === undefined || (pools.ipv4.length === 0 && pools.ipv6.length === 0))
    report(place, lacks('ippools', type));
}

function lacks(field: string, type: string): Text {
  return {
    en: `Injection needs \`${field}\` in the block of \`${type}\`, because the Pod says nothing about the network itself. The webhook refuses the object.`,
    'zh-cn': `资源注入要求 \`${type}\` 的配置块中有 \`${field}\`，因为 Pod 自身不描述网络，Webhook 会拒绝该对象。`,
  };
}

function isSubdomain(name: string): boolean {
  return name.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name);
}
