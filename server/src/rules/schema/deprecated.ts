import { defineRule } from '../rule.ts';
import { toldBySchema } from './told.ts';

export default defineRule({
  id: 'schema/deprecated',
  severity: 'hint',
  docs: {
    summary: { en: 'A field is deprecated.', 'zh-cn': '字段已弃用。' },
    why: {
      en: 'It still works today and is ignored once its successor is set; a later release drops it.',
      'zh-cn': '目前仍然有效，但在设置替代字段后会被忽略；后续版本会移除它。',
    },
    source: 'API reference of the kinds',
  },
  yieldsTo: ['yaml/tag-eats-value'],
  document: toldBySchema('schema/deprecated', 'pick'),
});
