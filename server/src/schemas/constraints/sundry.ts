/** HostEndpoint, sets, Profile, KubeControllersConfiguration and CalicoNodeStatus. */
import type { Plain, PlainMapping } from '../../syntax/plain.ts';
import type { Path } from '../../syntax/tree.ts';
import { cidrOf, familyOf } from '../formats.ts';
import { type Report, text } from '../problem.ts';
import type { Constraint } from './constraint.ts';
import { isName, isQualified } from './metadata.ts';
import { get, isGiven, isMissing, listAt, mappingAt, numberAt, textAt, textsAt } from './read.ts';

export const sundryConstraints: readonly Constraint[] = [
  { kinds: ['HostEndpoint'], answers: ['558cda64bd98'], check: hostEndpointWithoutInterface },
  { kinds: ['HostEndpoint'], answers: ['cb2985d4ab0d'], check: hostEndpointWithoutNode },
  { kinds: ['HostEndpoint'], check: hostEndpointFields },
  { kinds: ['NetworkSet', 'GlobalNetworkSet'], check: setMembers },
  { kinds: ['IPReservation'], check: reservations },
  { kinds: ['Profile'], check: profileLabels },
  { kinds: ['KubeControllersConfiguration'], check: endpointTemplates },
  { kinds: ['CalicoNodeStatus'], check: nodeStatus },
];

function hostEndpointWithoutInterface(object: PlainMapping, report: Report): void {
  if (
    mappingAt(object, 'spec') === undefined ||
    !isMissing(object, 'spec', 'interfaceName') ||
    !isMissing(object, 'spec', 'expectedIPs')
  )
    return;
  report(
    ['spec'],
    text(
      'A host endpoint is an interface of a node: name it with `interfaceName` (or `*`), or find it by `expectedIPs`. Add one.',
      '主机端点对应节点的一个接口：请用 `interfaceName`（或 `*`）指定，或用 `expectedIPs` 查找。请补上其一。',
    ),
    { part: 'key', fix: { kind: 'insert', into: ['spec'], key: 'interfaceName', value: "'*'" } },
  );
}

function hostEndpointWithoutNode(object: PlainMapping, report: Report): void {
  if (mappingAt(object, 'spec') === undefined || !isMissing(object, 'spec', 'node')) return;
  report(
    ['spec'],
    text(
      'A host endpoint needs `node`, the name of the node that it is on. Add it.',
      '主机端点必须写明所在节点的名称 `node`。请补上。',
    ),
    { part: 'key', code: 'schema/required', fix: { kind: 'insert', into: ['spec'], key: 'node', value: '""' } },
  );
}

/** Names of ports as Kubernetes has them: RFC 6335. */
const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

function hostEndpointFields(object: PlainMapping, report: Report): void {
  const name = textAt(object, 'spec', 'interfaceName');
  if (name !== undefined && name !== '' && name !== '*' && !/^[a-zA-Z0-9_.-]{1,15}$/.test(name))
    report(
      ['spec', 'interfaceName'],
      text(
        `\`${name}\` cannot be an interface: at most 15 letters, digits, \`_\`, \`.\` and \`-\`, or \`*\` for all.`,
        `\`${name}\` 不可能是接口名：最多 15 个字母、数字、\`_\`、\`.\` 与 \`-\`，或用 \`*\` 表示全部。`,
      ),
    );
  for (const [index, ip] of textsAt(object, 'spec', 'expectedIPs'))
    if (familyOf(ip) === undefined)
      report(
        ['spec', 'expectedIPs', index],
        text(`\`${ip}\` is not an IP address; it is written without a mask.`, `\`${ip}\` 不是 IP 地址；此处不带掩码。`),
      );
  for (const [index, profile] of textsAt(object, 'spec', 'profiles'))
    if (!isName(profile))
      report(
        ['spec', 'profiles', index],
        text(`\`${profile}\` cannot be the name of a profile.`, `\`${profile}\` 不可能是 Profile 名。`),
      );
  for (const [index, port] of listAt(object, 'spec', 'ports').entries()) {
    const path: Path = ['spec', 'ports', index];
    const portName = textAt(port as Plain, 'name');
    if (portName !== undefined && !PORT_NAME.test(portName))
      report(
        [...path, 'name'],
        text(
          `\`${portName}\` is not a port's name: at most 15 lower-case letters, digits and \`-\`, with a letter among them.`,
          `\`${portName}\` 不是端口名：最多 15 个小写字母、数字与 \`-\`，且至少包含一个字母。`,
        ),
      );
    const protocol = get(port as Plain, 'protocol');
    if (typeof protocol === 'string' && !['TCP', 'UDP', 'SCTP'].includes(protocol)) {
      const upper = protocol.toUpperCase();
      report(
        [...path, 'protocol'],
        text(
          `\`${protocol}\` has no ports: TCP, UDP or SCTP, in capitals.`,
          `\`${protocol}\` 没有端口：应为大写的 TCP、UDP 或 SCTP。`,
        ),
        {
          code: 'schema/enum',
          ...(['TCP', 'UDP', 'SCTP'].includes(upper) ? { fix: { kind: 'replace-value', to: upper } } : {}),
        },
      );
    }
  }
}

/** A set may hold host addresses: `10.0.0.1/24` is taken. */
function setMembers(object: PlainMapping, report: Report): void {
  for (const [index, net] of textsAt(object, 'spec', 'nets'))
    if (cidrOf(net) === undefined && familyOf(net) === undefined)
      report(
        ['spec', 'nets', index],
        text(`\`${net}\` is neither an address nor a network.`, `\`${net}\` 既不是地址也不是网段。`),
      );
}

function reservations(object: PlainMapping, report: Report): void {
  for (const [index, net] of textsAt(object, 'spec', 'reservedCIDRs'))
    if (cidrOf(net) === undefined && familyOf(net) === undefined)
      report(
        ['spec', 'reservedCIDRs', index],
        text(`\`${net}\` is neither an address nor a network.`, `\`${net}\` 既不是地址也不是网段。`),
      );
}

function profileLabels(object: PlainMapping, report: Report): void {
  for (const key of Object.keys(mappingAt(object, 'spec', 'labelsToApply') ?? {}))
    if (!isQualified(key))
      report(['spec', 'labelsToApply', key], text(`\`${key}\` is not a label key.`, `\`${key}\` 不是合法的标签键。`), {
        part: 'key',
      });
}

const TEMPLATES = ['spec', 'controllers', 'node', 'hostEndpoint', 'templates'] as const;

function endpointTemplates(object: PlainMapping, report: Report): void {
  const seen = new Set<string>();
  for (const [index, entry] of listAt(object, ...TEMPLATES).entries()) {
    const path: Path = [...TEMPLATES, index];
    const template = mappingAt(entry as Plain);
    if (template === undefined) continue;
    const name = textAt(template, 'generateName');
    if (isMissing(template, 'generateName'))
      report(
        path,
        text(
          'A template needs `generateName`, which ends the names of its endpoints. Add it.',
          '模板需要 `generateName`，用作所生成端点名称的后缀。请补上。',
        ),
        { code: 'schema/required', fix: { kind: 'insert', into: path, key: 'generateName', value: '""' } },
      );
    if (name !== undefined && seen.has(name))
      report(
        [...path, 'generateName'],
        text(
          `Two templates generate \`${name}\`; their endpoints would have one name.`,
          `两个模板都生成 \`${name}\`，端点会重名。`,
        ),
      );
    if (name !== undefined) seen.add(name);
    if (isMissing(template, 'interfaceCIDRs') && isMissing(template, 'interfacePattern'))
      report(
        path,
        text(
          'A template needs `interfaceCIDRs` or `interfacePattern` to find interfaces. Add one.',
          '模板需要 `interfaceCIDRs` 或 `interfacePattern` 来查找接口。请补上其一。',
        ),
      );
    for (const [at, net] of textsAt(template, 'interfaceCIDRs'))
      if (cidrOf(net) === undefined)
        report([...path, 'interfaceCIDRs', at], text(`\`${net}\` is not a network.`, `\`${net}\` 不是网段。`));
  }
}

function nodeStatus(object: PlainMapping, report: Report): void {
  if (mappingAt(object, 'spec') === undefined) return;
  for (const [field, value] of [
    ['node', '""'],
    ['classes', '[Agent, BGP, Routes]'],
    ['updatePeriodSeconds', '10'],
  ] as const)
    if (isMissing(object, 'spec', field))
      report(['spec'], text(`A status request needs \`${field}\`. Add it.`, `状态请求缺少 \`${field}\`。请补上。`), {
        part: 'key',
        code: 'schema/required',
        fix: { kind: 'insert', into: ['spec'], key: field, value },
      });
  const period = numberAt(object, 'spec', 'updatePeriodSeconds');
  if (period !== undefined && (period < 0 || period > 86400))
    report(
      ['spec', 'updatePeriodSeconds'],
      text('The period is 0–86400 seconds (0: once).', '周期应为 0–86400 秒（0 表示只收集一次）。'),
    );
  const seen = new Set<string>();
  for (const [index, name] of textsAt(object, 'spec', 'classes')) {
    if (seen.has(name))
      report(['spec', 'classes', index], text(`\`${name}\` stands twice.`, `\`${name}\` 重复出现。`), {
        fix: { kind: 'remove' },
      });
    seen.add(name);
  }
  if (isGiven(object, 'spec', 'node') && !isName(textAt(object, 'spec', 'node') ?? 'a'))
    report(['spec', 'node'], text('This cannot be the name of a node.', '这不可能是节点名。'));
}
