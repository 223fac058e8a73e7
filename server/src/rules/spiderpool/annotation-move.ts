import type { SpiderAnnotation } from '../../assembly/spiderpool-annotations.ts';
import { plainText, removeField, setField } from '../../syntax/edit.ts';
import { nodeOf } from '../../syntax/place.ts';
import { type Path, resolved } from '../../syntax/tree.ts';
import type { Fix } from '../rule.ts';

/** Moves an annotation of a workload to its Pod template, with the quotes it has; undefined where there is no template. */
export function moveToTemplate({ doc, path, scalar }: SpiderAnnotation, template: Path): Fix | undefined {
  const key = path.at(-1);
  const raw = doc.text.slice(scalar.span[0], scalar.span[1]);
  if (nodeOf({ doc, path: template.slice(0, -1) }) === undefined || raw.includes('\n') || typeof key !== 'string')
    return undefined;
  return {
    title: { en: 'Move it to the Pod template', 'zh-cn': '移到 Pod 模板中' },
    kind: 'pick',
    edits: () => {
      const annotations = path.slice(0, -1);
      const map = resolved(nodeOf({ doc, path: annotations }));
      const alone = map?.kind === 'mapping' && map.pairs.length === 1;
      const written = setField(doc, [...template, 'annotations', key], scalar.text).map((edit) =>
        'text' in edit ? { ...edit, text: edit.text.replace(plainText(scalar.text), () => raw) } : edit,
      );
      return [...removeField(doc, alone ? annotations : path), ...written];
    },
  };
}
