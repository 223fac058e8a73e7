import { NODE_LABELS } from '../../assembly/node-labels.ts';
import { POD_INDEX } from '../../assembly/policies-pods.ts';
import type { KubernetesObject } from '../../model/resource.ts';
import type { Labels } from '../../network/selector.ts';
import { quoted, type SelectorToken, selectorTokens } from '../../syntax/selector-tokens.ts';
import type { Span } from '../../syntax/span.ts';
import type { Text } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import { type Proposal, type ProposalKind, RANK } from './proposal.ts';
import type { Spot } from './spot.ts';
import { subjectAt } from './subject.ts';

/** Inside a selector of Calico's: labels and values of what it can select with how many have them, operators and functions. */
export function selectorProposals(spot: Spot, site: Site): readonly Proposal[] {
  const yaml = spot.yaml ?? spot.blockText;
  if (yaml === undefined) return [];
  const subject = subjectAt({ doc: spot.doc, yaml });
  if (yaml.role !== 'value' || !subject?.schema?.startsWith('calico/')) return [];
  const target = targetOf(
    subject.schema,
    subject.path.filter((step) => typeof step === 'string'),
  );
  if (target === undefined) return [];
  const text = spot.doc.text.slice(...yaml.token);
  const asked = questionAt(text, spot.offset - yaml.token[0]);
  if (asked === undefined) return [];
  const propose = (given: Given, rank: number): Proposal => ({
    label: given.label,
    kind: given.kind,
    ...(given.detail && { detail: given.detail }),
    insert: escapedFor(yaml.quote, given.insert ?? given.label),
    replace: [yaml.token[0] + asked.replace[0], yaml.token[0] + asked.replace[1]],
    rank: RANK.best + rank,
    ...(asked.quote !== undefined && { filter: given.insert ?? given.label }),
  });
  return answersTo(asked, objectsOf(target, site), yaml.quote === "'" ? '"' : "'").map(propose);
}

type Target = 'nodes' | 'endpoints' | 'namespaces' | 'serviceaccounts';

/** What the selector under a key selects; undefined for keys that hold none. */
function targetOf(schema: string, path: readonly string[]): Target | undefined {
  const key = path.at(-1);
  if (key === 'nodeSelector' || key === 'peerSelector') return 'nodes';
  if (key === 'namespaceSelector') return 'namespaces';
  if (key === 'serviceAccountSelector') return 'serviceaccounts';
  if (key === 'selector' && path.at(-2) === 'serviceAccounts') return 'serviceaccounts';
  if (key === 'localWorkloadSelector') return 'endpoints';
  return (key === 'selector' || key === 'notSelector') && /Policy$|Profile$/.test(schema) ? 'endpoints' : undefined;
}

function objectsOf(target: Target, site: Site): readonly Labels[] {
  switch (target) {
    case 'nodes':
      return [...site.derive(NODE_LABELS).values()].map(({ labels }) => labels);
    case 'endpoints':
      return site.derive(POD_INDEX).all.map(({ labels }) => labels);
    case 'namespaces':
      return site.all('kubernetes/Namespace').map((one) => labelsOf(one, 'projectcalico.org/name'));
    case 'serviceaccounts':
      return site.all('kubernetes/ServiceAccount').map((one) => labelsOf(one, 'projectcalico.org/name'));
  }
}

/** Its labels, and the one by which Calico lets it be chosen by name. */
function labelsOf({ labels, name }: KubernetesObject, nameLabel: string): Labels {
  const all = new Map([...labels].map(([key, { value }]) => [key, value] as const));
  if (name?.value !== undefined) all.set(nameLabel, name.value);
  return all;
}

interface Question {
  readonly wants: 'term' | 'label' | 'operator' | 'value' | 'values' | 'joint';
  /** The label that a value is asked for. */
  readonly label?: string;
  readonly replace: Span;
  /** The quote that is open. */
  readonly quote?: string;
}

/** What may stand at an offset of a selector, by the tokens before it. */
function questionAt(text: string, offset: number): Question | undefined {
  const { tokens } = selectorTokens(text.slice(0, offset));
  const before = tokens.slice(0, -1);
  const last = before.at(-1);
  const touches = last !== undefined && last.span[1] === offset;
  if (last !== undefined && touches && last.kind === 'string') {
    const isOpen = last.inner?.[1] === offset;
    if (!isOpen) return undefined;
    const quote = text[last.span[0]]!;
    const close = text.indexOf(quote, offset);
    // No string goes over lines.
    const end = close === -1 || text.slice(offset, close).includes('\n') ? offset : close + 1;
    return { ...questionAfter(before.slice(0, -1), [last.span[0], end]), quote };
  }
  if (touches && (last?.kind === 'label' || last?.kind === 'other')) {
    const rest = /^[A-Za-z0-9_./-]*/.exec(text.slice(offset))![0].length;
    return questionAfter(before.slice(0, -1), [last.span[0], offset + rest]);
  }
  return questionAfter(before, [offset, offset]);
}

function questionAfter(tokens: readonly SelectorToken[], replace: Span): Question {
  const last = tokens.at(-1);
  switch (last?.kind) {
    case 'label':
      return { wants: 'operator', label: last.text, replace };
    case '==':
    case '!=':
    case 'contains':
    case 'startsWith':
    case 'endsWith':
      return { wants: 'value', label: labelBefore(tokens), replace };
    case 'in':
    case 'notIn':
      return { wants: 'values', label: labelBefore(tokens), replace };
    case '{':
    case ',':
      return { wants: 'value', label: labelBefore(tokens), replace };
    case 'has':
      return { wants: 'label', replace };
    case 'string':
      return { wants: isInSet(tokens) ? 'operator' : 'joint', replace };
    case ')':
    case '}':
      return { wants: 'joint', replace };
    case 'all':
    case 'global':
      return { wants: 'operator', replace };
    default:
      return { wants: 'term', replace };
  }
}

function labelBefore(tokens: readonly SelectorToken[]): string {
  return tokens.findLast(({ kind }) => kind === 'label')?.text ?? '';
}

function isInSet(tokens: readonly SelectorToken[]): boolean {
  const open = tokens.findLastIndex(({ kind }) => kind === '{');
  return open > tokens.findLastIndex(({ kind }) => kind === '}');
}

interface Given {
  readonly label: string;
  readonly kind: ProposalKind;
  readonly detail?: Text;
  readonly insert?: string;
}

function answersTo(asked: Question, objects: readonly Labels[], quote: "'" | '"'): readonly Given[] {
  switch (asked.wants) {
    case 'term':
      return [...labelsIn(objects), ...FUNCTIONS];
    case 'label':
      return labelsIn(objects).map((one) => ({ ...one, insert: `${one.label})` }));
    case 'operator':
      return asked.label === undefined ? [] : OPERATORS;
    case 'joint':
      return JOINTS;
    case 'value':
      return valuesIn(objects, asked.label ?? '').map((one) => ({
        ...one,
        insert: quoted(one.label, preferred(asked, quote)),
      }));
    case 'values':
      return valuesIn(objects, asked.label ?? '').map((one) => ({ ...one, insert: `{${quoted(one.label, quote)}}` }));
  }
}

function preferred({ quote }: Question, usual: "'" | '"'): "'" | '"' {
  return quote === '"' || quote === "'" ? quote : usual;
}

/** Label keys, those that most objects have first. */
function labelsIn(objects: readonly Labels[]): readonly Given[] {
  return counted(objects.flatMap((labels) => [...labels.keys()])).map(({ text, count }) => ({
    label: text,
    kind: 'label',
    detail: matchText(count, objects.length),
  }));
}

/** Values of a label, those that most objects have first. */
function valuesIn(objects: readonly Labels[], label: string): readonly Given[] {
  return counted(objects.flatMap((labels) => labels.get(label) ?? [])).map(({ text, count }) => ({
    label: text,
    kind: 'label',
    detail: matchText(count, objects.length),
  }));
}

function counted(texts: readonly string[]): readonly { readonly text: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .map(([text, count]) => ({ text, count }))
    .sort((one, other) => other.count - one.count || (one.text < other.text ? -1 : 1));
}

function matchText(count: number, of: number): Text {
  return { en: `matches ${count} of ${of}`, 'zh-cn': `匹配 ${count}/${of}` };
}

/** Inside double quotes of YAML's, double quotes and backslashes are escaped. */
function escapedFor(quote: string, text: string): string {
  if (quote === '"') return JSON.stringify(text).slice(1, -1);
  return quote === "'" ? text.replaceAll("'", "''") : text;
}

const FUNCTIONS: readonly Given[] = [
  {
    label: 'has(',
    kind: 'keyword',
    detail: { en: 'the label is there, whatever its value', 'zh-cn': '存在该标签，不论取值' },
  },
  { label: 'all()', kind: 'keyword', detail: { en: 'everything', 'zh-cn': '全部' } },
];

const OPERATORS: readonly Given[] = [
  { label: '==', kind: 'keyword', detail: { en: 'equal; needs the label', 'zh-cn': '等于；要求存在该标签' } },
  {
    label: '!=',
    kind: 'keyword',
    detail: { en: 'not equal; also without the label', 'zh-cn': '不等于；无该标签时也成立' },
  },
  { label: 'in', kind: 'keyword', detail: { en: 'one of a set', 'zh-cn': '属于集合' } },
  {
    label: 'not in',
    kind: 'keyword',
    detail: { en: 'none of a set; also without the label', 'zh-cn': '不属于集合；无该标签时也成立' },
  },
  { label: 'contains', kind: 'keyword', detail: { en: 'the value holds a text', 'zh-cn': '值包含文本' } },
  { label: 'starts with', kind: 'keyword', detail: { en: 'the value begins with a text', 'zh-cn': '值以文本开头' } },
  { label: 'ends with', kind: 'keyword', detail: { en: 'the value ends with a text', 'zh-cn': '值以文本结尾' } },
];

const JOINTS: readonly Given[] = [
  { label: '&&', kind: 'keyword', detail: { en: 'and', 'zh-cn': '且' } },
  { label: '||', kind: 'keyword', detail: { en: 'or', 'zh-cn': '或' } },
];
