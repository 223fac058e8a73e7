import { BGP } from '../assembly/bgp.ts';
import { HOSTS, type Host } from '../assembly/hosts.ts';
import { INTERFACES } from '../assembly/interfaces.ts';
import { LABS, type LabNode } from '../assembly/labs.ts';
import { endName, SEGMENTS } from '../assembly/links.ts';
import { labScope } from '../assembly/names-containerlab.ts';
import type { Field } from '../syntax/document.ts';
import type { Path } from '../syntax/tree.ts';
import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import type { HoverPart } from './hover.ts';
import { namesAt } from './name-at.ts';

/** Over a node's name, wherever it stands: what it is in the end, after all that it inherits, and how it is plugged in. */
export function nodeHover(file: FileState, offset: number, site: Site): HoverPart | undefined {
  const [found] = namesAt(file, offset, [site]);
  if (found === undefined || found.use.kind !== 'node') return undefined;
  const { name, scope, place } = found.use;
  const nodes = site.derive(LABS).flatMap((lab) => {
    const node = scope === '' || scope === labScope(lab.topology) ? lab.nodes.get(name) : undefined;
    return node === undefined ? [] : [node];
  });
  const hosts = site.derive(HOSTS);
  const host = (nodes[0] && hosts.ofLabNode(nodes[0])) ?? hosts.ofNode(name);
  const parts = [...nodes.slice(0, 1).map(settingsText), ...(host === undefined ? [] : hostTexts(host, site))];
  const said = parts.filter(({ en }) => en !== '');
  if (said.length === 0) return undefined;
  return {
    place,
    text: {
      en: [`**${name}**`, ...said.map((text) => text.en)].join('\n\n'),
      'zh-cn': [`**${name}**`, ...said.map((text) => text['zh-cn'])].join('\n\n'),
    },
  };
}

/** Settings that people look for, by their key in the file. */
const TOLD = [
  'kind',
  'image',
  'type',
  'group',
  'startupConfig',
  'license',
  'networkMode',
  'user',
  'entrypoint',
  'cmd',
] as const;
const KEYS: Readonly<Record<string, string>> = { startupConfig: 'startup-config', networkMode: 'network-mode' };

function settingsText({ settings }: LabNode): Text {
  const lines = TOLD.flatMap((key): readonly Text[] => {
    const field = settings[key];
    return field?.value === undefined ? [] : [line(KEYS[key] ?? key, `\`${short(field.value)}\``, field)];
  });
  const lists = [
    ...settings.binds.map(({ text }) => listed('binds', text)),
    ...settings.exec.map(({ text }) => listed('exec', text)),
    ...[...settings.env].map(([key, value]) => line(`env.${key}`, `\`${short(value.value ?? '…')}\``, value)),
  ].flatMap((one) => one ?? []);
  const told = [...lines, ...lists.slice(0, MOST)];
  const more = lists.length - MOST;
  if (more > 0) told.push({ en: `- … and ${more} more`, 'zh-cn': `- … 以及另外 ${more} 项` });
  return { en: told.map(({ en }) => en).join('\n'), 'zh-cn': told.map((one) => one['zh-cn']).join('\n') };
}

const MOST = 12;

function listed(key: string, field: Field<string>): Text | undefined {
  return field.value === undefined ? undefined : line(key, `\`${short(field.value)}\``, field);
}

function line(key: string, value: string, field: Field<string>): Text {
  const level = levelOf(field.place.path ?? []);
  return {
    en: `- ${key}: ${value}${level === undefined ? '' : ` (from ${level.en})`}`,
    'zh-cn': `- ${key}：${value}${level === undefined ? '' : `（来自${level['zh-cn']}）`}`,
  };
}

/** Where in the topology a value was inherited from; undefined for the node's own. */
function levelOf([, level, name]: Path): Text | undefined {
  if (level === 'defaults') return { en: '`defaults`', 'zh-cn': ' `defaults`' };
  if (level === 'kinds') return { en: `kind \`${name}\``, 'zh-cn': `类型 \`${name}\`` };
  return level === 'groups' ? { en: `group \`${name}\``, 'zh-cn': `组 \`${name}\`` } : undefined;
}

function short(text: string): string {
  const [first = ''] = text.split('\n');
  return first.length > 80 || first !== text ? `${first.slice(0, 79)}…` : first;
}

function hostTexts(host: Host, site: Site): readonly Text[] {
  const segments = site.derive(SEGMENTS);
  const ports = site
    .derive(INTERFACES)
    .of(host)
    .map(({ name, addresses }): string => {
      const segment = segments.of(host, name);
      const others = segment?.ends.filter((end) => end.host !== host).map(endName) ?? [];
      const own = addresses.map(({ text }) => text.value ?? '').join(', ');
      const far = others.length > 3 ? `${others.slice(0, 3).join(', ')} …` : others.join(', ');
      return `- \`${name}\`${own === '' ? '' : ` ${own}`}${far === '' ? '' : ` ↔ ${far}`}`;
    });
  const { prediction, routerOf } = site.derive(BGP);
  const router = routerOf(host);
  const asn = typeof router?.asn === 'number' ? router.asn : undefined;
  const sessions = router === undefined || asn === undefined ? [] : prediction.sessionsOf(router);
  const up = sessions.filter(({ state }) => state === 'established').length;
  const addresses = host.calicoNodes.flatMap(({ ipv4Address, ipv6Address }) => [
    ...(ipv4Address?.value === undefined ? [] : [ipv4Address.value]),
    ...(ipv6Address?.value === undefined ? [] : [ipv6Address.value]),
  ]);
  const told = ports.slice(0, MOST);
  const more = ports.length - told.length;
  const rest = more > 0 ? [`- … +${more}`] : [];
  const list = [...told, ...rest].join('\n');
  const bgp: readonly Text[] =
    asn === undefined
      ? []
      : [
          {
            en: `AS ${asn}; ${up} of ${sessions.length} sessions up`,
            'zh-cn': `AS ${asn}；${sessions.length} 个会话中 ${up} 个可建立`,
          },
        ];
  return [
    ...(addresses.length === 0 ? [] : [{ en: addresses.join(', '), 'zh-cn': addresses.join('、') }]),
    { en: list, 'zh-cn': list },
    ...bgp,
  ];
}
