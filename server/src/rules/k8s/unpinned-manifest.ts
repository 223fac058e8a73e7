import { type Doc, type Place, yamlOf } from '../../syntax/document.ts';
import { commandsOf } from '../../syntax/shell.ts';
import { nodeAt, pairOf, resolved } from '../../syntax/tree.ts';
import type { Text } from '../../text.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'k8s/unpinned-manifest',
  severity: 'hint',
  docs: {
    summary: {
      en: 'A manifest is fetched from an address that names no release, or one that gets no more fixes.',
      'zh-cn': '下载清单的地址没有写明版本，或该版本已停止维护。',
    },
    why: {
      en: 'The same script installs another network tomorrow than today: other defaults for the pool, the encapsulation and the CRDs. A release out of support gets no fixes and need not know the fields used here.',
      'zh-cn':
        '同一个脚本今天和明天安装的可能是不同的网络：地址池、封装和 CRD 的默认值都可能改变。停止维护的版本不再修复问题，也可能不认识这里使用的字段。',
    },
    source: 'Calico documentation: archived releases; GitHub raw and release addresses',
  },
  document(doc, { report }) {
    for (const { place, url } of [...inScript(doc), ...inKustomization(doc)]) {
      const message = judged(url);
      if (message !== undefined) report(place, message);
    }
  },
});

interface Address {
  readonly place: Place;
  readonly url: string;
}

const FETCHES = /^(kubectl|oc|curl|wget|calicoctl|k3s)$/;

/** Addresses of manifests that a script applies or downloads. */
function inScript(doc: Doc): readonly Address[] {
  if (doc.tree.format !== 'shell') return [];
  return commandsOf(doc.tree.shell)
    .filter(({ words }) => words.some(({ text }) => FETCHES.test(text)))
    .flatMap(({ words }) => words)
    .filter(({ text }) => /^https?:\/\/\S+\.ya?ml$/.test(text))
    .map(({ text, span }) => ({ place: { doc, span }, url: text }));
}

function inKustomization(doc: Doc): readonly Address[] {
  const root = yamlOf(doc)?.root;
  const kind = resolved(nodeAt(root, ['kind']));
  if (kind?.kind !== 'scalar' || kind.text !== 'Kustomization') return [];
  const list = resolved(pairOf(root, 'resources')?.value);
  if (list?.kind !== 'sequence') return [];
  return list.items.flatMap((item, index) => {
    const node = resolved(item);
    if (node?.kind !== 'scalar' || node.templated || !/^https?:\/\//.test(node.text)) return [];
    return [{ place: { doc, path: ['resources', index] }, url: node.text }];
  });
}

/** Calico minors that were out of support in 2026, when the newest was 3.32: Tigera maintains the last two or three. */
const OLDEST_MAINTAINED_MINOR = 28;

function judged(url: string): Text | undefined {
  if (/[$`{]/.test(url)) return undefined;
  if (
    /^https?:\/\/docs\.projectcalico\.org\/(manifests|master|latest)\//.test(url) ||
    /^https?:\/\/docs\.tigera\.io\/calico\/(latest|next)\/manifests\//.test(url)
  )
    return UNPINNED;
  const github =
    /^https?:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/(?:refs\/heads\/)?([^/]+)\//.exec(url)?.[1] ??
    /^https?:\/\/github\.com\/[^/]+\/[^/]+\/(?:raw|blob)\/(?:refs\/heads\/)?([^/]+)\//.exec(url)?.[1];
  if (github !== undefined && /^(master|main|HEAD|develop|trunk)$/.test(github)) return UNPINNED;
  if (/^https?:\/\/github\.com\/[^/]+\/[^/]+\/releases\/latest\/download\//.test(url)) return UNPINNED;
  const release =
    /^https?:\/\/docs\.projectcalico\.org\/(?:archive\/)?v(\d+)\.(\d+)\//.exec(url) ??
    /^https?:\/\/(?:raw\.githubusercontent\.com|github\.com)\/projectcalico\/calico\/(?:raw\/)?v(\d+)\.(\d+)/.exec(url);
  if (release === null) return undefined;
  const [major, minor] = [Number(release[1]), Number(release[2])];
  if (major > 3 || (major === 3 && minor >= OLDEST_MAINTAINED_MINOR)) return undefined;
  return {
    en: `Calico ${major}.${minor} gets no fixes any more. Take the manifest of a release that is maintained, and read what changed in its defaults.`,
    'zh-cn': `Calico ${major}.${minor} 已停止维护，不再修复问题。请使用仍在维护的版本的清单，并留意默认值的变化。`,
  };
}

const UNPINNED: Text = {
  en: 'This address names no release: the same line installs something else after the next one. Put the version into it.',
  'zh-cn': '此地址没有写明版本：下一个版本发布后，同一行安装的就是别的内容。请在地址中写明版本。',
};
