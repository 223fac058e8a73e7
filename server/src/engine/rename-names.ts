import type { NameKind, NameUse } from '../assembly/names.ts';
import { parseAddress } from '../network/address.ts';
import type { Text } from '../text.ts';
import type { Token } from './name-at.ts';

/** Why something cannot be called so; undefined when it can. Kubernetes' rules hold for whatever its objects name. */
export function nameFault({ kind, name }: NameUse, to: string, tokens: readonly Token[]): Text | undefined {
  if (kind === 'address') return addressFault(name, to);
  const form = kind === 'node' && !tokens.some(isKubernetes) ? LAB_NODE : FORMS[kind];
  if (to.length <= form.most && form.pattern.test(to)) return undefined;
  return {
    en: `\`${to}\` cannot be a name here: ${form.says.en}.`,
    'zh-cn': `\`${to}\` 不能用作此处的名称：${form.says['zh-cn']}。`,
  };
}

interface Form {
  readonly pattern: RegExp;
  readonly most: number;
  readonly says: Text;
}

const SUBDOMAIN: Form = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  most: 253,
  says: {
    en: 'Kubernetes takes small letters, digits, `-` and `.`, a letter or digit first and last, 253 characters at most',
    'zh-cn': 'Kubernetes 只接受小写字母、数字、`-` 和 `.`，首尾须为字母或数字，最多 253 个字符',
  },
};

const LABEL: Form = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  most: 63,
  says: {
    en: 'Kubernetes takes small letters, digits and `-`, a letter or digit first and last, 63 characters at most',
    'zh-cn': 'Kubernetes 只接受小写字母、数字和 `-`，首尾须为字母或数字，最多 63 个字符',
  },
};

/** containerlab core/config.go and Docker's rule for names of containers. */
const LAB_NODE: Form = {
  pattern: /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/,
  most: 200,
  says: {
    en: 'containerlab takes letters, digits, `-`, `_` and `.`, a letter or digit first',
    'zh-cn': 'containerlab 只接受字母、数字、`-`、`_` 和 `.`，且须以字母或数字开头',
  },
};

const WORD: Form = {
  pattern: /^[A-Za-z0-9_][A-Za-z0-9_.:-]*$/,
  most: 128,
  says: {
    en: 'a router takes one word of letters, digits, `_`, `-`, `.` and `:`',
    'zh-cn': '路由器只接受由字母、数字、`_`、`-`、`.` 和 `:` 组成的单个词',
  },
};

/** BIRD's conf/cf-lex.l without the quotes that others want, and without the words of filters. */
const BIRD_SYMBOL: Form = {
  pattern:
    /^(?!(accept|reject|return|print|printn|if|then|else|case|for|do|in|true|false|net|from|all|none|where|filter|import|export|table|define|function|protocol|template|ipv4|ipv6)$)[A-Za-z_][A-Za-z0-9_]*$/,
  most: 63,
  says: {
    en: 'BIRD takes letters, digits and `_`, a letter or `_` first, and no word of its own',
    'zh-cn': 'BIRD 只接受字母、数字和 `_`，且须以字母或 `_` 开头，不能是 BIRD 自身的关键字',
  },
};

const FORMS: Readonly<Record<Exclude<NameKind, 'address'>, Form>> = {
  node: SUBDOMAIN,
  cluster: LABEL,
  'calico pool': SUBDOMAIN,
  'spiderpool pool': SUBDOMAIN,
  filter: SUBDOMAIN,
  tier: LABEL,
  secret: SUBDOMAIN,
  namespace: LABEL,
  label: {
    pattern:
      /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
    most: 317,
    says: {
      en: 'a label’s key is letters, digits, `-`, `_` and `.`, 63 at most, perhaps behind a domain and `/`',
      'zh-cn': '标签键由字母、数字、`-`、`_` 和 `.` 组成，最多 63 个字符，前面可以有域名和 `/`',
    },
  },
  'label value': {
    pattern: /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
    most: 63,
    says: {
      en: 'a label’s value is letters, digits, `-`, `_` and `.`, a letter or digit first and last, 63 at most',
      'zh-cn': '标签值由字母、数字、`-`、`_` 和 `.` 组成，首尾须为字母或数字，最多 63 个字符',
    },
  },
  'route-map': WORD,
  'prefix-list': WORD,
  'as-path list': WORD,
  'community-list': WORD,
  'access-list': WORD,
  'peer-group': WORD,
  symbol: BIRD_SYMBOL,
};

/** Whether a token stands in an object of Kubernetes': neither in a topology nor in a router's configuration. */
function isKubernetes({ use: { place } }: Token): boolean {
  if (place.doc.tree.format !== 'yaml') return false;
  return place.path?.[0] !== 'topology';
}

function addressFault(name: string, to: string): Text | undefined {
  const address = parseAddress(to);
  if (address !== undefined && address.family === parseAddress(name)?.family) return undefined;
  const family = name.includes(':') ? 6 : 4;
  return {
    en: `\`${to}\` is no IPv${family} address.`,
    'zh-cn': `\`${to}\` 不是 IPv${family} 地址。`,
  };
}
