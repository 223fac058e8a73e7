import type { Text } from '../text.ts';
import { type Change, differs } from './change.ts';
import type { Consequences } from './consequences.ts';
import type { NewlyIsolated } from './isolation.ts';
import { denies, meshGoes } from './order.ts';

/** How much harm a step may do: green asks nothing, amber a yes, red the name typed. */
export type Risk = 'green' | 'amber' | 'red';

export interface Judgement {
  readonly risk: Risk;
  /** Why, worst first; empty for green. */
  readonly reasons: readonly Text[];
}

/** Judges one change by its kind and by what it does to BGP, where that could be predicted. */
export function riskOf(
  change: Change,
  consequences: Consequences | undefined,
  closed: readonly NewlyIsolated[],
): Judgement {
  const cutOff = closed.some(({ how }) => how === 'closed') ? [REASONS.cutOff] : [];
  const red = [...cutOff, ...redReasons(change, consequences)];
  if (red.length > 0) return { risk: 'red', reasons: red };
  return isGreen(change, consequences) ? { risk: 'green', reasons: [] } : { risk: 'amber', reasons: [] };
}

export function worst(risks: readonly Risk[]): Risk {
  return risks.includes('red') ? 'red' : risks.includes('amber') ? 'amber' : 'green';
}

function redReasons(change: Change, consequences: Consequences | undefined): readonly Text[] {
  const { kind } = change.ref;
  const reasons: Text[] = [];
  const isNew = change.action !== 'replace';
  if (consequences !== undefined) {
    if (consequences.isolated.length > 0) reasons.push(REASONS.isolated);
    if (consequences.prefixesLost.length > 0) reasons.push(REASONS.prefixes);
    if (consequences.lost.length > 0 && consequences.isolated.length === 0) reasons.push(REASONS.sessions);
  }
  if (meshGoes(change)) reasons.push(REASONS.mesh);
  if (!isNew && kind === 'BGPConfiguration' && differs(change, 'spec', 'asNumber')) reasons.push(REASONS.as);
  if (kind === 'Node' && !isNew) {
    if (differs(change, 'spec', 'bgp', 'asNumber')) reasons.push(REASONS.as);
    if (differs(change, 'spec', 'bgp', 'routeReflectorClusterID')) reasons.push(REASONS.cluster);
    if (differs(change, 'spec', 'bgp', 'ipv4Address')) reasons.push(REASONS.address);
    if (differs(change, 'spec', 'bgp', 'ipv6Address')) reasons.push(REASONS.address);
  }
  if (kind === 'BGPPeer' && change.action === 'replace')
    if (
      ['asNumber', 'peerIP', 'node', 'nodeSelector', 'peerSelector', 'filters'].some((field) =>
        differs(change, 'spec', field),
      )
    )
      if (consequences === undefined) reasons.push(REASONS.peer);
  if (change.action === 'remove' && ALWAYS_RED.has(kind)) reasons.push(REASONS.removal);
  if (kind === 'IPPool' && change.action === 'replace') {
    if (['ipipMode', 'vxlanMode'].some((field) => differs(change, 'spec', field))) reasons.push(REASONS.encapsulation);
    if (differs(change, 'spec', 'disabled') && change.difference.file !== undefined && isDisabled(change))
      reasons.push(REASONS.disabled);
    if (differs(change, 'spec', 'cidr')) reasons.push(REASONS.cidr);
    if (differs(change, 'spec', 'natOutgoing')) reasons.push(REASONS.nat);
  }
  if (kind === 'GlobalNetworkPolicy' && change.action !== 'remove' && denies(change.after)) reasons.push(REASONS.deny);
  if (kind === 'HostEndpoint' && change.action !== 'remove') reasons.push(REASONS.hostEndpoint);
  if (kind === 'FelixConfiguration')
    if (['failsafeInboundHostPorts', 'failsafeOutboundHostPorts'].some((field) => differs(change, 'spec', field)))
      reasons.push(REASONS.failsafe);
  return reasons;
}

const ALWAYS_RED = new Set([
  'BGPPeer',
  'BGPConfiguration',
  'IPAddressPool',
  'IPPool',
  'Node',
  'Tier',
  'SpiderIPPool',
  'SpiderSubnet',
  'Namespace',
]);

function isDisabled(change: Change): boolean {
  return JSON.stringify(change.difference.file?.spec ?? {}).includes('"disabled":true');
}

function isGreen(change: Change, consequences: Consequences | undefined): boolean {
  const { kind } = change.ref;
  if (kind.startsWith('Staged')) return true;
  if (change.action !== 'replace') return false;
  const quiet = change.difference.fields.every(({ path }) => {
    if (path[0] === 'metadata') return true;
    return path[0] === 'spec' && /^(logSeverity|healthEnabled$|prometheus(?!MetricsPort))/.test(String(path[1] ?? ''));
  });
  // Selectors look at the labels of nodes: only a prediction tells that nothing hangs on this one.
  const labelsMatter = ['Node', 'HostEndpoint', 'NetworkSet', 'GlobalNetworkSet'].includes(kind);
  return quiet && (!labelsMatter || (kind === 'Node' && consequences !== undefined));
}

const REASONS = {
  isolated: { en: 'a node loses its last BGP session', 'zh-cn': '有节点失去最后一个 BGP 会话' },
  prefixes: { en: 'routes disappear', 'zh-cn': '有路由消失' },
  sessions: { en: 'sessions go down', 'zh-cn': '有会话断开' },
  mesh: { en: 'the node-to-node mesh is switched off', 'zh-cn': '将关闭节点间全互联' },
  as: { en: 'an AS number changes, which resets every session of it', 'zh-cn': 'AS 号改变，其所有会话都会重置' },
  cluster: { en: 'a route reflector’s cluster id changes', 'zh-cn': '路由反射器的集群 ID 改变' },
  address: {
    en: 'a node’s BGP address changes, which resets its sessions',
    'zh-cn': '节点的 BGP 地址改变，其会话会重置',
  },
  peer: {
    en: 'a peer’s sessions change, and which ones could not be predicted',
    'zh-cn': '对等体的会话将改变，且无法预测具体影响',
  },
  removal: { en: 'the object is removed', 'zh-cn': '对象将被删除' },
  encapsulation: {
    en: 'the encapsulation of a pool changes under its pods',
    'zh-cn': '地址池的封装方式改变，影响正在使用它的 Pod',
  },
  disabled: { en: 'the pool gives out no more addresses', 'zh-cn': '该地址池不再分配地址' },
  cidr: { en: 'the range of a pool changes', 'zh-cn': '地址池的网段改变' },
  nat: { en: 'the source address of what pods send out changes', 'zh-cn': 'Pod 对外流量的源地址改变' },
  cutOff: { en: 'pods are cut off', 'zh-cn': '有 Pod 的流量被切断' },
  deny: { en: 'a cluster-wide policy denies traffic', 'zh-cn': '集群级策略会拒绝流量' },
  hostEndpoint: {
    en: 'a host endpoint closes the node to everything that no policy and no failsafe port allows',
    'zh-cn': '主机端点会使节点拒绝策略与 failsafe 端口之外的所有流量',
  },
  failsafe: {
    en: 'the failsafe ports change, which keep the way to the nodes open',
    'zh-cn': 'failsafe 端口改变，它们保证节点可达',
  },
} as const satisfies Record<string, Text>;
