import { labOf } from '../../assembly/labs.ts';
import { nodeKind } from '../../model/containerlab/node-kinds.ts';
import type { NamedSettings } from '../../model/containerlab/node-settings.ts';
import { removeField, renameKey } from '../../syntax/edit.ts';
import type { Text } from '../../text.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'clab/unused',
  severity: 'hint',
  docs: {
    summary: {
      en: 'An entry of `kinds:` or `groups:` that no node uses.',
      'zh-cn': '没有节点使用的 `kinds:` 或 `groups:` 条目。',
    },
    why: {
      en: 'Its settings reach nobody. Often a node spells the kind otherwise: `kinds:` is looked up by the very text of `kind:`, older names and upper case included.',
      'zh-cn':
        '其中的设置对任何节点都不生效。常见原因是节点的类型写法不同：`kinds:` 按 `kind:` 的原文查找，旧名称与大小写都算不同。',
    },
    source: 'srl-labs/containerlab types/topology.go',
  },
  each: {
    'containerlab/Topology'(topology, { report }) {
      if (!topology.nodesComplete || topology.nodes.size === 0) return;
      const nodes = [...labOf(topology).nodes.values()].map(({ settings }) => settings);
      const isUnread = (field: { readonly value: string | undefined } | undefined): boolean =>
        field !== undefined && field.value === undefined;
      if (nodes.some(({ kind, group }) => isUnread(kind) || isUnread(group))) return;
      const groups = new Set([...nodes.map(({ group }) => group?.value), topology.defaults?.group?.value]);
      const kinds = new Set(nodes.map(({ kind }) => kind?.value));
      for (const [name, entry] of topology.groups)
        if (!groups.has(name)) report(entry.name.place, GROUP(name), { fixes: [removal(entry, topology.groups.size)] });
      for (const [name, entry] of topology.kinds) {
        if (kinds.has(name)) continue;
        const kind = nodeKind(name);
        const spelt = [...kinds].find((used) => used !== undefined && kind !== undefined && nodeKind(used) === kind);
        if (spelt === undefined || topology.kinds.has(spelt))
          report(entry.name.place, KIND(name), { fixes: [removal(entry, topology.kinds.size)] });
        else report(entry.name.place, OTHERWISE(name, spelt), { fixes: [respelling(entry, spelt)] });
      }
    },
  },
});

const GROUP = (name: string): Text => ({
  en: `No node is in the group \`${name}\`, so these settings reach nobody.`,
  'zh-cn': `没有节点属于组 \`${name}\`，这些设置不会生效。`,
});

const KIND = (name: string): Text => ({
  en: `No node is of kind \`${name}\`, so these settings reach nobody.`,
  'zh-cn': `没有节点的类型是 \`${name}\`，这些设置不会生效。`,
});

const OTHERWISE = (name: string, spelt: string): Text => ({
  en: `The nodes are of kind \`${spelt}\`, which means the same as \`${name}\`, but containerlab looks for the very same text: these settings reach nobody. Write \`${spelt}\` here.`,
  'zh-cn': `节点的类型写作 \`${spelt}\`，与 \`${name}\` 含义相同，但 containerlab 按原文查找，这些设置不会生效。请在此写 \`${spelt}\`。`,
});

/** The last entry goes with the key above it. */
function removal({ name: { value, place } }: NamedSettings, entries: number): Fix {
  const path = place.path ?? [];
  return {
    title: { en: `Remove \`${value}\``, 'zh-cn': `删除 \`${value}\`` },
    kind: 'pick',
    edits: () => removeField(place.doc, entries === 1 ? path.slice(0, -1) : path),
  };
}

function respelling({ name: { place } }: NamedSettings, spelt: string): Fix {
  return {
    title: { en: `Change to \`${spelt}\``, 'zh-cn': `改为 \`${spelt}\`` },
    kind: 'pick',
    edits: () => renameKey(place.doc, place.path ?? [], spelt),
  };
}
