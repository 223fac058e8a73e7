import type { KubernetesObject } from '../../model/resource.ts';
import { yamlOf } from '../../syntax/document.ts';
import { type Node, nodeAt, type Path, resolved, type Step } from '../../syntax/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'k8s/last-applied',
  severity: 'hint',
  docs: {
    summary: {
      en: 'An annotation that repeats the object says something else than the object.',
      'zh-cn': '重复记录对象内容的注解与对象本身不一致。',
    },
    why: {
      en: '`kubectl apply` compares with last-applied-configuration to find what was removed, and Calico’s controllers compare with kube-labels: an annotation saved from a cluster and edited around leads them to undo or to keep the wrong field.',
      'zh-cn':
        '`kubectl apply` 通过 last-applied-configuration 判断哪些字段被删除，Calico 控制器则对比 kube-labels：从集群导出后又手工修改过的对象，会使它们撤销或保留错误的字段。',
    },
    source: 'kubernetes.io: declarative management, merge calculation; calico kube-controllers node labels',
  },
  document(doc, { report, resources }) {
    if (doc.format !== 'yaml') return;
    for (const resource of resources) {
      const object = resource as KubernetesObject;
      for (const [annotation, at] of REPEATS) {
        const text = object.annotations?.get(annotation);
        const saved = text?.value === undefined ? undefined : parsed(text.value);
        if (saved === undefined) continue;
        const base = [...object.path, ...at];
        const other = firstDifference(saved, nodeAt(yamlOf(doc)?.root, base), []);
        if (other === undefined) continue;
        const name = annotation.slice(annotation.indexOf('/') + 1);
        const path = [...at, ...other.path].join('.');
        report(
          { doc, path: [...object.path, 'metadata', 'annotations', annotation], part: 'key' },
          {
            en: `${name} remembers \`${path}\` as ${other.saved}, and the object says ${other.here}. An apply may undo the one or keep the other. Remove the annotation from the file.`,
            'zh-cn': `${name} 记录的 \`${path}\` 为 ${other.saved}，而对象中是 ${other.here}。应用时可能撤销前者或保留后者。请从文件中删除该注解。`,
          },
          {
            related: [
              {
                place: { doc, path: [...base, ...other.path] },
                message: { en: 'The object says this.', 'zh-cn': '对象中的内容。' },
              },
            ],
          },
        );
      }
    }
  },
});

/** Annotations that hold a copy of the object, or of the part of it at a path. */
const REPEATS: readonly (readonly [string, Path])[] = [
  ['kubectl.kubernetes.io/last-applied-configuration', []],
  ['projectcalico.org/kube-labels', ['metadata', 'labels']],
];

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

interface Difference {
  readonly path: Path;
  readonly saved: string;
  readonly here: string;
}

/**
 * The first value of a saved copy that the object has otherwise. Fields that the object lacks are no difference: it may be
 * a part of it; nor are annotations, lists of another length, and numbers in another form.
 */
function firstDifference(saved: unknown, node: Node | undefined, path: readonly Step[]): Difference | undefined {
  const here = resolved(node);
  if (here === undefined || saved === null) return undefined;
  if (Array.isArray(saved)) {
    if (here.kind !== 'sequence' || here.items.length !== saved.length) return undefined;
    return first(
      saved.map((item, index) => [index, item, here.items[index]]),
      path,
    );
  }
  if (typeof saved === 'object') {
    if (here.kind !== 'mapping') return undefined;
    const entries = Object.entries(saved).filter(([key]) => key !== 'annotations' && key !== 'status');
    return first(
      entries.map(([key, value]) => [key, value, here.pairs.findLast((pair) => pair.key.text === key)?.value]),
      path,
    );
  }
  if (here.kind !== 'scalar' || here.templated || here.value === null || String(saved) === here.text) return undefined;
  if (typeof saved === 'number' && Number(here.text) === saved) return undefined;
  // A version of the API, a quantity (1000m is 1) or a multi-line text may be written in several ways.
  if (path[0] === 'apiVersion' || path.includes('resources') || String(saved).includes('\n')) return undefined;
  return { path, saved: shown(String(saved)), here: shown(here.text) };
}

function first(
  entries: readonly (readonly [Step, unknown, Node | undefined])[],
  path: readonly Step[],
): Difference | undefined {
  for (const [step, value, node] of entries) {
    const found = firstDifference(value, node, [...path, step]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function shown(text: string): string {
  return `\`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\``;
}
