import type { KubernetesObject } from '../../model/resource.ts';
import type { Field, Place } from '../../syntax/document.ts';
import { type Edit, removeField, renameKey } from '../../syntax/edit.ts';
import { nodeOf } from '../../syntax/place.ts';
import { pairOf } from '../../syntax/tree.ts';
import type { Text } from '../../text.ts';
import { defineRule, type Fix, type Report } from '../rule.ts';

/** What took the place of a field that is gone. */
const REPLACEMENTS: Readonly<Record<string, Text>> = {
  vlan: {
    en: 'The VLAN is a matter of the CNI: set `vlanID` in the SpiderMultusConfig.',
    'zh-cn': 'VLAN 由 CNI 决定：请在 SpiderMultusConfig 中设置 `vlanID`。',
  },
  detectGateway: {
    en: 'It is `enableGatewayDetection` of the ConfigMap spiderpool-conf now.',
    'zh-cn': '现在由 ConfigMap spiderpool-conf 的 `enableGatewayDetection` 控制。',
  },
  detectIPConflict: {
    en: 'It is `enableIPConflictDetection` of the ConfigMap spiderpool-conf now.',
    'zh-cn': '现在由 ConfigMap spiderpool-conf 的 `enableIPConflictDetection` 控制。',
  },
  hostRPFilter: {
    en: 'Set `podRPFilter` for the Pod; the host’s rp_filter is left to you.',
    'zh-cn': 'Pod 请使用 `podRPFilter`；主机的 rp_filter 需自行设置。',
  },
  enableVethLinkLocalAddress: {
    en: 'Set `vethLinkAddress` instead.',
    'zh-cn': '请改用 `vethLinkAddress`。',
  },
  spiderpoolConfigPools: {
    en: 'It is `ippools` with the lists `ipv4` and `ipv6` now.',
    'zh-cn': '现在是 `ippools`，其下为 `ipv4` 与 `ipv6` 列表。',
  },
};

export default defineRule({
  id: 'spiderpool/removed',
  severity: 'warning',
  tags: ['deprecated'],
  docs: {
    summary: {
      en: 'A field or kind that Spiderpool had once and has no more.',
      'zh-cn': 'Spiderpool 曾有、现已移除的字段或类型。',
    },
    why: {
      en: 'The API server drops such a field without a word, and what it asked for does not happen. Old guides still show them.',
      'zh-cn': 'API 服务器会静默丢弃这类字段，其要求的行为不会发生。旧文档中仍能见到它们。',
    },
    source: 'spidernet-io/spiderpool CRDs v2beta1 (spiderpool.md §1)',
  },
  document(_doc, { resources, report }) {
    for (const resource of resources)
      if (resource.kind === 'spiderpool/SpiderClaimParameter') retired(resource as KubernetesObject, report);
  },
  each: {
    'spiderpool/SpiderIPPool': (pool, { report }) => gone(pool.removed, report),
    'spiderpool/SpiderCoordinator': (coordinator, { report }) => gone(coordinator.settings.removed, report),
    'spiderpool/SpiderMultusConfig'(config, { report }) {
      gone(config.coordinator?.removed ?? [], report);
      for (const block of config.blocks) gone(block.removed, report);
    },
  },
});

function gone(fields: readonly Field<string>[], report: Report): void {
  for (const field of fields) {
    const name = field.value!;
    const replacement = REPLACEMENTS[name];
    if (replacement === undefined) continue;
    report(
      field.place,
      {
        en: `Spiderpool has no field \`${name}\` any more, and the API server drops it. ${replacement.en}`,
        'zh-cn': `Spiderpool 已没有字段 \`${name}\`，API 服务器会将其丢弃。${replacement['zh-cn']}`,
      },
      { fixes: fixesOf(field) },
    );
  }
}

function fixesOf({ value, place }: Field<string>): readonly Fix[] {
  const { doc, path } = place;
  if (path === undefined) return [];
  if (value === 'spiderpoolConfigPools')
    return [
      {
        title: { en: 'Rename it to `ippools`', 'zh-cn': '重命名为 `ippools`' },
        kind: 'pick',
        edits: () => renamePools(place),
      },
    ];
  return [
    {
      title: { en: `Remove \`${value}\``, 'zh-cn': `删除 \`${value}\`` },
      kind: 'pick',
      edits: () => removeField(doc, path),
    },
  ];
}

/** The block and its two lists, which had longer names. */
function renamePools({ doc, path }: Place): readonly Edit[] {
  const block = nodeOf({ doc, path: path! });
  const lists = [
    ['IPv4IPPool', 'ipv4'],
    ['IPv6IPPool', 'ipv6'],
  ] as const;
  return [
    ...renameKey(doc, path!, 'ippools'),
    ...lists.flatMap(([old, name]) => (pairOf(block, old) ? renameKey(doc, [...path!, old], name) : [])),
  ];
}

function retired(resource: KubernetesObject, report: Report): void {
  report(
    { doc: resource.doc, path: [...resource.path, 'kind'] },
    {
      en: 'Spiderpool has no kind SpiderClaimParameter any more: the API server refuses the object. Remove it.',
      'zh-cn': 'Spiderpool 已没有 SpiderClaimParameter 类型：API 服务器会拒绝该对象。请将其删除。',
    },
  );
}
