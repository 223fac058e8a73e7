import type { Doc } from '../../syntax/document.ts';
import type { Draft, Token } from './fields.ts';
import { asnField, flagField, numberField, placeOf, remoteAsField, textField } from './fields.ts';
import type { BgpNeighbor, Family, IncompleteLine, NeighborFamily } from './router.ts';

export interface NeighborDraft extends Draft<Omit<BgpNeighbor, 'families'>> {
  readonly families: Partial<Record<Family, Draft<NeighborFamily>>>;
}

/** A `neighbor PEER keyword …` line, without `no`. */
export interface NeighborLine {
  readonly doc: Doc;
  readonly keyword: Token;
  readonly args: readonly Token[];
  readonly negated: boolean;
}

type SessionReader = (neighbor: NeighborDraft, line: NeighborLine) => void;

/** Commands about the session itself. A `no` form of a value takes the value away again. */
const SESSION: Readonly<Record<string, SessionReader>> = {
  'remote-as': (neighbor, { doc, args, negated }) => {
    if (negated) delete neighbor.remoteAs;
    else if (args[0]) neighbor.remoteAs = remoteAsField(doc, args[0]);
  },
  'peer-group': (neighbor, { doc, args, negated }) => {
    if (negated) delete neighbor.peerGroup;
    else if (args[0]) neighbor.peerGroup = textField(doc, args[0]);
  },
  interface: (neighbor, line) => {
    neighbor.sort = 'interface';
    const words = line.args[0]?.text === 'v6only' ? line.args.slice(1) : line.args;
    const [keyword, ...args] = words;
    const reader = keyword && /^(?:remote-as|peer-group)$/.test(keyword.text) ? SESSION[keyword.text] : undefined;
    if (keyword) reader?.(neighbor, { ...line, keyword, args });
  },
  'update-source': (neighbor, { doc, args, negated }) => {
    if (negated) delete neighbor.updateSource;
    else if (args[0]) neighbor.updateSource = textField(doc, args[0]);
  },
  'ebgp-multihop': (neighbor, { doc, keyword, args, negated }) => {
    if (negated) delete neighbor.ebgpMultihop;
    else
      neighbor.ebgpMultihop = args[0] ? numberField(doc, args[0]) : { value: 255, place: placeOf(doc, keyword.span) };
  },
  'ttl-security': (neighbor, { doc, keyword, args, negated }) => {
    if (negated) delete neighbor.ttlSecurity;
    else
      neighbor.ttlSecurity = args[1]
        ? numberField(doc, args[1])
        : { value: undefined, place: placeOf(doc, keyword.span) };
  },
  password: (neighbor, { doc, args, negated }) => {
    if (negated) delete neighbor.password;
    else if (args[0]) neighbor.password = textField(doc, args[0]);
  },
  'local-as': (neighbor, { doc, args, negated }) => {
    delete neighbor.localAsNoPrepend;
    delete neighbor.localAsReplaceAs;
    delete neighbor.localAsDual;
    if (negated) delete neighbor.localAs;
    else if (args[0]) neighbor.localAs = asnField(doc, args[0]);
    if (negated) return;
    for (const option of args.slice(1)) {
      if (option.text === 'no-prepend') neighbor.localAsNoPrepend = flagField(doc, option, true);
      if (option.text === 'dual-as') neighbor.localAsDual = flagField(doc, option, true);
      if (option.text === 'replace-as') neighbor.localAsReplaceAs = flagField(doc, option, true);
    }
  },
  description: (neighbor, { doc, args }) => {
    const last = args.at(-1);
    if (!args[0] || !last) return;
    const text = args.map((word) => word.text).join(' ');
    neighbor.description = textField(doc, { text, span: [args[0].span[0], last.span[1]] });
  },
  port: (neighbor, { doc, args, negated }) => {
    if (!negated && args[0]) neighbor.port = numberField(doc, args[0]);
  },
  'disable-connected-check': (neighbor, { doc, keyword, negated }) => {
    neighbor.disableConnectedCheck = flagField(doc, keyword, !negated);
  },
  passive: (neighbor, { doc, keyword, negated }) => {
    neighbor.passive = flagField(doc, keyword, !negated);
  },
  shutdown: (neighbor, { doc, keyword, negated }) => {
    neighbor.shutdown = flagField(doc, keyword, !negated);
  },
};

type Flag =
  | 'activate'
  | 'routeReflectorClient'
  | 'routeServerClient'
  | 'asOverride'
  | 'softReconfiguration'
  | 'defaultOriginate'
  | 'sendCommunity'
  | 'removePrivateAs';

const FLAGS: Readonly<Record<string, Flag>> = {
  activate: 'activate',
  'route-reflector-client': 'routeReflectorClient',
  'route-server-client': 'routeServerClient',
  'as-override': 'asOverride',
  'soft-reconfiguration': 'softReconfiguration',
  'default-originate': 'defaultOriginate',
  'send-community': 'sendCommunity',
  'remove-private-AS': 'removePrivateAs',
};

type Filter = 'routeMap' | 'prefixList' | 'distributeList' | 'filterList';

const FILTERS: Readonly<Record<string, Filter>> = {
  'route-map': 'routeMap',
  'prefix-list': 'prefixList',
  'distribute-list': 'distributeList',
  'filter-list': 'filterList',
};

/** Takes a session setting into the neighbor; false when the keyword is none. */
export function readSession(neighbor: NeighborDraft, line: NeighborLine): boolean {
  const reader = Object.hasOwn(SESSION, line.keyword.text) ? SESSION[line.keyword.text] : undefined;
  reader?.(neighbor, line);
  return reader !== undefined;
}

/** Takes a setting of an address family into the neighbor; false when the keyword is none. */
export function readFamily(neighbor: NeighborDraft, family: Family, line: NeighborLine): boolean {
  const { doc, keyword, args, negated } = line;
  const name = keyword.text;
  const isKnown = Object.hasOwn(FLAGS, name) || Object.hasOwn(FILTERS, name) || OTHERS.has(name);
  if (!isKnown) return false;
  neighbor.families[family] ??= { family, place: placeOf(doc, keyword.span) };
  const settings = neighbor.families[family];
  const flag = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined;
  const filter = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
  if (flag) settings[flag] = flagField(doc, keyword, !negated);
  else if (filter) {
    const direction = args[1]?.text === 'in' ? 'In' : args[1]?.text === 'out' ? 'Out' : undefined;
    if (!args[0] || !direction) return true;
    if (negated) delete settings[`${filter}${direction}`];
    else settings[`${filter}${direction}`] = textField(doc, args[0]);
  } else if (name === 'next-hop-self') {
    const forced = args[0]?.text === 'force' || args[0]?.text === 'all';
    settings.nextHopSelf = { value: negated ? 'off' : forced ? 'force' : 'self', place: placeOf(doc, keyword.span) };
  } else if (name === 'allowas-in') {
    if (negated) delete settings.allowasIn;
    else {
      const counted = args[0] !== undefined && args[0].text !== 'origin';
      settings.allowasIn = counted ? numberField(doc, args[0]!) : { value: 3, place: placeOf(doc, keyword.span) };
    }
  } else if (!negated && args[0]) {
    settings.maximumPrefix = numberField(doc, args[0]);
    const warns = args.find(({ text }) => text === 'warning-only');
    if (warns) settings.maximumPrefixWarns = flagField(doc, warns, true);
  }
  return true;
}

const OTHERS = new Set(['next-hop-self', 'allowas-in', 'maximum-prefix']);

/** What a line lacks so that FRR refuses it; undefined when it is complete or not known. */
export function missingWord(keyword: Token | undefined, args: readonly Token[]): IncompleteLine['missing'] | undefined {
  if (keyword === undefined) return 'command';
  if (keyword.text === 'remote-as' && args.length === 0) return 'remote-as';
  if (Object.hasOwn(FILTERS, keyword.text) && args.length === 1) return 'direction';
  return undefined;
}
