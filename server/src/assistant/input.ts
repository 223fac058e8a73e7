import type { Text } from '../text.ts';
import type { Input, InputSchema, Member } from './tool.ts';

/** An assistant's input held against the schema: the input, or what is wrong with it. */
export function readInput(schema: InputSchema, given: unknown): { readonly input: Input } | { readonly refused: Text } {
  const value = given ?? {};
  if (typeof value !== 'object' || Array.isArray(value))
    return no('The input must be an object.', '输入必须是一个对象。');
  const names = Object.keys(schema.properties);
  for (const [name, member] of Object.entries(value)) {
    const expected = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    if (expected === undefined)
      return no(
        `There is no input \`${name}\`; there are: ${names.join(', ')}.`,
        `没有输入项 \`${name}\`；可用的有：${names.join('、')}。`,
      );
    const wanted = mismatch(expected, member);
    if (wanted !== undefined) return no(`\`${name}\` must be ${wanted.en}.`, `\`${name}\` 必须是${wanted['zh-cn']}。`);
  }
  for (const name of schema.required ?? [])
    if (!Object.hasOwn(value, name)) return no(`The input \`${name}\` is missing.`, `缺少输入项 \`${name}\`。`);
  return { input: value as Input };
}

/** What the member should have been; undefined when it is that. */
function mismatch(expected: Member, value: unknown): Text | undefined {
  if (expected.type === 'integer') {
    const { minimum, maximum } = expected;
    return Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum
      ? undefined
      : {
          en: `a whole number from ${minimum} to ${maximum}`,
          'zh-cn': ` ${minimum} 到 ${maximum} 之间的整数`,
        };
  }
  if (typeof value !== 'string' || value === '') return { en: 'a text that is not empty', 'zh-cn': '非空文本' };
  if (expected.enum === undefined || expected.enum.includes(value)) return undefined;
  return { en: `one of ${expected.enum.join(', ')}`, 'zh-cn': `以下之一：${expected.enum.join('、')}` };
}

function no(en: string, chinese: string): { readonly refused: Text } {
  return { refused: { en, 'zh-cn': chinese } };
}
