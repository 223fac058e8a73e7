import { DEFAULT_POOLS, POOLS } from '../../assembly/pools.ts';
import { type AddressAnnotation, addressAnnotations } from '../../assembly/pools-annotations.ts';
import { itemsOf, type Json, type JsonFault, readJson, textOf } from '../../assembly/spiderpool-annotations.ts';
import type { IPPool } from '../../model/calico/ip-pool.ts';
import type { Family } from '../../network/address.ts';
import { parseAddress } from '../../network/address.ts';
import { nearest } from '../../network/near.ts';
import { parsePrefix, sameNetwork } from '../../network/prefix.ts';
import type { Place } from '../../syntax/document.ts';
import { replaceScalar, replaceText } from '../../syntax/edit.ts';
import { nodeOf, spanOfPlace } from '../../syntax/place.ts';
import type { Text } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Fix, type Report } from '../rule.ts';

export default defineRule({
  id: 'ipam/annotation',
  severity: 'error',
  docs: {
    summary: {
      en: 'An annotation that asks Calico for pools or addresses is not a JSON list, or names a pool that cannot serve.',
      'zh-cn': '向 Calico 指定地址池或地址的注解不是 JSON 列表，或引用了无法使用的地址池。',
    },
    why: {
      en: 'Calico’s CNI plugin decodes the annotation for each Pod and gives no address when it cannot: the Pod stays in ContainerCreating, and only its events say why.',
      'zh-cn':
        'Calico 的 CNI 插件会为每个 Pod 解析该注解，解析失败就不分配地址：Pod 停在 ContainerCreating，只有其事件会说明原因。',
    },
    source: 'projectcalico/calico cni-plugin: ipv4pools, ipv6pools, ipAddrs, ipAddrsNoIpam, floatingIPs (users.md M27)',
  },
  check({ site, report }) {
    for (const annotation of addressAnnotations(site)) {
      const read = readJson(annotation);
      if (read === undefined) continue;
      if (read.value === undefined) {
        for (const fault of read.faults) malformed(annotation, fault, report);
        continue;
      }
      const list = read.value;
      if (list.node.kind !== 'sequence') {
        report(list.place, notAList(annotation.key), { fixes: wrapped(annotation, list) });
        continue;
      }
      if (annotation.asks === 'pools') judgePools(annotation.family!, list, site, report);
      else judgeAddresses(annotation, list, report);
    }
  },
});

function notAList(key: string): Text {
  return {
    en: `\`${key}\` takes a JSON list in a string, such as \`'["…"]'\`. Calico cannot decode this, and the Pod gets no address.`,
    'zh-cn': `\`${key}\` 的值须为字符串形式的 JSON 列表，例如 \`'["…"]'\`。Calico 无法解析此值，Pod 得不到地址。`,
  };
}

function malformed(annotation: AddressAnnotation, { place, fault }: JsonFault, report: Report): void {
  const node = place.part === 'key' ? undefined : nodeOf(place);
  if (fault === 'syntax') {
    report(place, notAList(annotation.key), { fixes: place.doc === annotation.doc ? wrapped(annotation) : [] });
    return;
  }
  const what: Record<Exclude<JsonFault['fault'], 'syntax'>, Text> = {
    unquoted: { en: 'JSON puts every text in double quotes.', 'zh-cn': 'JSON 的文本都要加双引号。' },
    single: { en: 'JSON knows only double quotes.', 'zh-cn': 'JSON 只使用双引号。' },
    comma: { en: 'JSON allows no comma after the last item.', 'zh-cn': 'JSON 最后一项之后不能有逗号。' },
  };
  const fix: Fix | undefined =
    fault === 'comma'
      ? {
          title: { en: 'Remove the comma', 'zh-cn': '删除逗号' },
          kind: 'pick',
          edits: () => [{ doc: place.doc, span: spanOfPlace(place), text: '' }],
        }
      : node?.kind === 'scalar'
        ? {
            title: { en: `Write \`"${node.text}"\``, 'zh-cn': `改为 \`"${node.text}"\`` },
            kind: 'pick',
            edits: () => [{ doc: place.doc, span: spanOfPlace(place), text: JSON.stringify(node.text) }],
          }
        : undefined;
  report(
    place,
    {
      en: `${what[fault].en} Calico cannot decode \`${annotation.key}\`, and the Pod gets no address.`,
      'zh-cn': `${what[fault]['zh-cn']}Calico 无法解析 \`${annotation.key}\`，Pod 得不到地址。`,
    },
    { fixes: fix === undefined ? [] : [fix] },
  );
}

/** A name or address on its own, or several with commas between, as the list that is wanted. */
function wrapped({ doc, path, scalar }: AddressAnnotation, json?: Json): readonly Fix[] {
  const text = json === undefined ? scalar.text : (textOf(json) ?? '');
  const items = text.split(',').map((item) => item.trim());
  if (!items.every((item) => /^[\w.:/-]+$/.test(item))) return [];
  const list = JSON.stringify(items);
  return [
    {
      title: { en: `Write \`'${list}'\``, 'zh-cn': `改为 \`'${list}'\`` },
      kind: 'pick',
      edits: () => replaceText({ doc, path }, `'${list}'`),
    },
  ];
}

function judgePools(family: Family, list: Json, site: Site, report: Report): void {
  const pools = site.all('calico/IPPool');
  const { enabled, complete, whole } = site.derive(POOLS);
  const installed = enabled.filter(({ origin }) => origin.kind === 'Installation');
  if (pools.length + installed.length === 0 || !complete || pools.some(({ name }) => name?.value === undefined)) return;
  for (const item of itemsOf(list)) {
    const written = textOf(item);
    if (written === undefined) {
      report(item.place, notAName());
      continue;
    }
    const asCidr = parsePrefix(written);
    const isMeant = (name: string | undefined, cidr: string | undefined): boolean => {
      const own = cidr === undefined ? undefined : parsePrefix(cidr);
      return name === written || (asCidr !== undefined && own !== undefined && sameNetwork(own, asCidr));
    };
    if (installed.some(({ name, cidr }) => isMeant(name, cidr.value))) continue;
    const named = pools.filter(({ name, cidr }) => isMeant(name?.value, cidr?.value));
    if (named.length > 0) judgeNamed(item.place, written, family, named, report);
    else if (!DEFAULT_POOLS.has(written)) {
      const names = pools.filter((pool) => serves(pool, family)).map(({ name }) => name!.value!);
      const close = asCidr === undefined ? nearest(written, names) : undefined;
      // A pool that no file shows may be there all the same, unless its name is nearly one that is.
      if (close !== undefined || whole) report(item.place, unknown(written), { fixes: offer(item.place, close) });
    }
  }
}

function notAName(): Text {
  return {
    en: 'A pool is named by a text: its name or its CIDR. Calico cannot decode this list, and the Pod gets no address.',
    'zh-cn': '地址池须以文本引用：名称或 CIDR。Calico 无法解析此列表，Pod 得不到地址。',
  };
}

function judgeNamed(place: Place, written: string, family: Family, named: readonly IPPool[], report: Report): void {
  if (named.some((pool) => serves(pool, family))) return;
  const foreign = named.find((pool) => familyOf(pool) !== undefined && familyOf(pool) !== family);
  const culprit = foreign ?? named[0]!;
  const at = foreign === undefined ? culprit.disabled : culprit.cidr;
  report(
    place,
    foreign === undefined
      ? {
          en: `The pool \`${written}\` is disabled, and Calico gives out no address of it: the Pod stays in ContainerCreating. Enable it, or name another.`,
          'zh-cn': `地址池 \`${written}\` 已禁用，Calico 不会从中分配地址：Pod 会停在 ContainerCreating。请启用它或改用其他地址池。`,
        }
      : {
          en: `\`${written}\` is an IPv${familyOf(foreign)} pool and stands in the list of IPv${family} pools, which Calico refuses. Move it to the other annotation.`,
          'zh-cn': `\`${written}\` 是 IPv${familyOf(foreign)} 地址池，却写在 IPv${family} 列表中，Calico 会拒绝。请移到另一个注解。`,
        },
    {
      ...(at && {
        related: [{ place: at.place, message: { en: 'It says so here.', 'zh-cn': '见此处。' } }],
      }),
    },
  );
}

function familyOf({ cidr }: IPPool): Family | undefined {
  return cidr?.value === undefined ? undefined : parsePrefix(cidr.value)?.family;
}

/** Whether a pool may give out addresses of a family: unknown is not wrong. */
function serves(pool: IPPool, family: Family): boolean {
  return pool.disabled?.value !== true && (familyOf(pool) ?? family) === family;
}

function unknown(name: string): Text {
  return {
    en: `There is no pool \`${name}\`: Calico gives the Pod no address, and it stays in ContainerCreating.`,
    'zh-cn': `不存在地址池 \`${name}\`：Calico 不会为 Pod 分配地址，Pod 会停在 ContainerCreating。`,
  };
}

function offer(place: Place, name: string | undefined): readonly Fix[] {
  if (name === undefined) return [];
  return [
    {
      title: { en: `Change it to \`${name}\``, 'zh-cn': `改为 \`${name}\`` },
      kind: 'pick',
      edits: () => replaceScalar(place, name),
    },
  ];
}

function judgeAddresses({ key }: AddressAnnotation, list: Json, report: Report): void {
  const seen = new Set<Family>();
  for (const item of itemsOf(list)) {
    const text = textOf(item);
    const address = text === undefined ? undefined : parseAddress(text);
    if (address === undefined) {
      report(item.place, {
        en: `\`${key}\` lists addresses as texts, without a prefix length. Calico cannot read this one, and the Pod gets no address.`,
        'zh-cn': `\`${key}\` 须列出文本形式的地址，不带前缀长度。Calico 无法解析此项，Pod 得不到地址。`,
      });
      continue;
    }
    if (seen.has(address.family) && key !== 'floatingIPs')
      report(item.place, {
        en: `This is the second IPv${address.family} address, and a Pod has one of each family. Calico refuses the list. Remove one.`,
        'zh-cn': `这是第二个 IPv${address.family} 地址，而每个 Pod 每个地址族只能有一个。Calico 会拒绝该列表。请删除一个。`,
      });
    seen.add(address.family);
  }
}
