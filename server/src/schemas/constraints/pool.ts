/** IPPool: link-local ranges and what a pool's uses allow. Block size, encapsulation and host bits are rules of their own. */
import ipaddr from 'ipaddr.js';
import type { PlainMapping } from '../../syntax/plain.ts';
import { cidrOf } from '../formats.ts';
import { type Report, text } from '../problem.ts';
import type { Constraint } from './constraint.ts';
import { booleanAt, isGiven, textAt, textsAt } from './read.ts';

export const poolConstraints: readonly Constraint[] = [
  pool('c6c14f7989e8', linkLocal(4, '169.254.0.0', 16)),
  pool('6da24184b6b8', linkLocal(6, 'fe80::', 10)),
  pool('80842d70b752', usesExclude),
  pool('05c0464b22a2', balancerEncapsulates),
  pool('a9886dabf46a', balancerHidden),
  pool('8b24b1310b28', balancerNodes),
  pool('f2785f9ba32a', tunnelNamespaces),
];

function pool(answer: string, check: Constraint['check']): Constraint {
  return { kinds: ['IPPool'], answers: [answer], check };
}

function linkLocal(family: 4 | 6, address: string, length: number): (object: PlainMapping, report: Report) => void {
  return (object, report) => {
    const cidr = textAt(object, 'spec', 'cidr');
    const read = cidr === undefined ? undefined : cidrOf(cidr);
    if (read === undefined || read.family !== family || !overlaps(read.address, address, Math.min(read.length, length)))
      return;
    report(
      ['spec', 'cidr'],
      text(
        `\`${cidr}\` overlaps the link-local range ${address}/${length}, which is never routed. Calico refuses such a pool. Choose another range.`,
        `\`${cidr}\` 与链路本地地址段 ${address}/${length} 重叠，该地址段不会被路由，Calico 会拒绝这样的地址池。请改用其他网段。`,
      ),
    );
  };
}

function overlaps(a: string, b: string, bits: number): boolean {
  const first = ipaddr.parse(a);
  const second = ipaddr.parse(b);
  return first.match(second as never, bits);
}

function isBalancerPool(object: PlainMapping): boolean {
  return textsAt(object, 'spec', 'allowedUses').some(([, use]) => use === 'LoadBalancer');
}

function usesExclude(object: PlainMapping, report: Report): void {
  if (!isBalancerPool(object)) return;
  for (const [index, use] of textsAt(object, 'spec', 'allowedUses'))
    if (use === 'Workload' || use === 'Tunnel')
      report(
        ['spec', 'allowedUses', index],
        text(
          `A pool for \`LoadBalancer\` cannot serve \`${use}\` as well. Make two pools.`,
          `用于 \`LoadBalancer\` 的地址池不能同时用于 \`${use}\`。请拆分为两个地址池。`,
        ),
        { fix: { kind: 'remove' } },
      );
}

function balancerEncapsulates(object: PlainMapping, report: Report): void {
  if (!isBalancerPool(object)) return;
  for (const field of ['ipipMode', 'vxlanMode']) {
    const mode = textAt(object, 'spec', field);
    if (mode !== undefined && mode !== '' && mode !== 'Never')
      report(
        ['spec', field],
        text(
          `Service addresses are never tunnelled: a \`LoadBalancer\` pool needs \`${field}: Never\`.`,
          `服务地址不会经过隧道：\`LoadBalancer\` 地址池必须设 \`${field}: Never\`。`,
        ),
        { fix: { kind: 'replace-value', to: 'Never' } },
      );
  }
}

function balancerHidden(object: PlainMapping, report: Report): void {
  if (isBalancerPool(object) && booleanAt(object, 'spec', 'disableBGPExport') === true)
    report(
      ['spec', 'disableBGPExport'],
      text(
        'Nobody could reach the service addresses of a `LoadBalancer` pool that is not announced. Calico refuses `disableBGPExport: true` here.',
        '不通告的 `LoadBalancer` 地址池，其服务地址将无法到达。此处 Calico 会拒绝 `disableBGPExport: true`。',
      ),
      { fix: { kind: 'replace-value', to: 'false' } },
    );
}

function balancerNodes(object: PlainMapping, report: Report): void {
  const selector = textAt(object, 'spec', 'nodeSelector');
  if (isBalancerPool(object) && selector !== undefined && selector !== 'all()')
    report(
      ['spec', 'nodeSelector'],
      text(
        'A `LoadBalancer` pool belongs to no node: `nodeSelector` must be exactly `all()`.',
        '`LoadBalancer` 地址池不属于任何节点：`nodeSelector` 必须恰好为 `all()`。',
      ),
      { fix: { kind: 'replace-value', to: 'all()' } },
    );
}

function tunnelNamespaces(object: PlainMapping, report: Report): void {
  if (
    !isGiven(object, 'spec', 'namespaceSelector') ||
    !textsAt(object, 'spec', 'allowedUses').some(([, use]) => use === 'Tunnel')
  )
    return;
  report(
    ['spec', 'namespaceSelector'],
    text(
      'Tunnel addresses belong to nodes, not to namespaces: a pool with `allowedUses: Tunnel` takes no `namespaceSelector`. Write `allowedUses: [Workload]`.',
      '隧道地址属于节点而非命名空间：`allowedUses` 含 `Tunnel` 的地址池不能写 `namespaceSelector`。请改为 `allowedUses: [Workload]`。',
    ),
    { part: 'key' },
  );
}
