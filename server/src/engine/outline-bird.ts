import type { BirdStatement, BirdToken, BirdTree } from '../syntax/bird.ts';
import { birdSymbols } from '../syntax/bird-symbols.ts';
import type { OutlineSpot, ToRoot } from './outline.ts';

/**
 * What a BIRD configuration names, its protocols with whom they speak to, and the channels and static routes in those. A
 * protocol without a name is called by its kind.
 */
export function birdOutline({ statements }: BirdTree, toRoot: ToRoot): readonly OutlineSpot[] {
  const symbols = new Map(birdSymbols(statements).map(({ statement, name }) => [statement, name]));
  return statements.flatMap((statement) => {
    const name = symbols.get(statement);
    const isBlock = /^(protocol|template)$/.test(statement.words[0]?.text ?? '');
    if (name === undefined && !isBlock) return [];
    const detail = detailOf(statement);
    return [
      {
        name: headOf(statement, name),
        ...(detail !== undefined && { detail }),
        kind: statement.body === undefined ? 'field' : 'block',
        span: toRoot(statement.span),
        selection: toRoot((name ?? statement.words[1] ?? statement.words[0]!).span),
        children: isBlock ? (statement.body ?? []).flatMap((inner) => innerSpot(toRoot, inner)) : [],
      },
    ];
  });
}

/** The words up to the name: `protocol bgp spine0`, `ipv4 table t`. */
function headOf({ words }: BirdStatement, name: BirdToken | undefined): string {
  const end = name === undefined ? 2 : words.indexOf(name) + 1;
  return words
    .slice(0, end)
    .map(({ text }) => text)
    .join(' ');
}

/** Whom a session is with, and the value of a constant that is one word. */
function detailOf({ words, body = [] }: BirdStatement): string | undefined {
  if (words[0]?.text === 'define') return words.length === 4 ? words[3]!.text : undefined;
  const said = body.find((inner) => inner.words[0]?.text === 'neighbor')?.words.slice(1);
  if (said === undefined || said.length === 0) return undefined;
  const at = said.findIndex(({ text }) => text === 'as');
  const address = said[0]!.text === 'range' ? `range ${said[1]?.text ?? ''}` : said[0]!.text;
  return at === -1 ? address : [...(at > 0 ? [address] : []), `AS ${said[at + 1]?.text ?? '?'}`].join(', ');
}

function innerSpot(toRoot: ToRoot, { words, span, body }: BirdStatement): readonly OutlineSpot[] {
  const [first, second] = words;
  if (first === undefined) return [];
  const isChannel = body !== undefined && words.every(({ kind }) => kind === 'word') && first.text !== 'route';
  if (!isChannel && !(first.text === 'route' && second !== undefined)) return [];
  const shown = isChannel ? words : words.slice(0, 2);
  const detail = words
    .slice(shown.length)
    .map(({ text }) => text)
    .join(' ');
  return [
    {
      name: shown.map(({ text }) => text).join(' '),
      ...(detail !== '' && { detail }),
      kind: isChannel ? 'block' : 'item',
      span: toRoot(span),
      selection: toRoot((isChannel ? first : second!).span),
      children: [],
    },
  ];
}
