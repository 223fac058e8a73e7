import { type Plain, type PlainMapping, plainValue, templated } from '../syntax/plain.ts';
import { type Node, nodeAt, type Path, resolved, type YamlTree } from '../syntax/tree.ts';
import { constraintsOf } from './constraints/index.ts';
import { itemKeyOf, partsOf, type SchemaKey } from './keys.ts';
import { checkNames } from './names.ts';
import type { Report, SchemaCode, SchemaProblem } from './problem.ts';
import { checkRelease } from './release.ts';
import { validatorsOf } from './validators.ts';
import { problemOf, type Subject } from './values.ts';

export interface ValidateOptions {
  /** The release of Calico that the site runs, e.g. `v3.31`; without it nothing is said about versions. */
  readonly calicoVersion?: string | undefined;
}

/**
 * Checks one object against its schema. `root` is the object's mapping, which stands at `path` in the tree; the problems' paths
 * begin at the document. What is templated or unknown is passed over; `status` and server fields never count.
 */
export function validate(
  key: SchemaKey,
  tree: YamlTree,
  root: Node,
  path: Path,
  options: ValidateOptions = {},
): readonly SchemaProblem[] {
  const object = resolved(root);
  if (object?.kind !== 'mapping') return [];
  const item = itemKeyOf(key);
  if (item !== undefined) return validateItems(item, tree, root, path, options);
  const found = problemsIn(key, tree, object, options);
  return path.length === 0 ? found : found.map((problem) => moved(problem, path));
}

/** Findings that leave the value itself as it is. */
const ASIDE: ReadonlySet<SchemaCode> = new Set(['schema/deprecated', 'schema/version']);

function validateItems(
  key: SchemaKey,
  tree: YamlTree,
  root: Node,
  path: Path,
  options: ValidateOptions,
): SchemaProblem[] {
  const items = resolved(nodeAt(root, ['items']));
  if (items?.kind !== 'sequence') return [];
  return items.items.flatMap((item, index) => validate(key, tree, item, [...path, 'items', index], options));
}

function problemsIn(key: SchemaKey, tree: YamlTree, root: Node, options: ValidateOptions): SchemaProblem[] {
  const [family, kind] = partsOf(key);
  const names = checkNames(key, root, options.calicoVersion);
  const value = names.meant.reduce(assumed, withoutNulls(plainValue(root))) as PlainMapping;
  const subject: Subject = { key, root, value, source: tree.text };
  const violations = validatorsOf(family)[kind]?.(value) ?? [];
  const problems = [
    ...names.problems,
    ...checkRelease(key, root, options.calicoVersion),
    ...violations.map((each) => problemOf(subject, each)).filter((each) => each !== undefined),
  ];
  const wrong = new Set(problems.filter(({ code }) => !ASIDE.has(code)).map(({ path }) => JSON.stringify(path)));
  const report: Report = (at, message, more) => {
    // A constraint on a value that is wrong already would be a second finding for one cause.
    if (wrong.has(JSON.stringify(at))) return;
    problems.push({ code: 'schema/constraint', path: at, part: 'value', message, ...more });
  };
  for (const constraint of constraintsOf(family, kind)) constraint.check(value, report, { root });
  return distinct(problems);
}

/** Kubernetes and Go read a null as an absent field. Items of a list stay, their numbers matter. */
function withoutNulls(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const result: Record<string, Plain> = Object.create(null);
  for (const [name, child] of Object.entries(value as PlainMapping))
    if (child !== null) result[name] = withoutNulls(child);
  return result;
}

/** The value with something unknown at a path where nothing stood: what a misspelt or misplaced key was meant to be. */
function assumed(value: Plain, path: Path): Plain {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return value;
  const present = (value as PlainMapping)[step];
  const next = present === undefined ? templated : assumed(present, rest);
  if (next === present) return value;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? next : item));
  return Object.assign(Object.create(null), value, { [step]: next });
}

function distinct(problems: readonly SchemaProblem[]): SchemaProblem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const id = JSON.stringify([problem.code, problem.path, problem.message.en]);
    return !seen.has(id) && seen.add(id);
  });
}

function moved(problem: SchemaProblem, base: Path): SchemaProblem {
  const { fix } = problem;
  const path = [...base, ...problem.path];
  if (fix?.kind === 'insert') return { ...problem, path, fix: { ...fix, into: [...base, ...fix.into] } };
  if (fix?.kind === 'move') return { ...problem, path, fix: { ...fix, toPath: [...base, ...fix.toPath] } };
  return { ...problem, path };
}
