import { defineRule } from '../rule.ts';
import { toldBySchema } from './told.ts';

export default defineRule({
  id: 'schema/type',
  severity: 'error',
  docs: {
    summary: { en: 'A value has the wrong JSON type.', 'zh-cn': '值的 JSON 类型不正确。' },
    why: {
      en: 'The object is refused as a whole: a quoted number is no number, and an unquoted `true` is no text.',
      'zh-cn': '整个对象会被拒绝：加引号的数字不是数字，未加引号的 `true` 不是文本。',
    },
    source: 'CRD schemas; calico.md P04',
  },
  yieldsTo: ['yaml/tag-eats-value'],
  document: toldBySchema('schema/type', 'pick'),
});
