import type { Text } from '../text.ts';

/** Why Calico refuses a selector, and what it wants instead. */
export const MESSAGES = {
  kubernetesStyle: {
    en: 'This is the Kubernetes form of a label selector. Calico wants `==` with quoted values, joined by `&&`.',
    'zh-cn': '这是 Kubernetes 的标签选择器写法。Calico 要求使用 `==` 和带引号的值，并用 `&&` 连接。',
  },
  newline: {
    en: 'Calico takes no line break in a selector, only spaces and tabs.',
    'zh-cn': 'Calico 的选择器中不允许换行，只允许空格和制表符。',
  },
  space: {
    en: 'This is not an ordinary space. Calico takes only spaces and tabs between words.',
    'zh-cn': '这不是普通空格。Calico 只接受空格和制表符作为分隔。',
  },
  typographicQuote: {
    en: 'Calico takes only straight quotes, `"…"` or `\'…\'`.',
    'zh-cn': 'Calico 只接受英文直引号 `"…"` 或 `\'…\'`。',
  },
  unterminated: {
    en: 'This string has no closing quote.',
    'zh-cn': '这个字符串缺少结束引号。',
  },
  character: {
    en: 'This character has no meaning in a selector.',
    'zh-cn': '选择器中不能出现这个字符。',
  },
  singleEquals: {
    en: 'Calico compares with `==`.',
    'zh-cn': 'Calico 用 `==` 进行比较。',
  },
  singleAnd: {
    en: 'Calico joins conditions with `&&`.',
    'zh-cn': 'Calico 用 `&&` 连接条件。',
  },
  singleOr: {
    en: 'Calico joins alternatives with `||`.',
    'zh-cn': 'Calico 用 `||` 连接备选条件。',
  },
  wordNot: {
    en: 'Calico negates with `!`.',
    'zh-cn': 'Calico 用 `!` 取反。',
  },
  unquoted: {
    en: 'A value needs quotes; a label cannot be compared with another label.',
    'zh-cn': '值必须加引号；标签不能与另一个标签比较。',
  },
  value: {
    en: 'A quoted value is expected here.',
    'zh-cn': '此处应为带引号的值。',
  },
  set: {
    en: 'A set in braces is expected here, such as `{"a", "b"}`.',
    'zh-cn': '此处应为花括号集合，例如 `{"a", "b"}`。',
  },
  setEnd: {
    en: 'A `}` is expected here: the set is not closed, or its values are not separated by commas.',
    'zh-cn': '此处应为 `}`：集合未关闭，或各个值之间缺少逗号。',
  },
  parenthesis: {
    en: 'A `)` is expected here.',
    'zh-cn': '此处应为 `)`。',
  },
  spacedCall: {
    en: 'The parenthesis must follow the word without a space; otherwise Calico reads the word as a label.',
    'zh-cn': '括号必须紧跟在该词之后，中间不能有空格；否则 Calico 会把它当作标签。',
  },
  hasLabel: {
    en: '`has(…)` wants the name of one label, without quotes.',
    'zh-cn': '`has(…)` 中应为一个标签名，不加引号。',
  },
  noArgument: {
    en: '`all()` and `global()` take nothing between their parentheses.',
    'zh-cn': '`all()` 和 `global()` 的括号内不能有内容。',
  },
  bareLabel: {
    en: 'A label alone is no condition. Compare it with a value, or ask with `has(…)` whether it is there.',
    'zh-cn': '单独的标签不构成条件。请将它与值比较，或用 `has(…)` 判断它是否存在。',
  },
  operator: {
    en: 'An operator is expected after the label: `==`, `!=`, `in`, `not in`, `contains`, `starts with` or `ends with`.',
    'zh-cn': '标签之后应为运算符：`==`、`!=`、`in`、`not in`、`contains`、`starts with` 或 `ends with`。',
  },
  literalFirst: {
    en: 'The label stands on the left and the value on the right.',
    'zh-cn': '标签应在左边，值应在右边。',
  },
  condition: {
    en: 'A condition is expected here.',
    'zh-cn': '此处应为一个条件。',
  },
  rest: {
    en: 'Nothing may follow here without `&&` or `||`.',
    'zh-cn': '此处之后的内容必须用 `&&` 或 `||` 连接。',
  },
} as const satisfies Record<string, Text>;
