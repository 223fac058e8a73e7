import { BGP } from '../assembly/bgp.ts';
import { routerOrigin } from '../assembly/bgp-origins.ts';
import type { BGPPeer } from '../model/calico/bgp-peer.ts';
import type { CalicoNode } from '../model/calico/node.ts';
import type { RouterConfig } from '../model/router/config.ts';
import type { Session } from '../network/bgp/types.ts';
import type { Place } from '../syntax/document.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { sessionsStated } from './bgp-statements.ts';
import type { InlayHint } from './inlay-hints.ts';

/** The AS number that holds where a file leaves it out: a node's own, and that of whom a peer or neighbour is. */
export function asHints(file: FileState, site: Site): readonly InlayHint[] {
  return file.all
    .flatMap(({ resources }) => resources)
    .flatMap((resource): readonly InlayHint[] => {
      if (resource.kind === 'calico/Node') return ofNode(resource as CalicoNode, site);
      if (resource.kind === 'calico/BGPPeer') return ofPeer(resource as BGPPeer, site);
      return resource.kind === 'router/Config' ? ofRouter(resource as RouterConfig, site) : [];
    });
}

function ofNode(node: CalicoNode, site: Site): readonly InlayHint[] {
  if (!node.hasBgp || node.asNumber !== undefined) return [];
  const { fabric } = site.derive(BGP).prediction;
  const asn = fabric.routers.find((router) => routerOrigin(router).calicoNodes.includes(node))?.asn;
  if (typeof asn !== 'number') return [];
  const place: Place = { doc: node.doc, path: [...node.path, 'spec', 'bgp'], part: 'key' };
  const told = site.all('calico/BGPConfiguration').some(({ asNumber }) => asNumber !== undefined);
  const tooltip = told
    ? { en: 'From the default BGPConfiguration.', 'zh-cn': '来自默认的 BGPConfiguration。' }
    : {
        en: 'Calico’s default: neither the node nor a BGPConfiguration here says otherwise.',
        'zh-cn': 'Calico 的默认值：此节点和这里的 BGPConfiguration 都没有另行指定。',
      };
  return [{ place, label: label(asn), tooltip }];
}

function ofPeer(peer: BGPPeer, site: Site): readonly InlayHint[] {
  if (peer.asNumber !== undefined || peer.peerSelector?.value === undefined) return [];
  return ofSessions(sessionsStated(site, peer), peer.peerSelector.place);
}

/** `remote-as external` and `internal` say only that it is another AS, or the same. */
function ofRouter({ bgp: instances }: RouterConfig, site: Site): readonly InlayHint[] {
  return instances
    .flatMap(({ neighbors }) => neighbors)
    .flatMap((neighbor) => {
      const { remoteAs } = neighbor;
      if (remoteAs?.value !== 'external' && remoteAs?.value !== 'internal') return [];
      return ofSessions(sessionsStated(site, neighbor), remoteAs.place);
    });
}

function ofSessions(sessions: readonly Session[], place: Place): readonly InlayHint[] {
  const numbers = new Set(sessions.map(({ peerAs }) => peerAs));
  const [asn] = numbers;
  return numbers.size === 1 && asn !== undefined ? [{ place, label: label(asn) }] : [];
}

function label(asn: number) {
  return { en: `AS ${asn}`, 'zh-cn': `AS ${asn}` };
}
