import type { Engine } from '../engine.ts';
import type { Language, Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import { isInside, relativePath } from '../workspace/uri.ts';
import { ruleOf } from './catalogue.ts';
import { releasesIn } from './releases.ts';

/** The rules that a draft names; the rest are found with `selvage rules`. */
const MOST_RULES = 8;

/**
 * A `selvage.yaml` for a folder, with comments: what was found there is set, everything else stands as an example that a
 * hash keeps out. It changes nothing of what Selvage finds until somebody edits it.
 */
export function draftConfiguration(engine: Engine, folder: string, language: Language): string {
  const files = [...engine.workspace.files].filter(({ uri }) => isInside(folder, uri));
  const say = (text: Text): string => text[language];
  const sections = [
    [comment(say(HEAD)), comment(say(foundIn(files)))],
    release('calicoVersion', '3.31', CALICO),
    release('spiderpoolVersion', '1.0', SPIDERPOOL),
    [comment(say(NETWORKS)), '# networks:', '#   office: 10.1.3.0/24'],
    [comment(say(ASNS)), '# asns:', '#   upstream: 64500'],
    rules(),
    sites(),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;

  function release(key: 'calicoVersion' | 'spiderpoolVersion', newest: string, what: Text): readonly string[] {
    const named = releasesIn(files, key === 'calicoVersion' ? 'calico' : 'spiderpool');
    const where = named.map((one) => `${one.release} (${relativePath(folder, one.file)}:${one.line})`).join(', ');
    const [only] = named;
    // Of several releases only a person knows which one runs.
    if (only === undefined || named.length > 1)
      return [comment(say(what)), ...(where === '' ? [] : [comment(say(namedAt(where)))]), `# ${key}: "${newest}"`];
    return [comment(say(what)), comment(say(namedAt(where))), `${key}: "${only.release}"`];
  }

  function rules(): readonly string[] {
    const counts = new Map<string, number>();
    for (const { file, code } of engine.diagnoseAll())
      if (isInside(folder, file)) counts.set(code, (counts.get(code) ?? 0) + 1);
    const most = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_RULES);
    const lines = most.flatMap(([id, count]) => {
      const rule = ruleOf(id);
      if (rule === undefined) return [];
      return [`#   # ${count} × ${say(rule.docs.summary)}`, `#   ${id}: ${rule.severity}`];
    });
    if (lines.length === 0) return [comment(say(RULES_NONE)), '# rules:', '#   clab/file-name: "off"'];
    return [comment(say(RULES_FOUND)), '# rules:', ...lines];
  }

  function sites(): readonly string[] {
    const found = engine.workspace
      .sites()
      .filter((site) => site.root !== folder && isInside(folder, site.root))
      .map((site) => ({ name: site.name, path: relativePath(folder, site.root) }));
    const several = found.length > 1;
    const entries = (several ? found : [{ name: 'east', path: 'clusters/east' }]).flatMap(({ name, path }) => [
      `#   - name: ${JSON.stringify(name)}`,
      `#     include: [${JSON.stringify(path)}]`,
    ]);
    return [comment(say(several ? SITES_FOUND : SITES)), '# sites:', ...entries];
  }
}

/** Each line of a text behind a hash. */
function comment(text: string): string {
  return text
    .split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n');
}

function foundIn(files: readonly FileState[]): Text {
  const counts = new Map<string, number>();
  for (const { all } of files)
    for (const { doc, resources } of all)
      for (const { kind } of resources) {
        const family = kind.slice(0, kind.indexOf('/'));
        const name = family === 'router' ? ROUTERS[doc.format] : FAMILIES[family];
        if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
      }
  const list = [...counts].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${name} ${count}`);
  if (list.length === 0)
    return {
      en: 'Found in this folder: no network files yet.',
      'zh-cn': '此文件夹中尚无网络文件。',
    };
  return {
    en: `Found in this folder, by count: ${list.join(', ')}.`,
    'zh-cn': `在此文件夹中找到（数量）：${list.join('、')}。`,
  };
}

const FAMILIES: Readonly<Record<string, string>> = {
  calico: 'Calico',
  tigera: 'Calico',
  spiderpool: 'Spiderpool',
  multus: 'Multus',
  containerlab: 'containerlab',
  kind: 'kind',
  kubeadm: 'kubeadm',
  kubernetes: 'Kubernetes',
  metallb: 'MetalLB',
};
const ROUTERS: Readonly<Record<string, string>> = { frr: 'FRR', vyos: 'VyOS' };

function namedAt(where: string): Text {
  return { en: `Named here: ${where}.`, 'zh-cn': `文件中提到：${where}。` };
}

const HEAD: Text = {
  en: 'Settings of Selvage for this folder and everything below it.\nCommit this file: editors and CI then agree. Everything in it is optional; what stands behind a # is an example.',
  'zh-cn':
    'Selvage 对此文件夹及其下所有文件的设置。\n请提交此文件，使编辑器与 CI 保持一致。所有内容都是可选的；# 之后的是示例。',
};
const CALICO: Text = {
  en: 'The Calico release that runs. Kinds and fields that it does not have are reported.\nWithout it the newest is assumed.',
  'zh-cn': '正在运行的 Calico 版本。该版本没有的类型与字段会被提示；不写则按最新版本处理。',
};
const SPIDERPOOL: Text = {
  en: 'The Spiderpool release that runs.',
  'zh-cn': '正在运行的 Spiderpool 版本。',
};
const NETWORKS: Text = {
  en: 'Ranges outside of the cluster that pods and services may not overlap.\nThe names are yours.',
  'zh-cn': '集群之外、Pod 与 Service 不可重叠的地址段，名称自定。',
};
const ASNS: Text = {
  en: 'AS numbers of others that are right although they are public. The names are yours.',
  'zh-cn': '属于他人但确实正确的公有 AS 号，名称自定。',
};
const RULES_FOUND: Text = {
  en: 'How loud each rule is: off, hint, information, warning or error.\nThese found something here, at the level that they have now:',
  'zh-cn': '各规则的级别：off、hint、information、warning 或 error。\n以下规则在此有发现，所列为其当前级别：',
};
const RULES_NONE: Text = {
  en: 'How loud each rule is: off, hint, information, warning or error.\nNothing was found here today.',
  'zh-cn': '各规则的级别：off、hint、information、warning 或 error。目前没有发现问题。',
};
const SITES: Text = {
  en: 'Files that must agree are one network (site).\nSay which belong together only where a folder holds several networks.',
  'zh-cn': '必须相互一致的文件构成一个网络（站点）。\n仅当文件夹中有多个网络时才需要说明如何划分。',
};
const SITES_FOUND: Text = {
  en: 'Files that must agree are one network (site).\nSelvage found these by itself; name them where it guessed wrong.',
  'zh-cn': '必须相互一致的文件构成一个网络（站点）。\n以下站点由 Selvage 自行识别；若有误，请在此指定。',
};
