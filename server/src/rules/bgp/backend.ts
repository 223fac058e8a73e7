import type { Field, Place } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'bgp/backend',
  severity: 'error',
  docs: {
    summary: {
      en: 'Calico runs without BIRD, while peers or pools need it.',
      'zh-cn': 'Calico 未运行 BIRD，而对等体或地址池需要它。',
    },
    why: {
      en: 'With `calico_backend: vxlan` or `none`, or `bgp: Disabled`, neither BIRD nor confd starts. No BGPPeer becomes a session, and pods of a pool without VXLAN are reachable on their own node only.',
      'zh-cn':
        '当 `calico_backend: vxlan` 或 `none`，或 `bgp: Disabled` 时，BIRD 与 confd 都不会启动。任何 BGPPeer 都不会成为会话，未使用 VXLAN 的地址池中的 Pod 只能在本节点访问。',
    },
    source: 'projectcalico/calico node start script; spiderpool.md S57',
  },
  check({ site, report }) {
    const needs = whatNeedsBird(site);
    const [first] = needs;
    if (first === undefined) return;
    const related = needs.slice(0, 4).map(({ place, what }) => ({
      place,
      message: { en: `${what} needs BIRD.`, 'zh-cn': `${what} 需要 BIRD。` },
    }));
    const backends = site.all('kubernetes/ConfigMap').flatMap((map) => map.data.get('calico_backend') ?? []);
    // Manifests for several backends side by side are a choice, and nobody knows which of them was made.
    const isOne = new Set(backends.map(({ value }) => value)).size === 1;
    for (const backend of isOne ? backends : []) {
      // `none` also makes room for another daemon: Calico/VPP has one of its own.
      if (backend.value !== 'vxlan' && (backend.value !== 'none' || runsVpp(site))) continue;
      report(
        backend.place,
        {
          en: `With the backend \`${backend.value}\` BIRD does not start, and ${first.what} needs it: no BGP session and no route comes from it. Set it to \`bird\`.`,
          'zh-cn': `后端为 \`${backend.value}\` 时不会启动 BIRD，而 ${first.what} 需要它：不会有任何 BGP 会话和路由。请设为 \`bird\`。`,
        },
        { related, fixes: [setTo(backend, 'bird')] },
      );
    }
    for (const { bgp } of site.all('tigera/Installation')) {
      if (bgp?.value !== 'Disabled') continue;
      report(
        bgp.place,
        {
          en: `BGP is disabled here, and ${first.what} needs it: BIRD does not start, and no session comes up. Set it to \`Enabled\`.`,
          'zh-cn': `此处禁用了 BGP，而 ${first.what} 需要它：BIRD 不会启动，会话不会建立。请设为 \`Enabled\`。`,
        },
        { related, fixes: [setTo(bgp, 'Enabled')] },
      );
    }
  },
});

function runsVpp(site: Site): boolean {
  return site.documents('yaml').some(({ text }) => /CLUSTER_TYPE[\s\S]{0,80}\bvpp\b/.test(text));
}

function setTo(field: Field<string>, value: string) {
  return {
    title: { en: `Set it to \`${value}\``, 'zh-cn': `设为 \`${value}\`` },
    kind: 'pick' as const,
    edits: () => replaceScalar(field.place, value),
  };
}

interface Need {
  readonly place: Place;
  readonly what: string;
}

/** Peers, and enabled pools that say that they use IPIP. One without encapsulation may be for addresses that others route. */
function whatNeedsBird(site: Site): readonly Need[] {
  const peers = site
    .all('calico/BGPPeer')
    .flatMap(({ name }): Need[] =>
      name === undefined ? [] : [{ place: name.place, what: `BGPPeer \`${name.value ?? '?'}\`` }],
    );
  const pools = site.all('calico/IPPool').flatMap(({ name, ipipMode, disabled }): Need[] => {
    if (disabled !== undefined && disabled.value !== false) return [];
    if (ipipMode?.value !== 'Always' && ipipMode?.value !== 'CrossSubnet') return [];
    return [{ place: ipipMode.place, what: `IPPool \`${name?.value ?? '?'}\`` }];
  });
  return [...peers, ...pools];
}
