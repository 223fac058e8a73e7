import type { NameKind, NameUse } from '../assembly/names.ts';
import { isImplicitLabel } from '../assembly/node-labels.ts';
import { yamlOf } from '../syntax/document.ts';
import { plainText } from '../syntax/edit.ts';
import { spotAt } from '../syntax/path-at.ts';
import { nodeOf } from '../syntax/place.ts';
import { isTemplated } from '../syntax/scalar.ts';
import type { Span } from '../syntax/span.ts';
import { scalarOf, wordSpan } from '../syntax/word.ts';
import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { documentsAt, offsetInDocument } from './documents-at.ts';
import { type FileEdit, toFileEdits } from './file-edits.ts';
import { type NameAt, namesAt, type Token, tokensOf } from './name-at.ts';
import { NOUNS } from './name-nouns.ts';
import { nameFault } from './rename-names.ts';

/** Why something cannot be renamed, in a sentence. */
export interface Refusal {
  readonly refused: Text;
}

export interface Renameable {
  readonly span: Span;
  readonly name: string;
}

/** The name under the cursor, where it may be changed. */
export function renameableAt(file: FileState, offset: number, sites: readonly Site[]): Renameable | Refusal {
  const found = namesAt(file, offset, sites);
  const [first] = found;
  if (first === undefined) return { refused: isTemplateAt(file, offset) ? TEMPLATED : NO_NAME };
  const refused = refusalOf(found, tokensOf(found));
  return refused === undefined ? { span: first.span, name: first.use.name } : { refused };
}

/**
 * The edits that give the thing under the cursor another name wherever it is named: in every file and format, inside
 * here-documents and annotations, each token in its quotes. Refused when the name is unknown, taken or none.
 */
export function rename(
  file: FileState,
  offset: number,
  to: string,
  sites: readonly Site[],
  textOf: (file: string) => string | undefined,
): readonly FileEdit[] | Refusal {
  const found = namesAt(file, offset, sites);
  const [first] = found;
  if (first === undefined) return { refused: isTemplateAt(file, offset) ? TEMPLATED : NO_NAME };
  const tokens = tokensOf(found);
  const refused = refusalOf(found, tokens) ?? nameFault(first.use, to, tokens) ?? takenBy(found, to);
  if (refused !== undefined) return { refused };
  const edits = tokens.map(({ use }) => ({ doc: use.place.doc, span: wordSpan(use.place), text: written(use, to) }));
  return toFileEdits(edits, textOf);
}

/** A plain scalar gets quotes where YAML would read the new name as a number or the like. */
function written({ place }: NameUse, to: string): string {
  const scalar = scalarOf(place);
  return scalar?.style === 'plain' && place.span === undefined ? plainText(to) : to;
}

const NO_NAME: Text = {
  en: 'Nothing here is the name of something that Selvage knows.',
  'zh-cn': '此处没有 Selvage 认识的名称。',
};

const TEMPLATED: Text = {
  en: 'This name is made by a template, so nobody knows here what it will be. Rename it where the template’s values are.',
  'zh-cn': '此名称由模板生成，此处无法得知其最终内容。请在模板的取值处重命名。',
};

function isTemplateAt(file: FileState, offset: number): boolean {
  const [state] = documentsAt(file, offset);
  if (state === undefined) return false;
  const inner = offsetInDocument(state.doc, offset);
  const spot = spotAt(yamlOf(state.doc)?.root, inner);
  if (spot !== undefined) {
    const node = nodeOf({ doc: state.doc, path: spot.path });
    return node?.kind === 'scalar' && node.templated;
  }
  const { text } = state.doc;
  const start = Math.max(text.lastIndexOf(' ', inner - 1), text.lastIndexOf('\n', inner - 1)) + 1;
  return isTemplated(/^\S*/.exec(text.slice(start))![0]);
}

function refusalOf(found: readonly NameAt[], tokens: readonly Token[]): Text | undefined {
  const { kind, name, scope } = found[0]!.use;
  const noun = NOUNS[kind];
  if (tokens.some(({ use }) => use.made === true))
    return {
      en: `kind makes the name \`${name}\` of its cluster’s name and the node’s role. It changes only when the cluster is created under another name.`,
      'zh-cn': `名称 \`${name}\` 由 kind 根据集群名称和节点角色生成，只有以其他名称创建集群时才会改变。`,
    };
  if (isOfOthers(kind, name, scope))
    return {
      en: `\`${name}\` is a name that Kubernetes or Calico gives by itself; it cannot be changed in a file.`,
      'zh-cn': `\`${name}\` 是 Kubernetes 或 Calico 自身使用的名称，无法在文件中更改。`,
    };
  if (!tokens.some(({ use }) => use.role === 'definition'))
    return {
      en: `No file here defines the ${noun.en} \`${name}\`. Renaming what refers to it would point it at nothing.`,
      'zh-cn': `这里没有文件定义${noun['zh-cn']} \`${name}\`。重命名引用会使其指向不存在的对象。`,
    };
  const isCluster = kind === 'cluster' || found.some(({ site }) => makesCluster(site, name));
  if (isCluster)
    return {
      en: `kind makes the names of the cluster’s nodes of \`${name}\`, so that renaming it would rename machines that other files mean. Recreate the cluster under the new name.`,
      'zh-cn': `kind 用 \`${name}\` 生成集群节点的名称，重命名会改变其他文件所指的机器。请以新名称重建集群。`,
    };
  return undefined;
}

function makesCluster(site: Site, name: string): boolean {
  return site.all('containerlab/Topology').some(({ nodes }) => nodes.get(name)?.kind?.value === 'k8s-kind');
}

const OWN_NAMESPACES = /^(default|kube-(system|public|node-lease)|calico-(system|apiserver)|tigera-operator)$/;

function isOfOthers(kind: NameKind, name: string, scope: string): boolean {
  if (kind === 'label') return isImplicitLabel(name);
  if (kind === 'label value') return isImplicitLabel(scope.slice(scope.indexOf(' ') + 1));
  if (kind === 'namespace') return OWN_NAMESPACES.test(name);
  return kind === 'tier' && /^(default|kube-admin|kube-baseline|(baseline)?adminnetworkpolicy)$/.test(name);
}

/** A definition that has the new name already. */
function takenBy(found: readonly NameAt[], to: string): Text | undefined {
  const { kind } = found[0]!.use;
  const isTaken = found.some(({ names, use }) =>
    names.uses({ ...use, name: to }).some(({ role }) => role === 'definition'),
  );
  if (!isTaken || found[0]!.use.name === to) return undefined;
  return {
    en: `There is a ${NOUNS[kind].en} \`${to}\` already. Choose another name.`,
    'zh-cn': `已经有名为 \`${to}\` 的${NOUNS[kind]['zh-cn']}。请换一个名称。`,
  };
}
