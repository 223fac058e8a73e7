import type { BirdStatement, BirdToken } from '../../syntax/bird.ts';
import type { Field } from '../../syntax/document.ts';
import { type BirdStep, filterSteps, whereSteps } from './bird-filter.ts';
import { type BirdText, begins, switchField } from './bird-words.ts';
import { asnField, type Draft, numberField, placeOf, remoteAsField, textField } from './fields.ts';
import type { BgpNeighbor, Family, NeighborFamily, RemoteAs } from './router.ts';

/** One `protocol bgp`, with what it takes from its template. */
export interface BirdSession {
  readonly name: Field<string>;
  readonly localAs?: Field<number>;
  readonly vrf?: Field<string>;
  readonly routerId?: Field<string>;
  /** A neighbor for a range has the protocol's name as its peer. */
  readonly neighbor?: BgpNeighbor;
  readonly range?: Field<string>;
  /** Policies that the channels name, to be put among the router's own. */
  readonly policies: readonly BirdPolicy[];
  /** Whether all that decides about the session could be read. */
  readonly complete: boolean;
}

export interface BirdPolicy {
  readonly name: Field<string>;
  /** Undefined when nothing is known of what it lets through. */
  readonly steps: readonly BirdStep[] | undefined;
}

/** `multihop` without a number (bgp.c, bgp_postconfig: the default of internal sessions, too). */
const MULTIHOP = 64;

/** BGP channels of BIRD by name; those of other families are not read. */
const CHANNELS: Readonly<Record<string, Family>> = { ipv4: 'ipv4', ipv6: 'ipv6' };

/**
 * Reads a session from its statements, its template's first: of two that say the same the last counts. What BIRD refuses,
 * and what is not understood but decides, leaves the peer's AS unknown, so that nobody judges the session: no local or
 * remote AS, a peer on a link-local address, no channel, and an external one without both policies
 * (proto/bgp/bgp.c, bgp_postconfig: “EBGP requires explicit import policy”).
 */
export function birdSession(
  text: BirdText,
  keyword: BirdToken,
  name: Field<string>,
  statements: readonly BirdStatement[],
  complete: boolean,
): BirdSession {
  const { doc } = text;
  const place = placeOf(doc, keyword.span);
  const neighbor: Draft<Omit<BgpNeighbor, 'peer' | 'sort' | 'families'>> = { place };
  const channels = new Map<Family, BirdStatement[]>();
  let readable = complete;
  let peer: Field<string> | undefined;
  let range: Field<string> | undefined;
  let localAs: Field<number> | undefined;
  let vrf: Field<string> | undefined;
  let routerId: Field<string> | undefined;
  let client: Field<boolean> | undefined;
  let allowed: Field<number> | undefined;
  let isSecured: Field<boolean> | undefined;
  let oldPolicies = false;

  const source = (token: BirdToken): void => {
    neighbor.updateSource = textField(doc, token);
  };
  for (const statement of statements) {
    const words = text.wordsOf(statement);
    const [first, second, third, fourth] = words;
    if (first === undefined) continue;
    switch (first.text) {
      case 'local': {
        for (let at = 1; at < words.length; at++) {
          const { text: word } = words[at]!;
          const next = words[at + 1];
          if (word === 'as' && next !== undefined) localAs = asnField(doc, words[++at]!);
          else if (word === 'role') break;
          // The port that it listens on is of no account to the session that it opens itself.
          else if (word === 'port') readable = false;
          else if (isAddress(word)) source(words[at]!);
          else readable = false;
        }
        break;
      }
      case 'neighbor': {
        for (let at = 1; at < words.length; at++) {
          const { text: word } = words[at]!;
          const next = words[at + 1];
          if (word === 'as' && next !== undefined) neighbor.remoteAs = remoteAsField(doc, words[++at]!);
          else if (word === 'port' && next !== undefined) neighbor.port = numberField(doc, words[++at]!);
          else if (word === 'range' && next !== undefined) range = textField(doc, words[++at]!);
          else if (word === 'internal' || word === 'external') neighbor.remoteAs = remoteAsField(doc, words[at]!);
          else if (isAddress(word)) peer = textField(doc, words[at]!);
          else readable = false;
        }
        break;
      }
      case 'source':
        if (second?.text === 'address' && third !== undefined) source(third);
        break;
      case 'multihop':
        neighbor.ebgpMultihop = second
          ? numberField(doc, second)
          : { value: MULTIHOP, place: placeOf(doc, first.span) };
        break;
      case 'direct':
        delete neighbor.ebgpMultihop;
        break;
      case 'ttl':
        if (second?.text === 'security') isSecured = switchField(doc, first, third);
        break;
      case 'password':
        neighbor.password = second ? textField(doc, second) : { value: undefined, place: placeOf(doc, first.span) };
        break;
      case 'authentication':
      case 'interface':
      case 'confederation':
      case 'rs':
      case 'table':
        readable = false;
        break;
      case 'passive':
        neighbor.passive = switchField(doc, first, second);
        break;
      case 'disabled':
        neighbor.shutdown = switchField(doc, first, second);
        break;
      case 'description':
        if (second) neighbor.description = textField(doc, second);
        break;
      case 'vrf':
        if (second) vrf = textField(doc, second);
        break;
      case 'router':
        if (second?.text === 'id' && third) routerId = textField(doc, third);
        break;
      case 'rr':
        if (second?.text === 'client') client = switchField(doc, second, third);
        if (begins(words, 'rr', 'cluster', 'id') && fourth) neighbor.clusterId = textField(doc, fourth);
        break;
      case 'allow':
        if (begins(words, 'allow', 'local', 'as'))
          allowed = fourth ? numberField(doc, fourth) : { value: 255, place: placeOf(doc, first.span) };
        break;
      // Where BIRD 1.6 has its policies, as Calico's own does.
      case 'import':
      case 'export':
        oldPolicies = true;
        break;
      default: {
        const family = CHANNELS[first.text];
        if (family === undefined || words.length > 1) break;
        channels.set(family, [...(channels.get(family) ?? []), statement]);
      }
    }
  }
  if (isSecured !== undefined && isSecured.value !== false)
    neighbor.ttlSecurity = {
      value: isSecured.value && (neighbor.ebgpMultihop?.value ?? 1),
      place: isSecured.place,
    } as Field<number>;

  const external = isExternal(localAs, neighbor.remoteAs);
  const policies: BirdPolicy[] = [];
  const families: Partial<Record<Family, NeighborFamily>> = {};
  for (const [family, written] of channels) {
    const read = channel(text, name, family, written, external === false);
    if (!read.readable) readable = false;
    policies.push(...read.policies);
    families[family] = {
      ...read.family,
      ...(client && { routeReflectorClient: client }),
      ...(allowed && { allowasIn: allowed }),
    };
  }
  if (channels.size === 0 || oldPolicies || external === undefined) readable = false;
  // A session that nobody can judge still has a family, for without one it would count as one that never comes up.
  const family: Family = peer?.value?.includes(':') ? 'ipv6' : 'ipv4';
  if (channels.size === 0)
    families[family] = {
      family,
      place,
      activate: { value: true, place },
    };
  if (!readable) neighbor.remoteAs = { value: undefined, place: neighbor.remoteAs?.place ?? place };
  const end = peer ?? (range && name);
  const known = end !== undefined && !(peer && range);
  return {
    name,
    ...(localAs && { localAs }),
    ...(vrf && { vrf }),
    ...(routerId && { routerId }),
    ...(known && { neighbor: { ...neighbor, peer: end, sort: peer ? 'address' : 'group', families } }),
    ...(range && { range }),
    policies,
    complete: known,
  };
}

interface Channel {
  readonly family: NeighborFamily;
  readonly policies: readonly BirdPolicy[];
  readonly readable: boolean;
}

function channel(
  text: BirdText,
  name: Field<string>,
  family: Family,
  blocks: readonly BirdStatement[],
  internal: boolean,
): Channel {
  const { doc } = text;
  const place = placeOf(doc, blocks.at(-1)!.words[0]!.span);
  const draft: Draft<NeighborFamily> = { family, place, activate: { value: true, place } };
  const written: Partial<Record<'import' | 'export', readonly BirdToken[]>> = {};
  const bodies: Partial<Record<'import' | 'export', readonly BirdStatement[]>> = {};
  let readable = true;
  let otherTable = false;
  for (const statement of blocks.flatMap(({ body }) => body ?? [])) {
    const words = text.wordsOf(statement);
    const [first, second, third, fourth] = words;
    if (first === undefined) continue;
    if (
      (first.text === 'import' || first.text === 'export') &&
      second?.text !== 'table' &&
      second?.text !== 'limit' &&
      second?.text !== 'keep'
    ) {
      written[first.text] = words;
      if (statement.body) bodies[first.text] = statement.body;
      else delete bodies[first.text];
    } else if (begins(words, 'next', 'hop', 'self')) {
      const on = switchField(doc, third!, fourth);
      if (fourth?.text === 'ebgp') draft.nextHopSelf = { value: 'self', place: on.place };
      else if (on.value === undefined) readable = false;
      else draft.nextHopSelf = { value: on.value ? 'force' : 'off', place: on.place };
    } else if (begins(words, 'next', 'hop', 'keep')) {
      const on = switchField(doc, third!, fourth);
      if (on.value === undefined) readable = false;
      else draft.nextHopSelf = { value: on.value ? 'keep' : 'off', place: on.place };
    } else if (
      begins(words, 'next', 'hop', 'address') ||
      (/^(import|receive)$/.test(first.text) && second?.text === 'limit')
    )
      readable = false;
    else if (first.text === 'table') otherTable = true;
  }
  const policies: BirdPolicy[] = [];
  for (const direction of ['import', 'export'] as const) {
    const words = written[direction];
    // Internal sessions take everything and send nothing unless told (doc/bird.sgml, `import` and `export`).
    if (words === undefined && !internal) readable = false;
    const at = words?.[0]?.span ?? place.span!;
    const own: Field<string> = { value: `${name.value} ${family} ${direction}`, place: placeOf(doc, at) };
    const policy = otherTable
      ? { name: own, steps: undefined }
      : policyOf(text, own, direction, words, bodies[direction]);
    if (policy === undefined) continue;
    if (policy !== 'named') policies.push(policy);
    const field =
      policy === 'named' ? { value: `filter ${words![2]!.text}`, place: placeOf(doc, words![2]!.span) } : own;
    if (direction === 'import') draft.routeMapIn = field;
    else draft.routeMapOut = field;
  }
  return { family: draft, policies, readable };
}

/** The policy of one direction; undefined when everything passes, `named` for a filter that is defined elsewhere. */
function policyOf(
  text: BirdText,
  name: Field<string>,
  direction: 'import' | 'export',
  words: readonly BirdToken[] | undefined,
  body: readonly BirdStatement[] | undefined,
): BirdPolicy | 'named' | undefined {
  const [, kind, third] = words ?? [];
  if (words === undefined) return direction === 'import' ? undefined : { name, steps: [] };
  if (kind?.text === 'all' && words.length === 2) return undefined;
  if (kind?.text === 'none' && words.length === 2) return { name, steps: [] };
  if (kind?.text === 'where') return { name, steps: whereSteps(words.slice(2)) };
  if (kind?.text === 'filter' && words.length === 3 && third?.kind === 'word' && body === undefined) return 'named';
  if (body !== undefined && (kind === undefined || (kind.text === 'filter' && words.length === 2)))
    return { name, steps: filterSteps(text, body) };
  return { name, steps: undefined };
}

function isExternal(localAs: Field<number> | undefined, remoteAs: Field<RemoteAs> | undefined): boolean | undefined {
  const remote = remoteAs?.value;
  if (remote === 'internal') return localAs?.value === undefined ? undefined : false;
  if (remote === 'external') return localAs?.value === undefined ? undefined : true;
  if (typeof remote !== 'number' || localAs?.value === undefined) return undefined;
  return remote !== localAs.value;
}

/** An address that can be told from every other: not one of a link, which means nothing without its interface. */
function isAddress(text: string): boolean {
  return (/^\d+\.\d+\.\d+\.\d+$/.test(text) || /^[\da-f]*:[\da-f:.]*$/i.test(text)) && !/^fe[89ab]/i.test(text);
}
