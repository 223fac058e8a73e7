import { LABS, type Lab, type LabNode } from '../../assembly/labs.ts';
import type { Field } from '../../syntax/document.ts';
import { commandsOf } from '../../syntax/shell.ts';
import type { Text } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import { resolvePath } from '../../workspace/uri.ts';
import { defineRule } from '../rule.ts';
import { fileTemplate } from './file-template.ts';

interface Use {
  readonly path: Field<string>;
  /** Path in the container, where the file is mounted. */
  readonly destination?: string;
  readonly what: Text;
}

export default defineRule({
  id: 'clab/missing-file',
  severity: 'error',
  docs: {
    summary: {
      en: 'A topology starts from, mounts or reads a file that does not exist.',
      'zh-cn': '拓扑引用了不存在的启动配置、挂载文件或环境变量文件。',
    },
    why: {
      en: 'containerlab looks for every mounted file and startup configuration before it deploys, and refuses the lab when one is missing. Paths are relative to the topology file.',
      'zh-cn': 'containerlab 在部署前会检查所有挂载文件和启动配置，缺少任何一个都会拒绝部署。路径相对于拓扑文件。',
    },
    source: 'srl-labs/containerlab core/config.go (binds), nodes/default_node.go (startup-config), utils/env.go',
  },
  check({ site, report }) {
    const said = new Set<string>();
    for (const lab of site.derive(LABS)) {
      const { folder } = lab;
      if (folder === undefined) continue;
      for (const { path, destination, what } of [...lab.nodes.values()].flatMap(usesOf)) {
        const { value } = path;
        if (value === undefined || !isChecked(lab, value)) continue;
        const uri = resolvePath(folder, value);
        // What several nodes inherit is written, and reported, once.
        const key = `${lab.topology.doc.file} ${lab.topology.doc.base} ${JSON.stringify(path.place.path)} ${value}`;
        if (site.exists(uri) !== false || said.has(key) || isMade(site, value)) continue;
        said.add(key);
        report(
          path.place,
          {
            en: `\`${value}\` does not exist, and it is ${what.en}. containerlab refuses to deploy. The path is relative to the topology file.`,
            'zh-cn': `\`${value}\` 不存在，而它是${what['zh-cn']}，containerlab 会拒绝部署。该路径相对于拓扑文件。`,
          },
          {
            fixes: [
              {
                title: { en: `Create \`${value}\``, 'zh-cn': `创建 \`${value}\`` },
                kind: 'pick',
                edits: () => [{ file: uri, create: fileTemplate(value, destination) }],
              },
            ],
          },
        );
      }
    }
  },
});

function usesOf({ name, settings }: LabNode): readonly Use[] {
  const { binds, startupConfig, suppressStartupConfig, envFiles } = settings;
  const started = startupConfig !== undefined && suppressStartupConfig?.value !== true;
  return [
    ...binds.flatMap(({ source, destination }) =>
      source === undefined
        ? []
        : [
            {
              path: source,
              ...(destination?.value !== undefined && { destination: destination.value }),
              what: { en: `mounted into \`${name}\``, 'zh-cn': `挂载到 \`${name}\` 的文件` },
            },
          ],
    ),
    ...(started
      ? [
          {
            path: startupConfig,
            what: { en: `the startup configuration of \`${name}\``, 'zh-cn': ` \`${name}\` 的启动配置` },
          },
        ]
      : []),
    ...envFiles.map((path) => ({
      path,
      what: { en: `an environment file of \`${name}\``, 'zh-cn': ` \`${name}\` 的环境变量文件` },
    })),
  ];
}

/** Whether a script writes the file before the lab is deployed: it names the path, or computes the folder of such a file. */
function isMade(site: Site, path: string): boolean {
  const wanted = path.replace(/^\.\//, '').replace(/\/$/, '');
  const name = wanted.slice(wanted.lastIndexOf('/') + 1);
  return site.documents('shell').some((script) => {
    // What stands inside another file is shown there, and not run.
    if (script.tree.format !== 'shell' || script.parent !== undefined) return false;
    return commandsOf(script.tree.shell).some(({ words, redirects }) =>
      [...words, ...redirects.flatMap(({ target }) => target ?? [])].some(
        ({ text, dynamic }) => text.endsWith(wanted) || (dynamic && text.endsWith(`/${name}`)),
      ),
    );
  });
}

/** Made by containerlab itself while it deploys. */
const GENERATED = /(^|\/)(ansible-inventory\.yml|nornir-simple-inventory\.yml|topology-data\.json)$|(^|\/)\.tls(\/|$)/;

/**
 * Relative paths of files that should be in the repository. Absolute ones, those of the home folder, of variables, of URLs
 * (also without a scheme) and of the lab's own folder are another machine's or a later moment's business; a text of several
 * lines is a configuration, not a path.
 */
function isChecked(lab: Lab, path: string): boolean {
  if (path === '' || /^[/~\\]|^[A-Za-z]:|[$\n]|__clab|\{\{/.test(path)) return false;
  if (
    /^[a-z][a-z0-9+.-]*:\/\//i.test(path) ||
    /^(www\.)?(github|gitlab)\.com\/|^raw\.githubusercontent\.com\//.test(path)
  )
    return false;
  const name = lab.topology.name?.value;
  const labFolder = name !== undefined && path.split('/').includes(`clab-${name}`);
  return !labFolder && !/^(\.\/)?clab-/.test(path) && !GENERATED.test(path);
}
