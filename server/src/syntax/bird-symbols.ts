import type { BirdStatement, BirdToken } from './bird.ts';

/** What a BIRD configuration gives a name to; all of them share one set of names (conf/cf-lex.l, cf_get_symbol). */
export type BirdSymbolSort = 'protocol' | 'template' | 'filter' | 'function' | 'table' | 'constant' | 'attribute';

/** The name that a statement of the top level defines. */
export interface BirdSymbol {
  readonly sort: BirdSymbolSort;
  readonly name: BirdToken;
  readonly statement: BirdStatement;
}

const NETTYPE = /^(ipv[46]|vpn[46]|roa[46]|flow[46]|mpls|eth|evpn|aspa)$/;

/** Every definition of the top level, in its order; nothing for protocols without a name. */
export function birdSymbols(statements: readonly BirdStatement[]): readonly BirdSymbol[] {
  return statements.flatMap((statement) => {
    const [sort, name] = definitionOf(statement.words) ?? [];
    return sort === undefined || name?.kind !== 'word' ? [] : [{ sort, name, statement }];
  });
}

function definitionOf(words: readonly BirdToken[]): readonly [BirdSymbolSort, BirdToken | undefined] | undefined {
  const [first, second, third, fourth] = words;
  switch (first?.text) {
    case 'protocol':
    case 'template': {
      // `protocol ospf v3 core`
      const name = /^(ospf|rip)$/.test(second?.text ?? '') && /^(v2|v3|ng)$/.test(third?.text ?? '') ? fourth : third;
      return name === undefined || name.text === 'from' ? undefined : [first.text, name];
    }
    case 'filter':
    case 'function':
      return [first.text, second];
    case 'define':
      return ['constant', second];
    case 'attribute':
      return ['attribute', third];
    case 'table':
      return ['table', second];
    default:
      if (first === undefined || !NETTYPE.test(first.text)) return undefined;
      // `ipv6 sadr table t`
      return second?.text === 'table' ? ['table', third] : third?.text === 'table' ? ['table', fourth] : undefined;
  }
}

/** A word that means one of the symbols of its configuration, or one of another file. */
export interface BirdReference {
  readonly name: BirdToken;
  /** What it must be by the words before it; absent where only its name tells. */
  readonly sort?: 'filter' | 'template' | 'table';
}

/**
 * Every use of a symbol: words behind `filter`, `from` and `table`, whatever file defines what they name, and every other
 * word that has the name of a symbol in `known`, unless a variable of its function or filter has the same.
 */
export function birdReferences(
  statements: readonly BirdStatement[],
  known: ReadonlySet<string>,
): readonly BirdReference[] {
  const found: BirdReference[] = [];
  const visit = (statement: BirdStatement, locals: ReadonlySet<string>, isTop: boolean): void => {
    const { words, body = [] } = statement;
    const own = isTop && /^(filter|function)$/.test(words[0]?.text ?? '') ? variablesIn(statement) : locals;
    const defined = isTop ? definitionOf(words)?.[1] : undefined;
    for (const [index, word] of words.entries()) {
      if (word.kind !== 'word' || word === defined) continue;
      const sort = sortBehind(words, index);
      const isKeyword = index === 0 && words[1]?.text !== '(';
      if (sort !== undefined) found.push({ name: word, sort });
      else if (!isKeyword && known.has(word.text) && !own.has(word.text)) found.push({ name: word });
    }
    for (const child of body) visit(child, own, false);
  };
  for (const statement of statements) visit(statement, NOTHING, true);
  return found;
}

const NOTHING: ReadonlySet<string> = new Set();

/** `import filter F`, `protocol bgp a from T`, `table T`; a channel's `import table` and `igp table T` are no names or other ones. */
function sortBehind(words: readonly BirdToken[], index: number): BirdReference['sort'] {
  const before = words[index - 1]?.text;
  const first = words[0]?.text;
  if (before === 'filter' && /^(import|export)$/.test(first ?? '')) return 'filter';
  if (before === 'from' && /^(protocol|template)$/.test(first ?? '') && index > 2) return 'template';
  if (before === 'table' && (index === 1 || words[index - 2]?.text === 'igp' || words[index - 2]?.text === 'peer'))
    return 'table';
  return undefined;
}

const TYPE =
  /^(int|bool|ip|prefix|rd|mac|pair|quad|ec|lc|string|bytestring|bgpmask|bgppath|clist|eclist|lclist|route|set|enum)$/;

/** Arguments and variables of a function or filter: `int x`, `int set y`, and what a `for` counts with. */
function variablesIn(statement: BirdStatement): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = ({ words, body = [] }: BirdStatement): void => {
    for (const [index, word] of words.entries()) {
      const before = words[index - 1]?.text ?? '';
      if (word.kind === 'word' && !TYPE.test(word.text) && (TYPE.test(before) || before === 'for'))
        names.add(word.text);
    }
    body.forEach(visit);
  };
  visit(statement);
  return names;
}
