import { failuresOf, namesOf, targetPlace } from '../../assembly/bgp-failures.ts';
import { UNREADABLE_SECRETS, type UnreadableSecret } from '../../assembly/bgp-secrets.ts';
import { effectiveNeighbor } from '../../model/router/effective.ts';
import type { Place } from '../../syntax/document.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'bgp/password',
  severity: 'warning',
  docs: {
    summary: {
      en: 'Only one end of a session has a password, the two differ, or calico-node may not read its Secret.',
      'zh-cn': '会话只有一端设置了密码、两端密码不同，或 calico-node 无权读取密码所在的 Secret。',
    },
    why: {
      en: 'The kernel drops every TCP segment whose MD5 signature is missing or wrong. Neither daemon says so: both sides only see that nobody answers.',
      'zh-cn': '内核会丢弃 MD5 签名缺失或错误的所有 TCP 报文。两端的守护进程都不会提示，看上去只是对端没有应答。',
    },
    source: 'observed on FRR and BIRD (lab D10b); users.md M23',
  },
  check({ site, report }) {
    for (const { origin, sessions } of failuresOf(site, 'password-mismatch')) {
      const [first] = sessions;
      if (first?.peer === undefined || first.peerNeighbour === undefined) continue;
      const own: Place | undefined =
        origin.kind === 'BGPPeer'
          ? origin.peer.passwordSecret?.place
          : effectiveNeighbor(origin.bgp, origin.neighbor).password?.place;
      const differ = first.neighbour.password !== undefined && first.peerNeighbour.password !== undefined;
      report(
        own ?? targetPlace(origin),
        differ
          ? {
              en: `${namesOf(sessions)} and ${first.peer.name} have different passwords for this session. Every packet is dropped and the session never comes up. Use one password on both ends.`,
              'zh-cn': `${namesOf(sessions)} 与 ${first.peer.name} 为此会话设置了不同的密码。所有报文都会被丢弃，会话不会建立。请在两端使用相同的密码。`,
            }
          : {
              en: `${first.peer.name} has a password for this session and ${namesOf(sessions)} has none. Every packet is dropped and the session never comes up. Set it here, too, or remove it there.`,
              'zh-cn': `${first.peer.name} 为此会话设置了密码，而 ${namesOf(sessions)} 没有。所有报文都会被丢弃，会话不会建立。请在此处也设置密码，或在对端删除。`,
            },
      );
    }
    for (const unreadable of site.derive(UNREADABLE_SECRETS)) reportUnreadable(unreadable, report);
  },
});

function reportUnreadable({ reference, secret, namespace }: UnreadableSecret, report: Report): void {
  const name = reference.value!;
  report(
    reference.place,
    {
      en: `Nothing here lets calico-node read the Secret \`${name}\`: by itself it may read none. The session never comes up, and only calico-node’s log says "forbidden". Give it a Role for this Secret in ${namespace}.`,
      'zh-cn': `此处没有任何授权允许 calico-node 读取 Secret \`${name}\`：默认它不能读取任何 Secret。会话不会建立，只有 calico-node 的日志会提示 "forbidden"。请在 ${namespace} 中为它授予读取该 Secret 的 Role。`,
    },
    {
      related: [{ place: secret.name!.place, message: { en: 'The Secret.', 'zh-cn': '该 Secret。' } }],
      fixes:
        secret.doc.parent !== undefined
          ? []
          : [
              {
                title: {
                  en: 'Add the Role and its binding to the Secret’s file',
                  'zh-cn': '在 Secret 所在文件中添加 Role 及其绑定',
                },
                kind: 'pick',
                edits: () => [{ file: secret.doc.file, append: accessTo(name, namespace) }],
              },
            ],
    },
  );
}

function accessTo(secret: string, namespace: string): string {
  const head = (kind: string): string =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata:\n  name: calico-node-${secret}\n  namespace: ${namespace}\n`;
  return `${head('Role')}rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [${secret}]
    verbs: [get, list, watch]
---
${head('RoleBinding')}roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: calico-node-${secret}
subjects:
  - kind: ServiceAccount
    name: calico-node
    namespace: ${namespace}
`;
}
