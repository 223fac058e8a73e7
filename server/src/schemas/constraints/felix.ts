/** FelixConfiguration: addresses, ranges and expressions that JSON Schema cannot check. */
import type { Plain, PlainMapping } from '../../syntax/plain.ts';
import type { Path } from '../../syntax/tree.ts';
import { cidrOf, familyOf } from '../formats.ts';
import { type Report, text } from '../problem.ts';
import type { Constraint } from './constraint.ts';
import { isGiven, isPresent, listAt, mappingAt, numberAt, textAt, textsAt } from './read.ts';
import { portProblem } from './rule.ts';

export const felixConstraints: readonly Constraint[] = [
  felix(['d14a2df085d1'], selectorOnDefault),
  felix(['6acff3279fc9'], twoTableRanges),
  felix(['c19390d07548'], tableRange),
  felix(['7307db4e0e25', '28b9b5eef606'], tableRanges),
  felix(['3e8666479535'], address('natOutgoingAddress', 4)),
  felix(['e4e119d407a0'], address('deviceRouteSourceAddress', 4)),
  felix(['563d5066b31c'], address('deviceRouteSourceAddressIPv6', 6)),
  felix([], nodePorts),
  felix([], networkLists),
  felix([], region),
  felix([], failsafePorts),
  felix([], healthTimeouts),
  felix([], expressions),
  felix([], interfaceNames),
  felix([], numbers),
  felix([], metricsHost),
];

function felix(answers: readonly string[], check: Constraint['check']): Constraint {
  return { kinds: ['FelixConfiguration'], answers, check };
}

function selectorOnDefault(object: PlainMapping, report: Report): void {
  const name = textAt(object, 'metadata', 'name');
  if (
    !isPresent(object, 'spec', 'nodeSelector') ||
    name === undefined ||
    (name !== 'default' && !name.startsWith('node.'))
  )
    return;
  report(
    ['spec', 'nodeSelector'],
    text(
      `\`${name}\` already says which nodes it is for, so Calico refuses \`nodeSelector\` here. Remove it, or give the object another name.`,
      `\`${name}\` 已经确定了所适用的节点，此处不能写 \`nodeSelector\`。请删除它，或为对象改名。`,
    ),
    { part: 'key', fix: { kind: 'remove' } },
  );
}

function twoTableRanges(object: PlainMapping, report: Report): void {
  if (!isPresent(object, 'spec', 'routeTableRange') || !isPresent(object, 'spec', 'routeTableRanges')) return;
  report(
    ['spec', 'routeTableRange'],
    text(
      '`routeTableRanges` replaces `routeTableRange`; both together are refused. Remove the old one.',
      '`routeTableRanges` 已取代 `routeTableRange`，两者同时出现会被拒绝。请删除旧字段。',
    ),
    { part: 'key', fix: { kind: 'remove' } },
  );
}

function tableRange(object: PlainMapping, report: Report): void {
  const min = numberAt(object, 'spec', 'routeTableRange', 'min');
  const max = numberAt(object, 'spec', 'routeTableRange', 'max');
  if (min === undefined || max === undefined || (min >= 1 && max >= min && max <= 250)) return;
  report(
    ['spec', 'routeTableRange'],
    text(
      'The route tables must be a range within 1–250, `min` not above `max`.',
      '路由表范围必须在 1–250 之内，且 `min` 不大于 `max`。',
    ),
    { part: 'key' },
  );
}

const MOST_TABLES = 65535;

function tableRanges(object: PlainMapping, report: Report): void {
  let tables = 0;
  for (const [index, range] of listAt(object, 'spec', 'routeTableRanges').entries()) {
    const path: Path = ['spec', 'routeTableRanges', index];
    const min = numberAt(range as Plain, 'min');
    const max = numberAt(range as Plain, 'max');
    if (min !== undefined && min < 1)
      report([...path, 'min'], text('Route tables count from 1.', '路由表编号从 1 开始。'));
    if (max !== undefined && max > 0xffffffff)
      report(
        [...path, 'max'],
        text('Linux numbers route tables up to 4294967295.', 'Linux 的路由表编号最大为 4294967295。'),
      );
    if (min === undefined || max === undefined) continue;
    if (min > max) report([...path, 'min'], text('`min` must not be greater than `max`.', '`min` 不能大于 `max`。'));
    tables += Math.max(0, max - min + 1);
  }
  if (tables > MOST_TABLES)
    report(
      ['spec', 'routeTableRanges'],
      text(
        `These ranges hold ${tables} tables together; Felix takes at most ${MOST_TABLES}.`,
        `这些范围共包含 ${tables} 张路由表，Felix 最多使用 ${MOST_TABLES} 张。`,
      ),
      { part: 'key' },
    );
}

function address(field: string, family: 4 | 6): Constraint['check'] {
  return (object, report) => {
    const value = textAt(object, 'spec', field);
    if (value !== undefined && value !== '' && familyOf(value) !== family)
      report(
        ['spec', field],
        text(
          `\`${field}\` must be an IPv${family} address, not \`${value}\`.`,
          `\`${field}\` 应为 IPv${family} 地址，而不是 \`${value}\`。`,
        ),
      );
  };
}

function nodePorts(object: PlainMapping, report: Report): void {
  for (const [index, port] of listAt(object, 'spec', 'kubeNodePortRanges').entries()) {
    const path = ['spec', 'kubeNodePortRanges', index];
    const wrong = portProblem(port as Plain);
    if (wrong !== undefined) report(path, wrong);
    else if (typeof port === 'string' && /[a-zA-Z]/.test(port))
      report(
        path,
        text(
          'Node ports are numbers or ranges such as `30000:32767`, not names.',
          '节点端口应为数字或范围（如 `30000:32767`），不能是名称。',
        ),
      );
  }
}

function networkLists(object: PlainMapping, report: Report): void {
  for (const field of ['externalNodesList', 'bpfDSROptoutCIDRs', 'bpfExcludeCIDRsFromNAT'])
    for (const [index, net] of textsAt(object, 'spec', field)) {
      const family = cidrOf(net)?.family ?? familyOf(net);
      const path = ['spec', field, index];
      if (family === undefined)
        report(path, text(`\`${net}\` is neither a network nor an address.`, `\`${net}\` 既不是网段也不是地址。`));
      else if (field === 'externalNodesList' && family === 6)
        report(path, text('External nodes are IPv4 only.', '外部节点仅支持 IPv4。'));
    }
}

function region(object: PlainMapping, report: Report): void {
  const name = textAt(object, 'spec', 'openstackRegion');
  if (name === undefined || name === '' || (name.length <= 46 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name))) return;
  report(
    ['spec', 'openstackRegion'],
    text(
      'A region becomes part of a namespace: at most 46 lower-case letters, digits and `-`.',
      '区域名会成为命名空间的一部分：最多 46 个小写字母、数字与 `-`。',
    ),
  );
}

const WITH_PORTS = ['tcp', 'udp', 'sctp'];

/** Felix takes the protocol in either case, and nobody before it looks: the list has no `dive` for calicoctl's validator. */
function failsafePorts(object: PlainMapping, report: Report): void {
  for (const list of ['failsafeInboundHostPorts', 'failsafeOutboundHostPorts'])
    for (const [index, entry] of listAt(object, 'spec', list).entries()) {
      const path: Path = ['spec', list, index];
      const protocol = textAt(entry as Plain, 'protocol');
      if (protocol !== undefined && !WITH_PORTS.includes(protocol.toLowerCase()))
        report(
          [...path, 'protocol'],
          text(`\`${protocol}\` must be tcp, udp or sctp.`, `\`${protocol}\` 应为 tcp、udp 或 sctp。`),
          { code: 'schema/enum' },
        );
      const port = numberAt(entry as Plain, 'port');
      if (port !== undefined && (port < 0 || port > 65535))
        report([...path, 'port'], text(`${port} is not a port.`, `${port} 不是合法端口。`));
      const net = textAt(entry as Plain, 'net');
      if (net !== undefined && net !== '' && cidrOf(net) === undefined && familyOf(net) === undefined)
        report([...path, 'net'], text(`\`${net}\` is not a network.`, `\`${net}\` 不是网段。`));
    }
}

function healthTimeouts(object: PlainMapping, report: Report): void {
  for (const [index, entry] of listAt(object, 'spec', 'healthTimeoutOverrides').entries()) {
    const path: Path = ['spec', 'healthTimeoutOverrides', index];
    const name = textAt(entry as Plain, 'name');
    if (name !== undefined && !/^[a-zA-Z0-9_ -]+$/.test(name))
      report(
        [...path, 'name'],
        text(
          `\`${name}\` is not the name of a component: letters, digits, spaces, \`_\` and \`-\`.`,
          `\`${name}\` 不是组件名：只能使用字母、数字、空格、\`_\` 与 \`-\`。`,
        ),
      );
    if (textAt(entry as Plain, 'timeout')?.startsWith('-'))
      report([...path, 'timeout'], text('A timeout cannot be negative.', '超时不能为负。'));
  }
}

/** Look-arounds and back references work in many languages but not in Go; Felix refuses to start with them. */
function expressions(object: PlainMapping, report: Report): void {
  for (const field of [
    'logDebugFilenameRegex',
    'mtuIfacePattern',
    'bpfDataIfacePattern',
    'bpfL3IfacePattern',
    'bpfDisableGROForIfaces',
    'nftablesFlowTableDataIfacePattern',
  ]) {
    const expression = textAt(object, 'spec', field);
    if (expression === undefined) continue;
    if (/\(\?<?[=!]|\\[1-9]/.test(expression))
      report(
        ['spec', field],
        text(
          'Go has no look-around and no back references, so this expression does not compile. Write it without them.',
          'Go 正则不支持环视与反向引用，此表达式无法编译。请改写。',
        ),
      );
    else if (!balanced(expression))
      report(
        ['spec', field],
        text('A bracket or parenthesis of this expression is not closed.', '此表达式中的括号没有闭合。'),
      );
  }
}

function balanced(expression: string): boolean {
  let depth = 0;
  for (let i = 0; i < expression.length; i++) {
    const char = expression[i];
    if (char === '\\') i++;
    else if (char === '[') {
      const close = expression.slice(i + 1).search(/(?<!\\)(?<!^\^?)\]/);
      if (close < 0) return false;
      i += close + 1;
    } else if (char === '(') depth++;
    else if (char === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

const INTERFACE = /^[a-zA-Z0-9_.-]{1,15}$/;
const INTERFACE_FILTER = /^[a-zA-Z0-9:._+-]{1,15}$/;

function interfaceNames(object: PlainMapping, report: Report): void {
  for (const field of ['wireguardInterfaceName', 'wireguardInterfaceNameV6']) {
    const name = textAt(object, 'spec', field);
    if (name !== undefined && name !== '' && name !== '*' && !INTERFACE.test(name))
      report(['spec', field], notAnInterface(name));
  }
  for (const key of Object.keys(mappingAt(object, 'spec', 'bpfLogFilters') ?? {}))
    if (key !== 'all' && !INTERFACE.test(key))
      report(['spec', 'bpfLogFilters', key], notAnInterface(key), { part: 'key' });
  const filter = textAt(object, 'spec', 'iptablesNATOutgoingInterfaceFilter');
  if (filter !== undefined && filter !== '' && !INTERFACE_FILTER.test(filter))
    report(['spec', 'iptablesNATOutgoingInterfaceFilter'], notAnInterface(filter));
  for (const [index, name] of textsAt(object, 'spec', 'bpfForceTrackPacketsFromIfaces'))
    if (!INTERFACE_FILTER.test(name)) report(['spec', 'bpfForceTrackPacketsFromIfaces', index], notAnInterface(name));
}

function notAnInterface(name: string) {
  return text(
    `\`${name}\` cannot be an interface: at most 15 letters, digits, \`_\`, \`.\` and \`-\`.`,
    `\`${name}\` 不可能是接口名：最多 15 个字母、数字、\`_\`、\`.\` 与 \`-\`。`,
  );
}

const RANGES: Readonly<Record<string, readonly [min: number, max: number]>> = {
  debugPort: [0, 65535],
  bpfKubeProxyHealthzPort: [0, 65535],
  wireguardListeningPort: [1, 65535],
  wireguardListeningPortV6: [1, 65535],
  wireguardRoutingRulePriority: [1, 32765],
  goGCThreshold: [-1, Number.MAX_SAFE_INTEGER],
  goMemoryLimitMB: [-1, Number.MAX_SAFE_INTEGER],
  goMaxProcs: [-1, Number.MAX_SAFE_INTEGER],
  bpfMaglevMaxEndpointsPerService: [1, 3000],
  bpfMaglevMaxServices: [1, 3000],
  ipv4NormalRoutePriority: [1, 2147483646],
  ipv4ElevatedRoutePriority: [1, 2147483646],
  ipv6NormalRoutePriority: [1, 2147483646],
  ipv6ElevatedRoutePriority: [1, 2147483646],
};

function numbers(object: PlainMapping, report: Report): void {
  for (const [field, [min, max]] of Object.entries(RANGES)) {
    const value = numberAt(object, 'spec', field);
    if (value === undefined || (value >= min && value <= max)) continue;
    const range = max === Number.MAX_SAFE_INTEGER ? `≥ ${min}` : `${min}–${max}`;
    report(
      ['spec', field],
      text(`\`${field}\` must be ${range}, not ${value}.`, `\`${field}\` 应为 ${range}，而不是 ${value}。`),
    );
  }
}

function metricsHost(object: PlainMapping, report: Report): void {
  const host = textAt(object, 'spec', 'prometheusMetricsHost');
  if (isGiven(object, 'spec', 'prometheusMetricsHost') && host !== undefined && !/^[a-zA-Z0-9:._+-]{1,64}$/.test(host))
    report(
      ['spec', 'prometheusMetricsHost'],
      text(`\`${host}\` is neither an address nor a host name.`, `\`${host}\` 既不是地址也不是主机名。`),
    );
}
