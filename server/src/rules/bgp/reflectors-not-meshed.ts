import { BGP } from '../../assembly/bgp.ts';
import { clusterIdField } from '../../assembly/bgp-reflectors.ts';
import { UNMESHED_REFLECTORS } from '../../assembly/bgp-unmeshed.ts';
import type { BGPPeer } from '../../model/calico/bgp-peer.ts';
import { blockLines } from '../../syntax/edit.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'bgp/reflectors-not-meshed',
  severity: 'error',
  docs: {
    summary: {
      en: 'Two route reflectors have no session with each other, and blocks are lost by it.',
      'zh-cn': '两个路由反射器之间没有会话，因而丢失地址块。',
    },
    why: {
      en: 'A client does not hand one reflector’s routes to the other. Without a session between them the reflectors lose each other’s own pods, and clients that have only one of them lose the other’s clients. Everything else works, so it is easily missed.',
      'zh-cn':
        '客户端不会把一个反射器的路由转交给另一个。两者之间没有会话时，反射器会失去彼此自身的 Pod；只连接其中一个反射器的客户端还会失去另一个反射器的客户端。其余一切正常，因此很难察觉。',
    },
    source: 'observed on BIRD (lab C4)',
  },
  check({ site, report }) {
    const { expansion } = site.derive(BGP);
    if (expansion === undefined || expansion.undecided.length > 0) return;
    for (const { one, other, selecting } of site.derive(UNMESHED_REFLECTORS)) {
      const field = clusterIdField(one);
      const second = clusterIdField(other);
      if (field === undefined) continue;
      report(
        field.place,
        {
          en: `The reflectors \`${one.name}\` and \`${other.name}\` have no session with each other. Clients pass nothing on between them, so they lose each other’s pods. Add a BGPPeer that peers the reflectors among themselves.`,
          'zh-cn': `反射器 \`${one.name}\` 与 \`${other.name}\` 之间没有会话。客户端不会在二者之间传递路由，因此它们会失去彼此的 Pod。请添加让反射器互相建立会话的 BGPPeer。`,
        },
        {
          ...(second !== undefined && {
            related: [
              {
                place: second.place,
                message: { en: `\`${other.name}\` is a reflector too.`, 'zh-cn': `\`${other.name}\` 也是反射器。` },
              },
            ],
          }),
          fixes: selecting === undefined ? [] : [meshPeer(selecting)],
        },
      );
    }
  },
});

/** The selector that chooses the reflectors for the clients chooses them for each other, too. */
function meshPeer(selecting: BGPPeer): Fix {
  const selector = selecting.peerSelector!.value!;
  const lines = blockLines(
    {
      apiVersion: selecting.apiVersion?.value ?? 'projectcalico.org/v3',
      kind: 'BGPPeer',
      metadata: { name: 'rr-mesh' },
      spec: { nodeSelector: selector, peerSelector: selector },
    },
    0,
  );
  return {
    title: { en: 'Add the BGPPeer `rr-mesh`', 'zh-cn': '添加 BGPPeer `rr-mesh`' },
    kind: 'pick',
    edits: () =>
      selecting.doc.parent === undefined ? [{ file: selecting.doc.file, append: `${lines.join('\n')}\n` }] : [],
  };
}
