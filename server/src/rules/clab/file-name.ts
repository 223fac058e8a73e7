import { baseName } from '../../workspace/uri.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'clab/file-name',
  severity: 'hint',
  docs: {
    summary: {
      en: 'A topology is not named `*.clab.yml` or `*.clab.yaml`.',
      'zh-cn': '拓扑文件名不是 `*.clab.yml` 或 `*.clab.yaml`。',
    },
    why: {
      en: 'By that ending `containerlab deploy` finds the topology of a folder, and editors find its schema.',
      'zh-cn': '`containerlab deploy` 按此后缀查找目录中的拓扑文件，编辑器也据此找到对应的模式。',
    },
    source: 'srl-labs/containerlab core/topology.go FindTopoFileByPath; SchemaStore',
  },
  each: {
    'containerlab/Topology'({ doc, name, path }, { report }) {
      const file = baseName(doc.file);
      if (doc.parent !== undefined || /[.-]clab\.(ya?ml|gotmpl|tmpl)$/i.test(file)) return;
      if (!/\.ya?ml$/i.test(file)) return;
      const better = file.replace(/(\.(topo|lab|containerlab))?\.(ya?ml)$/i, '.clab.$3');
      report(name?.place ?? { doc, path: [...path, 'topology'], part: 'key' }, {
        en: `\`containerlab deploy\` does not find a topology called \`${file}\` by itself, and editors do not know it for one. Rename it to \`${better}\`.`,
        'zh-cn': `\`containerlab deploy\` 不会自动找到名为 \`${file}\` 的拓扑，编辑器也无法识别。请改名为 \`${better}\`。`,
      });
    },
  },
});
