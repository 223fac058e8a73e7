import { type NextHop, rangeHolding, SCRIPT_ROUTES, type ScriptRoute } from '../../assembly/shell.ts';
import { formatAddress } from '../../network/address.ts';
import { containsAddress, formatPrefix, sameNetwork } from '../../network/prefix.ts';
import type { Text } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Fix, type Related } from '../rule.ts';

export default defineRule({
  id: 'shell/next-hop',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A route whose next hop is a pod’s address, or in none of the machine’s networks.',
      'zh-cn': '路由的下一跳是 Pod 地址，或不在本机任何网络中。',
    },
    why: {
      en: 'A next hop is a machine that the sender reaches directly. A pod address is reached over the very routes in question: the packet is wrapped for itself and lost. An address in no connected network makes the kernel refuse the route.',
      'zh-cn':
        '下一跳必须是发送方可以直接到达的机器。Pod 地址本身就要依靠这些路由才能到达：报文被封装给自己后丢失。不在任何直连网络中的地址则会被内核拒绝。',
    },
    source: 'Linux ip-route(8); Calico’s IPIP routes lead to node addresses',
  },
  check({ site, report }) {
    const routes = site.derive(SCRIPT_ROUTES);
    for (const route of routes) {
      if (route.line.action === 'delete' || isOverlayDevice(route)) continue;
      for (const hop of route.hops) {
        const inPods = podsHolding(site, routes, route, hop);
        if (inPods !== undefined) {
          report(hop.field.place, inPods.message, {
            severity: 'error',
            related: inPods.related,
            fixes: otherHops(routes, route),
          });
          continue;
        }
        const nets = connectedTo(routes, route);
        if (route.line.action !== 'add' || route.line.onlink || nets.length === 0) continue;
        if (nets.some((net) => containsAddress(net, hop.address))) continue;
        const list = nets.map(formatPrefix).join(', ');
        report(hop.field.place, {
          en: `${hop.field.value} is in none of this machine’s networks (${list}), so the kernel refuses the route. Name a next hop in one of them.`,
          'zh-cn': `${hop.field.value} 不在本机的任何网络中（${list}），内核会拒绝此路由。请使用其中某个网络内的下一跳。`,
        });
      }
    }
  },
});

/** VXLAN leads to the tunnel address of the other node, which is a pod address; bridges lead to local pods. */
function isOverlayDevice({ line }: ScriptRoute): boolean {
  return /^(vxlan|flannel|cni|cali|wg|wireguard|cilium|lxc|docker|br-|veth)/.test(line.device?.value ?? '');
}

interface InPods {
  readonly message: Text;
  readonly related: readonly Related[];
}

function podsHolding(site: Site, routes: readonly ScriptRoute[], route: ScriptRoute, hop: NextHop): InPods | undefined {
  const pods = rangeHolding(site, hop.address, 'pods');
  if (pods !== undefined && rangeHolding(site, hop.address, 'nodes') === undefined)
    return {
      message: said(hop, pods.text),
      related: pods.field === undefined ? [] : [{ place: pods.field.place, message: PODS }],
    };
  if (route.line.device?.value !== 'tunl0') return undefined;
  // A block that some machine reaches through its IPIP tunnel is a block of pods.
  const block = routes.find(
    (other) =>
      other !== route &&
      other.line.device?.value === 'tunl0' &&
      other.destination !== undefined &&
      other.destination.length > 0 &&
      containsAddress(other.destination, hop.address),
  );
  if (block === undefined) return undefined;
  return {
    message: said(hop, block.line.destination.value ?? ''),
    related: [{ place: block.line.destination.place, message: PODS }],
  };
}

const PODS: Text = { en: 'These are pods.', 'zh-cn': '这是 Pod 的地址段。' };

function said(hop: NextHop, range: string): Text {
  return {
    en: `${hop.field.value} is an address of the pods (${range}), reached only over routes like this one: the packet is wrapped for itself and lost. The next hop must be the node’s own address.`,
    'zh-cn': `${hop.field.value} 是 Pod 地址（${range}），只能通过这类路由到达：报文被封装给自己后丢失。下一跳必须是节点自身的地址。`,
  };
}

/** What other lines of the site give as the way to the same network. */
function otherHops(routes: readonly ScriptRoute[], route: ScriptRoute): readonly Fix[] {
  const { destination } = route;
  const [hop] = route.hops;
  if (destination === undefined || hop === undefined || route.line.action !== 'add') return [];
  const others = routes
    .filter((other) => other.line.action !== 'delete' && other.destination !== undefined)
    .filter((other) => sameNetwork(other.destination!, destination))
    .flatMap(({ hops }) => hops.map(({ address }) => formatAddress(address)));
  return [...new Set(others)]
    .filter((address) => address !== formatAddress(hop.address))
    .map((address) => ({
      title: { en: `Use ${address}, as another line does`, 'zh-cn': `改用另一行中的 ${address}` },
      kind: 'pick' as const,
      edits: () => [{ doc: hop.field.place.doc, span: hop.field.place.span ?? [0, 0], text: address }],
    }));
}

/** The networks that a table pasted into the same script shows as connected; nothing when it shows several machines. */
function connectedTo(routes: readonly ScriptRoute[], { doc }: ScriptRoute) {
  const machines = new Set([...doc.text.matchAll(/^\[?[\w.-]+@([\w.-]+)[ :][^\n]*?[#$] /gm)].map((match) => match[1]));
  if (machines.size > 1) return [];
  return routes.flatMap((other) =>
    other.doc === doc && other.line.connected && other.destination !== undefined ? [other.destination] : [],
  );
}
