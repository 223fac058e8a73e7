import { yamlOf } from '../syntax/document.ts';
import { type Plain, plainValue, templated } from '../syntax/plain.ts';
import { nodeAt } from '../syntax/tree.ts';
import type { Text } from '../text.ts';
import type { DocumentState } from '../workspace/documents.ts';
import type { FileState } from '../workspace/file-state.ts';
import { calicoKind, type ToolName, toolFor } from './kinds.ts';
import {
  type ApiObject,
  asObject,
  type Json,
  keyOf,
  type ObjectRef,
  refOf,
  refusalOf,
  shownRef,
  valueAt,
} from './objects.ts';

/** An object that a file wants to be in the cluster. */
export interface WantedObject {
  readonly ref: ObjectRef;
  readonly tool: ToolName;
  readonly object: ApiObject;
  /** URI of the file, and where the object's document starts in it. */
  readonly file: string;
  readonly offset: number;
}

/** A document that is an object and yet cannot be applied. */
export interface LeftAside {
  readonly file: string;
  readonly offset: number;
  readonly name: string;
  readonly reason: Text;
}

export interface Wanted {
  readonly objects: readonly WantedObject[];
  readonly aside: readonly LeftAside[];
}

/**
 * The objects of files that a tool can apply: documents of YAML files, and heredocs that a script hands to calicoctl or
 * kubectl. What stands in prose is an example and wants nothing.
 */
export function wantedIn(files: Iterable<FileState>): Wanted {
  const objects = new Map<string, WantedObject>();
  const aside: LeftAside[] = [];
  for (const file of files) {
    if (file.skipped !== undefined || file.isInventory) continue;
    for (const state of applicable(file)) {
      for (const { path, doc } of state.resources) {
        const root = yamlOf(doc)?.root;
        const node = root === undefined ? undefined : nodeAt(root, path);
        if (node === undefined) continue;
        const found = objectOf(plainValue(node));
        const place = { file: file.uri, offset: doc.embedding === undefined ? doc.base : hostOffset(state) };
        if (found === undefined) continue;
        if ('reason' in found) {
          aside.push({ ...place, name: '?', reason: found.reason });
          continue;
        }
        const tool = toolFor(found.object.apiVersion, found.object.kind);
        if (tool === undefined) continue;
        const ref = refOf(found.object);
        const leave = (reason: Text): void => void aside.push({ ...place, name: shownRef(ref), reason });
        const refusal = refusalOf(ref);
        // A half-typed document still yields an object, and it must not be applied as if it were whole.
        if (yamlOf(doc)!.problems.length > 0) leave(BROKEN);
        else if (found.unknown) leave(TEMPLATED);
        else if (refusal !== undefined) leave(refusal);
        else if (isMisplaced(ref)) leave(NOT_NAMESPACED);
        else if (objects.has(keyOf(ref))) leave(TWICE);
        else objects.set(keyOf(ref), { ref, tool, object: found.object, ...place });
      }
    }
  }
  return { objects: [...objects.values()], aside };
}

function applicable(file: FileState): readonly DocumentState[] {
  return file.documents.flatMap((state) => {
    if (state.doc.format === 'yaml') return [state];
    if (state.doc.tree.format !== 'shell') return [];
    const { heredocs } = state.doc.tree.shell;
    return state.children.filter(({ doc }) => {
      const [step, index] = doc.hostPath ?? [];
      if (step !== 'heredocs' || typeof index !== 'number') return false;
      const heredoc = heredocs[index];
      const [program, ...words] = heredoc?.tool ?? [];
      const isWrite = words.some((word) => /^(apply|create|replace)$/.test(word));
      return isWrite && /^(.*\/)?(calicoctl|kubectl)$/.test(program ?? '') && heredoc?.expansions.length === 0;
    });
  });
}

function hostOffset({ doc }: DocumentState): number {
  const parent = doc.parent;
  const index = doc.hostPath?.[1];
  if (parent?.tree.format !== 'shell' || typeof index !== 'number') return 0;
  return parent.base + (parent.tree.shell.heredocs[index]?.body[0] ?? 0);
}

/** The plain object; `unknown` when a part of it is templated. Namespaces are filled in as the tools do. */
function objectOf(
  plain: Plain,
): { readonly object: ApiObject; readonly unknown: boolean } | { readonly reason: Text } | undefined {
  let unknown = false;
  const convert = (value: Plain): Json => {
    if (value === templated) {
      unknown = true;
      return '';
    }
    if (Array.isArray(value)) return value.map((item: Plain) => convert(item));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, convert(item as Plain)]));
    return value as Json;
  };
  const value = convert(plain);
  const object = asObject(value);
  if (object === undefined) {
    const [apiVersion, named] = [valueAt(value, ['apiVersion']), valueAt(value, ['kind'])];
    const isOurs =
      typeof apiVersion === 'string' && typeof named === 'string' && toolFor(apiVersion, named) !== undefined;
    return isOurs ? { reason: unknown ? TEMPLATED : UNNAMED } : undefined;
  }
  const { name, namespace } = object.metadata;
  const metadata = { ...object.metadata, name, ...(namespace !== undefined && { namespace }) };
  const kind = calicoKind(object.apiVersion, object.kind);
  if (kind?.namespaced === true && namespace === undefined) metadata.namespace = 'default';
  return { object: { ...object, metadata }, unknown };
}

function isMisplaced({ apiVersion, kind, namespace }: ObjectRef): boolean {
  return namespace !== undefined && calicoKind(apiVersion, kind)?.namespaced === false;
}

const BROKEN: Text = {
  en: 'its YAML has a mistake, so what is meant is not certain',
  'zh-cn': '其 YAML 有错误，无法确定其含义',
};
const TEMPLATED: Text = {
  en: 'a part of it is a template, so nobody knows what would be applied',
  'zh-cn': '部分内容是模板，无法得知将应用什么',
};
const UNNAMED: Text = {
  en: 'it has no name, or one that YAML does not read as text (`n`, `on` and `12` need quotes)',
  'zh-cn': '它没有名称，或其名称未被 YAML 读作文本（`n`、`on`、`12` 需要加引号）',
};
const NOT_NAMESPACED: Text = {
  en: 'it has a namespace, but its kind has none',
  'zh-cn': '它带有命名空间，但该类型不属于任何命名空间',
};
const TWICE: Text = {
  en: 'another file or document says it already; only the first counts',
  'zh-cn': '另一个文件或文档已定义它；只采用第一个',
};
