/** An FRR configuration as it is loaded: the workspace's own text with short timers. */
export interface FrrConfiguration {
  readonly kind: 'frr';
  readonly text: string;
  /** The neighbours it names, by address or interface. */
  readonly neighbours: readonly string[];
  readonly comparesRouterId: boolean;
}

/** A lost session is noticed after nine seconds, and a connection is tried every two seconds; FRR's own are 180 and 120. */
const KEEPALIVE_AND_HOLD = '3 9';
const CONNECT = 2;

export function frrOf(text: string): FrrConfiguration {
  const neighbours: string[] = [];
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    if (/^log /.test(line)) continue;
    lines.push(line);
    if (/^router bgp \d/.test(line)) lines.push(` timers bgp ${KEEPALIVE_AND_HOLD}`);
    const peer = madeBy(line);
    if (peer === undefined || neighbours.includes(peer)) continue;
    neighbours.push(peer);
    lines.push(` neighbor ${peer} timers connect ${CONNECT}`);
  }
  return {
    kind: 'frr',
    text: lines.join('\n'),
    neighbours,
    comparesRouterId: /^ *bgp bestpath compare-routerid/m.test(text),
  };
}

/** The neighbour that a line brings into being. A group is none, and neither is a member of a listen range. */
function madeBy(line: string): string | undefined {
  const words = line.trim().split(/\s+/);
  if (words[0] !== 'neighbor') return undefined;
  const [, peer, what, group] = words;
  const isAddress = /^[\d.]+$|:/.test(peer ?? '');
  if (isAddress && (what === 'remote-as' || (what === 'peer-group' && group !== undefined))) return peer;
  return what === 'interface' ? peer : undefined;
}
