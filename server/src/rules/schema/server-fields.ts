import { yamlOf } from '../../syntax/document.ts';
import { removeField } from '../../syntax/edit.ts';
import { nodeAt, type Path, resolved } from '../../syntax/tree.ts';
import { defineRule } from '../rule.ts';

const FIELDS: readonly Path[] = [
  ['metadata', 'resourceVersion'],
  ['metadata', 'uid'],
  ['metadata', 'creationTimestamp'],
  ['metadata', 'generation'],
  ['metadata', 'managedFields'],
  ['metadata', 'selfLink'],
  ['status'],
];

/** Objects that people write. What the cluster writes itself (nodes, blocks, endpoints) is only ever seen as a snapshot. */
const WRITTEN =
  /^(calico\/(BGPConfiguration|BGPPeer|BGPFilter|IPPool|FelixConfiguration|(Staged)?(Global)?NetworkPolicy|(Global)?NetworkSet|HostEndpoint|Tier|IPReservation)|spiderpool\/Spider(IPPool|Subnet|ReservedIP|MultusConfig|Coordinator)|kubernetes\/(ConfigMap|Service|Workload))$/;

export default defineRule({
  id: 'schema/server-fields',
  severity: 'information',
  docs: {
    summary: { en: 'A manifest carries fields that the server writes.', 'zh-cn': '清单中带有由服务器写入的字段。' },
    why: {
      en: 'A resourceVersion makes the next apply fail with a conflict once the live object has moved on; uid, creationTimestamp and status say nothing about what is wanted.',
      'zh-cn':
        '一旦线上对象已更新，resourceVersion 会让下一次 apply 因冲突而失败；uid、creationTimestamp 与 status 与期望状态无关。',
    },
    source: 'spiderpool.md S18; calico.md M13',
  },
  document(doc, { report, resources }) {
    for (const resource of resources) {
      // A list of objects is what `get -o yaml` prints: a snapshot, not a manifest.
      if (resource.path.length > 0 || !WRITTEN.test(resource.kind)) continue;
      for (const field of FIELDS) {
        const path = [...resource.path, ...field];
        const value = resolved(nodeAt(yamlOf(doc)?.root, path));
        if (value === undefined || (value.kind === 'scalar' && value.value === null)) continue;
        if (value.kind === 'mapping' && value.pairs.length === 0) continue;
        const name = field.at(-1) as string;
        report(
          { doc, path, part: 'key' },
          {
            en: `\`${name}\` is written by the server${name === 'resourceVersion' ? '; kept in a file it makes a later apply fail with a conflict' : ' and means nothing in a manifest'}. Remove it.`,
            'zh-cn': `\`${name}\` 由服务器写入${name === 'resourceVersion' ? '；保留在文件中会使之后的 apply 因冲突而失败' : '，在清单中没有意义'}。请删除。`,
          },
          {
            fixes: [
              {
                title: { en: `Remove \`${name}\``, 'zh-cn': `删除 \`${name}\`` },
                kind: 'safe',
                edits: () => removeField(doc, path),
              },
            ],
          },
        );
      }
    }
  },
});
