import {
  type AnnotationKey,
  fieldOf,
  isNull,
  itemsOf,
  type Json,
  pairsOf,
  textOf,
} from '../../assembly/spiderpool-annotations.ts';
import { parseAddress } from '../../network/address.ts';
import { nearest } from '../../network/near.ts';
import { parsePrefix } from '../../network/prefix.ts';
import type { Place } from '../../syntax/document.ts';
import { replaceText } from '../../syntax/edit.ts';
import { nodeOf, spanOfPlace } from '../../syntax/place.ts';
import type { Text } from '../../text.ts';
import type { Severity } from '../../workspace/settings.ts';
import type { Fix } from '../rule.ts';

/** What is wrong inside an annotation's value. */
export interface Flaw {
  readonly place: Place;
  readonly message: Text;
  readonly fixes?: readonly Fix[];
  readonly severity?: Severity;
}

type Grammar = (value: Json, key: string) => Iterable<Flaw>;

/** The annotations whose value is JSON, each with what Spiderpool asks of it. */
export const JSON_GRAMMARS: { readonly [K in AnnotationKey]?: Grammar } = {
  *ippool(value, key) {
    if (!isObject(value)) yield shape(value, key, '{"ipv4": ["pool"]}');
    else yield* names(value, key);
  },
  *ippools(value, key) {
    if (!isList(value)) yield shape(value, key, '[{"interface": "eth0", "ipv4": ["pool"]}]');
    else yield* perInterface(value, key);
  },
  *subnet(value, key) {
    if (!isObject(value)) yield shape(value, key, '{"ipv4": ["subnet"]}');
    else yield* subnetNames(value, key);
  },
  *subnets(value, key) {
    if (!isList(value)) yield shape(value, key, '[{"interface": "eth0", "ipv4": ["subnet"]}]');
    else {
      yield* repeatedInterfaces(itemsOf(value));
      yield* itemShapes(value, key);
      for (const item of itemsOf(value).filter(isObject)) yield* subnetNames(item, key);
      yield* repeatedSubnets(itemsOf(value).filter(isObject));
    }
  },
  *routes(value, key) {
    if (!isList(value)) yield shape(value, key, '[{"dst": "10.0.0.0/16", "gw": "192.168.0.1"}]');
    else for (const item of itemsOf(value)) yield* route(item, key);
  },
  *'default-ipv4-ippool'(value, key) {
    yield* nameList(value, key, '["pool"]');
  },
  *'default-ipv6-ippool'(value, key) {
    yield* nameList(value, key, '["pool"]');
  },
};

function isObject({ node }: Json): boolean {
  return node.kind === 'mapping';
}

function isList({ node }: Json): boolean {
  return node.kind === 'sequence';
}

function* names(object: Json, key: string): Generator<Flaw> {
  yield* unknownKeys(object, key, ['ipv4', 'ipv6'], key === 'ippools' ? ['interface', 'cleangateway'] : []);
  for (const family of ['ipv4', 'ipv6']) {
    const list = fieldOf(object, family);
    if (list !== undefined && !isNull(list)) {
      yield* nameList(list, family, '["name"]');
      yield* repeatedNames(list);
    }
  }
}

/** A list of texts. A single text is what people write instead, so that is offered. */
function* nameList(list: Json, key: string, example: string): Generator<Flaw> {
  if (isNull(list)) return;
  if (!isList(list)) {
    const text = textOf(list);
    yield {
      place: list.place,
      message: {
        en: `\`${key}\` is a JSON list of names such as \`${example}\`. Spiderpool cannot read this and the Pod gets no address.`,
        'zh-cn': `\`${key}\` 应为名称的 JSON 列表，例如 \`${example}\`。Spiderpool 无法读取当前值，Pod 得不到地址。`,
      },
      ...(text !== undefined && {
        fixes: [
          {
            title: { en: 'Make it a list', 'zh-cn': '改为列表' },
            kind: 'safe' as const,
            edits: () => replaceText(list.place, `[${JSON.stringify(text)}]`),
          },
        ],
      }),
    };
    return;
  }
  for (const item of itemsOf(list)) {
    if (textOf(item) !== undefined) continue;
    yield {
      place: item.place,
      message: {
        en: `Every item of \`${key}\` is a name in double quotes. Spiderpool cannot read the annotation and the Pod gets no address.`,
        'zh-cn': `\`${key}\` 的每一项都应是双引号中的名称。Spiderpool 无法读取该注解，Pod 得不到地址。`,
      },
    };
  }
}

function* repeatedNames(list: Json): Generator<Flaw> {
  const seen = new Set<string>();
  for (const item of itemsOf(list)) {
    const name = textOf(item);
    if (name === undefined) continue;
    if (seen.has(name))
      yield {
        place: item.place,
        message: {
          en: `\`${name}\` is named twice for one interface. Spiderpool refuses the Pod's request for an address. Remove one.`,
          'zh-cn': `同一接口两次指定了 \`${name}\`，Spiderpool 会拒绝该 Pod 的地址请求。请删除其一。`,
        },
      };
    seen.add(name);
  }
}

function* perInterface(list: Json, key: string): Generator<Flaw> {
  const items = itemsOf(list);
  if (items.length === 0)
    yield {
      place: list.place,
      message: {
        en: `\`${key}\` needs at least one item: Spiderpool refuses an empty list and the Pod gets no address.`,
        'zh-cn': `\`${key}\` 至少需要一项：Spiderpool 会拒绝空列表，Pod 得不到地址。`,
      },
    };
  yield* itemShapes(list, key);
  const objects = items.filter(isObject);
  const first = objects[0];
  const named = first !== undefined && interfaceOf(first) !== undefined;
  for (const item of objects) {
    yield* names(item, key);
    const clean = fieldOf(item, 'cleangateway');
    if (clean !== undefined && !isNull(clean) && !isBoolean(clean))
      yield {
        place: clean.place,
        message: {
          en: '`cleangateway` is `true` or `false`, without quotes. Spiderpool cannot read the annotation and the Pod gets no address.',
          'zh-cn': '`cleangateway` 应为不带引号的 `true` 或 `false`。Spiderpool 无法读取该注解，Pod 得不到地址。',
        },
      };
    if ((interfaceOf(item) !== undefined) === named) continue;
    yield {
      place: fieldOf(item, 'interface')?.place ?? item.place,
      message: {
        en: 'Either every item names its `interface` or none does: Spiderpool refuses a mixture and the Pod gets no address.',
        'zh-cn': '要么每一项都写明 `interface`，要么都不写：Spiderpool 会拒绝混用，Pod 得不到地址。',
      },
    };
  }
  yield* repeatedInterfaces(objects);
}

function isBoolean({ node }: Json): boolean {
  return node.kind === 'scalar' && node.style === 'plain' && typeof node.value === 'boolean';
}

function interfaceOf(item: Json): string | undefined {
  const name = textOf(fieldOf(item, 'interface'));
  return name === '' ? undefined : name;
}

function* itemShapes(list: Json, key: string): Generator<Flaw> {
  for (const item of itemsOf(list)) if (!isObject(item)) yield shape(item, `${key}[]`, '{"ipv4": ["name"]}');
}

function* repeatedInterfaces(items: readonly Json[]): Generator<Flaw> {
  const seen = new Set<string>();
  for (const item of items) {
    const name = interfaceOf(item);
    if (name === undefined) continue;
    if (seen.has(name))
      yield {
        place: fieldOf(item, 'interface')!.place,
        message: {
          en: `The interface \`${name}\` stands twice: Spiderpool refuses the annotation and the Pod gets no address.`,
          'zh-cn': `接口 \`${name}\` 出现了两次：Spiderpool 会拒绝该注解，Pod 得不到地址。`,
        },
      };
    seen.add(name);
  }
}

function* subnetNames(object: Json, key: string): Generator<Flaw> {
  yield* unknownKeys(object, key, ['ipv4', 'ipv6'], ['interface']);
  const lists = ['ipv4', 'ipv6'].flatMap((family) => fieldOf(object, family) ?? []);
  for (const list of lists) {
    yield* nameList(list, 'ipv4/ipv6', '["subnet"]');
    for (const item of itemsOf(list)) {
      const name = textOf(item);
      if (name === undefined || !/[*?[]/.test(name)) continue;
      yield {
        place: item.place,
        message: {
          en: `A SpiderSubnet is named in full; \`${name}\` is not read as a wildcard, and no subnet has that name.`,
          'zh-cn': `SpiderSubnet 必须写完整名称；\`${name}\` 不会按通配符处理，也没有这个名称的子网。`,
        },
      };
    }
  }
  if (lists.length > 0 && lists.every((list) => isNull(list) || (isList(list) && itemsOf(list).length === 0)))
    yield noSubnet(object, key);
  else if (lists.length === 0 && pairsOf(object).every((pair) => pair.key.text.toLowerCase() === 'interface'))
    yield noSubnet(object, key);
}

function noSubnet(object: Json, key: string): Flaw {
  return {
    place: object.place,
    message: {
      en: `\`${key}\` names no SpiderSubnet. Spiderpool refuses the annotation and the Pod gets no address.`,
      'zh-cn': `\`${key}\` 没有指定任何 SpiderSubnet。Spiderpool 会拒绝该注解，Pod 得不到地址。`,
    },
  };
}

/** Only the first name of each list counts. */
function* repeatedSubnets(items: readonly Json[]): Generator<Flaw> {
  for (const family of ['ipv4', 'ipv6']) {
    const seen = new Set<string>();
    for (const item of items) {
      const list = fieldOf(item, family);
      const first = list && itemsOf(list)[0];
      const name = textOf(first);
      if (first === undefined || name === undefined) continue;
      if (seen.has(name))
        yield {
          place: first.place,
          message: {
            en: `\`${name}\` serves two interfaces. Spiderpool takes a SpiderSubnet for one interface of a Pod only, and refuses this.`,
            'zh-cn': `\`${name}\` 用于两个接口。对同一个 Pod，Spiderpool 只允许一个 SpiderSubnet 用于一个接口，因此会拒绝。`,
          },
        };
      seen.add(name);
    }
  }
}

function* route(item: Json, key: string): Generator<Flaw> {
  if (!isObject(item)) {
    yield shape(item, `${key}[]`, '{"dst": "10.0.0.0/16", "gw": "192.168.0.1"}');
    return;
  }
  const dst = fieldOf(item, 'dst');
  const gw = fieldOf(item, 'gw');
  if (dst === undefined || gw === undefined) {
    const missing = dst === undefined ? 'dst' : 'gw';
    yield {
      place: item.place,
      message: {
        en: `The route has no \`${missing}\`. Spiderpool refuses the annotation and the Pod gets no address.`,
        'zh-cn': `该路由缺少 \`${missing}\`。Spiderpool 会拒绝该注解，Pod 得不到地址。`,
      },
    };
    return;
  }
  const target = textOf(dst);
  const gateway = textOf(gw);
  const prefix = target === undefined ? undefined : parsePrefix(target);
  const address = gateway === undefined ? undefined : parseAddress(gateway);
  if (prefix === undefined) {
    const host = target === undefined ? undefined : parseAddress(target);
    const whole = host && `${target}/${host.family === 4 ? 32 : 128}`;
    yield {
      place: dst.place,
      message: {
        en: '`dst` is a CIDR such as `10.0.0.0/16`. Spiderpool refuses the annotation and the Pod gets no address.',
        'zh-cn': '`dst` 应为 CIDR，例如 `10.0.0.0/16`。Spiderpool 会拒绝该注解，Pod 得不到地址。',
      },
      ...(whole !== undefined && { fixes: [replaceString(dst.place, whole)] }),
    };
  }
  if (address === undefined)
    yield {
      place: gw.place,
      message: {
        en: '`gw` is one address. Spiderpool refuses the annotation and the Pod gets no address.',
        'zh-cn': '`gw` 应为一个地址。Spiderpool 会拒绝该注解，Pod 得不到地址。',
      },
    };
  else if (prefix !== undefined && prefix.family !== address.family)
    yield {
      place: gw.place,
      message: {
        en: `\`${target}\` is IPv${prefix.family} and its gateway \`${gateway}\` is IPv${address.family}: no packet can go that way. Spiderpool refuses the annotation.`,
        'zh-cn': `\`${target}\` 为 IPv${prefix.family}，而网关 \`${gateway}\` 为 IPv${address.family}，报文无法这样转发。Spiderpool 会拒绝该注解。`,
      },
    };
}

/** Keys that Spiderpool's decoder ignores without a word, and the pool is then chosen by other rules. */
function* unknownKeys(object: Json, key: string, lists: readonly string[], others: readonly string[]): Generator<Flaw> {
  const known = [...lists, ...others];
  for (const pair of pairsOf(object)) {
    const lower = pair.key.text.toLowerCase();
    if (known.includes(lower)) continue;
    const place: Place = { doc: object.place.doc, path: [...(object.place.path ?? []), pair.key.text], part: 'key' };
    const meant = /^ip_?v?_?4/.test(lower) ? 'ipv4' : /^ip_?v?_?6/.test(lower) ? 'ipv6' : nearest(lower, known);
    const free = meant !== undefined && fieldOf(object, meant) === undefined;
    yield {
      place,
      severity: lists.some((list) => fieldOf(object, list) !== undefined) ? 'warning' : 'error',
      message: {
        en: `\`${key}\` has no \`${pair.key.text}\`; Spiderpool ignores it without a word, and the Pod gets its address from elsewhere or not at all. Known are ${listed(known)}.`,
        'zh-cn': `\`${key}\` 没有 \`${pair.key.text}\` 这一项；Spiderpool 会静默忽略，Pod 将从别处获得地址或得不到地址。可用的有 ${listed(known)}。`,
      },
      ...(free && {
        fixes: [
          {
            title: { en: `Change it to \`${meant}\``, 'zh-cn': `改为 \`${meant}\`` },
            kind: 'pick' as const,
            edits: () => [{ doc: place.doc, span: spanOfPlace(place), text: JSON.stringify(meant) }],
          },
        ],
      }),
    };
  }
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function shape(value: Json, key: string, example: string): Flaw {
  return {
    place: value.place,
    message: {
      en: `\`${key}\` has another form, such as \`${example}\`. Spiderpool cannot read this and the Pod gets no address.`,
      'zh-cn': `\`${key}\` 的格式不对，应类似 \`${example}\`。Spiderpool 无法读取当前值，Pod 得不到地址。`,
    },
  };
}

export function replaceString(place: Place, text: string): Fix {
  return {
    title: { en: `Write \`${text}\``, 'zh-cn': `改为 \`${text}\`` },
    kind: 'pick',
    edits: () => {
      const node = nodeOf(place);
      return node === undefined ? [] : [{ doc: place.doc, span: node.span, text: JSON.stringify(text) }];
    },
  };
}
