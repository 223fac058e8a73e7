import type { PlannedRange } from '../../assembly/address-plan.ts';
import { POD_INDEX } from '../../assembly/policies-pods.ts';
import { selectorOf } from '../../assembly/selectors.ts';
import { isWithin, rangesFor } from '../../assembly/shell.ts';
import { type CalicoPolicy, POLICY_KINDS } from '../../model/calico/policy.ts';
import type { PolicyEntity } from '../../model/calico/policy-rule.ts';
import type { NetworkPolicyRules } from '../../model/kubernetes/network-policy.ts';
import type { Service } from '../../model/kubernetes/service.ts';
import { once } from '../../network/once.ts';
import { parsePrefixOrAddress } from '../../network/prefix.ts';
import { type Range, rangeOf } from '../../network/range.ts';
import { matches } from '../../network/selector.ts';
import type { Field } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'policy/service-address',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A policy rule names the address or the port of a Service.',
      'zh-cn': '策略规则写的是 Service 的地址或端口。',
    },
    why: {
      en: 'Policy is decided after kube-proxy has replaced the Service’s address and port by those of a Pod. A rule on the Service’s own matches nothing: an allow does not allow, a deny does not deny.',
      'zh-cn':
        '策略在 kube-proxy 将 Service 的地址和端口替换为 Pod 的地址和端口之后才判定。针对 Service 自身地址或端口的规则不会匹配任何流量：允许的不会放行，拒绝的也不会阻断。',
    },
    source: 'Calico documentation (policy after DNAT); users.md M9',
  },
  check({ site, report }) {
    // The eBPF data plane sees the Service's address.
    if (
      site
        .all('calico/FelixConfiguration')
        .some(({ bpfEnabled }) => bpfEnabled !== undefined && bpfEnabled.value !== false)
    )
      return;
    const policies = POLICY_KINDS.flatMap((kind): readonly CalicoPolicy[] => site.all(kind));
    const inForce = policies.filter(({ preDNAT, doNotTrack }) => isOff(preDNAT) && isOff(doNotTrack));
    const ranges = rangesFor(site, 'services');
    const remapped = remappedPorts(site);
    for (const policy of inForce) {
      if (ranges.length > 0) for (const net of destinationsOf(policy)) checkNet(site, ranges, net, report);
      if (remapped.size === 0) continue;
      for (const { destination } of policy.ingress ?? [])
        if (destination.selector === undefined)
          checkPorts(site, policy, policy.selector, destination, remapped, report);
      for (const { destination } of policy.egress ?? [])
        if (destination.namespaceSelector === undefined)
          checkPorts(site, policy, destination.selector, destination, remapped, report);
    }
    if (ranges.length > 0)
      for (const policy of site.all('kubernetes/NetworkPolicy'))
        for (const net of peersOf(policy)) checkNet(site, ranges, net, report);
  },
});

function isOff(field: Field<boolean> | undefined): boolean {
  return field === undefined || field.value === false;
}

/** The cache on the node answers DNS at the Service's own address, without translation. */
function isDns(port: string | undefined): boolean {
  return port === undefined || port === '53' || /dns/.test(port);
}

interface Net {
  readonly field: Field<string>;
  readonly range: Range;
}

/** The destinations of a policy's rules, but for DNS; each policy is read once. */
const destinationsOf = once(({ egress = [] }: CalicoPolicy): readonly Net[] =>
  egress.flatMap(({ destination: { ports, nets } }) =>
    ports.some(({ value }) => isDns(value)) ? [] : nets.flatMap(netOf),
  ),
);

const peersOf = once(({ egress = [] }: NetworkPolicyRules): readonly Net[] =>
  egress.flatMap(({ ports, peers }) =>
    ports.some(({ port }) => isDns(port?.value)) ? [] : peers.flatMap(({ cidr }) => netOf(cidr)),
  ),
);

function netOf(field: Field<string> | undefined): readonly Net[] {
  const prefix = field?.value === undefined ? undefined : parsePrefixOrAddress(field.value);
  return field === undefined || prefix === undefined ? [] : [{ field, range: rangeOf(prefix) }];
}

function checkNet(site: Site, ranges: readonly PlannedRange[], { field: net, range: own }: Net, report: Report): void {
  const services = ranges.find(({ range }) => isWithin(own, range));
  if (services === undefined) return;
  const service = site
    .all('kubernetes/Service')
    .find(
      ({ clusterIP }) => clusterIP?.value !== undefined && clusterIP.value === net.value!.replace(/\/(32|128)$/, ''),
    );
  report(
    net.place,
    {
      en: `${net.value} is ${service === undefined ? `in the Service range ${services.text}` : `the address of the Service \`${service.name?.value}\``}. kube-proxy replaces it by a Pod’s before policy is decided, so this never matches. Select the Pods behind it${service === undefined ? ', or name it under `services`' : ''}.`,
      'zh-cn': `${net.value} ${service === undefined ? `属于 Service 网段 ${services.text}` : `是 Service \`${service.name?.value}\` 的地址`}。策略判定之前 kube-proxy 已将其替换为 Pod 的地址，因此永远不会匹配。请选择其后端 Pod${service === undefined ? '，或用 `services` 指明' : ''}。`,
    },
    {
      ...(services.field !== undefined && {
        related: [{ place: services.field.place, message: { en: 'The Service range.', 'zh-cn': 'Service 网段。' } }],
      }),
    },
  );
}

interface Remapped {
  readonly service: Service;
  readonly target: number;
}

/** Services whose port is another one than that of their Pods, by their port. */
function remappedPorts(site: Site): ReadonlyMap<string, readonly Remapped[]> {
  const byPort = new Map<string, Remapped[]>();
  for (const service of site.all('kubernetes/Service'))
    for (const { port, targetPort } of service.ports) {
      const target = Number(targetPort?.value);
      if (port?.value === undefined || !Number.isInteger(target) || target === port.value) continue;
      const key = String(port.value);
      const list = byPort.get(key);
      if (list === undefined) byPort.set(key, [{ service, target }]);
      else list.push({ service, target });
    }
  return byPort;
}

function checkPorts(
  site: Site,
  policy: CalicoPolicy,
  selector: Field<string> | undefined,
  side: PolicyEntity,
  remapped: ReadonlyMap<string, readonly Remapped[]>,
  report: Report,
): void {
  const tree = selector?.value === undefined ? undefined : selectorOf(selector.value).tree;
  if (tree === undefined || policy.namespace?.value === undefined) return;
  for (const port of side.ports) {
    const found = (remapped.get(port.value ?? '') ?? []).find(
      ({ service }) => service.namespace?.value === policy.namespace!.value,
    );
    if (found === undefined || side.ports.some(({ value }) => value === String(found.target))) continue;
    const pods = site
      .derive(POD_INDEX)
      .candidates(tree)
      ?.filter((one) => one.namespace === policy.namespace!.value && matches(tree, one.labels) === true);
    const selected = (pods ?? []).filter(({ labels }) =>
      [...found.service.selector].every(([key, { value }]) => value !== undefined && labels.get(key) === value),
    );
    const listening = (pods ?? []).flatMap(({ workload }) =>
      (workload?.pod.containers ?? []).flatMap(({ ports }) => ports.map(({ containerPort }) => containerPort?.value)),
    );
    // The Pods must be known to listen on the other port, and not on this one.
    if (selected.length === 0 || found.service.selector.size === 0) continue;
    if (!listening.includes(found.target) || listening.includes(Number(port.value)) || listening.includes(undefined))
      continue;
    report(
      port.place,
      {
        en: `${port.value} is the port of the Service \`${found.service.name?.value}\`; its Pods listen on ${found.target}, and policy sees that one. Write ${found.target}.`,
        'zh-cn': `${port.value} 是 Service \`${found.service.name?.value}\` 的端口；其 Pod 监听 ${found.target}，策略看到的也是该端口。请写 ${found.target}。`,
      },
      {
        ...(found.service.name !== undefined && {
          related: [{ place: found.service.name.place, message: { en: 'The Service.', 'zh-cn': '该 Service。' } }],
        }),
        fixes: [
          {
            title: { en: `Change to ${found.target}`, 'zh-cn': `改为 ${found.target}` },
            kind: 'pick',
            edits: () => replaceScalar(port.place, found.target),
          },
        ],
      },
    );
  }
}
