import type { BirdStatement, BirdTree } from '../../syntax/bird.ts';
import type { Doc, Field } from '../../syntax/document.ts';
import { type BirdStep, entriesOf, filterSteps } from './bird-filter.ts';
import { type BirdPolicy, type BirdSession, birdSession } from './bird-session.ts';
import { type BirdText, begins, birdText, switchField } from './bird-words.ts';
import { placeOf, textField } from './fields.ts';
import type { BgpInstance, BgpNeighbor, Family, RedistributeStatement, RouterConfig, StaticRoute } from './router.ts';

const FAMILIES: readonly Family[] = ['ipv4', 'ipv6'];
const MOST_TEMPLATES = 20;

/**
 * The model of a BIRD 2 configuration, as far as sessions, filters by prefix and reflectors go. The sessions of one VRF
 * are one instance: their first local AS is its own, and another one is the session's `local-as`. BIRD announces what its
 * tables hold: routes of `protocol static`, and those of interfaces where `protocol direct` takes them in.
 */
export function birdRouter(doc: Doc, tree: BirdTree): RouterConfig {
  const text = birdText(doc, tree);
  const top = tree.statements.map((statement) => ({ statement, words: text.wordsOf(statement) }));
  const ofKind = (kind: string) =>
    top.filter(({ words }) => begins(words, 'protocol', kind)).map(({ statement }) => statement);
  const sessions = ofKind('bgp').map((statement, number) => sessionOf(text, tree.statements, statement, number));
  const hostname = top.find(({ words }) => begins(words, 'hostname'))?.words[1];
  const routerId = top.find(({ words }) => begins(words, 'router', 'id'))?.words[2];
  const policies = [...filtersOf(text, tree.statements), ...sessions.flatMap((session) => session.policies)];
  const named = new Map(policies.map((policy) => [policy.name.value, policy]));
  // A filter that stands in another file: nothing is known of it.
  for (const field of sessions.flatMap(({ neighbor }) => mapsOf(neighbor)))
    if (!named.has(field.value)) named.set(field.value, { name: field, steps: undefined });
  const entries = [...named.values()].map(({ name, steps }) => entriesOf(name, steps));
  const redistribute = [
    ...directs(text, ofKind('direct')),
    ...statics(text, ofKind('static')),
    ...learned(text, ofKind('kernel')),
  ];
  const vrfs = [...new Set(sessions.map(({ vrf }) => vrf?.value))];
  return {
    kind: 'router/Config',
    path: [],
    software: 'bird',
    doc,
    partial:
      tree.broken || top.some(({ words }) => begins(words, 'include')) || sessions.some((session) => !session.complete),
    ...(hostname && { hostname: textField(doc, hostname) }),
    interfaces: [],
    bgp: vrfs.map((vrf) =>
      instanceOf(
        doc,
        sessions.filter((session) => session.vrf?.value === vrf),
        routerId && /^\d+\.\d+\.\d+\.\d+$/.test(routerId.text) ? textField(doc, routerId) : undefined,
        vrf === undefined ? redistribute : [],
      ),
    ),
    prefixLists: entries.flatMap(({ prefixLists }) => prefixLists),
    routeMaps: entries.flatMap(({ routeMap }) => routeMap),
    asPathLists: [],
    communityLists: [],
    accessLists: [],
    staticRoutes: ofKind('static').flatMap((statement) => staticRoutes(text, statement)),
    otherProtocols: ['ospf', 'rip', 'babel', 'pipe', 'l3vpn'].filter((kind) =>
      top.some(({ words }) => words[0]?.text === 'protocol' && words[1]?.text === kind),
    ),
    natSource: [],
  };
}

function instanceOf(
  doc: Doc,
  sessions: readonly BirdSession[],
  routerId: Field<string> | undefined,
  redistribute: readonly RedistributeStatement[],
): BgpInstance {
  const asn = sessions.find(({ localAs }) => localAs?.value !== undefined)?.localAs;
  const withAs = ({ neighbor, localAs }: BirdSession): BgpNeighbor | undefined =>
    neighbor && localAs?.value !== undefined && localAs.value !== asn?.value
      ? { ...neighbor, localAs, localAsReplaceAs: { value: true, place: localAs.place } }
      : neighbor;
  const neighbors = sessions.flatMap((session) => withAs(session) ?? []);
  const vrf = sessions[0]?.vrf;
  return {
    software: 'bird',
    defaults: 'current',
    place: sessions[0]?.name.place ?? placeOf(doc, [0, 0]),
    ...(asn && { asn }),
    ...(vrf && { vrf }),
    ...(routerId && { routerId }),
    confederationPeers: [],
    maximumPaths: [],
    networks: [],
    aggregates: [],
    redistribute,
    peerGroups: neighbors.filter(({ sort }) => sort === 'group'),
    neighbors: neighbors.filter(({ sort }) => sort !== 'group'),
    listenRanges: sessions.flatMap(({ range, name, neighbor }) =>
      range && neighbor ? [{ prefix: range, peerGroup: name, place: neighbor.place }] : [],
    ),
    incomplete: [],
    families: {},
  };
}

/** `protocol bgp [name] [from template] {…}`; a session without a name gets one from its number, as BIRD does. */
function sessionOf(
  text: BirdText,
  all: readonly BirdStatement[],
  statement: BirdStatement,
  number: number,
): BirdSession {
  const named = statement.words[2]?.text === 'from' ? undefined : statement.words[2];
  const keyword = statement.words[1]!;
  const name = named
    ? textField(text.doc, named)
    : { value: `bgp${number + 1}`, place: placeOf(text.doc, keyword.span) };
  const chain: BirdStatement[] = [statement];
  let complete = true;
  for (let at: BirdStatement | undefined = statement; at !== undefined; ) {
    const from: number = at.words.findIndex((word, index) => index > 1 && word.text === 'from');
    const template: string | undefined = from < 0 ? undefined : at.words[from + 1]?.text;
    if (template === undefined) break;
    at = all.find(
      ({ words }) =>
        /^(template|protocol)$/.test(words[0]?.text ?? '') && words[1]?.text === 'bgp' && words[2]?.text === template,
    );
    if (at === undefined || chain.includes(at) || chain.length > MOST_TEMPLATES) complete = false;
    if (!complete) break;
    chain.unshift(at!);
  }
  const inner = chain.flatMap(({ body }) => body ?? []);
  if (inner.some(({ words }) => words[0]?.text === 'include')) complete = false;
  return birdSession(text, named ?? keyword, name, inner, complete);
}

function mapsOf(neighbor: BgpNeighbor | undefined): readonly Field<string>[] {
  return Object.values(neighbor?.families ?? {}).flatMap(({ routeMapIn, routeMapOut }) =>
    [routeMapIn, routeMapOut].filter((field) => field !== undefined),
  );
}

/** `filter NAME {…}`; one with variables of its own before its body is not read. */
function filtersOf(text: BirdText, statements: readonly BirdStatement[]): BirdPolicy[] {
  return statements.flatMap(({ words, body }): BirdPolicy[] => {
    const name = words[1];
    if (words[0]?.text !== 'filter' || name === undefined) return [];
    const field = textField(text.doc, name);
    const steps: readonly BirdStep[] | undefined = words.length === 2 && body ? filterSteps(text, body) : undefined;
    return [{ name: { ...field, value: `filter ${name.text}` }, steps }];
  });
}

/** The families that a protocol has a channel of; none while it is disabled, or keeps what it has to itself. */
function channelsOf(
  text: BirdText,
  { body = [] }: BirdStatement,
  direction: 'import' | 'export' = 'import',
): readonly Family[] {
  const statements = body.map((statement) => ({ statement, words: text.wordsOf(statement) }));
  const isDisabled = statements.some(
    ({ words }) => begins(words, 'disabled') && switchField(text.doc, words[0]!, words[1]).value !== false,
  );
  if (isDisabled) return [];
  return FAMILIES.filter((family) =>
    statements.some(
      ({ statement, words }) =>
        words.length === 1 &&
        words[0]!.text === family &&
        !statement.body?.some((inner) => {
          const settings = text.wordsOf(inner);
          return begins(settings, direction, 'none') || begins(settings, 'table');
        }),
    ),
  );
}

/** `protocol direct` takes in the networks of the interfaces that its patterns name, for the families it has channels of. */
function directs(text: BirdText, protocols: readonly BirdStatement[]): RedistributeStatement[] {
  return protocols.flatMap((statement) => {
    const patterns = (statement.body ?? [])
      .map((inner) => text.wordsOf(inner))
      .find((words) => begins(words, 'interface'));
    const interfaces = patterns?.flatMap((word, at) =>
      word.kind === 'string' ? [`${patterns[at - 1]?.text === '-' ? '-' : ''}${word.text}`] : [],
    );
    return redistributed(text, statement, 'connected', channelsOf(text, statement)).map((one) => ({
      ...one,
      ...(interfaces && { interfaces }),
    }));
  });
}

function statics(text: BirdText, protocols: readonly BirdStatement[]): RedistributeStatement[] {
  return protocols.flatMap((statement) => redistributed(text, statement, 'static', channelsOf(text, statement)));
}

/** `protocol kernel { learn; }` takes in what others put into the kernel's table. */
function learned(text: BirdText, protocols: readonly BirdStatement[]): RedistributeStatement[] {
  return protocols.flatMap((statement) => {
    const learn = statement.body?.map((inner) => text.wordsOf(inner)).find((words) => begins(words, 'learn'));
    if (learn === undefined || switchField(text.doc, learn[0]!, learn[1]).value === false) return [];
    return redistributed(text, statement, 'kernel', channelsOf(text, statement));
  });
}

function redistributed(
  { doc }: BirdText,
  { words }: BirdStatement,
  protocol: string,
  families: readonly Family[],
): RedistributeStatement[] {
  const place = placeOf(doc, words[1]!.span);
  return families.map((family) => ({ family, protocol: { value: protocol, place }, place }));
}

/** `route P via G`, `route P via "eth0"`, `route P blackhole|unreachable|prohibit`; of several next hops the first. */
function staticRoutes(text: BirdText, statement: BirdStatement): StaticRoute[] {
  const { doc } = text;
  const families = channelsOf(text, statement);
  return (statement.body ?? []).flatMap((inner): StaticRoute[] => {
    const [keyword, prefix, how, target] = text.wordsOf(inner);
    if (keyword?.text !== 'route' || prefix === undefined || how === undefined) return [];
    if (!families.includes(prefix.text.includes(':') ? 'ipv6' : 'ipv4')) return [];
    const route = { prefix: textField(doc, prefix), place: placeOf(doc, keyword.span) };
    if (/^(blackhole|unreachable|prohibit|reject|drop)$/.test(how.text))
      return [{ ...route, blackhole: { value: true, place: placeOf(doc, how.span) } }];
    if (how.text !== 'via' || target === undefined) return [];
    return [
      target.kind === 'string'
        ? { ...route, interface: textField(doc, target) }
        : { ...route, nextHop: textField(doc, target) },
    ];
  });
}
