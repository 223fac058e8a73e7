import type { Field, Place } from '../../syntax/document.ts';
import { ipCommand } from '../containerlab/ip-command.ts';

/** A route that a command sets or removes, or that a pasted table shows. */
export interface RouteLine {
  /** `ip` (iproute2), `route` (net-tools), `mixed` for the one with the other's words, or a line of a pasted table. */
  readonly form: 'ip' | 'route' | 'mixed' | 'listing';
  readonly action: 'add' | 'delete' | 'listed';
  /** A prefix, a bare address or `default`; a netmask is already put in. */
  readonly destination: Field<string>;
  readonly via: readonly Field<string>[];
  readonly device?: Field<string>;
  readonly onlink: boolean;
  /** `scope link` or `proto kernel`: the machine has an address in this network. */
  readonly connected: boolean;
  /** Words of the other command's grammar: `-net`, `netmask`, `gw`. */
  readonly foreign: readonly ForeignWord[];
  readonly place: Place;
}

export interface ForeignWord {
  readonly word: Field<string>;
  /** The word behind it, which it takes as its value. */
  readonly value?: Field<string>;
}

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;
const IPV4_ROUTE = /^\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?$/;

/** Reads `ip route …`, also when it is written with the words of `route`; undefined for other tables and other objects. */
export function readIpRoute(words: readonly Field<string>[], place: Place): RouteLine | undefined {
  if (runsOtherProgram(words)) return undefined;
  const command = ipCommand(words);
  if (command?.object === 'route') {
    if (command.table !== undefined) return undefined;
    const mixed = words.some(({ value }) => value === 'gw' || value === 'netmask');
    if (!mixed)
      return {
        form: 'ip',
        action: command.action,
        destination: command.destination,
        via: command.via,
        ...(command.device && { device: command.device }),
        onlink: command.onlink,
        connected: false,
        foreign: [],
        place,
      };
  }
  const verb = words.findIndex(
    ({ value }, index) => index > 1 && /^(add|replace|append|change|del|delete)$/.test(value ?? ''),
  );
  if (verb === -1 || !/^ro?u?t?e?$/.test(words[verb - 1]?.value ?? '')) return undefined;
  const line = netTools(words.slice(verb + 1), place, actionOf(words[verb]?.value));
  return line === undefined || line.foreign.length === 0 ? undefined : { ...line, form: 'mixed' };
}

/** `ip netns exec NAME route add default gw …`: the words behind the name are another program's, and have its grammar. */
function runsOtherProgram(words: readonly Field<string>[]): boolean {
  const exec = words.findIndex(({ value }, at) => value === 'exec' && /^(netns|vrf)$/.test(words[at - 1]?.value ?? ''));
  return exec !== -1 && !/(^|\/)ip$/.test(words[exec + 2]?.value ?? '');
}

/** Reads `route add|del …` of net-tools. */
export function readRoute(words: readonly Field<string>[], place: Place): RouteLine | undefined {
  const verb = words.findIndex(({ value }) => /^(add|del|delete)$/.test(value ?? ''));
  if (verb === -1) return undefined;
  const line = netTools(words.slice(verb + 1), place, actionOf(words[verb]?.value));
  return line === undefined ? undefined : { ...line, form: 'route', foreign: [] };
}

function actionOf(verb: string | undefined): 'add' | 'delete' {
  return verb?.startsWith('del') === true ? 'delete' : 'add';
}

function netTools(
  words: readonly Field<string>[],
  place: Place,
  action: 'add' | 'delete',
): Omit<RouteLine, 'form'> | undefined {
  const foreign: ForeignWord[] = [];
  let destination: Field<string> | undefined;
  let gateway: Field<string> | undefined;
  let device: Field<string> | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const value = words[at + 1];
    switch (word.value) {
      case '-net':
      case '-host':
        foreign.push({ word });
        break;
      case 'netmask':
        foreign.push({ word, ...(value && { value }) });
        destination = masked(destination, value);
        at += 1;
        break;
      case 'gw':
      case 'via':
        if (word.value === 'gw') foreign.push({ word, ...(value && { value }) });
        gateway = value;
        at += 1;
        break;
      case 'dev':
        device = value;
        at += 1;
        break;
      case 'metric':
        at += 1;
        break;
      default:
        if (destination === undefined) destination = word;
        // BSD: `route add NET GATEWAY`.
        else if (gateway === undefined && IPV4.test(word.value ?? '')) gateway = word;
    }
  }
  if (destination === undefined) return undefined;
  return {
    action,
    destination,
    via: gateway === undefined ? [] : [gateway],
    ...(device && { device }),
    onlink: false,
    connected: false,
    foreign,
    place,
  };
}

/** `10.0.0.0` with `255.0.0.0` is `10.0.0.0/8`; a mask with holes in it is not known. */
function masked(destination: Field<string> | undefined, mask: Field<string> | undefined): Field<string> | undefined {
  if (destination?.value === undefined) return destination;
  const octets = IPV4.test(mask?.value ?? '') ? (mask?.value ?? '').split('.').map(Number) : [];
  const digits = octets.map((octet) => octet.toString(2).padStart(8, '0')).join('');
  if (digits.length !== 32 || digits.includes('01')) return { value: undefined, place: destination.place };
  return { value: `${destination.value}/${digits.replaceAll('0', '').length}`, place: destination.place };
}

/** Reads a line of what `ip route` prints: `10.1.0.0/16 via 10.0.0.1 dev eth0 proto bird`. */
export function listedRoute(words: readonly Field<string>[], place: Place): RouteLine | undefined {
  const first = /^(blackhole|unreachable|prohibit)$/.test(words[0]?.value ?? '') ? 1 : 0;
  const destination = words[first];
  if (destination?.value === undefined || !isDestination(destination.value)) return undefined;
  const after = (name: string): Field<string> | undefined => {
    const at = words.findIndex(({ value }) => value === name);
    return at === -1 ? undefined : words[at + 1];
  };
  const via = after('via');
  const device = after('dev');
  if (via === undefined && device === undefined && first === 0) return undefined;
  const isKernel = after('scope')?.value === 'link' && after('proto')?.value === 'kernel';
  return {
    form: 'listing',
    action: 'listed',
    destination,
    via: via === undefined ? [] : [via],
    ...(device && { device }),
    onlink: words.some(({ value }) => value === 'onlink'),
    connected: via === undefined && isKernel,
    foreign: [],
    place,
  };
}

function isDestination(text: string): boolean {
  return text === 'default' || IPV4_ROUTE.test(text) || /^[\da-f]{0,4}(:[\da-f]{0,4}){2,7}(\/\d{1,3})?$/i.test(text);
}
