/** Checks the keys of a document against its schema: unknown, wrongly cased, in the wrong place, too new, deprecated. */

import type { Mapping, Node, Pair, Path } from '../syntax/tree.ts';
import { nodeAt, pairOf, resolved } from '../syntax/tree.ts';
import type { Text } from '../text.ts';
import { consequenceOfUnknown } from './consequence.ts';
import { elsewhere } from './elsewhere.ts';
import { partsOf, type Schema, type SchemaKey } from './keys.ts';
import { child, fieldName, schemaNode } from './lookup.ts';
import { nearest } from './nearest.ts';
import { type SchemaFix, type SchemaProblem, sentences, text } from './problem.ts';
import { isNewer, isOlder } from './version.ts';

export interface NameCheck {
  readonly problems: readonly SchemaProblem[];
  /** Fields that an unknown key probably is, so that nobody is told that they are missing. */
  readonly meant: readonly Path[];
}

interface Walk {
  readonly key: SchemaKey;
  readonly root: Node;
  readonly version: string | undefined;
  readonly problems: SchemaProblem[];
  readonly meant: Path[];
  /** Fields that stay unread: the system's own, and what another rule tells. */
  readonly dedented: ReadonlySet<string>;
}

/** `root` is the object's own mapping; paths in the answer begin there. */
export function checkNames(key: SchemaKey, root: Node, version: string | undefined): NameCheck {
  const walk: Walk = { key, root, version, problems: [], meant: [], dedented: dedentedParents(root) };
  for (const parent of walk.dedented) walk.meant.push([parent]);
  visit(walk, root, schemaNode(key, []), []);
  return { problems: walk.problems, meant: walk.meant };
}

/** `spec:` and `metadata:` with nothing behind them: children at the left margin are told by yaml/dedented-children. */
function dedentedParents(root: Node): ReadonlySet<string> {
  return new Set(['metadata', 'spec'].filter((name) => isEmpty(pairOf(root, name))));
}

function isEmpty(pair: Pair | undefined): boolean {
  const value = resolved(pair?.value);
  return pair !== undefined && value?.kind === 'scalar' && value.value === null && !value.templated;
}

function visit(walk: Walk, given: Node, schema: Schema | undefined, path: Path): void {
  const node = resolved(given);
  if (schema === undefined || node === undefined) return;
  const [family] = partsOf(walk.key);
  if (node.kind === 'sequence') {
    for (const [index, item] of node.items.entries()) visit(walk, item, child(family, schema, index), [...path, index]);
  }
  if (node.kind !== 'mapping') return;
  for (const pair of node.pairs) {
    const name = pair.key.text;
    if (pair.key.templated || (path.length === 0 && name === 'status')) continue;
    const below = [...path, name];
    const field = child(family, schema, name);
    if (field !== undefined) {
      aboutVersion(walk, field, below, pair);
      visit(walk, pair.value, field, below);
    } else if (schema.properties !== undefined && schema.additionalProperties !== true)
      unknown(walk, node, pair, schema, below);
  }
}

function unknown(walk: Walk, mapping: Mapping, pair: Pair, schema: Schema, path: Path): void {
  const [family, kind] = partsOf(walk.key);
  const name = pair.key.text;
  const parent = path.slice(0, -1);
  const free = Object.keys(schema.properties!).filter((known) => pairOf(mapping, known) === undefined);
  const cased = Object.keys(schema.properties!).find((known) => known.toLowerCase() === name.toLowerCase());
  if (cased !== undefined) {
    walk.meant.push([...parent, cased]);
    const message = wrongCase(family, fieldName(path), cased);
    const taken = pairOf(mapping, cased) !== undefined;
    add(walk, pair, {
      code: 'schema/wrong-case',
      path,
      part: 'key',
      message,
      ...(taken ? {} : { fix: { kind: 'rename-key', to: cased } }),
    });
    return;
  }
  const place = elsewhere(walk.key, name, path, (target) => nodeAt(walk.root, target) !== undefined);
  if (place !== undefined) {
    if (parent.length === 0 && walk.dedented.has(String(place[0]))) return;
    walk.meant.push(place);
    const message = sentences(wrongPlace(name, fieldName(place.slice(0, -1))), consequenceOfUnknown(family), moveIt);
    add(walk, pair, {
      code: 'schema/unknown-field',
      path,
      part: 'key',
      message,
      fix: { kind: 'move', toPath: place },
    });
    return;
  }
  const near = nearest(name, free);
  if (near !== undefined) walk.meant.push([...parent, near]);
  const whole = family === 'selvage' ? 'selvage.yaml' : kind;
  const inside = parent.length === 0 ? text(whole, whole) : fieldName(parent);
  const known = text(
    `\`${name}\` is not a field of \`${inside.en}\`.`,
    `\`${inside['zh-cn']}\` 没有 \`${name}\` 字段。`,
  );
  const advice = near === undefined ? removeIt : text(`Did you mean \`${near}\`?`, `是否想写 \`${near}\`？`);
  const fix: SchemaFix = near === undefined ? { kind: 'remove' } : { kind: 'rename-key', to: near };
  add(walk, pair, {
    code: 'schema/unknown-field',
    path,
    part: 'key',
    message: sentences(known, consequenceOfUnknown(family), advice),
    fix,
  });
}

/** What came in through a merge key stands elsewhere; an edit here would miss it. */
function add(walk: Walk, pair: Pair, problem: SchemaProblem): void {
  const { fix: _, ...bare } = problem;
  walk.problems.push(pair.merged ? bare : problem);
}

const moveIt = text('Move it there.', '请移到那里。');
const removeIt = text('Remove it, or check the spelling.', '请删除它，或检查拼写。');

function wrongPlace(name: string, parent: Text): Text {
  const en = parent.en === '' ? 'at the top level of the document' : `under \`${parent.en}\``;
  const zh = parent['zh-cn'] === '' ? '文档的顶层' : `\`${parent['zh-cn']}\` 之下`;
  return text(`\`${name}\` belongs ${en}.`, `\`${name}\` 应位于${zh}。`);
}

function wrongCase(family: string, name: Text, cased: string): Text {
  if (family !== 'calico')
    return text(
      `\`${name.en}\` must be written \`${cased}\`: field names are case-sensitive here. Rename it.`,
      `\`${name['zh-cn']}\` 应写作 \`${cased}\`：此处字段名区分大小写。请改名。`,
    );
  return text(
    `\`${name.en}\` must be written \`${cased}\`. calicoctl takes it in any case; the API server and kubectl drop the field without a word. Rename it.`,
    `\`${name['zh-cn']}\` 应写作 \`${cased}\`。calicoctl 不区分大小写，而 API 服务器与 kubectl 会悄悄丢弃该字段。请改名。`,
  );
}

function aboutVersion(walk: Walk, field: Schema, path: Path, pair: Pair): void {
  const { version } = walk;
  const name = fieldName(path);
  const since = field['x-selvage-since'];
  const until = field['x-selvage-until'];
  const instead = field['x-selvage-instead'];
  const use = instead === undefined ? undefined : text(`Use \`${instead}\` instead.`, `请改用 \`${instead}\`。`);
  if (version !== undefined && since !== undefined && isOlder(version, since)) {
    const message = text(
      `\`${name.en}\` exists since Calico ${since}; this site runs ${version}, which does not know it. Remove it, or upgrade first.`,
      `\`${name['zh-cn']}\` 自 Calico ${since} 起才有，而此站点运行 ${version}，不认识该字段。请删除它，或先升级。`,
    );
    add(walk, pair, { code: 'schema/version', path, part: 'key', message });
    return;
  }
  if (version !== undefined && until !== undefined && isNewer(version, until)) {
    const gone = text(
      `\`${name.en}\` was removed after Calico ${until}; ${version} refuses it.`,
      `\`${name['zh-cn']}\` 在 Calico ${until} 之后已被移除，${version} 会拒绝它。`,
    );
    add(walk, pair, { code: 'schema/version', path, part: 'key', message: sentences(gone, use ?? removeOld) });
    return;
  }
  if (field.deprecated !== true || isReplacementTooNew(walk, path, instead)) return;
  const old =
    until === undefined
      ? text(`\`${name.en}\` is deprecated.`, `\`${name['zh-cn']}\` 已弃用。`)
      : text(
          `\`${name.en}\` was removed after Calico ${until}.`,
          `\`${name['zh-cn']}\` 在 Calico ${until} 之后已被移除。`,
        );
  add(walk, pair, { code: 'schema/deprecated', path, part: 'key', message: sentences(old, use ?? removeOld) });
}

/** A release without the new field is right to use the old one. */
function isReplacementTooNew(walk: Walk, path: Path, instead: string | undefined): boolean {
  if (instead === undefined || walk.version === undefined) return false;
  const since = schemaNode(walk.key, [...path.slice(0, -1), instead])?.['x-selvage-since'];
  return since !== undefined && isOlder(walk.version, since);
}

const removeOld = text('Remove it.', '请删除它。');
