/** BGPPeer and BGPConfiguration: fields that exclude or need each other. */
import type { PlainMapping } from '../../syntax/plain.ts';
import type { Path } from '../../syntax/tree.ts';
import { familyOf, isDuration } from '../formats.ts';
import { type Report, text } from '../problem.ts';
import { checkCommunity } from './community.ts';
import type { Constraint } from './constraint.ts';
import { isName } from './metadata.ts';
import { booleanAt, get, isGiven, isMissing, isPresent, listAt, numberAt, textAt, textsAt } from './read.ts';

type Check = (object: PlainMapping, report: Report) => void;

export const bgpConstraints: readonly Constraint[] = [
  peer(
    '3b797741260e',
    excludes(
      'node',
      'nodeSelector',
      text('One names the node, the other selects nodes.', '前者指定一个节点，后者选择一组节点。'),
    ),
  ),
  peer(
    '4ce218a5295e',
    excludes(
      'peerIP',
      'peerSelector',
      text('A peer is given by its address or selected among the nodes.', '对端要么用地址指定，要么在节点中选择。'),
    ),
  ),
  peer('0f3cafb209e9', asNumberOfSelectedNodes),
  peer(
    '86d3329a1caf',
    excludes(
      'localWorkloadSelector',
      'peerIP',
      text('The selected workloads are the peers.', '所选工作负载本身就是对端。'),
    ),
  ),
  peer(
    '420448ff9e88',
    excludes(
      'localWorkloadSelector',
      'peerSelector',
      text('The selected workloads are the peers.', '所选工作负载本身就是对端。'),
    ),
  ),
  peer('b7e9846fa13e', workloadNeedsAs),
  peer('dfcabaa6246c', reachableByNeedsPeer),
  peer('2a762e74e5a9', twoNextHops),
  peer(undefined, peerAddress),
  peer(undefined, reachableByAddress),
  peer(undefined, peerNames),
  peer(undefined, durations(['spec', 'maxRestartTime'], ['spec', 'keepaliveTime'])),
  peer(undefined, ttl),
  configuration('6efd50bfa1ce', needsMesh('nodeMeshPassword')),
  configuration('6cd47365e470', needsMesh('nodeMeshMaxRestartTime')),
  configuration('aa030e5976e0', unusedCommunities),
  configuration(undefined, communities),
  configuration(undefined, advertisements),
  configuration(undefined, ignoredInterfaces),
  configuration(undefined, workloadPeering),
  configuration(undefined, durations(['spec', 'nodeMeshMaxRestartTime'])),
];

function peer(answers: string | undefined, check: Check): Constraint {
  return { kinds: ['BGPPeer'], ...(answers === undefined ? {} : { answers: [answers] }), check };
}

function configuration(answers: string | undefined, check: Check): Constraint {
  return { kinds: ['BGPConfiguration'], ...(answers === undefined ? {} : { answers: [answers] }), check };
}

function excludes(first: string, second: string, why: { en: string; 'zh-cn': string }): Check {
  return (object, report) => {
    if (!isGiven(object, 'spec', first) || !isGiven(object, 'spec', second)) return;
    report(
      ['spec', second],
      text(
        `\`${first}\` and \`${second}\` exclude each other. ${why.en} Calico refuses the object. Remove one of them.`,
        `\`${first}\` 与 \`${second}\` 互斥。${why['zh-cn']}Calico 会拒绝该对象。请删除其中之一。`,
      ),
      { part: 'key', fix: { kind: 'remove' } },
    );
  };
}

function asNumberOfSelectedNodes(object: PlainMapping, report: Report): void {
  const asNumber = get(object, 'spec', 'asNumber');
  if (!isGiven(object, 'spec', 'peerSelector') || !isGiven(object, 'spec', 'asNumber') || asNumber === 0) return;
  report(
    ['spec', 'asNumber'],
    text(
      'With `peerSelector` the AS number comes from each selected node, so `asNumber` must be left out. Calico refuses the object.',
      '使用 `peerSelector` 时 AS 号取自所选的各个节点，不能再写 `asNumber`。Calico 会拒绝该对象。',
    ),
    { part: 'key', fix: { kind: 'remove' } },
  );
}

function workloadNeedsAs(object: PlainMapping, report: Report): void {
  if (!isGiven(object, 'spec', 'localWorkloadSelector')) return;
  if (!isMissing(object, 'spec', 'asNumber') && get(object, 'spec', 'asNumber') !== 0) return;
  report(
    ['spec', 'localWorkloadSelector'],
    text(
      'Peering with workloads needs `asNumber`, the AS of the workloads. Add it.',
      '与工作负载建立对等时必须写明 `asNumber`，即工作负载的 AS 号。请补上。',
    ),
    { part: 'key' },
  );
}

function reachableByNeedsPeer(object: PlainMapping, report: Report): void {
  if (!isGiven(object, 'spec', 'reachableBy') || !isMissing(object, 'spec', 'peerIP')) return;
  report(
    ['spec', 'reachableBy'],
    text(
      '`reachableBy` is the gateway towards `peerIP`, so it needs `peerIP`. Calico refuses the object.',
      '`reachableBy` 是通往 `peerIP` 的网关，因此必须同时写 `peerIP`。Calico 会拒绝该对象。',
    ),
    { part: 'key' },
  );
}

function twoNextHops(object: PlainMapping, report: Report): void {
  if (booleanAt(object, 'spec', 'keepOriginalNextHop') !== true || !isGiven(object, 'spec', 'nextHopMode')) return;
  report(
    ['spec', 'keepOriginalNextHop'],
    text(
      '`nextHopMode` replaces `keepOriginalNextHop`; both together are refused. Remove `keepOriginalNextHop`.',
      '`nextHopMode` 已取代 `keepOriginalNextHop`，两者同时出现会被拒绝。请删除 `keepOriginalNextHop`。',
    ),
    { part: 'key', fix: { kind: 'remove' } },
  );
}

/** Family of `192.0.2.1`, `192.0.2.1:179`, `2001:db8::1` or `[2001:db8::1]:179`; undefined for anything else. */
export function peerFamily(peer: string): 4 | 6 | undefined {
  const plain = familyOf(peer);
  if (plain !== undefined) return plain;
  const [, bracketed, dotted, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([\d.]+)):(\d{1,5})$/.exec(peer) ?? [];
  if (port === undefined || Number(port) < 1 || Number(port) > 65535) return undefined;
  const family = familyOf(bracketed ?? dotted ?? '');
  return family === (bracketed === undefined ? 4 : 6) ? family : undefined;
}

function peerAddress(object: PlainMapping, report: Report): void {
  const peerIP = textAt(object, 'spec', 'peerIP');
  if (peerIP === undefined || peerIP === '' || peerFamily(peerIP) !== undefined) return;
  const masked = /^(.*)\/\d+$/.exec(peerIP)?.[1];
  const fix =
    masked !== undefined && familyOf(masked) !== undefined
      ? { fix: { kind: 'replace-value', to: masked } as const }
      : {};
  report(
    ['spec', 'peerIP'],
    text(
      `\`${peerIP}\` is not a peer's address. Write an address without mask or host name, with a port as \`192.0.2.1:179\` or \`[2001:db8::1]:179\`.`,
      `\`${peerIP}\` 不是对端地址。请写不带掩码的 IP 地址（不能用主机名），端口写作 \`192.0.2.1:179\` 或 \`[2001:db8::1]:179\`。`,
    ),
    fix,
  );
}

function reachableByAddress(object: PlainMapping, report: Report): void {
  const gateway = textAt(object, 'spec', 'reachableBy');
  if (gateway === undefined || gateway === '') return;
  const family = familyOf(gateway);
  const path: Path = ['spec', 'reachableBy'];
  if (family === undefined) {
    report(
      path,
      text(
        `\`${gateway}\` is not an IP address. \`reachableBy\` takes a gateway's address without mask.`,
        `\`${gateway}\` 不是 IP 地址。\`reachableBy\` 应为不带掩码的网关地址。`,
      ),
    );
    return;
  }
  const peerOf = peerFamily(textAt(object, 'spec', 'peerIP') ?? '');
  if (peerOf !== undefined && peerOf !== family)
    report(
      path,
      text(
        '`reachableBy` and `peerIP` must be of the same address family.',
        '`reachableBy` 与 `peerIP` 必须属于同一地址族。',
      ),
    );
}

function peerNames(object: PlainMapping, report: Report): void {
  for (const [index, name] of textsAt(object, 'spec', 'filters'))
    if (!isName(name)) report(['spec', 'filters', index], notAName(name));
  const node = textAt(object, 'spec', 'node');
  if (node !== undefined && node !== '' && !isName(node)) report(['spec', 'node'], notAName(node));
}

function notAName(name: string) {
  return text(
    `\`${name}\` cannot be the name of an object: lower-case letters, digits, \`-\` and \`.\` only.`,
    `\`${name}\` 不可能是对象名：只能使用小写字母、数字、\`-\` 与 \`.\`。`,
  );
}

export function durations(...paths: readonly Path[]): Check {
  return (object, report) => {
    for (const path of paths) {
      const value = textAt(object, ...path);
      if (value === undefined || isDuration(value)) continue;
      report(
        path,
        text(
          `\`${value}\` is not a duration. Write \`90s\`, \`5m\` or \`1h30m\`.`,
          `\`${value}\` 不是时长。请写作 \`90s\`、\`5m\` 或 \`1h30m\`。`,
        ),
      );
    }
  };
}

function ttl(object: PlainMapping, report: Report): void {
  const hops = numberAt(object, 'spec', 'ttlSecurity');
  if (hops !== undefined && (hops < 0 || hops > 255))
    report(
      ['spec', 'ttlSecurity'],
      text('`ttlSecurity` is a number of hops: 0–255.', '`ttlSecurity` 为跳数，取值 0–255。'),
    );
}

function needsMesh(field: string): Check {
  return (object, report) => {
    if (!isPresent(object, 'spec', field) || booleanAt(object, 'spec', 'nodeToNodeMeshEnabled') !== false) return;
    report(
      ['spec', field],
      text(
        `\`${field}\` is about the node-to-node mesh, which \`nodeToNodeMeshEnabled: false\` turns off. Calico refuses both together. Remove it.`,
        `\`${field}\` 用于节点间全互联，而 \`nodeToNodeMeshEnabled: false\` 已将其关闭。两者同时出现会被拒绝。请删除它。`,
      ),
      { part: 'key', fix: { kind: 'remove' } },
    );
  };
}

function unusedCommunities(object: PlainMapping, report: Report): void {
  if (listAt(object, 'spec', 'communities').length === 0 || !isMissing(object, 'spec', 'prefixAdvertisements')) return;
  report(
    ['spec', 'communities'],
    text(
      '`communities` only names communities; `prefixAdvertisements` says which prefixes carry them. Calico refuses the first without the second.',
      '`communities` 只是给团体属性命名，由 `prefixAdvertisements` 指定哪些前缀携带它们。缺少后者会被拒绝。',
    ),
    { part: 'key' },
  );
}

function communities(object: PlainMapping, report: Report): void {
  for (const [index, entry] of listAt(object, 'spec', 'communities').entries()) {
    for (const field of ['name', 'value']) {
      if (typeof entry !== 'object' || !isMissing(entry, field)) continue;
      report(['spec', 'communities', index], text(`A community needs \`${field}\`.`, `团体属性缺少 \`${field}\`。`), {
        code: 'schema/required',
        fix: { kind: 'insert', into: ['spec', 'communities', index], key: field, value: '""' },
      });
    }
    checkCommunity(textAt(entry, 'value'), ['spec', 'communities', index, 'value'], report);
  }
}

function advertisements(object: PlainMapping, report: Report): void {
  const names = listAt(object, 'spec', 'communities').map((entry) => textAt(entry, 'name'));
  for (const [index, entry] of listAt(object, 'spec', 'prefixAdvertisements').entries()) {
    const path: Path = ['spec', 'prefixAdvertisements', index];
    for (const field of ['cidr', 'communities']) {
      if (typeof entry !== 'object' || !isMissing(entry, field)) continue;
      report(path, text(`A prefix advertisement needs \`${field}\`.`, `前缀通告缺少 \`${field}\`。`), {
        code: 'schema/required',
        fix: { kind: 'insert', into: path, key: field, value: field === 'cidr' ? '""' : '[]' },
      });
    }
    for (const [at, community] of textsAt(entry, 'communities')) {
      if (names.includes(community) || names.includes(undefined)) continue;
      if (/^\d+:\d+(:\d+)?$/.test(community)) checkCommunity(community, [...path, 'communities', at], report);
      else
        report(
          [...path, 'communities', at],
          text(
            `\`${community}\` is neither a community (\`65000:100\`) nor a name defined under \`communities\`.`,
            `\`${community}\` 既不是团体属性值（如 \`65000:100\`），也不是 \`communities\` 中定义的名称。`,
          ),
        );
    }
  }
}

function ignoredInterfaces(object: PlainMapping, report: Report): void {
  for (const [index, name] of textsAt(object, 'spec', 'ignoredInterfaces')) {
    if (name !== '*' && /^[a-zA-Z0-9_.*-]{1,15}$/.test(name)) continue;
    report(
      ['spec', 'ignoredInterfaces', index],
      name === '*'
        ? text(
            '`*` alone would ignore every interface, and BIRD would have no direct routes. Name a prefix, such as `docker*`.',
            '单独的 `*` 会忽略所有接口，BIRD 将没有直连路由。请写前缀，例如 `docker*`。',
          )
        : text(
            `\`${name}\` cannot match an interface: at most 15 letters, digits, \`_\`, \`.\`, \`-\`, with \`*\` as wildcard.`,
            `\`${name}\` 无法匹配接口：最多 15 个字母、数字、\`_\`、\`.\`、\`-\`，可用 \`*\` 通配。`,
          ),
    );
  }
}

function workloadPeering(object: PlainMapping, report: Report): void {
  for (const [field, family] of [
    ['localWorkloadPeeringIPV4', 4],
    ['localWorkloadPeeringIPV6', 6],
  ] as const) {
    const address = textAt(object, 'spec', field);
    if (address === undefined || address === '' || familyOf(address) === family) continue;
    report(
      ['spec', field],
      text(`\`${address}\` is not an IPv${family} address.`, `\`${address}\` 不是 IPv${family} 地址。`),
    );
  }
}
