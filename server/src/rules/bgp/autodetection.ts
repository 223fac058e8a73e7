import { fabricSubnets, NODE_CARDS, type NodeCards, parseMethod } from '../../assembly/autodetection.ts';
import { listed } from '../../assembly/bgp-reflectors.ts';
import type { Installation, NodeAddressAutodetection } from '../../model/calico/installation.ts';
import type { Container, Workload } from '../../model/kubernetes/workload.ts';
import { once } from '../../network/once.ts';
import { parsePrefix, prefixesOverlap } from '../../network/prefix.ts';
import type { Field, Place } from '../../syntax/document.ts';
import { appendItem, replaceScalar, setField } from '../../syntax/edit.ts';
import { defineRule, type Fix, type Report } from '../rule.ts';

const VARIABLE = 'IP_AUTODETECTION_METHOD';

export default defineRule({
  id: 'bgp/autodetection',
  severity: 'warning',
  docs: {
    summary: {
      en: 'How calico-node finds a node’s address is left to chance on nodes with several cards, or cannot work.',
      'zh-cn': '在多网卡节点上，calico-node 如何选择节点地址没有指定，或指定的方式无法工作。',
    },
    why: {
      en: 'By default the first interface that the kernel lists wins, often another one on each node: nodes then peer over the management network, or not at all. A method that does not parse ends calico-node with a fatal error.',
      'zh-cn':
        '默认取内核列出的第一个接口，各节点往往不同：节点会在管理网络上建立会话，或根本无法建立。无法解析的方式会让 calico-node 因致命错误退出。',
    },
    source: 'projectcalico/calico node/pkg/lifecycle/startup/autodetection; users.md M1',
  },
  check({ site, report }) {
    const cards = site.derive(NODE_CARDS);
    for (const workload of site.all('kubernetes/Workload')) {
      const container = calicoNode(workload);
      if (container !== undefined) checkContainer(container, cards, report);
    }
    for (const installation of site.all('tigera/Installation')) checkInstallation(installation, cards, report);
  },
});

const calicoNode = once(({ workloadKind, pod }: Workload): Container | undefined => {
  if (workloadKind?.value !== 'DaemonSet') return undefined;
  return pod.containers.find(({ name }) => name?.value === 'calico-node');
});

function checkContainer({ env }: Container, cards: readonly NodeCards[], report: Report): void {
  const method = env.find(({ name }) => name.value === VARIABLE);
  if (method?.value !== undefined) {
    checkMethod(method.value, cards, report);
    return;
  }
  const ip = env.find(({ name }) => name.value === 'IP');
  // A patch names a few variables only; the whole manifest has this one.
  const isWhole = env.some(({ name }) => name.value === 'DATASTORE_TYPE' || name.value === 'CALICO_NETWORKING_BACKEND');
  const isFixed = ip !== undefined && ip.value?.value !== 'autodetect';
  if (method !== undefined || !isWhole || isFixed || cards.length === 0) return;
  const path = env[0]?.name.place.path?.slice(0, -2);
  const { doc } = env[0]!.name.place;
  const cidrs = fabricSubnets(cards).join(',');
  report(
    ip?.value?.place ?? env[0]!.name.place,
    leftToChance(cards),
    path === undefined || cidrs === ''
      ? {}
      : {
          fixes: [
            {
              title: { en: `Add ${VARIABLE} cidr=${cidrs}`, 'zh-cn': `添加 ${VARIABLE} cidr=${cidrs}` },
              kind: 'pick',
              edits: () => appendItem(doc, path, { name: VARIABLE, value: `cidr=${cidrs}` }),
            },
          ],
        },
  );
}

function leftToChance(cards: readonly NodeCards[]) {
  const names = listed(cards.map(({ host }) => host.name));
  return {
    en: `${names} have more than one card, and Calico takes the first that the kernel lists: mostly the container network instead of the fabric. Say which: by \`cidr=\`, \`interface=\` or \`kubernetes-internal-ip\`.`,
    'zh-cn': `${names} 有多块网卡，Calico 会取内核列出的第一块：往往是容器网络而不是业务网络。请用 \`cidr=\`、\`interface=\` 或 \`kubernetes-internal-ip\` 指明。`,
  };
}

function checkMethod(field: Field<string>, cards: readonly NodeCards[], report: Report): void {
  if (field.value === undefined) return;
  const method = parseMethod(field.value);
  if (method === undefined) {
    report(
      field.place,
      {
        en: `\`${field.value}\` is no autodetection method, and calico-node ends with a fatal error. There are first-found, can-reach=, interface=, skip-interface=, cidr= and kubernetes-internal-ip.`,
        'zh-cn': `\`${field.value}\` 不是有效的地址检测方式，calico-node 会因致命错误退出。可用的有 first-found、can-reach=、interface=、skip-interface=、cidr= 与 kubernetes-internal-ip。`,
      },
      { severity: 'error', fixes: meantMethod(field.value).map((value) => useInstead(field.place, value)) },
    );
    return;
  }
  if (method.kind === 'cidr') {
    for (const part of method.value.split(',')) checkCidr(part.trim(), field.place, report);
    noCardIn(method.value.split(','), field.place, cards, report);
  }
  if (method.kind === 'interface' || method.kind === 'skip-interface')
    checkInterfaces(method.value.split(','), field.place, method.kind === 'interface' ? cards : [], report);
}

function meantMethod(text: string): readonly string[] {
  if (/^\d+\.\d+\.\d+\.\d+\/\d+$/.test(text)) return [`cidr=${text}`];
  if (/^\d+\.\d+\.\d+\.\d+$/.test(text)) return [`can-reach=${text}`];
  const [, value] = /^interfaces?[:=](.+)$/.exec(text) ?? [];
  if (value !== undefined) return [`interface=${value}`];
  return /^[a-z]+[a-z\d.*|-]*\d+$/.test(text) ? [`interface=${text}`] : [];
}

function useInstead(place: Place, value: string): Fix {
  return {
    title: { en: `Change to \`${value}\``, 'zh-cn': `改为 \`${value}\`` },
    kind: 'pick',
    edits: () => replaceScalar(place, value),
  };
}

function checkCidr(text: string, place: Place, report: Report): void {
  if (parsePrefix(text) !== undefined) return;
  report(
    place,
    {
      en: `\`${text}\` is not a network such as 10.1.0.0/16, and calico-node ends with a fatal error. Correct it.`,
      'zh-cn': `\`${text}\` 不是网段（如 10.1.0.0/16），calico-node 会因致命错误退出。请更正。`,
    },
    { severity: 'error' },
  );
}

/** What Docker and kind give their containers no file shows. */
const UNSEEN = ['172.16.0.0/12', '192.168.0.0/16', '10.88.0.0/16', '10.89.0.0/16'].map((text) => parsePrefix(text)!);

function noCardIn(texts: readonly string[], place: Place, cards: readonly NodeCards[], report: Report): void {
  const wanted = texts.flatMap((text) => parsePrefix(text.trim()) ?? []);
  if (wanted.some((prefix) => prefix.family === 6 || UNSEEN.some((unseen) => prefixesOverlap(unseen, prefix)))) return;
  const without = cards.filter(
    ({ subnets }) => !subnets.some((own) => wanted.some((one) => prefixesOverlap(own, one))),
  );
  if (wanted.length === 0 || without.length === 0) return;
  report(
    place,
    {
      en: `No card of ${listed(without.map(({ host }) => host.name))} has an address in ${texts.join(', ')}: calico-node finds none and does not start there. Their networks are ${fabricSubnets(without).join(', ')}.`,
      'zh-cn': `${listed(without.map(({ host }) => host.name))} 没有任何网卡的地址在 ${texts.join('、')} 内：calico-node 找不到地址，无法在这些节点启动。它们所在的网段为 ${fabricSubnets(without).join('、')}。`,
    },
    { severity: 'error' },
  );
}

function checkInterfaces(texts: readonly string[], place: Place, cards: readonly NodeCards[], report: Report): void {
  const patterns: RegExp[] = [];
  for (const text of texts) {
    const pattern = compiled(text.trim());
    if (pattern === 'unknown') return;
    if (pattern === undefined) {
      report(
        place,
        {
          en: `\`${text}\` is not a regular expression, and calico-node ends with a fatal error. Correct it.`,
          'zh-cn': `\`${text}\` 不是正则表达式，calico-node 会因致命错误退出。请更正。`,
        },
        { severity: 'error' },
      );
      return;
    }
    patterns.push(pattern);
  }
  const without = cards.filter(({ interfaces }) => !interfaces.some((name) => patterns.some((one) => one.test(name))));
  if (without.length === 0) return;
  const known = [...new Set(without.flatMap(({ interfaces }) => interfaces))].filter((name) => name !== 'lo');
  report(
    place,
    {
      en: `No interface of ${listed(without.map(({ host }) => host.name))} matches \`${texts.join(',')}\` (there are ${known.join(', ')}): calico-node finds no address and does not start there. Correct the name.`,
      'zh-cn': `${listed(without.map(({ host }) => host.name))} 没有匹配 \`${texts.join(',')}\` 的接口（已有 ${known.join('、')}）：calico-node 找不到地址，无法在这些节点启动。请更正名称。`,
    },
    { severity: 'error' },
  );
}

/** Go's expressions and JavaScript's agree on what people write here; inline flags and classes of Go's own are let pass. */
function compiled(text: string): RegExp | undefined | 'unknown' {
  if (/\(\?|\\[pPzAQE]|\[\[:/.test(text)) return 'unknown';
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
}

function checkInstallation(installation: Installation, cards: readonly NodeCards[], report: Report): void {
  const { autodetectionV4, doc, path, bgp, name } = installation;
  for (const detection of [autodetectionV4, installation.autodetectionV6])
    if (detection !== undefined) checkDetection(detection, detection === autodetectionV4 ? cards : [], report);
  const place = bgp?.place ?? name?.place;
  if (autodetectionV4 !== undefined || cards.length === 0 || place === undefined) return;
  const cidrs = fabricSubnets(cards);
  report(
    place,
    leftToChance(cards),
    cidrs.length === 0
      ? {}
      : {
          fixes: [
            {
              title: {
                en: `Set nodeAddressAutodetectionV4 to ${cidrs.join(', ')}`,
                'zh-cn': `将 nodeAddressAutodetectionV4 设为 ${cidrs.join('、')}`,
              },
              kind: 'pick',
              edits: () =>
                setField(doc, [...path, 'spec', 'calicoNetwork', 'nodeAddressAutodetectionV4'], { cidrs: [...cidrs] }),
            },
          ],
        },
  );
}

function checkDetection(detection: NodeAddressAutodetection, cards: readonly NodeCards[], report: Report): void {
  const { firstFound, kubernetes, skipInterface, canReach, cidrs } = detection;
  const given = [firstFound, kubernetes, detection.interface, skipInterface, canReach, cidrs[0]].filter(
    (field) => field !== undefined,
  );
  if (given.length > 1) {
    report(
      given[1]!.place,
      {
        en: 'Only one method may be given, and the operator refuses two: Calico is not installed or changed. Keep one of them.',
        'zh-cn': '只能指定一种方式，指定两种会被 operator 拒绝：Calico 不会被安装或更改。请只保留一种。',
      },
      {
        severity: 'error',
        related: [{ place: given[0]!.place, message: { en: 'The other method.', 'zh-cn': '另一种方式。' } }],
      },
    );
    return;
  }
  for (const cidr of cidrs) if (cidr.value !== undefined) checkCidr(cidr.value, cidr.place, report);
  if (cidrs[0] !== undefined && cidrs.every(({ value }) => value !== undefined))
    noCardIn(
      cidrs.map(({ value }) => value!),
      cidrs[0].place,
      cards,
      report,
    );
  for (const [field, among] of [
    [detection.interface, cards],
    [skipInterface, []],
  ] as const)
    if (field?.value !== undefined) checkInterfaces(field.value.split(','), field.place, among, report);
}
