import {
  type AnnotationKey,
  annotationsAt,
  type JsonFault,
  NAMESPACE_KEYS,
  POD_KEYS,
  PREFIX,
  podMetadata,
  readJson,
  type SpiderAnnotation,
} from '../../assembly/spiderpool-annotations.ts';
import type { Workload } from '../../model/kubernetes/workload.ts';
import { nearest } from '../../network/near.ts';
import type { Place } from '../../syntax/document.ts';
import { type Edit, quoteScalar, renameKey, replaceText } from '../../syntax/edit.ts';
import { nodeOf, spanOfPlace } from '../../syntax/place.ts';
import { pairOf, resolved } from '../../syntax/tree.ts';
import type { Text } from '../../text.ts';
import { defineRule, type Fix, type Report } from '../rule.ts';
import { JSON_GRAMMARS } from './annotation-grammar.ts';
import { moveToTemplate } from './annotation-move.ts';

export default defineRule({
  id: 'spiderpool/annotation',
  severity: 'error',
  docs: {
    summary: {
      en: 'An ipam.spidernet.io annotation is not the JSON or the word it must be, or stands where Spiderpool never looks.',
      'zh-cn': 'ipam.spidernet.io 注解不是要求的 JSON 或取值，或写在了 Spiderpool 不会读取的位置。',
    },
    why: {
      en: 'Spiderpool reads these annotations from the Pod when it asks for an address. What it cannot read leaves the Pod in ContainerCreating; what it never sees gives the Pod an address of another pool.',
      'zh-cn':
        'Pod 申请地址时，Spiderpool 从 Pod 上读取这些注解。无法解析时 Pod 会停在 ContainerCreating；读不到时 Pod 会得到其他地址池的地址。',
    },
    source:
      'spidernet-io/spiderpool pkg/ipam, pkg/applicationcontroller, docs/reference/annotation (spiderpool.md T1–T23)',
  },
  each: {
    'kubernetes/Workload'(workload, { report }) {
      for (const annotation of annotationsAt(workload.doc, podMetadata(workload)))
        judge(annotation, POD_KEYS, 'Pod', report);
      judgeMisplaced(workload, report);
      judgeBarePod(workload, report);
    },
    'kubernetes/Namespace'(namespace, { report }) {
      for (const annotation of annotationsAt(namespace.doc, [...namespace.path, 'metadata']))
        judge(annotation, NAMESPACE_KEYS, 'Namespace', report);
    },
  },
});

function judge(annotation: SpiderAnnotation, known: readonly AnnotationKey[], owner: string, report: Report): void {
  const { key, doc, path, scalar } = annotation;
  const place: Place = { doc, path };
  if (scalar.style === 'plain' && scalar.value === null) return;
  if (!known.includes(key as AnnotationKey)) {
    judgeKey(annotation, known, owner, report);
    return;
  }
  if (typeof scalar.value !== 'string') {
    report(place, notText(scalar.text), { fixes: [quoted(place)] });
    return;
  }
  if (key === 'ippool-ip-number' || key === 'ippool-reclaim') {
    judgeWord(key, scalar.text, place, report);
    return;
  }
  const grammar = JSON_GRAMMARS[key as AnnotationKey];
  if (grammar === undefined) return;
  const read = readJson(annotation);
  if (read === undefined) return;
  if (read.faults !== undefined) {
    for (const fault of read.faults)
      report(fault.place, jsonMessage(fault, key), { fixes: [...jsonFixes(fault), ...bareName(annotation)] });
    return;
  }
  for (const { place: at, message, ...details } of grammar(read.value, key)) report(at, message, details);
}

/** A key that Spiderpool does not read there, where it is plain what was meant. */
function judgeKey(annotation: SpiderAnnotation, known: readonly AnnotationKey[], owner: string, report: Report): void {
  const { key, doc, path } = annotation;
  const place: Place = { doc, path, part: 'key' };
  const elsewhere = [...POD_KEYS, ...NAMESPACE_KEYS].includes(key as AnnotationKey);
  if (elsewhere) {
    const other = owner === 'Pod' ? 'Namespace' : 'Pod';
    report(
      place,
      {
        en: `Spiderpool reads \`${PREFIX}${key}\` from a ${other}, not from a ${owner}: here it does nothing.`,
        'zh-cn': `Spiderpool 从 ${other} 而不是 ${owner} 读取 \`${PREFIX}${key}\`，写在这里不起作用。`,
      },
      { severity: 'warning' },
    );
    return;
  }
  const present = resolved(nodeOf({ doc, path: path.slice(0, -1) }));
  const free = known.filter((name) => pairOf(present, PREFIX + name) === undefined);
  const meant = nearest(key, free, 2);
  if (meant === undefined) return;
  report(
    place,
    {
      en: `Spiderpool knows no annotation \`${PREFIX}${key}\` and ignores it; the Pod gets an address of another pool. \`${PREFIX}${meant}\` was probably meant.`,
      'zh-cn': `Spiderpool 没有注解 \`${PREFIX}${key}\`，会将其忽略，Pod 会得到其他地址池的地址。可能是想写 \`${PREFIX}${meant}\`。`,
    },
    {
      fixes: [
        {
          title: { en: `Change it to \`${PREFIX}${meant}\``, 'zh-cn': `改为 \`${PREFIX}${meant}\`` },
          kind: 'pick',
          edits: () => renameKey(doc, path, PREFIX + meant),
        },
      ],
    },
  );
}

function judgeWord(key: string, text: string, place: Place, report: Report): void {
  if (key === 'ippool-reclaim') {
    if (/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(text)) return;
    report(place, {
      en: `\`${text}\` is neither \`"true"\` nor \`"false"\`: Spiderpool refuses the annotation and the Pod gets no address.`,
      'zh-cn': `\`${text}\` 既不是 \`"true"\` 也不是 \`"false"\`：Spiderpool 会拒绝该注解，Pod 得不到地址。`,
    });
    return;
  }
  // Go's strconv.Atoi of what follows the only plus sign; a negative number is refused afterwards.
  const parts = text.split('+');
  if (parts.length <= 2 && /^\d+$/.test(parts.at(-1)!)) return;
  report(place, {
    en: `\`${text}\` is no number of addresses. Write \`"5"\` for exactly five, or \`"+1"\` for one more than the replicas. Spiderpool creates no pool from this.`,
    'zh-cn': `\`${text}\` 不是有效的地址数量。\`"5"\` 表示固定 5 个，\`"+1"\` 表示比副本数多 1 个。Spiderpool 无法据此创建地址池。`,
  });
}

/** Annotations of the workload itself: only a Pod's own metadata reaches Spiderpool. */
function judgeMisplaced(workload: Workload, report: Report): void {
  if (workload.workloadKind?.value === undefined || workload.workloadKind.value === 'Pod') return;
  const template = podMetadata(workload);
  const inTemplate = new Set(annotationsAt(workload.doc, template).map((annotation) => annotation.key));
  for (const annotation of annotationsAt(workload.doc, [...workload.path, 'metadata'])) {
    if (!POD_KEYS.some((key) => key === annotation.key) || inTemplate.has(annotation.key)) continue;
    const fix = moveToTemplate(annotation, template);
    report(
      { doc: annotation.doc, path: annotation.path, part: 'key' },
      {
        en: `This annotation stands on the ${workload.workloadKind.value}, and Spiderpool reads those of the Pod: it has no effect, and the Pods get addresses of another pool. Move it to the Pod template.`,
        'zh-cn': `该注解写在 ${workload.workloadKind.value} 上，而 Spiderpool 读取的是 Pod 的注解：它不起作用，Pod 会得到其他地址池的地址。请移到 Pod 模板中。`,
      },
      { fixes: fix === undefined ? [] : [fix] },
    );
  }
}

/** SpiderSubnet makes a pool for a controller; a Pod of its own has none. */
function judgeBarePod(workload: Workload, report: Report): void {
  if (workload.workloadKind?.value !== 'Pod') return;
  for (const annotation of annotationsAt(workload.doc, podMetadata(workload))) {
    if (annotation.key !== 'subnet' && annotation.key !== 'subnets') continue;
    if (hasOwner(workload)) continue;
    report(
      { doc: annotation.doc, path: annotation.path, part: 'key' },
      {
        en: 'Spiderpool makes pools out of a SpiderSubnet for Deployments and other controllers only; it refuses a Pod without one. Name a SpiderIPPool instead.',
        'zh-cn':
          'Spiderpool 只为 Deployment 等控制器从 SpiderSubnet 创建地址池，没有控制器的 Pod 会被拒绝。请改为指定 SpiderIPPool。',
      },
    );
  }
}

function hasOwner(workload: Workload): boolean {
  return nodeOf({ doc: workload.doc, path: [...workload.path, 'metadata', 'ownerReferences'] }) !== undefined;
}

function notText(text: string): Text {
  return {
    en: `Without quotes YAML reads \`${text}\` as a number or a boolean, and an annotation is a text: the API server refuses the object. Put it in quotes.`,
    'zh-cn': `不加引号时 YAML 会把 \`${text}\` 读作数字或布尔值，而注解必须是文本：API 服务器会拒绝该对象。请加上引号。`,
  };
}

function quoted(place: Place): Fix {
  return { title: { en: 'Put it in quotes', 'zh-cn': '加上引号' }, kind: 'safe', edits: () => quoteScalar(place) };
}

function jsonMessage({ fault, place }: JsonFault, key: string): Text {
  const token = tokenOf(place);
  switch (fault) {
    case 'unquoted':
      return {
        en: `\`${token}\` has no quotes, so \`${key}\` is not JSON. Spiderpool cannot read it and the Pod gets no address. Write \`"${token}"\`.`,
        'zh-cn': `\`${token}\` 没有引号，因此 \`${key}\` 不是 JSON。Spiderpool 无法读取，Pod 得不到地址。请写成 \`"${token}"\`。`,
      };
    case 'single':
      return {
        en: `JSON knows only double quotes: Spiderpool cannot read \`${key}\` and the Pod gets no address. Write \`"${token}"\`.`,
        'zh-cn': `JSON 只使用双引号：Spiderpool 无法读取 \`${key}\`，Pod 得不到地址。请写成 \`"${token}"\`。`,
      };
    case 'comma':
      return {
        en: `JSON allows no comma after the last item: Spiderpool cannot read \`${key}\` and the Pod gets no address.`,
        'zh-cn': `JSON 最后一项之后不能有逗号：Spiderpool 无法读取 \`${key}\`，Pod 得不到地址。`,
      };
    case 'syntax':
      return {
        en: `The value of \`${key}\` is not JSON. Spiderpool cannot read it and the Pod gets no address.`,
        'zh-cn': `\`${key}\` 的值不是 JSON。Spiderpool 无法读取，Pod 得不到地址。`,
      };
  }
}

/** A name alone, as people write it who know only one pool. */
function bareName({ key, doc, path, scalar }: SpiderAnnotation): readonly Fix[] {
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(scalar.text)) return [];
  const list = JSON.stringify([scalar.text]);
  const object = `{"ipv4": ${list}}`;
  const meant = key.startsWith('default-') ? list : key.endsWith('s') ? `[${object}]` : object;
  if (key === 'routes') return [];
  return [
    {
      title: { en: `Write \`${meant}\``, 'zh-cn': `改为 \`${meant}\`` },
      kind: 'pick',
      edits: () => replaceText({ doc, path }, `'${meant}'`),
    },
  ];
}

function jsonFixes({ fault, place }: JsonFault): readonly Fix[] {
  if (fault === 'syntax') return [];
  if (fault === 'comma')
    return [
      {
        title: { en: 'Remove the comma', 'zh-cn': '删除逗号' },
        kind: 'safe',
        edits: (): readonly Edit[] => [{ doc: place.doc, span: place.span!, text: '' }],
      },
    ];
  const token = tokenOf(place);
  return [
    {
      title: { en: `Write \`"${token}"\``, 'zh-cn': `改为 \`"${token}"\`` },
      kind: 'safe',
      edits: () => [{ doc: place.doc, span: spanOfPlace(place), text: JSON.stringify(tokenOf(place)) }],
    },
  ];
}

/** The word at a place, without quotes. */
function tokenOf(place: Place): string {
  if (place.part === 'key') return String(place.path?.at(-1) ?? '');
  const node = nodeOf(place);
  return node?.kind === 'scalar' ? node.text : '';
}
