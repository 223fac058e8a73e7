import type { Doc, Place } from '../../syntax/document.ts';
import type { FrrLine } from '../../syntax/frr.ts';
import type { Draft, Token } from './fields.ts';
import { asnField, flagField, isTemplated, numberField, placeOf, textField } from './fields.ts';
import type { FrrText } from './frr-insertion.ts';
import { afterLine, atEnd } from './frr-insertion.ts';
import type { NeighborDraft } from './frr-neighbor.ts';
import { missingWord, readFamily, readSession } from './frr-neighbor.ts';
import type {
  AggregateStatement,
  BgpInstance,
  BgpNeighbor,
  Family,
  FamilyBlock,
  IncompleteLine,
  ListenRange,
  MaximumPaths,
  NetworkStatement,
  RedistributeStatement,
} from './router.ts';

interface InstanceDraft extends Draft<BgpInstance> {
  confederationPeers: BgpInstance['confederationPeers'][number][];
  maximumPaths: MaximumPaths[];
  networks: NetworkStatement[];
  aggregates: AggregateStatement[];
  redistribute: RedistributeStatement[];
  listenRanges: ListenRange[];
  incomplete: IncompleteLine[];
  families: Partial<Record<Family, FamilyBlock>>;
}

interface Instance {
  readonly draft: InstanceDraft;
  readonly neighbors: Map<string, NeighborDraft>;
  readonly groups: Set<string>;
  /** `neighbor X WORD` lines with a word that is no command: perhaps a group whose `peer-group` was forgotten. */
  readonly unread: { readonly word: string; readonly place: Place }[];
}

/** Reads the `router bgp` blocks; blocks for one AS number and VRF are one instance, as FRR merges them. */
export function frrBgpInstances(source: FrrText): readonly BgpInstance[] {
  const instances: Instance[] = [];
  for (const line of source.lines) {
    if (line.block !== 'router-bgp') continue;
    const header = headerOf(source.doc, line);
    const known = instances.find(
      ({ draft }) =>
        draft.vrf?.value === header.vrf?.value && (header.asn === undefined || draft.asn?.value === header.asn.value),
    );
    const instance = known ?? {
      draft: instanceDraft(source, line, header),
      neighbors: new Map(),
      groups: new Set(),
      unread: [],
    };
    if (!known) instances.push(instance);
    for (const child of line.children) readLine(source, instance, child, 'ipv4', 'instance');
    const end = atEnd(source, line);
    if (end) instance.draft.end = end;
  }
  return instances.map(({ draft, neighbors, groups, unread }): BgpInstance => {
    for (const { word, place } of unread) if (groups.has(word)) draft.incomplete.push({ place, missing: 'peer-group' });
    const all = [...neighbors].map(([name, neighbor]): BgpNeighbor => {
      return groups.has(name) ? { ...neighbor, sort: 'group' } : neighbor;
    });
    return {
      ...draft,
      peerGroups: all.filter((neighbor) => neighbor.sort === 'group'),
      neighbors: all.filter((neighbor) => neighbor.sort !== 'group'),
    };
  });
}

function headerOf(doc: Doc, line: FrrLine): Pick<BgpInstance, 'asn' | 'vrf'> {
  const words = line.words.slice(2);
  const asn = words[0] && words[0].text !== 'vrf' && words[0].text !== 'view' ? words[0] : undefined;
  const vrfAt = words.findIndex((word) => word.text === 'vrf' || word.text === 'view');
  const vrf = vrfAt < 0 ? undefined : words[vrfAt + 1];
  return { ...(asn && { asn: asnField(doc, asn) }), ...(vrf && { vrf: textField(doc, vrf) }) };
}

function instanceDraft(source: FrrText, line: FrrLine, header: Pick<BgpInstance, 'asn' | 'vrf'>): InstanceDraft {
  const routerId = line.children.findLast(
    (child) => !child.negated && child.words[0]?.text === 'bgp' && child.words[1]?.text === 'router-id',
  );
  const insertion = afterLine(source, routerId ?? line, line.children[0]?.indent ?? ' ');
  return {
    software: 'frr',
    defaults: 'current',
    ...header,
    place: placeOf(source.doc, line.span),
    confederationPeers: [],
    maximumPaths: [],
    networks: [],
    aggregates: [],
    redistribute: [],
    peerGroups: [],
    neighbors: [],
    listenRanges: [],
    incomplete: [],
    families: {},
    ...(insertion && { insertion }),
  };
}

function readLine(source: FrrText, instance: Instance, line: FrrLine, family: Family, at: 'instance' | 'family'): void {
  const { doc } = source;
  const [first, second, ...rest] = line.words;
  if (line.block === 'address-family') readFamilyBlock(source, instance, line);
  else if (first?.text === 'neighbor') readNeighbor(source, instance, line, family, at);
  else if (first?.text === 'bgp' && second) readSetting(doc, instance.draft, line, second, rest);
  else if (second && !line.negated) readStatement(doc, instance.draft, line, family);
}

function readFamilyBlock(source: FrrText, instance: Instance, line: FrrLine): void {
  const [, family, safi] = line.words;
  if (family?.text !== 'ipv4' && family?.text !== 'ipv6') return;
  if (safi !== undefined && safi.text !== 'unicast') return;
  const insertion = afterLine(source, line, line.children[0]?.indent ?? `${line.indent} `);
  const end = atEnd(source, line);
  instance.draft.families[family.text] = {
    place: placeOf(source.doc, line.span),
    ...(insertion && { insertion }),
    ...(end && { end }),
  };
  for (const child of line.children) readLine(source, instance, child, family.text, 'family');
}

type Setting =
  | 'ebgpRequiresPolicy'
  | 'defaultIpv4Unicast'
  | 'defaultIpv6Unicast'
  | 'importCheck'
  | 'multipathRelax'
  | 'compareRouterId';

const SETTINGS: Readonly<Record<string, Setting>> = {
  'ebgp-requires-policy': 'ebgpRequiresPolicy',
  'default ipv4-unicast': 'defaultIpv4Unicast',
  'default ipv6-unicast': 'defaultIpv6Unicast',
  'network import-check': 'importCheck',
  'bestpath as-path multipath-relax': 'multipathRelax',
  'bestpath compare-routerid': 'compareRouterId',
};

function readSetting(doc: Doc, draft: InstanceDraft, line: FrrLine, keyword: Token, rest: readonly Token[]): void {
  const path = [keyword, ...rest].map((word) => word.text);
  const setting = [1, 2, 3]
    .map((length) => path.slice(0, length).join(' '))
    .find((name) => Object.hasOwn(SETTINGS, name));
  if (setting !== undefined) {
    draft[SETTINGS[setting]!] = flagField(doc, { text: '', span: line.span }, !line.negated);
    return;
  }
  const [value, ...more] = rest;
  if (line.negated || value === undefined) return;
  if (keyword.text === 'router-id') draft.routerId = textField(doc, value);
  else if (keyword.text === 'cluster-id') draft.clusterId = textField(doc, value);
  else if (keyword.text === 'confederation' && value.text === 'identifier' && more[0])
    draft.confederationId = asnField(doc, more[0]);
  else if (keyword.text === 'confederation' && value.text === 'peers')
    draft.confederationPeers.push(...more.map((word) => asnField(doc, word)));
  else if (keyword.text === 'listen' && value.text === 'range' && more[0])
    draft.listenRanges.push({
      prefix: textField(doc, more[0]),
      ...(more[1]?.text === 'peer-group' && more[2] && { peerGroup: textField(doc, more[2]) }),
      place: placeOf(doc, line.span),
    });
}

/** `network`, `aggregate-address`, `redistribute` and `maximum-paths`, in a family or directly under `router bgp`. */
function readStatement(doc: Doc, draft: InstanceDraft, line: FrrLine, family: Family): void {
  const [keyword, value, ...rest] = line.words;
  if (!keyword || !value) return;
  const place = placeOf(doc, line.span);
  const mapAt = rest.findIndex((word) => word.text === 'route-map');
  const map = mapAt < 0 ? undefined : rest[mapAt + 1];
  const routeMap = map && { routeMap: textField(doc, map) };
  const flag = (name: string): Token | undefined => rest.find((word) => word.text === name);
  if (keyword.text === 'network') draft.networks.push({ family, prefix: textField(doc, value), ...routeMap, place });
  else if (keyword.text === 'redistribute')
    draft.redistribute.push({ family, protocol: textField(doc, value), ...routeMap, place });
  else if (keyword.text === 'aggregate-address') {
    const summaryOnly = flag('summary-only');
    const asSet = flag('as-set');
    draft.aggregates.push({
      family,
      prefix: textField(doc, value),
      ...(summaryOnly && { summaryOnly: flagField(doc, summaryOnly, true) }),
      ...(asSet && { asSet: flagField(doc, asSet, true) }),
      place,
    });
  } else if (keyword.text === 'maximum-paths') {
    const paths = value.text === 'ibgp' ? rest[0] : value;
    const type = value.text === 'ibgp' ? 'ibgp' : 'ebgp';
    if (paths) draft.maximumPaths.push({ family, type, paths: numberField(doc, paths) });
  }
}

function readNeighbor(
  source: FrrText,
  instance: Instance,
  line: FrrLine,
  family: Family,
  at: 'instance' | 'family',
): void {
  const { doc } = source;
  const [, peer, keyword, ...args] = line.words;
  if (!peer) {
    if (!line.negated) instance.draft.incomplete.push({ place: placeOf(doc, line.span), missing: 'command' });
    return;
  }
  const isKnowable = !line.negated && !line.words.some((word) => isTemplated(word.text));
  const missing = isKnowable ? missingWord(keyword, args) : undefined;
  if (missing) instance.draft.incomplete.push({ place: placeOf(doc, line.span), missing });
  if (!keyword && line.negated) {
    instance.neighbors.delete(peer.text);
    return;
  }
  const isGroup = keyword?.text === 'peer-group' && args.length === 0;
  if (isGroup && !line.negated) instance.groups.add(peer.text);
  const neighbor = instance.neighbors.get(peer.text) ?? neighborDraft(doc, line, peer);
  instance.neighbors.set(peer.text, neighbor);
  if (!keyword) return;
  const given = { doc, keyword, args, negated: line.negated };
  if (keyword.text === 'peer-group' && isGroup) touch(source, neighbor, line);
  else if (readSession(neighbor, given)) touch(source, neighbor, line);
  else if (!readFamily(neighbor, family, given)) {
    if (isKnowable && args.length === 0) instance.unread.push({ word: keyword.text, place: placeOf(doc, line.span) });
  } else {
    const insertion = afterLine(source, line, line.indent);
    const settings = neighbor.families[family];
    if (settings && insertion) settings.insertion = insertion;
    // In the old style, family settings stand among the session's lines.
    if (at === 'instance') touch(source, neighbor, line);
  }
}

function touch(source: FrrText, neighbor: NeighborDraft, line: FrrLine): void {
  const insertion = afterLine(source, line, line.indent);
  if (insertion) neighbor.insertion = insertion;
}

function neighborDraft(doc: Doc, line: FrrLine, peer: Token): NeighborDraft {
  const isInterface = /^[A-Za-z][\w./-]*$/.test(peer.text) && !/^[0-9A-Fa-f]*:/.test(peer.text);
  return {
    peer: textField(doc, peer),
    sort: isInterface ? 'interface' : 'address',
    place: placeOf(doc, line.span),
    families: {},
  };
}
