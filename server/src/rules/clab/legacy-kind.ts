import { nodeKind } from '../../model/containerlab/node-kinds.ts';
import type { Topology } from '../../model/containerlab/topology.ts';
import type { Field } from '../../syntax/document.ts';
import { type Edit, renameKey, replaceScalar } from '../../syntax/edit.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'clab/legacy-kind',
  severity: 'hint',
  docs: {
    summary: { en: 'A kind under its older name.', 'zh-cn': '使用了旧的类型名称。' },
    why: {
      en: 'The older name works and means the same. Documentation, schemas and other tools speak of the newer one, and `kinds:` settings apply only to nodes that use the same spelling.',
      'zh-cn':
        '旧名称仍然可用，含义相同。但文档、模式与其他工具都使用新名称，而且 `kinds:` 中的设置只对写法相同的节点生效。',
    },
    source: 'srl-labs/containerlab core/register.go',
  },
  each: {
    'containerlab/Topology'(topology, { report }) {
      for (const kind of kindsOf(topology)) {
        const known = kind.value === undefined ? undefined : nodeKind(kind.value);
        if (known === undefined || kind.value?.toLowerCase() === known.name) continue;
        const clashes = topology.kinds.has(kind.value!) && topology.kinds.has(known.name);
        report(
          kind.place,
          {
            en: `\`${kind.value}\` is an older name of \`${known.name}\`. Both work; write the newer one.`,
            'zh-cn': `\`${kind.value}\` 是 \`${known.name}\` 的旧名称。两者都可用，建议使用新名称。`,
          },
          {
            fixes: clashes
              ? []
              : [
                  {
                    title: {
                      en: `Write \`${known.name}\` throughout this topology`,
                      'zh-cn': `在此拓扑中统一写作 \`${known.name}\``,
                    },
                    kind: 'safe',
                    edits: () => renamed(topology, kind.value!, known.name),
                  },
                ],
          },
        );
      }
    },
  },
});

function kindsOf(topology: Topology): readonly Field<string>[] {
  const levels = [topology.defaults, ...topology.groups.values(), ...topology.nodes.values()];
  return levels.flatMap((level) => level?.kind ?? []);
}

/** A node inherits from the entry of `kinds:` that is spelt as its own kind is, so all of them change at once. */
function renamed(topology: Topology, from: string, to: string): readonly Edit[] {
  const entry = topology.kinds.get(from)?.name.place;
  return [
    ...kindsOf(topology)
      .filter(({ value }) => value === from)
      .flatMap(({ place }) => replaceScalar(place, to)),
    ...(entry === undefined ? [] : renameKey(entry.doc, entry.path ?? [], to)),
  ];
}
