import { type LabNode, labOf } from '../../assembly/labs.ts';
import { containerName } from '../../model/containerlab/container-name.ts';
import { defineRule } from '../rule.ts';

/** What Docker takes as a container's name. */
const CONTAINER_NAME = /^[a-zA-Z0-9][a-zA-Z0-9\-._]+$/;
/** One label of a DNS name has 63 characters; containerlab warns from here on. */
const LONGEST = 60;

export default defineRule({
  id: 'clab/name',
  severity: 'error',
  docs: {
    summary: {
      en: 'A node makes a container name that is not allowed, or too long to be found by DNS.',
      'zh-cn': '节点生成的容器名不合法，或过长而无法通过 DNS 解析。',
    },
    why: {
      en: 'The container is called `<prefix>-<lab>-<node>`. Docker takes letters, digits, `-`, `.` and `_` only; a name of more than 60 characters gets no DNS entry.',
      'zh-cn':
        '容器名为 `<前缀>-<实验名>-<节点>`。Docker 只接受字母、数字、`-`、`.` 与 `_`；超过 60 个字符的名称没有 DNS 记录。',
    },
    source: 'srl-labs/containerlab nodes/default_node.go VerifyContainerName',
  },
  each: {
    'containerlab/Topology'(topology, { report }) {
      const nodes = [...labOf(topology).nodes.values()].filter(isContainer);
      for (const { name, settings } of nodes) {
        const container = containerName(topology, name);
        if (container === undefined) continue;
        if (!CONTAINER_NAME.test(container)) {
          const lab = topology.name;
          const blame = lab?.value !== undefined && !/^[\w.-]+$/.test(lab.value) ? lab.place : settings.name.place;
          report(blame, {
            en: `The container would be called \`${container}\`, which Docker refuses. Use letters, digits, \`-\`, \`.\` and \`_\` only.`,
            'zh-cn': `容器名将是 \`${container}\`，Docker 会拒绝。只能使用字母、数字、\`-\`、\`.\` 与 \`_\`。`,
          });
          if (blame === lab?.place) return;
        } else if (container.length > LONGEST)
          report(
            settings.name.place,
            {
              en: `The container is called \`${container}\`, with ${container.length} characters. More than ${LONGEST} give it no DNS name, so other nodes do not find it by name.`,
              'zh-cn': `容器名是 \`${container}\`，共 ${container.length} 个字符。超过 ${LONGEST} 个字符就没有 DNS 名称，其他节点无法按名称找到它。`,
            },
            { severity: 'warning' },
          );
      }
    },
  },
});

function isContainer({ kind }: LabNode): boolean {
  return kind?.needsImage === true;
}
