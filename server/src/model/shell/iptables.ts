import type { Field, Place } from '../../syntax/document.ts';

/** A rule that an `iptables` command adds or removes, or that a pasted `iptables -L -n` shows. */
export interface IptablesRule {
  readonly action: 'add' | 'delete' | 'listed';
  /** `filter` unless `-t` says otherwise; not known for a listing. */
  readonly table?: string;
  readonly chain?: Field<string>;
  /** The position by which a rule is deleted. */
  readonly number?: Field<string>;
  /** As written; unknown when negated. Absent means any. */
  readonly source?: Field<string>;
  readonly destination?: Field<string>;
  /** `MASQUERADE`, `SNAT`, `ACCEPT` … */
  readonly jump?: Field<string>;
  readonly outInterface?: Field<string>;
  /** The whole command or line. */
  readonly place: Place;
}

const VALUES: Readonly<Record<string, 'source' | 'destination' | 'jump' | 'outInterface' | 'table' | 'chain'>> = {
  '-s': 'source',
  '--source': 'source',
  '--src': 'source',
  '-d': 'destination',
  '--destination': 'destination',
  '--dst': 'destination',
  '-j': 'jump',
  '--jump': 'jump',
  '-o': 'outInterface',
  '--out-interface': 'outInterface',
  '-t': 'table',
  '--table': 'table',
  '-A': 'chain',
  '--append': 'chain',
  '-I': 'chain',
  '--insert': 'chain',
  '-D': 'chain',
  '--delete': 'chain',
};

/** Reads `iptables -A|-I|-D …`; undefined for other operations such as `-L` and `-F`. */
export function readIptables(words: readonly Field<string>[], place: Place): IptablesRule | undefined {
  const found: Partial<Record<(typeof VALUES)[string], Field<string>>> = {};
  let action: IptablesRule['action'] | undefined;
  let number: Field<string> | undefined;
  for (let at = 1; at < words.length; at++) {
    const option = words[at]?.value ?? '';
    const name = Object.hasOwn(VALUES, option) ? VALUES[option] : undefined;
    if (name === undefined) continue;
    let value = words[at + 1];
    if (value === undefined) break;
    const negated = words[at - 1]?.value === '!' || value.value === '!';
    if (value.value === '!') value = words[at + 2] ?? value;
    found[name] = negated ? { value: undefined, place: value.place } : value;
    at += 1;
    if (name !== 'chain') continue;
    action = /^(-D|--delete)$/.test(option) ? 'delete' : 'add';
    if (/^\d+$/.test(words[at + 1]?.value ?? '')) number = words[at + 1];
  }
  if (action === undefined) return undefined;
  const { table, ...rest } = found;
  const named = table === undefined ? 'filter' : table.value;
  return { action, ...rest, ...(named !== undefined && { table: named }), ...(number && { number }), place };
}

/** Reads a line of `iptables -L -n`, with or without line number: `4 MASQUERADE all -- 10.1.3.0/24 10.200.0.0/16`. */
export function listedRule(words: readonly Field<string>[], place: Place): IptablesRule | undefined {
  const at = /^\d+$/.test(words[0]?.value ?? '') ? 1 : 0;
  const [jump, protocol, dashes, source, destination] = words.slice(at);
  if (!/^[A-Z][A-Z0-9_-]+$/.test(jump?.value ?? '') || !/^(all|tcp|udp|icmp|\d{1,3})$/.test(protocol?.value ?? ''))
    return undefined;
  if (dashes?.value !== '--' || source === undefined || destination === undefined) return undefined;
  return { action: 'listed', source, destination, ...(jump && { jump }), place };
}
