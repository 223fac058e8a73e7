import { schemaProblems } from '../../assembly/schema-problems.ts';
import type { SchemaCode, SchemaFix, SchemaProblem } from '../../schemas/index.ts';
import { type Doc, type Place, yamlOf } from '../../syntax/document.ts';
import {
  type Edit,
  quoteScalar,
  removeField,
  renameKey,
  replaceScalar,
  replaceText,
  setField,
  unquoteScalar,
  type Value,
} from '../../syntax/edit.ts';
import { plainValue } from '../../syntax/plain.ts';
import { nodeAt, type Path } from '../../syntax/tree.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import type { Text } from '../../text.ts';
import type { DocumentContext, Fix } from '../rule.ts';

/** A rule's check that tells what the schemas found under its code; `kind` is that of its fixes. */
export function toldBySchema(code: SchemaCode, kind: Fix['kind']): (doc: Doc, context: DocumentContext) => void {
  return (doc, { report, resources, settings }) => {
    for (const problem of schemaProblems(doc, resources, settings.calicoVersion)) {
      if (problem.code !== code) continue;
      const place = { doc, path: problem.path, ...(problem.part && { part: problem.part }) };
      report(place, problem.message, {
        fixes: isOffered(problem.fix) ? [fixOf(doc, problem, problem.fix, kind)] : [],
      });
    }
  };
}

/** A text that only its author knows is not put in as an empty one: that would trade one error for another. */
function isOffered(fix: SchemaFix | undefined): fix is SchemaFix {
  return fix !== undefined && !(fix.kind === 'insert' && fix.value === '""');
}

function fixOf(doc: Doc, problem: SchemaProblem, fix: SchemaFix, kind: Fix['kind']): Fix {
  return { title: titleOf(problem, fix), kind, edits: () => editsOf(doc, problem.path, fix) };
}

function titleOf({ path }: SchemaProblem, fix: SchemaFix): Text {
  const name = String(path.findLast((step) => typeof step === 'string') ?? '');
  switch (fix.kind) {
    case 'rename-key':
    case 'replace-value':
      return { en: `Change to \`${fix.to}\``, 'zh-cn': `改为 \`${fix.to}\`` };
    case 'quote':
      return { en: 'Put it in quotes', 'zh-cn': '加上引号' };
    case 'unquote':
      return { en: 'Take the quotes off', 'zh-cn': '去掉引号' };
    case 'insert':
      return { en: `Insert \`${fix.key}\``, 'zh-cn': `插入 \`${fix.key}\`` };
    case 'move':
      return {
        en: `Move \`${name}\` to \`${fix.toPath.join('.')}\``,
        'zh-cn': `将 \`${name}\` 移到 \`${fix.toPath.join('.')}\``,
      };
    case 'remove':
      return { en: `Remove \`${name}\``, 'zh-cn': `删除 \`${name}\`` };
  }
}

function editsOf(doc: Doc, path: Path, fix: SchemaFix): readonly Edit[] {
  switch (fix.kind) {
    case 'rename-key':
      return renameKey(doc, path, fix.to);
    case 'replace-value':
      return replaceValue({ doc, path }, fix.to);
    case 'quote':
      return quoteScalar({ doc, path });
    case 'unquote':
      return unquoteScalar({ doc, path });
    case 'insert':
      return setField(doc, [...fix.into, fix.key], plainOf(fix.value));
    case 'move': {
      const node = nodeAt(yamlOf(doc)?.root, path);
      return node === undefined
        ? []
        : [...removeField(doc, path), ...setField(doc, fix.toPath, plainValue(node) as Value)];
    }
    case 'remove':
      return removeField(doc, path);
  }
}

/** Another value in the writing of the one that is there: JSON stays JSON. */
function replaceValue(place: Place, source: string): readonly Edit[] {
  const value = plainOf(source);
  return typeof value === 'object' ? replaceText(place, source) : replaceScalar(place, value);
}

function plainOf(source: string): Value {
  const { root } = parseYaml(source);
  return root === undefined ? null : (plainValue(root) as Value);
}
