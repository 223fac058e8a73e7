import { canonicalAddress, parseAddress } from '../network/address.ts';
import type { Field } from '../syntax/document.ts';
import { type NameUse, partPlace } from './names.ts';

/** An address that a file gives to an interface or a node, with or without its prefix length. */
export function ownedAddress(field: Field<string> | undefined): readonly NameUse[] {
  return addressUse(field, 'definition');
}

/** An address that a file sends something to: a peer, a next hop. A port behind it is no part of it. */
export function askedAddress(field: Field<string> | undefined): readonly NameUse[] {
  return addressUse(field, 'reference');
}

function addressUse(field: Field<string> | undefined, role: NameUse['role']): readonly NameUse[] {
  const text = field?.value;
  if (text === undefined) return [];
  const [, open = '', written = ''] = /^(\[?)([0-9a-fA-F:.]+?)(?:\]|\/\d+$|(?<=\.\d+):\d+$|$)/.exec(text) ?? [];
  if (parseAddress(written) === undefined) return [];
  const place = partPlace(field!.place, open.length, written.length);
  return [{ kind: 'address', name: canonicalAddress(written), scope: '', place, role }];
}
