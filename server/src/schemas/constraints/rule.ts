/** One policy rule: protocols, ports, networks, HTTP and services that must fit together. */
import type { Plain, PlainMapping } from '../../syntax/plain.ts';
import type { Path } from '../../syntax/tree.ts';
import { cidrOf, familyOf } from '../formats.ts';
import { nearest } from '../nearest.ts';
import { type Report, text } from '../problem.ts';
import type { Constraint } from './constraint.ts';
import { get, isGiven, isMissing, isPresent, listAt, mappingAt, numberAt, textAt, textsAt } from './read.ts';

const POLICIES = ['NetworkPolicy', 'StagedNetworkPolicy', 'GlobalNetworkPolicy', 'StagedGlobalNetworkPolicy'];
const SIDES = ['source', 'destination'] as const;

type RuleCheck = (rule: PlainMapping, path: Path, report: Report) => void;

export const ruleConstraints: readonly Constraint[] = [
  each([], protocolNames, [...POLICIES, 'Profile']),
  each([], portNumbers, [...POLICIES, 'Profile']),
  each([], networks, [...POLICIES, 'Profile']),
  each([], httpMatch, [...POLICIES, 'Profile']),
  each(['2983e3c0f7e1'], icmpNeedsProtocol),
  each(['7aaa2413f2e7'], codeNeedsType),
  each(['8a867d003241', 'e9865dec77a6'], versionOfProtocol('ICMP', 1, 4)),
  each(['09fafc56522e', '0dc909370eca'], versionOfProtocol('ICMPv6', 58, 6)),
  each(['90edd4ab4f99'], httpNeedsTcp),
  each(['c17f0f032277'], httpNeedsAllow),
  each(['033b1887a086'], portsBesideServices),
  each(['65ea8538a9e5', '9180261b61e7', '32475892e769', '77188b3bd4cb'], besideServices),
  each(['5cdf6e1c250c'], serviceName),
];

function each(answers: readonly string[], check: RuleCheck, kinds: readonly string[] = POLICIES): Constraint {
  return {
    kinds,
    answers,
    check(object, report) {
      for (const direction of ['ingress', 'egress'])
        for (const [index, rule] of listAt(object, 'spec', direction).entries()) {
          const mapping = mappingAt(rule as Plain);
          if (mapping !== undefined) check(mapping, ['spec', direction, index], report);
        }
    },
  };
}

const PROTOCOLS = ['TCP', 'UDP', 'ICMP', 'ICMPv6', 'SCTP', 'UDPLite'];

function protocolNames(rule: PlainMapping, path: Path, report: Report): void {
  for (const field of ['protocol', 'notProtocol']) {
    const at = [...path, field];
    const number = numberAt(rule, field);
    if (number !== undefined && (number < 1 || number > 255))
      report(at, text(`${number} is not an IP protocol number: 1–255.`, `${number} 不是 IP 协议号，取值应为 1–255。`));
    const name = textAt(rule, field);
    if (name === undefined || PROTOCOLS.includes(name)) continue;
    const near = /^\d+$/.test(name) ? undefined : nearest(name, PROTOCOLS);
    const hint = near === undefined ? '' : ` Did you mean \`${near}\`?`;
    const hintZh = near === undefined ? '' : `是否想写 \`${near}\`？`;
    report(
      at,
      text(
        `\`${name}\` is not a protocol that Calico knows: ${PROTOCOLS.join(', ')}, or a number 1–255 without quotes.${hint}`,
        `Calico 不认识协议 \`${name}\`，可用：${PROTOCOLS.join('、')}，或不带引号的协议号 1–255。${hintZh}`,
      ),
      {
        code: 'schema/enum',
        ...(near !== undefined
          ? { fix: { kind: 'replace-value', to: near } }
          : /^\d+$/.test(name)
            ? { fix: { kind: 'unquote' } }
            : {}),
      },
    );
  }
}

function portNumbers(rule: PlainMapping, path: Path, report: Report): void {
  for (const side of SIDES)
    for (const field of ['ports', 'notPorts'])
      for (const [index, port] of listAt(rule, side, field).entries()) {
        const wrong = portProblem(port as Plain);
        if (wrong !== undefined) report([...path, side, field, index], wrong);
      }
}

/** Why a port, a range `a:b` or a port's name cannot be one; undefined when it can, or is not known. */
export function portProblem(port: Plain) {
  if (typeof port === 'number')
    return isPort(port)
      ? undefined
      : text(`${port} is not a port: 1–65535.`, `${port} 不是合法端口，取值应为 1–65535。`);
  if (typeof port !== 'string') return undefined;
  const [, from, to] = /^(\d+)(?::(\d+))?$/.exec(port) ?? [];
  if (from === undefined) {
    return /^[a-zA-Z0-9_.-]{1,128}$/.test(port)
      ? undefined
      : text(
          `\`${port}\` is neither a port, a range \`8000:8100\` nor the name of a port.`,
          `\`${port}\` 既不是端口，也不是端口范围（如 \`8000:8100\`）或端口名。`,
        );
  }
  const last = to ?? from;
  if (!isPort(Number(from)) || !isPort(Number(last)))
    return text(`\`${port}\` is out of range: ports are 1–65535.`, `\`${port}\` 超出范围：端口应为 1–65535。`);
  return Number(from) > Number(last)
    ? text(
        `The range \`${port}\` runs backwards. Write \`${last}:${from}\`.`,
        `端口范围 \`${port}\` 前大后小。请写作 \`${last}:${from}\`。`,
      )
    : undefined;
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

/** Host bits are ipam/host-bits; here: form, family, and exclusions that exclude everything. */
function networks(rule: PlainMapping, path: Path, report: Report): void {
  const version = numberAt(rule, 'ipVersion');
  let seen: 4 | 6 | undefined;
  for (const side of SIDES)
    for (const field of ['nets', 'notNets'])
      for (const [index, net] of textsAt(rule, side, field)) {
        const at = [...path, side, field, index];
        const cidr = cidrOf(net);
        if (cidr === undefined) {
          report(
            at,
            notANetwork(net),
            familyOf(net) === undefined
              ? {}
              : { fix: { kind: 'replace-value', to: `${net}/${familyOf(net) === 4 ? 32 : 128}` } },
          );
          continue;
        }
        if (field === 'notNets' && cidr.length === 0)
          report(
            at,
            text(
              `Excluding \`${net}\` excludes every address, so the rule never matches. Calico refuses it. Remove it.`,
              `排除 \`${net}\` 等于排除所有地址，规则永远不会匹配，Calico 会拒绝。请删除它。`,
            ),
            { fix: { kind: 'remove' } },
          );
        if (version !== undefined && version !== cidr.family)
          report(
            at,
            text(
              `\`${net}\` is IPv${cidr.family}, but this rule says \`ipVersion: ${version}\`. Calico refuses it.`,
              `\`${net}\` 属于 IPv${cidr.family}，而该规则写明 \`ipVersion: ${version}\`，Calico 会拒绝。`,
            ),
          );
        else if (seen !== undefined && seen !== cidr.family)
          report(
            at,
            text(
              `\`${net}\` is IPv${cidr.family} in a rule that already names IPv${seen} networks; Calico refuses to mix them. Write two rules.`,
              `该规则已包含 IPv${seen} 网段，不能再混入 IPv${cidr.family} 网段 \`${net}\`。请拆成两条规则。`,
            ),
          );
        seen ??= cidr.family;
      }
}

function notANetwork(net: string) {
  return text(
    `\`${net}\` is not a network: rules want an address with its prefix length, such as \`10.0.0.0/8\` or \`10.0.0.1/32\`.`,
    `\`${net}\` 不是网段：规则中需要带前缀长度的地址，例如 \`10.0.0.0/8\` 或 \`10.0.0.1/32\`。`,
  );
}

function httpMatch(rule: PlainMapping, path: Path, report: Report): void {
  const seen = new Set<string>();
  for (const [index, method] of textsAt(rule, 'http', 'methods')) {
    if (seen.has(method))
      report(
        [...path, 'http', 'methods', index],
        text(`\`${method}\` stands twice. Calico refuses the rule.`, `\`${method}\` 重复出现，Calico 会拒绝该规则。`),
        { fix: { kind: 'remove' } },
      );
    seen.add(method);
  }
  for (const [index, entry] of listAt(rule, 'http', 'paths').entries()) {
    const at = [...path, 'http', 'paths', index];
    const match = mappingAt(entry as Plain);
    if (match === undefined) continue;
    if (isGiven(match, 'exact') && isGiven(match, 'prefix'))
      report(
        [...at, 'prefix'],
        text(
          'A path is matched exactly or by its prefix, not both. Remove one.',
          '路径只能精确匹配或按前缀匹配，二者选一。请删除一个。',
        ),
        { part: 'key', fix: { kind: 'remove' } },
      );
    if (isMissing(match, 'exact') && isMissing(match, 'prefix'))
      report(at, text('A path needs `exact` or `prefix`.', '路径需要 `exact` 或 `prefix`。'));
    for (const field of ['exact', 'prefix']) {
      const value = textAt(match, field);
      if (value !== undefined && value !== '' && (!value.startsWith('/') || /[? #]/.test(value)))
        report(
          [...at, field],
          text(
            `\`${value}\` is not a path: it begins with \`/\` and holds no space, \`?\` or \`#\`.`,
            `\`${value}\` 不是合法路径：必须以 \`/\` 开头，且不含空格、\`?\` 或 \`#\`。`,
          ),
        );
    }
  }
}

function isProtocol(value: Plain | undefined, name: string, number: number): boolean {
  return value === name || value === number;
}

function icmpNeedsProtocol(rule: PlainMapping, path: Path, report: Report): void {
  if (!isPresent(rule, 'icmp')) return;
  const protocol = get(rule, 'protocol');
  if (typeof protocol === 'symbol' || isProtocol(protocol, 'ICMP', 1) || isProtocol(protocol, 'ICMPv6', 58)) return;
  const message = text(
    '`icmp` matches only ICMP: the rule needs `protocol: ICMP` or `ICMPv6`. Calico refuses it otherwise.',
    '`icmp` 只匹配 ICMP：该规则必须写明 `protocol: ICMP` 或 `ICMPv6`，否则会被拒绝。',
  );
  if (protocol === undefined)
    report([...path, 'icmp'], message, {
      part: 'key',
      fix: { kind: 'insert', into: path, key: 'protocol', value: 'ICMP' },
    });
  else report([...path, 'protocol'], message);
}

function codeNeedsType(rule: PlainMapping, path: Path, report: Report): void {
  for (const field of ['icmp', 'notICMP'])
    if (
      isPresent(rule, field, 'code') &&
      mappingAt(rule, field) !== undefined &&
      get(rule, field, 'type') === undefined
    )
      report(
        [...path, field, 'code'],
        text(
          'An ICMP code means something only within a type. Add `type`.',
          'ICMP 的 code 只有在 type 之内才有意义。请补上 `type`。',
        ),
        { part: 'key', fix: { kind: 'insert', into: [...path, field], key: 'type', value: '8' } },
      );
}

function versionOfProtocol(name: string, number: number, wanted: 4 | 6): RuleCheck {
  return (rule, path, report) => {
    const version = numberAt(rule, 'ipVersion');
    const field = ['protocol', 'notProtocol'].find((each) => isProtocol(get(rule, each), name, number));
    if (field === undefined || version === undefined || version === wanted) return;
    report(
      [...path, 'ipVersion'],
      text(
        `${name} runs over IPv${wanted} only, so \`ipVersion: ${version}\` can never match. Calico refuses the rule.`,
        `${name} 只运行在 IPv${wanted} 上，\`ipVersion: ${version}\` 永远不会匹配，Calico 会拒绝该规则。`,
      ),
      { fix: { kind: 'replace-value', to: String(wanted) } },
    );
  };
}

function httpNeedsTcp(rule: PlainMapping, path: Path, report: Report): void {
  const protocol = get(rule, 'protocol');
  if (
    !isPresent(rule, 'http') ||
    protocol === undefined ||
    typeof protocol === 'symbol' ||
    isProtocol(protocol, 'TCP', 6)
  )
    return;
  report(
    [...path, 'protocol'],
    text(
      'HTTP runs over TCP: with `http` the protocol is `TCP` or left out. Calico refuses the rule.',
      'HTTP 运行在 TCP 之上：使用 `http` 时协议只能为 `TCP` 或不写，否则会被拒绝。',
    ),
    { fix: { kind: 'replace-value', to: 'TCP' } },
  );
}

function httpNeedsAllow(rule: PlainMapping, path: Path, report: Report): void {
  const action = textAt(rule, 'action');
  if (!isPresent(rule, 'http') || action === undefined || action === 'Allow') return;
  report(
    [...path, 'http'],
    text(
      'Only `Allow` rules can look at HTTP; what no rule allows is denied anyway. Calico refuses the rule.',
      '只有 `Allow` 规则可以匹配 HTTP；未被允许的流量本来就会被拒绝。Calico 会拒绝该规则。',
    ),
    { part: 'key' },
  );
}

function portsBesideServices(rule: PlainMapping, path: Path, report: Report): void {
  if (!isPresent(rule, 'destination', 'services')) return;
  for (const field of ['ports', 'notPorts'])
    if (isGiven(rule, 'destination', field))
      report(
        [...path, 'destination', field],
        text(
          `\`services\` brings its own ports, so \`${field}\` cannot stand beside it. Remove one.`,
          `\`services\` 自带端口，不能再写 \`${field}\`。请删除其中之一。`,
        ),
        { part: 'key', fix: { kind: 'remove' } },
      );
}

function besideServices(rule: PlainMapping, path: Path, report: Report): void {
  for (const side of SIDES) {
    if (!isPresent(rule, side, 'services')) continue;
    for (const field of ['namespaceSelector', 'serviceAccounts', 'selector', 'notSelector', 'nets', 'notNets'])
      if (isGiven(rule, side, field))
        report(
          [...path, side, field],
          text(
            `\`services\` already says who is meant, so \`${field}\` cannot stand beside it. Calico refuses the rule. Remove one.`,
            `\`services\` 已经确定了匹配对象，不能再写 \`${field}\`，Calico 会拒绝该规则。请删除其中之一。`,
          ),
          { part: 'key', fix: { kind: 'remove' } },
        );
  }
}

function serviceName(rule: PlainMapping, path: Path, report: Report): void {
  for (const side of SIDES) {
    const at = [...path, side, 'services'];
    if (mappingAt(rule, side, 'services') === undefined || !isMissing(rule, side, 'services', 'name')) continue;
    report(at, text('`services` needs the `name` of a service. Add it.', '`services` 需要服务的 `name`。请补上。'), {
      part: 'key',
      fix: { kind: 'insert', into: at, key: 'name', value: '""' },
    });
  }
}
