/** Kinds and numbers that a release of Calico does not take. */
import { type Node, nodeAt, resolved } from '../syntax/tree.ts';
import { partsOf, type SchemaKey } from './keys.ts';
import { schemaNode } from './lookup.ts';
import { type SchemaProblem, text } from './problem.ts';
import { isNewer, isOlder } from './version.ts';

/** Paths of AS numbers that stand outside lists. */
const AS_NUMBERS = [
  ['spec', 'asNumber'],
  ['spec', 'localASNumber'],
] as const;

export function checkRelease(key: SchemaKey, root: Node, version: string | undefined): SchemaProblem[] {
  const [family, kind] = partsOf(key);
  if (version === undefined || family !== 'calico') return [];
  const problems: SchemaProblem[] = [];
  const since = schemaNode(key, [])?.['x-selvage-since'];
  if (since !== undefined && isOlder(version, since))
    problems.push({
      code: 'schema/version',
      path: ['kind'],
      part: 'value',
      message: text(
        `${kind} exists since Calico ${since}; this site runs ${version}, which does not know it. Remove the object, or upgrade first.`,
        `${kind} 自 Calico ${since} 起才有，而此站点运行 ${version}，不认识该类型。请删除该对象，或先升级。`,
      ),
    });
  if (!isNewer(version, '3.31') || kind === 'Node') return problems;
  for (const path of AS_NUMBERS) {
    const node = resolved(nodeAt(root, path));
    if (
      node?.kind !== 'scalar' ||
      typeof node.value !== 'number' ||
      node.value <= 0x7fffffff ||
      node.value > 0xffffffff
    )
      continue;
    problems.push({
      code: 'schema/version',
      path,
      part: 'value',
      message: text(
        `The schema of Calico ${version} declares this AS number as int32, so an API server refuses ${node.text} although BGP and Calico itself can use it. Take a private AS number below 2147483648, or write the object with the etcd datastore.`,
        `Calico ${version} 的模式把 AS 号声明为 int32，尽管 BGP 与 Calico 本身支持 ${node.text}，API 服务器仍会拒绝它。请改用小于 2147483648 的私有 AS 号，或使用 etcd 数据存储写入。`,
      ),
    });
  }
  return problems;
}
