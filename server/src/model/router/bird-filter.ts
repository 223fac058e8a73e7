import type { BirdStatement, BirdToken } from '../../syntax/bird.ts';
import type { Field, Place } from '../../syntax/document.ts';
import { type BirdText, begins } from './bird-words.ts';
import type { PrefixListEntry, RouteMapEntry } from './router.ts';

/** One prefix of a set; `any` is every prefix of both families. */
interface Rule {
  readonly permit: boolean;
  readonly prefix: string;
  readonly ge?: number;
  readonly le?: number;
}

type PrefixSet = readonly Rule[];

/** Sets that must all hold; of several such alternatives one is enough. */
type Condition = readonly (readonly PrefixSet[])[];

/** The first step whose sets all hold decides; where none does, BIRD rejects. */
export interface BirdStep {
  readonly permit: boolean;
  readonly sets: readonly PrefixSet[];
}

const MOST_ALTERNATIVES = 64;
const MOST_NESTED = 40;

/** What `where …` lets through; undefined when it looks at anything but prefixes. */
export function whereSteps(words: readonly BirdToken[]): readonly BirdStep[] | undefined {
  return condition(words)?.map((sets) => ({ permit: true, sets }));
}

/**
 * The steps of a filter's body made of `accept`, `reject` and `if` with conditions on the prefix; undefined when anything
 * else is in it: then nothing is known of what it lets through.
 */
export function filterSteps(
  text: BirdText,
  body: readonly BirdStatement[],
  depth = 0,
): readonly BirdStep[] | undefined {
  const steps: BirdStep[] = [];
  for (const statement of body) {
    let words = text.wordsOf(statement);
    if (begins(words, 'print') || begins(words, 'printn')) continue;
    // What comes after an `if` that has not ended the filter is its `else`.
    if (begins(words, 'else')) words = words.slice(1);
    const verdict = verdictOf(words, statement);
    if (verdict !== undefined) return [...steps, { permit: verdict, sets: [] }];
    if (words.length === 0 && statement.body !== undefined && depth < MOST_NESTED) {
      const inner = filterSteps(text, statement.body, depth + 1);
      return inner && statement === body.at(-1) ? [...steps, ...inner] : undefined;
    }
    const then = words.findIndex((word) => word.kind === 'word' && word.text === 'then');
    if (!begins(words, 'if') || then < 0) return undefined;
    const alternatives = condition(words.slice(1, then));
    const rest = words.slice(then + 1);
    const inner = statement.body?.filter((one) => !/^printn?$/.test(one.words[0]?.text ?? ''));
    const permit =
      inner === undefined
        ? verdictOf(rest, statement)
        : rest.length === 0 && inner.length === 1
          ? verdictOf(text.wordsOf(inner[0]!), inner[0]!)
          : undefined;
    if (alternatives === undefined || permit === undefined) return undefined;
    steps.push(...alternatives.map((sets) => ({ permit, sets })));
  }
  return steps;
}

function verdictOf(words: readonly BirdToken[], { body }: BirdStatement): boolean | undefined {
  const [only, ...more] = words;
  if (body !== undefined || more.length > 0) return undefined;
  return only?.text === 'accept' ? true : only?.text === 'reject' ? false : undefined;
}

/** Steps as the model has them: entries of a route-map with prefix lists of their own; of unknown steps, one that fits all. */
export function entriesOf(
  name: Field<string>,
  steps: readonly BirdStep[] | undefined,
): { readonly routeMap: readonly RouteMapEntry[]; readonly prefixLists: readonly PrefixListEntry[] } {
  const { place } = name;
  const entry = (permit: boolean, lists: readonly (readonly string[])[]): RouteMapEntry => ({
    name,
    action: { value: permit ? 'permit' : 'deny', place },
    match: lists.map((words) => ({ words, value: { value: words.at(-1), place }, place })),
    set: [],
    place,
  });
  if (steps === undefined) return { routeMap: [entry(true, [['filter']])], prefixLists: [] };
  const prefixLists: PrefixListEntry[] = [];
  let lists = 0;
  const listOf = (set: PrefixSet): readonly string[] => {
    const list = `${name.value} ${lists++}`;
    prefixLists.push(...set.flatMap((rule) => listEntries({ value: list, place }, rule, place)));
    return ['ip', 'address', 'prefix-list', list];
  };
  // Without any step everything is rejected, which a route-map without entries would not tell from an undefined one.
  const all = steps.length === 0 ? [{ permit: false, sets: [] }] : steps;
  return { routeMap: all.map(({ permit, sets }) => entry(permit, sets.map(listOf))), prefixLists };
}

function listEntries(name: Field<string>, rule: Rule, place: Place): PrefixListEntry[] {
  const families =
    rule.prefix === 'any' ? (['ipv4', 'ipv6'] as const) : ([rule.prefix.includes(':') ? 'ipv6' : 'ipv4'] as const);
  return families.map((family) => ({
    name,
    family,
    action: { value: rule.permit ? 'permit' : 'deny', place },
    prefix: { value: rule.prefix, place },
    ...(rule.ge === undefined ? {} : { ge: { value: rule.ge, place } }),
    ...(rule.le === undefined ? {} : { le: { value: rule.le, place } }),
    place,
  }));
}

function condition(words: readonly BirdToken[]): Condition | undefined {
  let at = 0;
  const sign = (...signs: readonly string[]): boolean => {
    if (!signs.every((text, offset) => words[at + offset]?.text === text && words[at + offset]?.kind === 'sign'))
      return false;
    at += signs.length;
    return true;
  };
  const either = (depth: number): Condition | undefined => {
    let result = both(depth);
    while (sign('|', '|')) {
      const other = both(depth);
      result = result && other && limited([...result, ...other]);
    }
    return result;
  };
  const both = (depth: number): Condition | undefined => {
    let result = single(depth);
    while (sign('&', '&')) {
      const other = single(depth);
      result = result && other && limited(result.flatMap((one) => other.map((two) => [...one, ...two])));
    }
    return result;
  };
  const single = (depth: number): Condition | undefined => {
    if (depth > MOST_NESTED) return undefined;
    if (sign('(')) {
      const inner = either(depth + 1);
      return sign(')') ? inner : undefined;
    }
    const word = words[at++]?.text;
    if (word === 'true') return [[]];
    if (word === 'false') return [];
    if (word !== 'net') return undefined;
    const isNot = sign('!');
    const operator = sign('~') ? '~' : sign('=') ? '=' : undefined;
    const set = operator && (sign('[') ? (operator === '~' ? bracketed() : undefined) : bare(operator));
    return set && [[isNot ? inverted(set) : set]];
  };
  const bare = (operator: '~' | '='): PrefixSet | undefined => {
    const prefix = words[at++]?.text ?? '';
    if (!isPrefix(prefix)) return undefined;
    return [{ permit: true, prefix, ...(operator === '~' ? { le: longest(prefix) } : {}) }];
  };
  const bracketed = (): PrefixSet | undefined => {
    const set: Rule[] = [];
    while (!sign(']')) {
      const prefix = words[at++]?.text ?? '';
      // `P-`, the prefixes that hold P, has no likeness in prefix lists.
      if (!isPrefix(prefix)) return undefined;
      if (sign('+')) set.push({ permit: true, prefix, le: longest(prefix) });
      else if (sign('{')) {
        const [low, comma, high] = words.slice(at, at + 3).map(({ text }) => text);
        at += 3;
        const ge = Number(low);
        const le = Number(high);
        if (comma !== ',' || !sign('}') || !Number.isInteger(ge) || !Number.isInteger(le)) return undefined;
        if (ge < Number(prefix.split('/')[1]) || ge > le || le > longest(prefix)) return undefined;
        set.push({ permit: true, prefix, ge, le });
      } else set.push({ permit: true, prefix });
      if (!sign(',') && words[at]?.text !== ']') return undefined;
    }
    return set;
  };
  const result = either(0);
  return at === words.length ? result : undefined;
}

function limited(alternatives: Condition): Condition | undefined {
  return alternatives.length <= MOST_ALTERNATIVES ? alternatives : undefined;
}

function inverted(set: PrefixSet): PrefixSet {
  return [...set.map((rule) => ({ ...rule, permit: false })), { permit: true, prefix: 'any' }];
}

function isPrefix(text: string): boolean {
  return /^[\d.]+\/\d{1,2}$|^[\da-f:.]*:[\da-f:.]*\/\d{1,3}$/i.test(text);
}

function longest(prefix: string): number {
  return prefix.includes(':') ? 128 : 32;
}
