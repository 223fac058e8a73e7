import { isBirdPath, isSurelyBird, looksLikeBird } from '../syntax/bird.ts';
import { looksLikeDnsmasq } from '../syntax/dnsmasq.ts';
import type { Format } from '../syntax/document.ts';
import { looksLikeFrr } from '../syntax/frr.ts';
import { looksLikeNodeStatus } from '../syntax/node-status.ts';
import { looksLikeResolv } from '../syntax/resolv.ts';
import { looksLikeVtysh } from '../syntax/vtysh.ts';
import { looksLikeVyos } from '../syntax/vyos.ts';
import type { Text } from '../text.ts';
import { baseName } from './uri.ts';

/** Larger files are not networks written by people, and would make the editor wait. */
export const LARGEST_FILE = 4 * 1024 * 1024;

const YAML_NAME = /\.(ya?ml|json|conflist)$/i;
const SHELL_NAME = /\.(sh|bash)$/i;
const MARKDOWN_NAME = /\.(md|markdown)$/i;
const CONFIG_NAME = /\.(conf|cfg|boot|config|frr|vyos|bird|txt)$/i;

/** Whether a file of this name may be of interest at all: the only test made before a file is read. */
export function isCandidate(uri: string): boolean {
  const name = baseName(uri);
  if (IGNORED_NAMES.has(name) || name.endsWith('.annotations.json')) return false;
  return [YAML_NAME, SHELL_NAME, CONFIG_NAME, MARKDOWN_NAME].some((names) => names.test(name)) || name === 'daemons';
}

const IGNORED_NAMES: ReadonlySet<string> = new Set([
  'package.json',
  'package-lock.json',
  'pnpm-lock.yaml',
  'tsconfig.json',
  'composer.json',
  '.pre-commit-config.yaml',
  'mkdocs.yml',
  '.golangci.yml',
]);

export type Detection = { readonly format: Format } | { readonly skipped: Text } | undefined;

/** The format of a file by its name and, where the name says too little, its text; or why it is left alone. */
export function detectFormat(uri: string, text: string): Detection {
  const name = baseName(uri);
  if (name === 'daemons') return /^[ \t]*(zebra|bgpd)[ \t]*=/m.test(text) ? { format: 'daemons' } : undefined;
  if (SHELL_NAME.test(name) || /^#!.*\b(ba|da|k|z)?sh\b/.test(text.slice(0, 80))) return { format: 'shell' };
  if (MARKDOWN_NAME.test(name)) return holdsFences(text) ? { format: 'markdown' } : undefined;
  if (/^resolv(\.[\w-]+)*\.conf$/.test(name)) return looksLikeResolv(text) ? { format: 'resolv' } : undefined;
  if (/^dnsmasq[\w.-]*\.conf$/.test(name) || /\/dnsmasq\.d\/[^/]+\.conf$/.test(uri))
    return looksLikeDnsmasq(text) ? { format: 'dnsmasq' } : undefined;
  if (isBirdPath(uri) && looksLikeBird(text)) return { format: 'bird' };
  if (name.endsWith('.txt') && looksLikeNodeStatus(text)) return { format: 'node-status' };
  if (name.endsWith('.json') && !HOLDS_OBJECTS.test(text)) return undefined;
  // Pages of documentation for machines are Markdown by another name.
  if (name.endsWith('.txt') && /^[ \t]*(```|~~~)/m.test(text)) return undefined;
  if (name.endsWith('.txt') && isTerminalSession(text)) return { format: 'shell' };
  if (CONFIG_NAME.test(name) || !YAML_NAME.test(name)) {
    if (name.endsWith('.conf') && isSurelyBird(text)) return { format: 'bird' };
    if (looksLikeVyos(text)) return { format: 'vyos' };
    return looksLikeFrr(text) || looksLikeVtysh(text) ? { format: 'frr' } : undefined;
  }
  const template = templateReason(uri, text);
  return template === undefined ? { format: 'yaml' } : { skipped: template };
}

/** What every JSON file has in which Selvage knows something: the others may be large, and are not read. */
const HOLDS_OBJECTS = /"(apiVersion|topology|cniVersion|plugins)"\s*:/;

/** Whether a Markdown text has code that may concern a network: most have none and are not read at all. */
function holdsFences(text: string): boolean {
  return (
    /^[ \t]*(```|~~~)/m.test(text) &&
    /^[ \t]*["']?apiVersion["']?\s*:|<<-?\s*['"]?\w+|\b(ip r(oute)?|route|iptables|sysctl|kubectl|calicoctl)\b/m.test(
      text,
    )
  );
}

/** A text file with a prompt before a command that shows or changes the network, or with what `iptables -L` prints. */
function isTerminalSession(text: string): boolean {
  return (
    /^\[[^\]\n]+@[^\]\n]+\][#$] .*\b(ip r(oute)?|route|iptables|sysctl|calicoctl)\b/m.test(text) ||
    /^Chain (POSTROUTING|FORWARD) \(/m.test(text)
  );
}

/** A file that a template engine turns into YAML is not YAML yet. */
function templateReason(uri: string, text: string): Text | undefined {
  if (/\/templates\/[^/]*(\/[^/]*)*\.(ya?ml|tpl)$/i.test(uri) && text.includes('{{'))
    return {
      en: 'A Helm template: check what `helm template` prints.',
      'zh-cn': 'Helm 模板：请检查 `helm template` 的输出。',
    };
  // Looking for two characters first spares most files the patterns.
  if (
    text.includes('{{') &&
    /^[ \t]*\{\{-?\s*(if|range|with|define|template|include|end|block|else|\/\*|\$|\.)/m.test(text)
  )
    return { en: 'A Go template, which is not YAML until it is rendered.', 'zh-cn': 'Go 模板，渲染之前并非 YAML。' };
  if (text.includes('{%') && /^[ \t]*\{%-?\s/m.test(text))
    return {
      en: 'A Jinja template, which is not YAML until it is rendered.',
      'zh-cn': 'Jinja 模板，渲染之前并非 YAML。',
    };
  return undefined;
}

/** The languages of editors for formats that a name alone does not tell. */
export function formatOfLanguage(languageId: string): Format | undefined {
  // Editors other than VS Code call it `sh` or `bash`.
  if (/^(shellscript|sh|bash)$/.test(languageId)) return 'shell';
  if (languageId === 'frr' || languageId === 'vyos' || languageId === 'bird') return languageId;
  return languageId === 'yaml' || languageId === 'json' || languageId === 'dockercompose' ? 'yaml' : undefined;
}
