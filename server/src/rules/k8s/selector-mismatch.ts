import { matchesLabels } from '../../model/kubernetes/label-selector.ts';
import type { Service } from '../../model/kubernetes/service.ts';
import type { Workload } from '../../model/kubernetes/workload.ts';
import { nearest } from '../../network/near.ts';
import { once } from '../../network/once.ts';
import type { Field, Place } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'k8s/selector-mismatch',
  severity: 'error',
  docs: {
    summary: {
      en: 'A workload’s selector does not match its own pods, or a Service’s selector misses its pods by a slip.',
      'zh-cn': '工作负载的选择器与自己的 Pod 不匹配，或 Service 的选择器因笔误选不中 Pod。',
    },
    why: {
      en: 'The API server refuses a workload whose selector does not match its template. A Service with a wrong selector is accepted and has no endpoints: its ClusterIP and NodePort answer nobody.',
      'zh-cn':
        'API 服务器会拒绝选择器与模板不匹配的工作负载。选择器写错的 Service 则会被接受，但没有任何端点：它的 ClusterIP 和 NodePort 都不会应答。',
    },
    source: 'kubernetes apps/v1 validation: selector does not match template labels',
  },
  check({ site, report }) {
    const workloads = site.all('kubernetes/Workload');
    for (const workload of workloads) {
      const wrong = mismatchOf(workload);
      if (wrong === undefined) continue;
      const { key, wanted, label } = wrong;
      report(
        wrong.place,
        {
          en: `This selector wants ${key}=${wanted}, and the pod template ${label?.value === undefined ? `has no label ${key}` : `has ${key}=${label.value}`}. The API server refuses the ${workload.workloadKind?.value ?? 'object'}. Make them agree.`,
          'zh-cn': `此选择器要求 ${key}=${wanted}，而 Pod 模板${label?.value === undefined ? `没有标签 ${key}` : `为 ${key}=${label.value}`}。API 服务器会拒绝该 ${workload.workloadKind?.value ?? '对象'}。请使两者一致。`,
        },
        {
          related: [
            {
              place: label?.place ?? workload.pod.metadataAt.place,
              message: { en: 'The template’s labels.', 'zh-cn': '模板的标签。' },
            },
          ],
          fixes: label?.value === undefined ? [] : agreeing(wrong.place, wanted, label),
        },
      );
    }
    const services = site.all('kubernetes/Service');
    if (services.length === 0) return;
    const pods = podsByLabel(workloads);
    for (const service of services) {
      const slip = missed(service, pods, services);
      if (slip === undefined) continue;
      const { key, written, label, workload } = slip;
      report(
        written.place,
        {
          en: `No pod known here has ${key}=${written.value}; the pods of \`${workload.name?.value ?? '?'}\` have ${key}=${label.value}. The Service has no endpoints and answers nobody. Correct the selector or the label.`,
          'zh-cn': `这里没有 Pod 带有 ${key}=${written.value}；\`${workload.name?.value ?? '?'}\` 的 Pod 是 ${key}=${label.value}。该 Service 没有端点，不会应答。请更正选择器或标签。`,
        },
        {
          severity: 'warning',
          related: [{ place: label.place, message: { en: 'The nearest label.', 'zh-cn': '最接近的标签。' } }],
          fixes: agreeing(written.place, written.value!, label),
        },
      );
    }
  },
});

interface Mismatch {
  readonly place: Place;
  readonly key: string;
  readonly wanted: string;
  readonly label: Field<string> | undefined;
}

/** Only whole objects are judged: a patch may leave out labels that the object it is laid over has. */
function mismatch(workload: Workload): Mismatch | undefined {
  const { selector, pod, doc } = workload;
  if (selector === undefined || pod.labels.size === 0 || !isWhole(workload) || doc.text.includes('{{'))
    return undefined;
  if (matchesLabels(selector, pod.labels) !== false) return undefined;
  for (const [key, field] of selector.matchLabels) {
    const label = pod.labels.get(key);
    if (field.value !== undefined && label?.value !== field.value)
      return { place: field.place, key, wanted: field.value, label };
  }
  return undefined;
}

const mismatchOf = once(mismatch);

function isWhole(workload: Workload): boolean {
  return workload.pod.containers.some(({ image }) => image !== undefined);
}

interface Slip {
  readonly key: string;
  readonly written: Field<string>;
  readonly label: Field<string>;
  readonly workload: Workload;
}

/**
 * A Service that selects no pod while one value of its selector is a slip away from the label of pods that no other
 * Service selects. Pods come from charts and operators too, so less evidence than that says nothing.
 */
function missed(service: Service, pods: Pods, services: readonly Service[]): Slip | undefined {
  const pair = [...service.selector][0];
  if (pair === undefined || service.type?.value === 'ExternalName') return undefined;
  const [firstKey, { value: firstValue }] = pair;
  const namespace = service.namespace?.value ?? '';
  const likely = pods.byLabel.get(labelKey(namespace, firstKey, firstValue ?? '')) ?? [];
  if (firstValue === undefined || [...likely, ...pods.uncertain].some((pod) => selects(service, pod) !== false))
    return undefined;
  for (const workload of pods.byNamespace.get(namespace) ?? []) {
    const wrong = [...service.selector].filter(([key, { value }]) => workload.pod.labels.get(key)?.value !== value);
    const [key, written] = wrong[0] ?? [];
    if (wrong.length !== 1 || key === undefined || written?.value === undefined) continue;
    const label = workload.pod.labels.get(key);
    if (
      label?.value === undefined ||
      nearest(written.value, [label.value], 1 + +(written.value.length > 5)) === undefined
    )
      continue;
    // web-1 and web-2 are two things, not a slip.
    if (written.value.replace(/\d+/g, '') === label.value.replace(/\d+/g, '')) continue;
    if (services.some((other) => selects(other, workload) !== false && sameNamespace(other, workload))) continue;
    return { key, written, label, workload };
  }
  return undefined;
}

interface Pods {
  readonly byNamespace: ReadonlyMap<string, readonly Workload[]>;
  readonly byLabel: ReadonlyMap<string, readonly Workload[]>;
  /** Workloads with a label whose value is not known. */
  readonly uncertain: readonly Workload[];
}

function podsByLabel(workloads: readonly Workload[]): Pods {
  const byNamespace = new Map<string, Workload[]>();
  const byLabel = new Map<string, Workload[]>();
  const add = (map: Map<string, Workload[]>, key: string, workload: Workload): void => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [workload]);
    else list.push(workload);
  };
  const whole = workloads.filter(isWhole);
  for (const workload of whole) {
    const namespace = workload.namespace?.value ?? '';
    add(byNamespace, namespace, workload);
    for (const [key, { value }] of workload.pod.labels)
      if (value !== undefined) add(byLabel, labelKey(namespace, key, value), workload);
  }
  const uncertain = whole.filter(({ pod }) => [...pod.labels.values()].some(({ value }) => value === undefined));
  return { byNamespace, byLabel, uncertain };
}

function labelKey(namespace: string, key: string, value: string): string {
  return JSON.stringify([namespace, key, value]);
}

function selects(service: Service, workload: Workload): boolean | undefined {
  if (service.selector.size === 0) return false;
  let unknown = false;
  for (const [key, { value }] of service.selector) {
    const label = workload.pod.labels.get(key);
    if (label !== undefined && (label.value === undefined || value === undefined)) unknown = true;
    else if (label === undefined || label.value !== value) return value === undefined ? undefined : false;
  }
  return unknown ? undefined : true;
}

function sameNamespace(service: Service, workload: Workload): boolean {
  return (service.namespace?.value ?? '') === (workload.namespace?.value ?? '');
}

function agreeing(selector: Place, wanted: string, label: Field<string>): readonly Fix[] {
  return [
    {
      title: { en: `Select \`${label.value}\``, 'zh-cn': `改为选择 \`${label.value}\`` },
      kind: 'pick',
      edits: () => replaceScalar(selector, label.value ?? wanted),
    },
    {
      title: { en: `Label the pods \`${wanted}\``, 'zh-cn': `将 Pod 标签改为 \`${wanted}\`` },
      kind: 'pick',
      edits: () => replaceScalar(label.place, wanted),
    },
  ];
}
