import type { Place } from '../../syntax/document.ts';
import type { VyosNode } from '../../syntax/vyos.ts';
import type { Text } from '../../text.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'vyos/secret',
  severity: 'hint',
  docs: {
    summary: {
      en: 'A password or its hash stands in a VyOS configuration.',
      'zh-cn': 'VyOS 配置中含有密码或密码哈希。',
    },
    why: {
      en: 'Whoever can read the repository can try the hash offline for as long as they like, or use the plain password at once; and git remembers it after it is gone from the file.',
      'zh-cn':
        '任何能读取仓库的人都可以离线反复尝试破解哈希，明文密码则可以直接使用；即使从文件中删除，git 历史里仍然保留。',
    },
    source: 'VyOS documentation: system login user … authentication; protocols bgp neighbor … password',
  },
  document(doc, { report }) {
    if (doc.tree.format !== 'vyos') return;
    const visit = (node: VyosNode, path: readonly string[]): void => {
      const here = [...path, node.name];
      const message = messageFor(here, node.value);
      if (message !== undefined && node.valueSpan !== undefined) {
        const place: Place = { doc, span: node.valueSpan };
        report(place, message);
      }
      for (const child of node.children) visit(child, here);
    };
    for (const node of doc.tree.vyos.nodes) visit(node, []);
  },
});

/** What to say of a leaf's value; undefined for what is no secret, and for one that is masked or filled in later. */
function messageFor(path: readonly string[], value: string | undefined): Text | undefined {
  if (value === undefined || value === '' || isStandIn(value)) return undefined;
  const inLogin = path[0] === 'system' && path.includes('login');
  switch (path.at(-1)) {
    case 'encrypted-password':
      return inLogin ? HASH : undefined;
    case 'plaintext-password':
      return inLogin ? PLAIN : undefined;
    case 'password':
      return path.includes('bgp') ? SESSION : undefined;
    default:
      return undefined;
  }
}

/** Locked accounts (`*`, `!`), the masks of `strip-private`, templates and placeholders. */
function isStandIn(value: string): boolean {
  return /^[*!x.]+$/i.test(value) || /\{\{|\$\{|^\$[A-Z_]+$|^<.*>$|^(changeme|redacted|secret|password)$/i.test(value);
}

const HASH: Text = {
  en: 'This is the hash of a login password, readable by everyone who can read this file. Keep it out of the repository, or use public keys and lock the password with `*`.',
  'zh-cn': '这是登录密码的哈希，凡是能读取此文件的人都能看到。请不要放入仓库，或改用公钥并以 `*` 锁定密码。',
};

const PLAIN: Text = {
  en: 'This is a login password in plain text. VyOS turns it into a hash only when the configuration is committed on the router. Keep it out of the repository.',
  'zh-cn': '这是明文登录密码。只有在路由器上提交配置时，VyOS 才会将其转换为哈希。请不要放入仓库。',
};

const SESSION: Text = {
  en: 'This is the password of a BGP session in plain text: with it, anybody on the link can speak as this router. Keep it out of the repository.',
  'zh-cn': '这是明文的 BGP 会话密码：链路上的任何人都可以凭此冒充这台路由器。请不要放入仓库。',
};
