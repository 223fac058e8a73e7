/** The blocks of an FRR configuration whose commands Selvage reads; `other` is a block it only knows the extent of. */
export type FrrBlock = 'router-bgp' | 'address-family' | 'interface' | 'route-map' | 'vrf' | 'other';

/** The block that a command opens. From FRR's command nodes; `interface` and `vrf` carry the name as second word. */
export function blockOpenedBy(words: readonly string[], inside: FrrBlock | undefined): FrrBlock | undefined {
  const [first, second] = words;
  if (inside === 'router-bgp') {
    if (first === 'address-family') return 'address-family';
    return first === 'vni' || first === 'segment-routing' ? 'other' : undefined;
  }
  if (inside === 'address-family') return first === 'vni' ? 'other' : undefined;
  if (inside !== undefined && !isTopLevel(words)) return undefined;
  if (first === 'router') return second === 'bgp' ? 'router-bgp' : 'other';
  if (isInterface(first) && second !== undefined) return 'interface';
  if (first === 'vrf' && second !== undefined) return 'vrf';
  if (first === 'route-map' && words.length >= 4) return 'route-map';
  if (first === 'line' && second === 'vty') return 'other';
  if (first === 'rpki' && second === undefined) return 'other';
  return OTHER_BLOCKS.has(first ?? '') ? 'other' : undefined;
}

const OTHER_BLOCKS = new Set(['key', 'bfd', 'segment-routing', 'nexthop-group', 'pbr-map', 'pseudowire', 'mpls']);

/**
 * Whether a command can only stand at the top, so that it closes every block that is open. FRR tries a command in the
 * block it is in and then in the blocks around it; the same words may be a command of both, so this list is short.
 */
export function isTopLevel(words: readonly string[]): boolean {
  const [first, second] = words;
  if (first === 'ip' || first === 'ipv6') return /^(prefix-list|forwarding|as-path|protocol)$/.test(second ?? '');
  if (first === 'bgp') return /^(as-path|community-list|large-community-list|extcommunity-list)$/.test(second ?? '');
  if (first === 'router') return TOP_ROUTERS.has(second ?? '');
  if (isInterface(first) || first === 'vrf') return second !== undefined && words.length <= 4;
  if (first === 'route-map') return /^(permit|deny)$/.test(words[2] ?? '');
  if (first === 'service') return second === 'integrated-vtysh-config' || second === 'password-encryption';
  if (first === 'line') return second === 'vty';
  return first === 'frr' || first === 'hostname' || first === 'log' || first === 'access-list';
}

/** FRR takes a command shortened; people write `int eth0`. */
function isInterface(word: string | undefined): boolean {
  return word !== undefined && word.length >= 3 && 'interface'.startsWith(word);
}

const TOP_ROUTERS = new Set(['bgp', 'ospf', 'ospf6', 'rip', 'ripng', 'isis', 'eigrp', 'babel', 'openfabric', 'pim']);

/** Whether a command belongs to the block it is read in; if not, FRR goes on in the block around it. */
export function belongsTo(block: FrrBlock, words: readonly string[]): boolean {
  if (isTopLevel(words)) return false;
  if (isStaticRoute(words)) return block === 'vrf' || block === 'other';
  if (block !== 'address-family') return true;
  if (words[0] === 'address-family') return false;
  if (words[0] === 'bgp') return words[1] === 'dampening' || words[1] === 'retain';
  if (words[0] === 'neighbor') return !SESSION_ONLY.has(words[2] ?? '') && !definesGroup(words);
  return true;
}

function isStaticRoute(words: readonly string[]): boolean {
  return (words[0] === 'ip' || words[0] === 'ipv6') && words[1] === 'route';
}

function definesGroup(words: readonly string[]): boolean {
  return words[2] === 'peer-group' && words.length === 3;
}

/** `neighbor X …` commands that FRR has only directly under `router bgp`. */
const SESSION_ONLY = new Set(
  (
    'remote-as local-as update-source ebgp-multihop ttl-security disable-connected-check password passive shutdown ' +
    'description timers port bfd interface local-role enforce-first-as strict-capability-match dont-capability-negotiate'
  ).split(' '),
);
