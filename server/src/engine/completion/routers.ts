import { HOSTS } from '../../assembly/hosts.ts';
import { lineStart } from '../../syntax/yaml-line.ts';
import type { Site } from '../../workspace/site.ts';
import { BIRD_WORDS } from './bird-words.ts';
import type { NetworkValue } from './network-values.ts';
import { type Proposal, RANK, type Stop } from './proposal.ts';
import { type RouterQuestion, routerQuestion } from './router-question.ts';
import { ROUTER_TOPICS } from './router-topics.ts';
import { ROUTER_WORDS, type RouterWord } from './router-words.ts';
import type { Spot } from './spot.ts';
import { vyosWords } from './vyos-proposals.ts';

/** In configurations of routers: neighbours and AS numbers of the network, names that the configuration defines, and commands. */
export function routerProposals(spot: Spot, site: Site): readonly Proposal[] {
  const { format } = spot.doc;
  if (format !== 'frr' && format !== 'vyos' && format !== 'bird') return [];
  const question = routerQuestion(spot);
  if (question === undefined) return [];
  const config = site.all('router/Config').find(({ doc }) => doc === spot.doc);
  const host = config && site.derive(HOSTS).ofRouterConfig(config)[0];
  const values = ROUTER_TOPICS.flatMap((topic): readonly NetworkValue[] => {
    const match = topic[format]?.exec(question.words);
    return match === null || match === undefined ? [] : topic.values({ spot, site, config, host, words: match });
  });
  const words = routerWords(spot, question);
  return [
    ...values.map(
      ({ value, kind, detail, rank = 0 }): Proposal => ({
        label: String(value),
        kind,
        ...(detail && { detail }),
        insert: String(value),
        replace: question.token,
        rank: RANK.network + rank,
      }),
    ),
    ...words.map(
      ({ word, detail, insert }, index): Proposal => ({
        label: word,
        kind: 'keyword',
        ...(detail.en !== '' && { detail }),
        insert: insert === undefined ? word : pieces(insert, spot),
        replace: question.token,
        ...(insert?.endsWith(' ') && { again: true }),
        rank: RANK.schema + index / 1000,
      }),
    ),
  ];
}

/** The words that the router's own language has for a place, with what they mean. */
export function routerWords(spot: Spot, question: RouterQuestion): readonly RouterWord[] {
  const { format } = spot.doc;
  if (format === 'vyos') return vyosWords(spot, question);
  const known = format === 'frr' ? ROUTER_WORDS : format === 'bird' ? BIRD_WORDS : [];
  return known.flatMap(({ at, words }) => (at.test(question.words) ? words : []));
}

/** What a word writes, its lines indented as the line that it stands in. */
function pieces(insert: string, { doc, offset }: Spot): readonly (string | Stop)[] {
  const start = lineStart(doc.text, offset);
  const indent = /^[ \t]*/.exec(doc.text.slice(start, offset))![0];
  const step = /^(\t| {2,8})(?! )/m.exec(doc.text)?.[1] ?? (doc.format === 'vyos' ? '    ' : '\t');
  const [before, after] = insert.replaceAll('\t', step).replaceAll('\n', `\n${indent}`).split('|');
  return after === undefined ? [before!] : [before!, { stop: 0 }, after];
}
